package io.tollbook.kernel.log;

import io.tollbook.kernel.account.Attempt;
import io.tollbook.kernel.account.Meters;
import io.tollbook.kernel.account.Quota;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One line of the log. Numbers that do not apply are 0, texts empty.
 *
 * @param position of the event it comes from; also the row's id
 * @param content a sentence: why it failed, what was granted
 * @param provenance REPORTED, DRAINED, ESTIMATED or QUARANTINED for charges; empty else
 */
public record LogRow(
        long position,
        LogKind kind,
        Instant at,
        long user,
        String username,
        long token,
        String tokenName,
        String model,
        String group,
        long channel,
        String channelName,
        Quota quota,
        Meters meters,
        long priceVersion,
        String provenance,
        boolean stream,
        long firstByteMillis,
        long totalMillis,
        String request,
        @Nullable String upstreamRequest,
        List<Attempt> attempts,
        String content) {
    /** What its user may know of it. */
    public LogRow withoutCosts() {
        return new LogRow(
                position,
                kind,
                at,
                user,
                username,
                token,
                tokenName,
                model,
                group,
                channel,
                channelName,
                quota,
                meters,
                priceVersion,
                provenance,
                stream,
                firstByteMillis,
                totalMillis,
                request,
                upstreamRequest,
                attempts.stream().map(Attempt::withoutCost).toList(),
                content);
    }
}
