package io.tollbook.kernel.pricing;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Which buy prices are in force from now on.
 *
 * @param inForce empty before the first
 * @param planned those that were not in force yet when this was asked, in the order of their coming into force
 * @param newest number of the version published last, on which the next is based; 0 before the first
 */
public record BuyPriceSchedule(@Nullable BuyPriceVersion inForce, List<BuyPriceVersion> planned, long newest) {
    /** Before the first version. */
    public static final BuyPriceSchedule NONE = new BuyPriceSchedule(null, List.of(), 0);

    public BuyPriceSchedule {
        planned = List.copyOf(planned);
    }

    /** The version in force at a moment that is not before this was asked. */
    public Optional<BuyPriceVersion> at(Instant moment) {
        BuyPriceVersion current = inForce;
        for (BuyPriceVersion version : planned) {
            if (version.effectiveFrom().isAfter(moment)) break;
            current = version;
        }
        return Optional.ofNullable(current);
    }
}
