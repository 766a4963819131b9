package io.tollbook.kernel.pricing;

import io.tollbook.kernel.Caller;
import io.tollbook.kernel.Permits;
import java.time.Instant;
import org.axonframework.modelling.command.TargetAggregateIdentifier;

/**
 * Puts a new document of buy prices in force; attempts of before keep their costs. The same rules as for
 * {@link PublishPrices} hold.
 *
 * @param list always {@link #LIST}
 * @param basedOn the newest version when it was made; 0 for the first
 * @param inForce the version it was made from, which was in force then; 0 if none was
 */
@Permits({Caller.ROOT, Caller.SYSTEM})
public record PublishBuyPrices(
        @TargetAggregateIdentifier String list,
        long basedOn,
        long inForce,
        BuyPriceDocument document,
        String note,
        Instant at)
        implements PricingCommand {
    public static final String LIST = "buy-prices";

    /** @param seen what the document was made from */
    public PublishBuyPrices(BuyPriceSchedule seen, BuyPriceDocument document, String note, Instant at) {
        this(LIST, seen.newest(), seen.inForce() == null ? 0 : seen.inForce().version(), document, note, at);
    }
}
