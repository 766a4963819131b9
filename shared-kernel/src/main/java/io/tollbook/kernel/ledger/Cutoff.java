package io.tollbook.kernel.ledger;

import io.tollbook.kernel.Refused;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import org.jspecify.annotations.Nullable;

/**
 * How far the events are read: up to a position, or up to a moment; neither means all there are.
 *
 * @param position the last event's place in the store; null where a moment says it
 * @param moment what was recorded later is left out; null where a position says it
 */
public record Cutoff(@Nullable Long position, @Nullable Instant moment) {
    public static final Cutoff NOW = new Cutoff(null, null);

    public Cutoff {
        if (position != null && position < 0) throw Refused.invalid("A position is a whole number from 0.");
    }

    public static Cutoff at(long position) {
        return new Cutoff(position, null);
    }

    /** @param text a position, an ISO 8601 time with its offset, or nothing for now */
    public static Cutoff parse(@Nullable String text) {
        if (text == null || text.isBlank()) return NOW;
        String asOf = text.strip();
        if (asOf.matches("[0-9]{1,18}")) return at(Long.parseLong(asOf));
        try {
            // The plus of an offset arrives as a space where an address was not encoded.
            return new Cutoff(null, OffsetDateTime.parse(asOf.replace(' ', '+')).toInstant());
        } catch (DateTimeException e) {
            throw Refused.invalid("Say as of when by a position, like 1024, or by a time with its offset, like"
                    + " 2030-01-31T23:59:59Z; not “" + asOf + "”.");
        }
    }
}
