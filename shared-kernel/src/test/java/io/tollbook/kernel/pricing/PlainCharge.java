package io.tollbook.kernel.pricing;

import io.tollbook.kernel.account.Meter;
import io.tollbook.kernel.account.Quota;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a call costs, a second time: written from the text of the pricing page and in the order of its sentences, in US dollars
 * first and without any of the code that charges.
 */
record PlainCharge(
        @Nullable BigDecimal usdPerMillion,
        Map<Meter, BigDecimal> timesInput,
        List<BigDecimal[]> tiers,
        @Nullable BigDecimal usdPerCall,
        @Nullable BigDecimal usdPerSecond,
        @Nullable BigDecimal usdPerPicture,
        @Nullable Formula formula,
        Map<Meter, BigDecimal> usdPerThousandUses,
        boolean roundedUp) {
    private static final BigDecimal MILLION = new BigDecimal(1_000_000);
    private static final List<Meter> IN = List.of(
            Meter.INPUT,
            Meter.CACHE_READ,
            Meter.CACHE_WRITE_5M,
            Meter.CACHE_WRITE_1H,
            Meter.AUDIO_INPUT,
            Meter.IMAGE_INPUT);
    private static final List<Meter> OUT =
            List.of(Meter.OUTPUT, Meter.REASONING, Meter.AUDIO_OUTPUT, Meter.IMAGE_OUTPUT);

    /** A formula's value in millionths of a dollar, as the test that wrote the formula understands it. */
    interface Formula {
        BigDecimal of(Map<Meter, Long> counts, BigDecimal wholePrompt);
    }

    long of(Map<Meter, Long> counts, BigDecimal group) {
        BigDecimal quota = dollars(counts).multiply(group).multiply(new BigDecimal(500_000));
        if (quota.signum() == 0) return 0;
        BigDecimal whole = quota.setScale(0, roundedUp ? RoundingMode.CEILING : RoundingMode.HALF_UP);
        return whole.min(BigDecimal.valueOf(Quota.MAX.units()))
                .max(BigDecimal.ONE)
                .longValueExact();
    }

    /** Billionths of a dollar: nothing is rounded before, and nothing costs at least anything. */
    long cost(Map<Meter, Long> counts, BigDecimal part) {
        BigDecimal nanos = dollars(counts).multiply(part).movePointRight(9).setScale(0, RoundingMode.HALF_UP);
        return nanos.min(new BigDecimal("1e15")).longValueExact();
    }

    private BigDecimal dollars(Map<Meter, Long> counts) {
        if (counts.values().stream().allMatch(count -> count == 0)) return BigDecimal.ZERO;
        BigDecimal dollars = tokens(counts);
        if (usdPerCall != null) dollars = dollars.add(usdPerCall);
        if (usdPerSecond != null) dollars = dollars.add(usdPerSecond.multiply(atLeastOne(counts, Meter.SECONDS)));
        if (usdPerPicture != null) dollars = dollars.add(usdPerPicture.multiply(atLeastOne(counts, Meter.PICTURES)));
        for (Map.Entry<Meter, BigDecimal> tool : usdPerThousandUses.entrySet())
            dollars = dollars.add(
                    tool.getValue().multiply(count(counts, tool.getKey())).movePointLeft(3));
        return dollars;
    }

    private BigDecimal tokens(Map<Meter, Long> counts) {
        BigDecimal prompt = BigDecimal.ZERO;
        for (Meter meter : IN) prompt = prompt.add(count(counts, meter));
        if (formula != null)
            return formula.of(counts, prompt).max(BigDecimal.ZERO).movePointLeft(6);
        if (usdPerMillion == null) return BigDecimal.ZERO;
        BigDecimal in = BigDecimal.ZERO;
        for (Meter meter : IN) in = in.add(count(counts, meter).multiply(timesInput.get(meter)));
        BigDecimal out = BigDecimal.ZERO;
        for (Meter meter : OUT) out = out.add(count(counts, meter).multiply(timesInput.get(meter)));
        for (int i = tiers.size() - 1; i >= 0; i--) {
            BigDecimal[] tier = tiers.get(i);
            if (prompt.compareTo(tier[0]) <= 0) continue;
            in = in.multiply(tier[1]);
            out = out.multiply(tier[2]);
            break;
        }
        return in.add(out).multiply(usdPerMillion).divide(MILLION);
    }

    private static BigDecimal atLeastOne(Map<Meter, Long> counts, Meter meter) {
        return count(counts, meter).max(BigDecimal.ONE);
    }

    static BigDecimal count(Map<Meter, Long> counts, Meter meter) {
        return BigDecimal.valueOf(counts.getOrDefault(meter, 0L));
    }
}
