package io.tollbook.command.pricing;

import static io.tollbook.kernel.Refusal.INVALID;
import static io.tollbook.kernel.Refusal.PRICE_CHANGED;
import static org.assertj.core.api.Assertions.assertThat;

import io.tollbook.command.Remembered;
import io.tollbook.kernel.Refusal;
import io.tollbook.kernel.Refused;
import io.tollbook.kernel.pricing.ContextTier;
import io.tollbook.kernel.pricing.ModelPrice;
import io.tollbook.kernel.pricing.OwnRatios;
import io.tollbook.kernel.pricing.PriceDocument;
import io.tollbook.kernel.pricing.PricesPublished;
import io.tollbook.kernel.pricing.PublishPrices;
import io.tollbook.kernel.pricing.Rounding;
import io.tollbook.kernel.pricing.expression.Expression;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.axonframework.test.aggregate.AggregateTestFixture;
import org.axonframework.test.aggregate.ResultValidator;
import org.hamcrest.CustomTypeSafeMatcher;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PricesTest {
    private static final Instant NOW = Instant.parse("2030-01-01T12:00:00Z");

    private final AggregateTestFixture<Prices> prices = new AggregateTestFixture<>(Prices.class);

    @Test
    void manyVersionsAreNotReadAgainForTheNext() {
        Remembered.check(Prices.class, PublishPrices.LIST, i -> publish(i, document("gpt", Integer.toString(i + 1))));
    }

    private static PriceDocument document(String model, String ratio) {
        return new PriceDocument(
                Map.of(model, ModelPrice.perToken(new BigDecimal(ratio), BigDecimal.ONE)),
                Map.of("default", BigDecimal.ONE),
                Map.of(),
                Rounding.HALF_AWAY_FROM_ZERO,
                4_096);
    }

    private static PricesPublished published(long version, PriceDocument document) {
        return publishedAt(NOW, version, document);
    }

    private static PublishPrices publish(long basedOn, PriceDocument document) {
        return publish(basedOn, basedOn, document, NOW);
    }

    private static PublishPrices publish(long basedOn, long inForce, PriceDocument document, Instant at) {
        return new PublishPrices(PublishPrices.LIST, basedOn, inForce, document, "note", at);
    }

    private static PricesPublished publishedAt(Instant at, long version, PriceDocument document) {
        PriceDocument canonical = CanonicalPrices.of(document);
        return new PricesPublished(version, canonical, CanonicalPrices.hash(canonical), "note", at);
    }

    private static void refused(ResultValidator<Prices> result, Refusal refusal) {
        result.expectNoEvents().expectException(new CustomTypeSafeMatcher<Refused>("refused as " + refusal) {
            @Override
            protected boolean matchesSafely(Refused refused) {
                return refused.refusal() == refusal;
            }
        });
    }

    @Test
    void theFirstVersionIsOne() {
        prices.givenNoPriorActivity()
                .when(publish(0, document("gpt", "1")))
                .expectEvents(published(1, document("gpt", "1")));
    }

    @Test
    void theNextVersionIsBasedOnTheNewest() {
        prices.given(published(1, document("gpt", "1")))
                .when(publish(1, document("gpt", "2")))
                .expectEvents(published(2, document("gpt", "2")));
    }

    @Test
    void anotherVersionMeanwhileIsSaid() {
        refused(prices.given(published(1, document("gpt", "1"))).when(publish(0, document("gpt", "2"))), PRICE_CHANGED);
        refused(prices.given(published(1, document("gpt", "1"))).when(publish(2, document("gpt", "2"))), PRICE_CHANGED);
        refused(prices.givenNoPriorActivity().when(publish(1, document("gpt", "2"))), PRICE_CHANGED);
    }

    @Test
    void equalPricesPublishNothing() {
        prices.given(published(1, document("gpt", "1.5")))
                .when(publish(1, document("gpt", "1.50")))
                .expectNoEvents();
    }

    @Test
    void refusesNamesThatAreNone() {
        refused(prices.givenNoPriorActivity().when(publish(0, document(" ", "1"))), INVALID);
        refused(prices.givenNoPriorActivity().when(publish(0, document("a\nb", "1"))), INVALID);
        refused(prices.givenNoPriorActivity().when(publish(0, document("m".repeat(256), "1"))), INVALID);
        prices.givenNoPriorActivity()
                .when(publish(0, document("m".repeat(255), "1")))
                .expectSuccessfulHandlerExecution();
    }

    @Test
    void refusesALongNoteAndAnotherList() {
        refused(
                prices.givenNoPriorActivity()
                        .when(new PublishPrices(PublishPrices.LIST, 0, 0, document("gpt", "1"), "n".repeat(501), NOW)),
                INVALID);
        refused(
                new AggregateTestFixture<>(Prices.class)
                        .givenNoPriorActivity()
                        .when(new PublishPrices("other", 0, 0, document("gpt", "1"), "n", NOW)),
                INVALID);
    }

    @Test
    void theHashIsOfSortedPlainJson() {
        // sha256 of {"defaultMaxOutputTokens":4096,"groupOverrides":{},"groups":{"default":1},"models":{"gpt":
        // {"cacheReadRatio":1,"cacheWriteHourRatio":2,"cacheWriteRatio":1.25,"completionRatio":1,"inputRatio":0.0000001}},
        // "rounding":"HALF_AWAY_FROM_ZERO"}, without the line breaks.
        assertThat(CanonicalPrices.hash(CanonicalPrices.of(document("gpt", "0.00000010"))))
                .isEqualTo("af4a1040109aec841a90c9d242435b7edb100e06f39da95ec0e3542e2ce228dd");
    }

    @Test
    void largeNumbersAreWrittenWithoutAnExponent() {
        assertThat(CanonicalPrices.plain(new BigDecimal("1E+3"))).isEqualTo(new BigDecimal("1000"));
        assertThat(CanonicalPrices.plain(new BigDecimal("100.00"))).hasToString("100");
        assertThat(CanonicalPrices.plain(BigDecimal.ZERO.setScale(5))).hasToString("0");
    }

    private static PublishPrices planned(long basedOn, PriceDocument document, Instant from) {
        return publish(basedOn, document.from(from));
    }

    @Test
    void aVersionMayBePlannedButNotForThePast() {
        prices.givenNoPriorActivity()
                .when(planned(0, document("gpt", "1"), NOW.plusSeconds(1)))
                .expectEvents(published(1, document("gpt", "1").from(NOW.plusSeconds(1))));
        prices.givenNoPriorActivity()
                .when(planned(0, document("gpt", "1"), NOW))
                .expectSuccessfulHandlerExecution();
        refused(prices.givenNoPriorActivity().when(planned(0, document("gpt", "1"), NOW.minusMillis(1))), INVALID);
        refused(
                prices.givenNoPriorActivity()
                        .when(planned(0, document("gpt", "1"), NOW.plusSeconds(6L * 365 * 86_400))),
                INVALID);
    }

    @Test
    void thePricesOfBeforeCanBePublishedAgainWhenAPlannedVersionHasReplacedThem() {
        PriceDocument dear = document("gpt", "2");
        PricesPublished first = publishedAt(NOW.minusSeconds(60), 1, dear.from(NOW));
        PriceDocument cheap = document("gpt", "1");
        PricesPublished second = publishedAt(NOW.minusSeconds(30), 2, cheap);

        prices.given(first, second)
                .when(publish(2, 2, cheap, NOW.minusMillis(1)))
                .expectNoEvents();
        prices.given(first, second).when(publish(2, 1, cheap, NOW)).expectEvents(published(3, cheap));
        // Equal to the planned one that is in force now, and different from the newest.
        prices.given(first, second).when(publish(2, 1, dear, NOW)).expectNoEvents();
        prices.given(first, second)
                .when(publish(2, 2, dear, NOW.minusMillis(1)))
                .expectEvents(publishedAt(NOW.minusMillis(1), 3, dear));
        prices.given(first, second)
                .when(publish(2, 2, dear.from(NOW), NOW.minusMillis(1)))
                .expectNoEvents();
    }

    @Test
    void aPlannedVersionThatCameIntoForceMeanwhileIsNotUndone() {
        PricesPublished first = publishedAt(NOW.minusSeconds(60), 1, document("gpt", "1"));
        PricesPublished planned =
                publishedAt(NOW.minusSeconds(30), 2, document("gpt", "2").from(NOW));
        PriceDocument changed = document("gpt", "1.1");

        prices.given(first, planned)
                .when(publish(2, 1, changed, NOW.minusMillis(1)))
                .expectEvents(publishedAt(NOW.minusMillis(1), 3, changed));
        refused(prices.given(first, planned).when(publish(2, 1, changed, NOW)), PRICE_CHANGED);
        prices.given(first, planned).when(publish(2, 2, changed, NOW)).expectEvents(published(3, changed));
    }

    @Test
    void aSlowClockPutsNoVersionBeneathTheOneItReplaces() {
        PricesPublished first = publishedAt(NOW.minusSeconds(60), 1, document("gpt", "1"));
        PricesPublished ahead = publishedAt(NOW.plusSeconds(5), 2, document("gpt", "2"));
        PriceDocument changed = document("gpt", "3");

        prices.given(first, ahead)
                .when(publish(2, 2, changed, NOW))
                .expectEvents(publishedAt(NOW.plusSeconds(5), 3, changed));
        prices.given(first, ahead)
                .when(publish(2, 2, changed, NOW.plusSeconds(6)))
                .expectEvents(publishedAt(NOW.plusSeconds(6), 3, changed));
        refused(prices.given(first, ahead).when(publish(2, 1, changed, NOW)), PRICE_CHANGED);
    }

    @Test
    void theMomentIsThatWhichIsStored() {
        // Stored are milliseconds: what is a moment from now would come into force a moment ago.
        Instant now = NOW.plusNanos(400_000);
        refused(
                prices.givenNoPriorActivity()
                        .when(publish(0, 0, document("gpt", "1").from(now.plusNanos(100_000)), now)),
                INVALID);
        PriceDocument next = document("gpt", "1").from(NOW.plusMillis(1));
        prices.givenNoPriorActivity()
                .when(publish(0, 0, document("gpt", "1").from(NOW.plusNanos(1_500_000)), now))
                .expectEvents(publishedAt(now, 1, next));
    }

    @ParameterizedTest
    @CsvSource({"p / c", "p - 5", "p * p * p"})
    void refusesAnExpressionThatCannotBeCharged(String expression) {
        PriceDocument document = document("gpt", "1")
                .withModels(Map.of(
                        "bad",
                        ModelPrice.perToken(BigDecimal.ONE, BigDecimal.ONE).withExpression(Expression.of(expression))));
        refused(prices.givenNoPriorActivity().when(publish(0, document)), INVALID);
    }

    @Test
    void trailingZerosChangeNoPriceAnywhere() {
        assertThat(CanonicalPrices.hash(CanonicalPrices.of(everything("2.50"))))
                .isEqualTo(CanonicalPrices.hash(CanonicalPrices.of(everything("2.5"))))
                .isNotEqualTo(CanonicalPrices.hash(CanonicalPrices.of(everything("2.6"))));
    }

    private static PriceDocument everything(String number) {
        BigDecimal price = new BigDecimal(number);
        ModelPrice ratios = ModelPrice.perToken(price, price)
                .withOwn(new OwnRatios(price, price, price, price, price))
                .withTiers(List.of(new ContextTier(200_000, price, price)));
        return document("gpt", number)
                .withModels(Map.of(
                        "a", ratios,
                        "b", ratios.pricedBy(null, null, price, Map.of()),
                        "c", ratios.pricedBy(null, null, null, Map.of("1024x1024", price))))
                .withTools(Map.of("web_search", price));
    }
}
