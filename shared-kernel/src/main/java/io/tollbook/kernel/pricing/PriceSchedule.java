package io.tollbook.kernel.pricing;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Which prices are in force from now on.
 *
 * @param inForce empty before the first
 * @param planned those that were not in force yet when this was asked, in the order of their coming into force
 * @param newest number of the version published last, on which the next is based; 0 before the first
 */
public record PriceSchedule(@Nullable PriceVersion inForce, List<PriceVersion> planned, long newest) {
    /** Before the first version. */
    public static final PriceSchedule NONE = new PriceSchedule(null, List.of(), 0);

    public PriceSchedule {
        planned = List.copyOf(planned);
    }

    /** The version in force at a moment that is not before this was asked. */
    public Optional<PriceVersion> at(Instant moment) {
        PriceVersion current = inForce;
        for (PriceVersion version : planned) {
            if (version.effectiveFrom().isAfter(moment)) break;
            current = version;
        }
        return Optional.ofNullable(current);
    }
}
