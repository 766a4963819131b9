package io.tollbook.kernel.limit;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The limits that bind one call, as the options had them when it came.
 *
 * @param at when it asks to be let in, which is later than when it began to arrive: its sender may send slowly
 * @param windowMinutes how long a call counts for {@code rates}
 * @param openOfUser how many calls of its user may be open, itself included; 0 for any number
 * @param openOfToken how many of its API key may be
 */
public record CallLimits(Instant at, int windowMinutes, List<CallLimit> rates, int openOfUser, int openOfToken) {
    public CallLimits {
        if (windowMinutes < 1) throw new IllegalArgumentException("a window of " + windowMinutes + " minutes");
        rates = List.copyOf(rates);
    }

    /** How the call is counted once it is let in; null where nothing counts it. */
    public @Nullable CountedCall counted() {
        return rates.isEmpty()
                ? null
                : new CountedCall(
                        at, windowMinutes, rates.stream().map(CallLimit::scope).toList());
    }
}
