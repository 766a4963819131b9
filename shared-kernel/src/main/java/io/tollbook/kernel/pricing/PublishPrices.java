package io.tollbook.kernel.pricing;

import io.tollbook.kernel.Caller;
import io.tollbook.kernel.Permits;
import java.time.Instant;
import org.axonframework.modelling.command.TargetAggregateIdentifier;

/**
 * Puts a new price document in force. A document equal to the present one publishes nothing. What it was made from must still
 * hold: it is refused as PRICE_CHANGED if another version was published since, or came into force.
 *
 * @param list always {@link #LIST}
 * @param basedOn the newest version when it was made; 0 for the first
 * @param inForce the version it was made from, which was in force then; 0 if none was
 */
@Permits({Caller.ROOT, Caller.SYSTEM})
public record PublishPrices(
        @TargetAggregateIdentifier String list,
        long basedOn,
        long inForce,
        PriceDocument document,
        String note,
        Instant at)
        implements PricingCommand {
    public static final String LIST = "prices";

    /** @param seen what the document was made from */
    public PublishPrices(PriceSchedule seen, PriceDocument document, String note, Instant at) {
        this(LIST, seen.newest(), seen.inForce() == null ? 0 : seen.inForce().version(), document, note, at);
    }
}
