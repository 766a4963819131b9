package io.tollbook.query.log;

import io.tollbook.kernel.log.LogKind;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** One row of {@code usage_log} on its way there. */
record UsageRow(
        long position,
        Instant at,
        LogKind kind,
        long user,
        long token,
        long channel,
        long quota,
        long priceVersion,
        long promptTokens,
        long completionTokens,
        long firstByteMillis,
        long totalMillis,
        boolean stream,
        String model,
        String group,
        String provenance,
        String request,
        @Nullable String upstreamRequest,
        String meters,
        String attempts,
        String content,
        @Nullable String operation) {
    /** The same row, found by the call that it is about. */
    UsageRow about(String call) {
        return new UsageRow(
                position,
                at,
                kind,
                user,
                token,
                channel,
                quota,
                priceVersion,
                promptTokens,
                completionTokens,
                firstByteMillis,
                totalMillis,
                stream,
                model,
                group,
                provenance,
                call,
                upstreamRequest,
                meters,
                attempts,
                content,
                operation);
    }

    /** A row that tells of an act, not of a call. */
    static UsageRow act(
            long position, Instant at, LogKind kind, long user, String content, @Nullable String operation) {
        return new UsageRow(
                position, at, kind, user, 0, 0, 0, 0, 0, 0, -1, 0, false, "", "", "", "", null, "{}", "[]", content,
                operation);
    }
}
