package io.tollbook.kernel.log;

import io.tollbook.kernel.channel.ChannelId;
import io.tollbook.kernel.token.TokenId;
import io.tollbook.kernel.user.UserId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
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
    public static LogFilter of(@Nullable UserId user) {
        return new LogFilter(
                LogKind.ALL, user, null, null, null, null, null, null, null, null, null, null, Others.NOTHING);
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

    public LogFilter ofModel(@Nullable String only) {
        return new LogFilter(
                kind,
                user,
                from,
                to,
                only,
                token,
                tokenName,
                username,
                group,
                channel,
                request,
                upstreamRequest,
                without);
    }

    public LogFilter ofToken(@Nullable TokenId only) {
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

    public LogFilter ofTokenName(@Nullable String only) {
        return new LogFilter(
                kind, user, from, to, model, token, only, username, group, channel, request, upstreamRequest, without);
    }

    public LogFilter ofUsername(@Nullable String only) {
        return new LogFilter(
                kind, user, from, to, model, token, tokenName, only, group, channel, request, upstreamRequest, without);
    }

    public LogFilter ofGroup(@Nullable String only) {
        return new LogFilter(
                kind,
                user,
                from,
                to,
                model,
                token,
                tokenName,
                username,
                only,
                channel,
                request,
                upstreamRequest,
                without);
    }

    public LogFilter ofChannel(@Nullable ChannelId only) {
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
                only,
                request,
                upstreamRequest,
                without);
    }

    public LogFilter ofRequest(@Nullable String only) {
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
                only,
                upstreamRequest,
                without);
    }

    public LogFilter ofUpstreamRequest(@Nullable String only) {
        return new LogFilter(
                kind, user, from, to, model, token, tokenName, username, group, channel, request, only, without);
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

    /** What it asks for, but of words that may tell of a person only that they were given. */
    public List<String> narrowedBy() {
        List<String> words = new ArrayList<>();
        if (kind != LogKind.ALL) words.add("kind=" + kind);
        if (from != null) words.add("from=" + from);
        if (to != null) words.add("to=" + to);
        if (given(model)) words.add("model=" + model);
        if (token != null) words.add("key=" + token.value());
        if (given(tokenName)) words.add("key name");
        if (given(username)) words.add("username");
        if (given(group)) words.add("group=" + group);
        if (channel != null) words.add("channel=" + channel.value());
        if (given(request)) words.add("request");
        if (given(upstreamRequest)) words.add("provider's request");
        if (!without.equals(Others.NOTHING)) words.add("others left out");
        return words;
    }

    private static boolean given(@Nullable String text) {
        return text != null && !text.isBlank();
    }

    /** Whether its answer tells which channels answered. */
    public boolean asksForChannels() {
        return channel != null || !without.channels().isEmpty();
    }
}
