package io.tollbook.kernel.pricing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tollbook.kernel.Refusal;
import io.tollbook.kernel.Refused;
import io.tollbook.kernel.account.Meter;
import io.tollbook.kernel.account.Meters;
import io.tollbook.kernel.account.Quota;
import io.tollbook.kernel.pricing.expression.Circumstances;
import io.tollbook.kernel.pricing.expression.Expression;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PriceDocumentTest {
    private static final String MODEL = "gpt";

    @ParameterizedTest
    @CsvSource(textBlock = """
                    # ratio, completion, group, input, output, charged
                          1,          4,     1,  1000,    250,    2000
                        0.5,          1,     1,     1,      0,       1
                        0.5,          1,     1,     3,      0,       2
                      0.075,          4,     1,    10,     10,       4
                      0.075,          4,     1,    10,      9,       3
                          1,          1,   0.8,     3,      0,       2
                          1,          1,   0.5,     5,      0,       3
                    0.00001,          1,     1,     1,      0,       1
                          0,          1,     1,  1000,      0,       0
                          1,          1,     0,  1000,      0,       0
                    """)
    void roundsOnceAndHalfAwayFromZero(
            String ratio, String completion, String group, long input, long output, long charged) {
        assertThat(prices(ratio, completion)
                        .charge(
                                MODEL,
                                new BigDecimal(group),
                                new Meters(Map.of(Meter.INPUT, input, Meter.OUTPUT, output))))
                .isEqualTo(Quota.of(charged));
    }

    @Test
    void chargesEachCacheMeterAtItsOwnPrice() {
        PriceDocument prices = document(new ModelPrice(
                BigDecimal.ONE,
                new BigDecimal("5"),
                new BigDecimal("0.1"),
                new BigDecimal("1.25"),
                new BigDecimal("2"),
                null,
                null));
        Meters meters = new Meters(Map.of(
                Meter.INPUT, 100L,
                Meter.CACHE_READ, 1_000L,
                Meter.CACHE_WRITE_5M, 400L,
                Meter.CACHE_WRITE_1H, 50L,
                Meter.OUTPUT, 10L,
                Meter.REASONING, 6L));

        assertThat(prices.charge(MODEL, BigDecimal.ONE, meters)).isEqualTo(Quota.of(100 + 100 + 500 + 100 + 80));
    }

    @Test
    void chargesACallWhateverItCounted() {
        PriceDocument prices = document(new ModelPrice(
                null, BigDecimal.ONE, BigDecimal.ONE, BigDecimal.ONE, BigDecimal.ONE, new BigDecimal("0.04"), null));

        assertThat(prices.charge(MODEL, new BigDecimal("2"), new Meters(Map.of(Meter.INPUT, 1L))))
                .isEqualTo(Quota.of(40_000));
    }

    @Test
    void chargesNothingForACallThatCountedNothing() {
        assertThat(prices("1", "1").charge(MODEL, BigDecimal.ONE, Meters.NONE)).isEqualTo(Quota.ZERO);
    }

    @Test
    void refusesAModelWithoutPrice() {
        assertThatThrownBy(() -> prices("1", "1").charge("other", BigDecimal.ONE, Meters.NONE))
                .isInstanceOfSatisfying(
                        Refused.class, refused -> assertThat(refused.refusal()).isEqualTo(Refusal.NO_PRICE));
    }

    @Test
    void theOverrideOfTheUsersGroupReplacesTheGroupsFactor() {
        PriceDocument prices = new PriceDocument(
                Map.of(),
                Map.of("default", BigDecimal.ONE, "vip", new BigDecimal("2")),
                Map.of("staff", Map.of("vip", new BigDecimal("0.5"))),
                Rounding.HALF_AWAY_FROM_ZERO,
                8_192);

        assertThat(prices.groupRatio("staff", "vip")).isEqualByComparingTo("0.5");
        assertThat(prices.groupRatio("default", "vip")).isEqualByComparingTo("2");
        assertThat(prices.groupRatio("default", "unknown")).isEqualByComparingTo("1");
    }

    @Test
    void theWorstCaseIsNeverExceeded() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        for (int i = 0; i < 100_000; i++) {
            PriceDocument prices = document(new ModelPrice(
                    decimal(random), decimal(random), decimal(random), decimal(random), decimal(random), null, null));
            BigDecimal group = decimal(random);
            Map<Meter, Long> counts = new EnumMap<>(Meter.class);
            long prompt = 0;
            for (Meter meter :
                    new Meter[] {Meter.INPUT, Meter.CACHE_READ, Meter.CACHE_WRITE_5M, Meter.CACHE_WRITE_1H}) {
                long count = random.nextInt(10_000);
                prompt += count;
                counts.put(meter, count);
            }
            long output = random.nextInt(5_000);
            long reasoning = random.nextInt(5_000);
            counts.put(Meter.OUTPUT, output);
            counts.put(Meter.REASONING, reasoning);

            Quota charge = prices.charge(MODEL, group, new Meters(counts));
            Quota worst = prices.worstCase(MODEL, group, prompt, output + reasoning);

            assertThat(worst.covers(charge) || charge.units() == 1)
                    .as("seed %d, case %d: %s above %s", seed, i, charge, worst)
                    .isTrue();
        }
    }

    /** The same sum over scaled whole numbers, written from the formula and not from the code. */
    @Test
    void agreesWithASecondImplementation() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        for (int i = 0; i < 200_000; i++) {
            int[] mils = random.ints(6, 0, 20_000).toArray();
            long[] counts = random.longs(6, 0, 1_000_000).toArray();
            PriceDocument prices = document(
                    new ModelPrice(mil(mils[0]), mil(mils[1]), mil(mils[2]), mil(mils[3]), mil(mils[4]), null, null));
            Map<Meter, Long> meters = new EnumMap<>(Meter.class);
            meters.put(Meter.INPUT, counts[0]);
            meters.put(Meter.CACHE_READ, counts[1]);
            meters.put(Meter.CACHE_WRITE_5M, counts[2]);
            meters.put(Meter.CACHE_WRITE_1H, counts[3]);
            meters.put(Meter.OUTPUT, counts[4]);
            meters.put(Meter.REASONING, counts[5]);

            long weighted = counts[0] * 1_000
                    + counts[1] * mils[2]
                    + counts[2] * mils[3]
                    + counts[3] * mils[4]
                    + (counts[4] + counts[5]) * mils[1];
            BigInteger nanos = BigInteger.valueOf(weighted)
                    .multiply(BigInteger.valueOf(mils[0]))
                    .multiply(BigInteger.valueOf(mils[5]));
            BigInteger[] whole = nanos.multiply(BigInteger.TWO)
                    .add(BigInteger.valueOf(1_000_000_000))
                    .divideAndRemainder(BigInteger.valueOf(2_000_000_000));
            long expected = nanos.signum() == 0 ? 0 : Math.max(1, whole[0].longValueExact());

            assertThat(prices.charge(MODEL, mil(mils[5]), new Meters(meters)).units())
                    .as("seed %d, case %d", seed, i)
                    .isEqualTo(expected);
        }
    }

    @ParameterizedTest
    @CsvSource({"-0.1, 1", "1000000.1, 1", "1, -1", "0.0000000000001, 1"})
    void refusesRatiosOutOfRange(String ratio, String completion) {
        assertThatThrownBy(() -> prices(ratio, completion)).isInstanceOf(Refused.class);
    }

    @ParameterizedTest
    @CsvSource({"0, 1", "1000000, 1", "0.000000000001, 1"})
    void takesRatiosAtTheEdge(String ratio, String completion) {
        assertThat(prices(ratio, completion).price(MODEL)).isPresent();
    }

    private static final ModelPrice TIERED = ModelPrice.perToken(BigDecimal.ONE, new BigDecimal("4"))
            .withTiers(List.of(
                    new ContextTier(1_000, new BigDecimal("2"), new BigDecimal("1.5")),
                    new ContextTier(5_000, new BigDecimal("3"), BigDecimal.ONE)));

    @ParameterizedTest
    @CsvSource(textBlock = """
                    # input, cached, charged
                       1000,      0,    1400
                       1001,      0,    2602
                        501,    500,    2602
                       5000,      0,   10600
                       5001,      0,   15403
                    """)
    void theHighestTierThatTheWholePromptIsAboveApplies(long input, long cached, long charged) {
        Meters meters = new Meters(Map.of(Meter.INPUT, input, Meter.CACHE_READ, cached, Meter.OUTPUT, 100L));
        assertThat(document(TIERED).charge(MODEL, BigDecimal.ONE, meters)).isEqualTo(Quota.of(charged));
    }

    @Test
    void theWorstCaseReckonsWithEveryTierThatCanBeReached() {
        PriceDocument prices =
                document(TIERED.withRatios(new BigDecimal("4"), BigDecimal.ONE, BigDecimal.ONE, BigDecimal.ONE));
        assertThat(prices.worstCase(MODEL, BigDecimal.ONE, 1_000, 10)).isEqualTo(Quota.of(1_040));
        assertThat(prices.worstCase(MODEL, BigDecimal.ONE, 1_001, 10)).isEqualTo(Quota.of(2_062));
        // A prompt that turns out shorter may have the dearer answer of the lower tier.
        assertThat(prices.worstCase(MODEL, BigDecimal.ONE, 5_001, 100_000)).isEqualTo(Quota.of(610_002));
    }

    @Test
    void theWorstCaseReckonsWithTheDearestKindOfTokenAndWithTools() {
        PriceDocument prices = document(ModelPrice.perToken(BigDecimal.ONE, BigDecimal.ONE)
                        .withOwn(new OwnRatios(null, new BigDecimal("16"), new BigDecimal("2"), null, null)))
                .withTools(Map.of("web_search", BigDecimal.TEN));
        Limits limits = new Limits(100, 10, Map.of(Meter.WEB_SEARCH, 2L, Meter.FILE_SEARCH, 9L));
        assertThat(prices.worstCase(MODEL, BigDecimal.ONE, limits, Circumstances.NONE))
                .isEqualTo(Quota.of(100 * 16 + 10 * 32 + 2 * 5_000));
    }

    @Test
    void theLongestToolNameThatFitsCounts() {
        Map<String, BigDecimal> tools = Map.of(
                "web_search", BigDecimal.TEN,
                "web_search:gpt-4*", new BigDecimal("20"),
                "web_search:gpt-4o*", new BigDecimal("25"),
                "web_search:gpt-4o", new BigDecimal("30"));
        Map<String, Integer> expected =
                Map.of("gpt-3", 5_000, "gpt-4", 10_000, "gpt-4o-mini", 12_500, "gpt-4o", 15_000);
        ModelPrice free = ModelPrice.perToken(BigDecimal.ZERO, BigDecimal.ONE);
        expected.forEach((model, charged) -> assertThat(
                        new PriceDocument(Map.of(model, free), Map.of(), Map.of(), Rounding.UP, 1, tools, null)
                                .charge(model, BigDecimal.ONE, new Meters(Map.of(Meter.WEB_SEARCH, 1L))))
                .as(model)
                .isEqualTo(Quota.of(charged)));
    }

    @ParameterizedTest
    @CsvSource({"1024x1024/high, 167", "1024x1024/low, 42", "1024x1024, 42", "64x64/high, 250", "'', 250"})
    void aPictureThatIsNotListedCostsWhatTheDearestDoes(String picture, long thousandths) {
        PriceDocument prices = document(ModelPrice.perToken(BigDecimal.ONE, BigDecimal.ONE)
                .pricedBy(
                        null,
                        null,
                        null,
                        Map.of("1024x1024/high", mil(167), "1024x1024", mil(42), "1536x1024/high", mil(250))));
        Circumstances drawn = new Drawn(picture);
        assertThat(prices.charge(MODEL, BigDecimal.ONE, new Meters(Map.of(Meter.PICTURES, 2L)), drawn))
                .isEqualTo(Quota.of(thousandths * 1_000));
        assertThat(prices.worstCase(MODEL, BigDecimal.ONE, new Limits(9, 9, Map.of(Meter.PICTURES, 2L)), drawn))
                .isEqualTo(Quota.of(thousandths * 1_000));
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
                    # seconds, pictures, each, charged
                            0,        0,  0.3,  150000
                            1,        1,  0.3,  150000
                            2,        2,  0.3,  300000
                            0,        0,    0,       0
                    """)
    void anAnswerIsASecondOrAPictureWhereNobodyCountsThem(long seconds, long pictures, BigDecimal each, long charged) {
        ModelPrice price = ModelPrice.perToken(BigDecimal.ONE, BigDecimal.ONE);
        Meters meters = new Meters(Map.of(Meter.INPUT, 9L, Meter.SECONDS, seconds, Meter.PICTURES, pictures));
        Limits limits = new Limits(9, 9, Map.of(Meter.SECONDS, seconds, Meter.PICTURES, pictures));
        for (ModelPrice unit : List.of(
                price.pricedBy(null, null, each, Map.of()),
                price.pricedBy(null, null, null, Map.of("1024x1024", each)))) {
            PriceDocument prices = document(unit);
            assertThat(prices.charge(MODEL, BigDecimal.ONE, meters)).isEqualTo(Quota.of(charged));
            assertThat(prices.worstCase(MODEL, BigDecimal.ONE, limits, Circumstances.NONE))
                    .isEqualTo(Quota.of(charged));
            assertThat(prices.charge(MODEL, BigDecimal.ONE, Meters.NONE)).isEqualTo(Quota.ZERO);
        }
    }

    private record Drawn(String picture) implements Circumstances {
        @Override
        public Instant at() {
            return Instant.EPOCH;
        }

        @Override
        public @Nullable String header(String name) {
            return null;
        }

        @Override
        public @Nullable Object param(String path) {
            return null;
        }
    }

    @Test
    void anExpressionWinsOverEveryOtherPrice() {
        PriceDocument prices = document(ModelPrice.perToken(BigDecimal.ONE, BigDecimal.ONE)
                .withExpression(Expression.of("tier(\"base\", p / 3)")));
        Meters meters = new Meters(Map.of(Meter.INPUT, 1_000L));
        Charge charge = prices.explain(MODEL, new BigDecimal("3"), meters, Circumstances.NONE);
        assertThat(charge.tier()).isEqualTo("base");
        assertThat(charge.list()).hasToString("500/3");
        assertThat(charge.result())
                .isEqualTo(Quota.of(500))
                .isEqualTo(prices.charge(MODEL, new BigDecimal("3"), meters));
    }

    @Test
    void aChargeSaysItsTierAndItsLines() {
        Meters meters = new Meters(Map.of(Meter.INPUT, 1_001L, Meter.OUTPUT, 10L, Meter.WEB_SEARCH, 1L));
        Charge charge = document(TIERED)
                .withTools(Map.of("web_search", BigDecimal.TEN))
                .explain(MODEL, new BigDecimal("0.5"), meters, Circumstances.NONE);
        assertThat(charge.tier()).isEqualTo("above 1000");
        assertThat(charge.lines())
                .extracting(line -> line.subject() + " " + line.meter() + " " + line.amount())
                .containsExactly("TOKENS INPUT 2002", "TOKENS OUTPUT 60", "TOOL WEB_SEARCH 5000");
        assertThat(charge.result()).isEqualTo(Quota.of(3_531));
    }

    @ParameterizedTest
    @CsvSource({
        "gpt-4-gizmo-g-abc, gpt-4-gizmo-*",
        "gpt-4o-gizmo-x, gpt-4o-gizmo-*",
        "gemini-2.5-pro-thinking-128, gemini-2.5-pro-thinking-*",
        "gemini-2.5-flash-lite-thinking-0, gemini-2.5-flash-lite-thinking-*",
        "any-openai-compact, *-openai-compact",
    })
    void numberedNamesShareAPrice(String asked, String priced) {
        ModelPrice price = ModelPrice.perToken(BigDecimal.ONE, BigDecimal.ONE);
        PriceDocument prices = new PriceDocument(Map.of(priced, price), Map.of(), Map.of(), Rounding.UP, 1);
        assertThat(prices.price(asked)).contains(price);
        assertThat(prices.price("x" + asked.replace("-openai-compact", ""))).isEmpty();
    }

    @Test
    void refusesTiersThatDoNotRiseAndPricesInTwoWays() {
        ModelPrice price = ModelPrice.perToken(BigDecimal.ONE, BigDecimal.ONE);
        ContextTier tier = new ContextTier(5, BigDecimal.ONE, BigDecimal.ONE);
        assertThatThrownBy(() -> price.withTiers(List.of(tier, tier)))
                .isInstanceOf(Refused.class)
                .hasMessageContaining("must rise: 5 follows 5");
        assertThatThrownBy(() -> new ContextTier(0, BigDecimal.ONE, BigDecimal.ONE))
                .isInstanceOf(Refused.class);
        assertThatThrownBy(() -> price.pricedBy(BigDecimal.ONE, BigDecimal.ONE, null, Map.of()))
                .isInstanceOf(Refused.class);
        assertThatThrownBy(() -> price.pricedBy(null, null, null, Map.of())).isInstanceOf(Refused.class);
        assertThatThrownBy(() -> price.pricedBy(null, null, new BigDecimal("-1"), Map.of()))
                .isInstanceOf(Refused.class)
                .hasMessageContaining("second");
        assertThatThrownBy(() -> document(price).withTools(Map.of("Web", BigDecimal.ONE)))
                .isInstanceOf(Refused.class)
                .hasMessageContaining("Web");
    }

    private static BigDecimal decimal(Random random) {
        return BigDecimal.valueOf(random.nextInt(100_000), random.nextInt(6));
    }

    private static BigDecimal mil(int thousandths) {
        return BigDecimal.valueOf(thousandths, 3);
    }

    private static PriceDocument prices(String ratio, String completion) {
        return document(ModelPrice.perToken(new BigDecimal(ratio), new BigDecimal(completion)));
    }

    private static PriceDocument document(ModelPrice price) {
        return new PriceDocument(Map.of(MODEL, price), Map.of(), Map.of(), Rounding.HALF_AWAY_FROM_ZERO, 8_192);
    }
}
