package io.tollbook.console.log;

import com.vaadin.flow.component.HasValue;
import io.tollbook.console.page.Amounts;
import io.tollbook.console.page.Filters;
import io.tollbook.console.page.Moments;
import io.tollbook.kernel.log.LogFilter;
import io.tollbook.kernel.log.Others;
import io.tollbook.kernel.token.TokenId;
import io.tollbook.kernel.user.UserId;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a link into the log can say that its fields cannot: to the microsecond when, which of two keys of one name, and all
 * but the ones that a chart names.
 */
class LogPins {
    private final HasValue<?, String> since;
    private final HasValue<?, String> before;
    private final HasValue<?, String> key;
    private final @Nullable HasValue<?, String> user;
    private final @Nullable HasValue<?, String> notUsers;
    private final @Nullable HasValue<?, String> notChannels;
    private final HasValue<?, String> notKeys;
    private final HasValue<?, String> notModels;
    private final HasValue<?, String> notGroups;

    LogPins(Filters filters, boolean everybody) {
        since = filters.pinned(LogAddress.SINCE, "Since", text -> Moments.second(Moments.moment(text)));
        before = filters.pinned(LogAddress.BEFORE, "Before", text -> Moments.second(Moments.moment(text)));
        key = filters.pinned(LogAddress.KEY, "Key number", text -> Long.toString(new TokenId(number(text)).value()));
        user = everybody
                ? filters.pinned(
                        LogAddress.USER, "User number", text -> Long.toString(new UserId(number(text)).value()))
                : null;
        notUsers = everybody ? filters.pinned(LogAddress.NOT_USERS, "Without", text -> count(text, "user")) : null;
        notKeys = filters.pinned(LogAddress.NOT_KEYS, "Without", text -> count(text, "key"));
        notGroups = filters.pinned(LogAddress.NOT_GROUPS, "Without groups", LogPins::names);
        notModels = filters.pinned(LogAddress.NOT_MODELS, "Without models", LogPins::names);
        notChannels =
                everybody ? filters.pinned(LogAddress.NOT_CHANNELS, "Without", text -> count(text, "channel")) : null;
    }

    private static long number(String text) {
        return Long.parseLong(text);
    }

    private static String count(String text, String what) {
        int count = numbers(text).size();
        return Amounts.number(count) + " " + what + (count == 1 ? "" : "s");
    }

    private static String names(String text) {
        return String.join(", ", LogAddress.list(text));
    }

    private static Set<Long> numbers(String text) {
        Set<Long> numbers = new HashSet<>();
        for (String one : LogAddress.list(text)) numbers.add(number(one));
        return numbers;
    }

    /** Whether rows that come in now can match. */
    boolean reachNow() {
        Instant end = moment(before);
        return end == null || end.isAfter(Instant.now());
    }

    private static @Nullable Instant moment(HasValue<?, String> pin) {
        return pin.isEmpty() ? null : Moments.moment(pin.getValue());
    }

    LogFilter narrow(LogFilter filter) {
        Instant from = filter.from();
        Instant to = filter.to();
        Instant first = moment(since);
        Instant end = moment(before);
        if (first != null && (from == null || from.isBefore(first))) from = first;
        // A database keeps microseconds: nothing lies between this one and the end, which does not belong to it.
        Instant last = end == null ? null : end.minusNanos(1_000);
        if (last != null && (to == null || to.isAfter(last))) to = last;
        LogFilter between = filter.between(from, to);
        LogFilter ofUser =
                user == null || user.isEmpty() ? between : between.ofUser(new UserId(number(user.getValue())));
        LogFilter ofKey = key.isEmpty() ? ofUser : ofUser.ofToken(new TokenId(number(key.getValue())));
        return ofKey.without(new Others(
                numbersOf(notUsers),
                numbersOf(notKeys),
                numbersOf(notChannels),
                textsOf(notModels),
                textsOf(notGroups)));
    }

    private static Set<Long> numbersOf(@Nullable HasValue<?, String> pin) {
        return pin == null || pin.isEmpty() ? Set.of() : numbers(pin.getValue());
    }

    private static Set<String> textsOf(HasValue<?, String> pin) {
        return pin.isEmpty() ? Set.of() : new HashSet<>(List.copyOf(LogAddress.list(pin.getValue())));
    }
}
