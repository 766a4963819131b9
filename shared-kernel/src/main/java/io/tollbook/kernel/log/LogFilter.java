package io.tollbook.kernel.log;

import io.tollbook.kernel.channel.ChannelId;
import io.tollbook.kernel.user.UserId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Which rows; null leaves a filter out. Texts are exact unless they contain {@code %}.
 *
 * @param from inclusive
 * @param to inclusive
 */
public record LogFilter(
        LogKind kind,
        @Nullable UserId user,
        @Nullable Instant from,
        @Nullable Instant to,
        @Nullable String model,
        @Nullable String tokenName,
        @Nullable String username,
        @Nullable String group,
        @Nullable ChannelId channel,
        @Nullable String request,
        @Nullable String upstreamRequest) {
    public static LogFilter of(@Nullable UserId user) {
        return new LogFilter(LogKind.ALL, user, null, null, null, null, null, null, null, null, null);
    }
}
