package io.tollbook.console.pricing;

import io.tollbook.console.access.Visitor;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The next version of some prices while root works on it. */
interface Draft {
    /** A version that is not in force yet. */
    record Planned(long version, Instant from) {}

    /** Number of the version published last when work began. */
    long newest();

    List<Planned> planned();

    /** What publishing would change, in words. */
    List<String> changes();

    /** What the version will decide about, in a sentence or two. */
    String effect();

    /** @param from null for at once */
    void publish(Visitor visitor, @Nullable Instant from, String note);

    /** Puts in force again what was when work began; refused if somebody has published since. */
    void takeBack(Visitor visitor, String note);
}
