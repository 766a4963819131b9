package io.tollbook.kernel.log;

import io.tollbook.kernel.channel.ChannelId;
import io.tollbook.kernel.token.TokenId;
import io.tollbook.kernel.user.UserId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Which rows; null leaves a filter out. Texts are exact unless they contain {@code %}.
 *
 * @param from inclusive
 * @param to inclusive
 * @param without what is left out
 */
public record LogFilter(
        LogKind kind,
        @Nullable UserId user,
        @Nullable Instant from,
        @Nullable Instant to,
        @Nullable String model,
        @Nullable TokenId token,
        @Nullable String tokenName,
        @Nullable String username,
        @Nullable String group,
        @Nullable ChannelId channel,
        @Nullable String request,
        @Nullable String upstreamRequest,
        Others without) {
    public LogFilter(
            LogKind kind,
            @Nullable UserId user,
            @Nullable Instant from,
            @Nullable Instant to,
            @Nullable String model,
            @Nullable TokenId token,
            @Nullable String tokenName,
            @Nullable String username,
            @Nullable String group,
            @Nullable ChannelId channel,
            @Nullable String request,
            @Nullable String upstreamRequest) {
        this(
                kind,
                user,
                from,
                to,
                model,
                token,
                tokenName,
                username,
                group,
                channel,
                request,
                upstreamRequest,
                Others.NOTHING);
    }

    public static LogFilter of(@Nullable UserId user) {
        return new LogFilter(LogKind.ALL, user, null, null, null, null, null, null, null, null, null, null);
    }

    public LogFilter ofKind(LogKind only) {
        return new LogFilter(
                only,
                user,
                from,
                to,
                model,
                token,
                tokenName,
                username,
                group,
                channel,
                request,
                upstreamRequest,
                without);
    }

    /** Both ends belong to it. */
    public LogFilter between(@Nullable Instant start, @Nullable Instant end) {
        return new LogFilter(
                kind,
                user,
                start,
                end,
                model,
                token,
                tokenName,
                username,
                group,
                channel,
                request,
                upstreamRequest,
                without);
    }

    public LogFilter ofUser(UserId only) {
        return new LogFilter(
                kind,
                only,
                from,
                to,
                model,
                token,
                tokenName,
                username,
                group,
                channel,
                request,
                upstreamRequest,
                without);
    }

    public LogFilter ofToken(TokenId only) {
        return new LogFilter(
                kind,
                user,
                from,
                to,
                model,
                only,
                tokenName,
                username,
                group,
                channel,
                request,
                upstreamRequest,
                without);
    }

    public LogFilter without(Others these) {
        return new LogFilter(
                kind,
                user,
                from,
                to,
                model,
                token,
                tokenName,
                username,
                group,
                channel,
                request,
                upstreamRequest,
                these);
    }

    /** Whether its answer tells which channels answered. */
    public boolean asksForChannels() {
        return channel != null || !without.channels().isEmpty();
    }
}
