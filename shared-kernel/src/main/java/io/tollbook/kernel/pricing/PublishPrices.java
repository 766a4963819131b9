package io.tollbook.kernel.pricing;

import io.tollbook.kernel.Caller;
import io.tollbook.kernel.Permits;
import java.time.Instant;
import org.axonframework.modelling.command.TargetAggregateIdentifier;

/**
 * Puts a new price document in force. A document equal to the present one publishes nothing.
 *
 * @param list always {@link #LIST}
 * @param basedOn the version it was made from; refused as PRICE_CHANGED if that is no longer the newest. 0 for the first
 */
@Permits({Caller.ROOT, Caller.SYSTEM})
public record PublishPrices(
        @TargetAggregateIdentifier String list, long basedOn, PriceDocument document, String note, Instant at)
        implements PricingCommand {
    public static final String LIST = "prices";

    public PublishPrices(long basedOn, PriceDocument document, String note, Instant at) {
        this(LIST, basedOn, document, note, at);
    }
}
