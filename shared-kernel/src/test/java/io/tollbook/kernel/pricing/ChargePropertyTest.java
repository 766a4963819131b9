package io.tollbook.kernel.pricing;

import static org.assertj.core.api.Assertions.assertThat;

import io.tollbook.kernel.account.Meter;
import io.tollbook.kernel.account.Meters;
import io.tollbook.kernel.account.Quota;
import io.tollbook.kernel.pricing.expression.Circumstances;
import io.tollbook.kernel.pricing.expression.Fraction;
import java.util.EnumMap;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;

/** 1,000,000 random calls under 2,000 random documents; jqwik prints the seed of one that fails. */
class ChargePropertyTest {
    private static final int CALLS = 500;

    @Property(tries = 2_000, shrinking = ShrinkingMode.OFF)
    void twoImplementationsAgreeAndTheChargeExplainsItself(@ForAll long seed) {
        RandomPrices prices = new RandomPrices(seed);
        for (int i = 0; i < CALLS; i++) {
            Map<Meter, Long> counts = prices.request();
            Meters meters = new Meters(counts);

            Quota charge = prices.document.charge(RandomPrices.MODEL, prices.group, meters);

            if (charge.units() != prices.plain.of(counts, prices.group))
                assertThat(charge.units())
                        .as("%s under %s × %s", counts, prices.document, prices.group)
                        .isEqualTo(prices.plain.of(counts, prices.group));
            if (i % 5 == 0) {
                explained(prices, meters, charge);
                covered(prices, counts, charge);
            }
        }
    }

    private static void explained(RandomPrices prices, Meters meters, Quota charge) {
        Charge why = prices.document.explain(RandomPrices.MODEL, prices.group, meters, Circumstances.NONE);
        assertThat(why.result()).isEqualTo(charge);
        Fraction sum = Fraction.ZERO;
        for (Charge.Line line : why.lines()) {
            if (line.subject() != Charge.Subject.FORMULA)
                assertThat(line.amount()).isEqualTo(Fraction.of(line.price()).times(Fraction.of(line.count())));
            sum = sum.plus(line.amount());
        }
        assertThat(sum).isEqualTo(why.list());
        assertThat(why.exact()).isEqualTo(sum.times(Fraction.of(prices.group)));
    }

    private static void covered(RandomPrices prices, Map<Meter, Long> counts, Quota charge) {
        Meters meters = new Meters(counts);
        Map<Meter, Long> others = new EnumMap<>(Meter.class);
        counts.forEach((meter, count) -> {
            if (meter.ordinal() > Meter.IMAGE_OUTPUT.ordinal()) others.put(meter, count);
        });
        others.putIfAbsent(Meter.SECONDS, 0L);
        others.putIfAbsent(Meter.PICTURES, 0L);
        Quota worst = prices.document.worstCase(
                RandomPrices.MODEL,
                prices.group,
                new Limits(meters.promptTokens(), meters.completionTokens(), others),
                Circumstances.NONE);
        if (!worst.covers(charge))
            assertThat(worst.units())
                    .as("%s under %s × %s", counts, prices.document, prices.group)
                    .isGreaterThanOrEqualTo(charge.units());
    }
}
