package io.tollbook.command.pricing;

import static io.tollbook.kernel.Refusal.INVALID;
import static io.tollbook.kernel.Refusal.PRICE_CHANGED;

import io.tollbook.kernel.Refusal;
import io.tollbook.kernel.Refused;
import io.tollbook.kernel.pricing.BuyPrice;
import io.tollbook.kernel.pricing.BuyPriceDocument;
import io.tollbook.kernel.pricing.BuyPricesPublished;
import io.tollbook.kernel.pricing.BuyScope;
import io.tollbook.kernel.pricing.PublishBuyPrices;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.axonframework.test.aggregate.AggregateTestFixture;
import org.axonframework.test.aggregate.ResultValidator;
import org.hamcrest.CustomTypeSafeMatcher;
import org.junit.jupiter.api.Test;

class BuyPricesTest {
    private static final Instant NOW = Instant.parse("2030-01-01T12:00:00Z");

    private final AggregateTestFixture<BuyPrices> prices = new AggregateTestFixture<>(BuyPrices.class);

    private static BuyPriceDocument document(String factor) {
        return new BuyPriceDocument(List.of(BuyPrice.of(BuyScope.ALL, "*", new BigDecimal(factor))), Map.of(), null);
    }

    private static BuyPricesPublished published(long version, BuyPriceDocument document) {
        BuyPriceDocument canonical = CanonicalPrices.of(document);
        return new BuyPricesPublished(version, canonical, CanonicalPrices.hash(canonical), "note", NOW);
    }

    private static PublishBuyPrices publish(long basedOn, long inForce, BuyPriceDocument document) {
        return new PublishBuyPrices(PublishBuyPrices.LIST, basedOn, inForce, document, "note", NOW);
    }

    private static void refused(ResultValidator<BuyPrices> result, Refusal refusal) {
        result.expectNoEvents().expectException(new CustomTypeSafeMatcher<Refused>("refused as " + refusal) {
            @Override
            protected boolean matchesSafely(Refused refused) {
                return refused.refusal() == refusal;
            }
        });
    }

    @Test
    void theFirstVersionIsOneAndTheNextIsBasedOnIt() {
        prices.givenNoPriorActivity().when(publish(0, 0, document("0.6"))).expectEvents(published(1, document("0.6")));
        new AggregateTestFixture<>(BuyPrices.class)
                .given(published(1, document("0.6")))
                .when(publish(1, 1, document("0.7")))
                .expectEvents(published(2, document("0.7")));
    }

    @Test
    void anotherVersionMeanwhileIsSaid() {
        refused(prices.given(published(1, document("0.6"))).when(publish(0, 0, document("0.7"))), PRICE_CHANGED);
        refused(prices.given(published(1, document("0.6"))).when(publish(1, 0, document("0.7"))), PRICE_CHANGED);
    }

    @Test
    void equalPricesPublishNothing() {
        prices.given(published(1, document("0.6")))
                .when(publish(1, 1, document("0.60")))
                .expectNoEvents();
    }

    @Test
    void aPlannedVersionComesIntoForceAtItsMomentAndNotBeforeNow() {
        Instant later = NOW.plusSeconds(3_600);
        prices.given(published(1, document("0.6")))
                .when(publish(1, 1, document("0.7").from(later)))
                .expectEvents(published(2, document("0.7").from(later)));
        refused(
                new AggregateTestFixture<>(BuyPrices.class)
                        .givenNoPriorActivity()
                        .when(publish(0, 0, document("0.7").from(NOW.minusMillis(1)))),
                INVALID);
    }

    @Test
    void refusesAnotherList() {
        refused(
                prices.givenNoPriorActivity().when(new PublishBuyPrices("other", 0, 0, document("1"), "n", NOW)),
                INVALID);
    }
}
