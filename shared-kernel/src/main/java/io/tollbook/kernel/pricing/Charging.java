package io.tollbook.kernel.pricing;

import io.tollbook.kernel.Refusal;
import io.tollbook.kernel.Refused;
import io.tollbook.kernel.account.Meter;
import io.tollbook.kernel.account.Meters;
import io.tollbook.kernel.account.Quota;
import io.tollbook.kernel.pricing.Charge.Subject;
import io.tollbook.kernel.pricing.expression.Circumstances;
import io.tollbook.kernel.pricing.expression.Expression;
import io.tollbook.kernel.pricing.expression.Fraction;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One model's price under one document, applied: the only place where counts become quota. */
public final class Charging {
    private static final BigDecimal PER_USD = BigDecimal.valueOf(Quota.UNITS_PER_USD);
    /** Tools are priced by the thousand. */
    private static final BigDecimal PER_MILLI_USD = BigDecimal.valueOf(Quota.UNITS_PER_USD / 1_000);

    private static final BigDecimal NANO_USD_PER_QUOTA = BigDecimal.valueOf(Quota.NANO_USD);
    /** A million dollars: no attempt costs more, so sums of however absurd prices stay in 64 bits. */
    private static final BigDecimal COST_MAX = BigDecimal.valueOf(1_000_000L * 1_000_000_000L);
    /** Formulas are in millionths of a dollar. */
    private static final Fraction PER_MICRO_USD =
            Fraction.of(Quota.UNITS_PER_USD).dividedBy(Fraction.of(1_000_000));

    private static final Meter[] PROMPT = {
        Meter.INPUT, Meter.CACHE_READ, Meter.CACHE_WRITE_5M, Meter.CACHE_WRITE_1H, Meter.AUDIO_INPUT, Meter.IMAGE_INPUT
    };
    private static final Meter[] ANSWER = {Meter.OUTPUT, Meter.REASONING, Meter.AUDIO_OUTPUT, Meter.IMAGE_OUTPUT};

    private final PriceDocument document;
    private final String model;
    private final ModelPrice price;
    private final BigDecimal groupRatio;

    Charging(PriceDocument document, String model, BigDecimal groupRatio) {
        this.document = document;
        this.model = model;
        this.groupRatio = groupRatio;
        price = document.price(model).orElseThrow(() -> new Refused(Refusal.NO_PRICE));
    }

    /** What a call costs. */
    public Quota charge(Meters meters, Circumstances circumstances) {
        Bill bill = new Bill();
        write(bill, meters, circumstances);
        BigDecimal list = bill.decimal();
        return list != null
                ? result(list.multiply(groupRatio))
                : result(bill.list().times(Fraction.of(groupRatio)));
    }

    /** Billionths of a US dollar for so many times the list price, rounded once, half up, and at most a million dollars. */
    long nanoUsd(Meters meters, Circumstances circumstances, BigDecimal factor) {
        Bill bill = new Bill();
        write(bill, meters, circumstances);
        BigDecimal each = factor.multiply(NANO_USD_PER_QUOTA);
        BigDecimal list = bill.decimal();
        BigDecimal whole = list != null
                ? list.multiply(each).setScale(0, RoundingMode.HALF_UP)
                : bill.list().times(Fraction.of(each)).rounded(RoundingMode.HALF_UP);
        return whole.min(COST_MAX).longValueExact();
    }

    Charge explain(Meters meters, Circumstances circumstances) {
        Bill.Itemised bill = new Bill.Itemised();
        write(bill, meters, circumstances);
        Fraction exact = bill.list().times(Fraction.of(groupRatio));
        return new Charge(bill.lines, bill.tier, bill.list(), groupRatio, exact, document.rounding(), result(exact));
    }

    private void write(Bill bill, Meters meters, Circumstances circumstances) {
        if (meters.isEmpty()) return;
        Expression expression = price.expression();
        if (expression != null) {
            Expression.Value value = expression.evaluate(meters, circumstances);
            bill.add(value.amount().times(PER_MICRO_USD));
            bill.tier(value.tier());
        } else if (price.inputRatio() != null) tokens(bill, meters, price.inputRatio());
        else if (price.perCall() != null)
            bill.add(Subject.CALL, null, 1, price.perCall().multiply(PER_USD));
        else if (price.perSecond() != null) units(bill, Subject.SECONDS, meters, price.perSecond());
        else units(bill, Subject.PICTURES, meters, perPicture(circumstances.picture()));
        if (document.tools().isEmpty()) return;
        for (Map.Entry<Meter, Long> count : meters.counts().entrySet())
            if (Tools.isTool(count.getKey())) tool(bill, count.getKey(), count.getValue());
    }

    private void tokens(Bill bill, Meters meters, BigDecimal inputRatio) {
        ContextTier tier = tier(meters);
        if (tier != null) bill.tier("above " + tier.above());
        for (Map.Entry<Meter, Long> count : meters.counts().entrySet()) {
            Meter meter = count.getKey();
            if (!isToken(meter)) continue;
            BigDecimal each = inputRatio.multiply(price.ratio(meter));
            if (tier != null) each = each.multiply(isPrompt(meter) ? tier.input() : tier.output());
            bill.add(Subject.TOKENS, meter, count.getValue(), each);
        }
    }

    private @Nullable ContextTier tier(Meters meters) {
        if (price.tiers().isEmpty()) return null;
        long prompt = meters.promptTokens();
        ContextTier reached = null;
        for (ContextTier tier : price.tiers()) if (prompt > tier.above()) reached = tier;
        return reached;
    }

    private static void units(Bill bill, Subject subject, Meters meters, BigDecimal dollars) {
        Meter meter = subject == Subject.SECONDS ? Meter.SECONDS : Meter.PICTURES;
        // Where nobody counts them, as in a chat, an answer is one; else such a model would be free.
        bill.add(subject, meter, Math.max(1, meters.of(meter)), dollars.multiply(PER_USD));
    }

    private BigDecimal perPicture(String picture) {
        BigDecimal listed = price.perPicture().get(picture);
        int slash = picture.indexOf('/');
        if (listed == null && slash > 0) listed = price.perPicture().get(picture.substring(0, slash));
        return listed != null ? listed : price.dearestPicture();
    }

    private void tool(Bill bill, Meter meter, long uses) {
        BigDecimal dollars = Tools.price(document.tools(), meter, model);
        if (dollars != null) bill.add(Subject.TOOL, meter, uses, dollars.multiply(PER_MILLI_USD));
    }

    /** The most that a call can cost. */
    public Quota worstCase(Limits limits, Circumstances circumstances) {
        Fraction formula = Fraction.ZERO;
        BigDecimal most = BigDecimal.ZERO;
        if (price.expression() != null)
            formula = price.expression()
                    .most(limits.promptTokens(), limits.outputTokens(), circumstances)
                    .times(PER_MICRO_USD);
        else if (price.inputRatio() != null) most = dearestTokens(limits).multiply(price.inputRatio());
        else if (price.perCall() != null) most = price.perCall().multiply(PER_USD);
        else if (price.perSecond() != null) most = most(limits, Meter.SECONDS, price.perSecond());
        else most = most(limits, Meter.PICTURES, perPicture(circumstances.picture()));
        for (Map.Entry<Meter, Long> other : limits.others().entrySet()) {
            if (!Tools.isTool(other.getKey())) continue;
            BigDecimal dollars = Tools.price(document.tools(), other.getKey(), model);
            if (dollars != null)
                most = most.add(dollars.multiply(PER_MILLI_USD).multiply(BigDecimal.valueOf(other.getValue())));
        }
        if (formula.signum() == 0)
            return Quota.of(capped(most.multiply(groupRatio).setScale(0, RoundingMode.UP)));
        Fraction exact = formula.plus(Fraction.of(most)).times(Fraction.of(groupRatio));
        return Quota.of(capped(exact.rounded(RoundingMode.UP)));
    }

    private static BigDecimal most(Limits limits, Meter meter, BigDecimal dollars) {
        return dollars.multiply(PER_USD)
                .multiply(BigDecimal.valueOf(Math.max(1, limits.others().getOrDefault(meter, 1L))));
    }

    /** In input tokens. A shorter prompt than the longest may fall into any lower tier, and a lower tier may be the dearer. */
    private BigDecimal dearestTokens(Limits limits) {
        BigDecimal in = BigDecimal.valueOf(limits.promptTokens()).multiply(dearest(PROMPT));
        BigDecimal out = BigDecimal.valueOf(limits.outputTokens()).multiply(dearest(ANSWER));
        BigDecimal most = in.add(out);
        for (ContextTier tier : price.tiers())
            if (limits.promptTokens() > tier.above())
                most = most.max(in.multiply(tier.input()).add(out.multiply(tier.output())));
        return most;
    }

    private BigDecimal dearest(Meter[] meters) {
        BigDecimal dearest = BigDecimal.ZERO;
        for (Meter meter : meters) dearest = dearest.max(price.ratio(meter));
        return dearest;
    }

    private static boolean isToken(Meter meter) {
        return meter.ordinal() <= Meter.IMAGE_OUTPUT.ordinal();
    }

    private static boolean isPrompt(Meter meter) {
        return switch (meter) {
            case OUTPUT, REASONING, AUDIO_OUTPUT, IMAGE_OUTPUT -> false;
            default -> true;
        };
    }

    private Quota result(BigDecimal exact) {
        return exact.signum() == 0
                ? Quota.ZERO
                : Quota.of(
                        Math.max(1, capped(exact.setScale(0, document.rounding().mode()))));
    }

    private Quota result(Fraction exact) {
        return exact.signum() == 0
                ? Quota.ZERO
                : Quota.of(Math.max(1, capped(exact.rounded(document.rounding().mode()))));
    }

    /** No call costs more than the largest grant, so no price, however absurd, can break an account's arithmetic. */
    private static long capped(BigDecimal whole) {
        return whole.min(BigDecimal.valueOf(Quota.MAX.units())).longValueExact();
    }
}
