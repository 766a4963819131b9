package io.tollbook.command.pricing;

import com.fasterxml.jackson.annotation.JsonAutoDetect;
import io.tollbook.kernel.Refusal;
import io.tollbook.kernel.Refused;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Which version of a document is in force when. Each stays until the moment of another; of two with the same the newer counts. */
@JsonAutoDetect(
        fieldVisibility = JsonAutoDetect.Visibility.ANY,
        getterVisibility = JsonAutoDetect.Visibility.NONE,
        isGetterVisibility = JsonAutoDetect.Visibility.NONE)
final class Timetable {
    private static final int NOTE_MAX = 500;
    private static final Duration AHEAD_MAX = Duration.ofDays(5 * 365);

    private long newest;
    private Instant lastAtOnce = Instant.EPOCH;
    private TreeMap<Instant, Standing> versions = new TreeMap<>();

    /** @param content the hash of the document without its moment, so that equal ones are equal whenever they come into force */
    private record Standing(long version, String content) {
        static final Standing NONE = new Standing(0, "");
    }

    /** Where the next version goes. */
    record Next(long version, Instant at, boolean changes) {}

    /**
     * Whether a document may be published, and where it goes.
     *
     * @param basedOn the newest version when it was made
     * @param inForce the one in force then
     * @param from null for at once
     * @throws Refused PRICE_CHANGED if either is another by now; INVALID for a moment that is past or too far ahead
     */
    Next next(long basedOn, long inForce, Instant clock, @Nullable Instant from, String content, String note) {
        if (basedOn != newest) throw new Refused(Refusal.PRICE_CHANGED);
        if (note.length() > NOTE_MAX) throw Refused.invalid("The note is longer than " + NOTE_MAX + " characters.");
        // Behind by a clock that is slow, a version for at once would stand beneath the one it replaces.
        Instant now = clock.isBefore(lastAtOnce) ? lastAtOnce : clock;
        Standing present = at(now);
        if (inForce != present.version()) throw new Refused(Refusal.PRICE_CHANGED);
        checkMoment(from, now);
        Standing replaced = from == null ? present : versions.getOrDefault(from, Standing.NONE);
        return new Next(newest + 1, now, !replaced.content().equals(content));
    }

    private Standing at(Instant moment) {
        Map.Entry<Instant, Standing> entry = versions.floorEntry(moment);
        return entry == null ? Standing.NONE : entry.getValue();
    }

    private static void checkMoment(@Nullable Instant from, Instant now) {
        if (from == null) return;
        if (from.isBefore(now))
            throw Refused.invalid("The prices cannot come into force in the past: effectiveFrom is " + from + ".");
        if (from.isAfter(now.plus(AHEAD_MAX)))
            throw Refused.invalid(
                    "The prices cannot be planned more than five years ahead: effectiveFrom is " + from + ".");
    }

    /** @param from null for when it was published */
    void add(long version, Instant publishedAt, @Nullable Instant from, String content) {
        if (version != newest + 1) throw new IllegalStateException("price version " + version + " follows " + newest);
        newest = version;
        if (from == null && publishedAt.isAfter(lastAtOnce)) lastAtOnce = publishedAt;
        versions.put(from == null ? publishedAt : from, new Standing(version, content));
    }
}
