package io.tollbook.relay.call;

import io.tollbook.kernel.account.AttemptCost;
import io.tollbook.kernel.account.Meter;
import io.tollbook.kernel.account.Meters;
import io.tollbook.kernel.account.Provenance;
import io.tollbook.kernel.account.QuarantinedUsage;
import io.tollbook.kernel.account.Quota;
import io.tollbook.kernel.pricing.Charging;
import io.tollbook.kernel.pricing.Costing;
import io.tollbook.kernel.pricing.Limits;
import io.tollbook.kernel.pricing.PriceVersion;
import io.tollbook.kernel.pricing.expression.Circumstances;
import io.tollbook.relay.dialect.ClientRequest;
import io.tollbook.relay.metering.Reported;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** What one call may cost at most, and what it did cost, under the version of the prices that was in force when it came. */
final class CallPrice {
    private static final Map<Meter, Long> SEARCHED = Map.of(Meter.WEB_SEARCH_PREVIEW, 1L);

    final PriceVersion version;
    final boolean isFree;

    private final ClientRequest asked;
    private final BigDecimal groupRatio;
    private final Circumstances circumstances;
    private final long outputTokensMax;
    private @Nullable Charging charging;

    /** @param unpricedIsFree whether a model without a price costs nothing, instead of being refused */
    CallPrice(
            PriceVersion version,
            ClientRequest asked,
            BigDecimal groupRatio,
            Circumstances circumstances,
            boolean unpricedIsFree) {
        this.version = version;
        this.asked = asked;
        this.groupRatio = groupRatio;
        this.circumstances = circumstances;
        outputTokensMax = asked.outputTokensMax(longest());
        isFree = unpricedIsFree && version.document().price(asked.model()).isEmpty();
    }

    /** How many tokens the model can answer where nobody sets a limit. */
    long longest() {
        return version.document().maxOutputTokens(asked.model());
    }

    /** The moment that chose the version; it chooses that of the buy prices too. */
    Instant moment() {
        return circumstances.at();
    }

    Quota worstCase(long promptTokens) {
        return charging().worstCase(new Limits(promptTokens, outputTokensMax, searches()), circumstances);
    }

    /**
     * What a call is charged for.
     *
     * @param charge what that costs by the prices
     * @param quarantined what the provider reported where that cannot be; null where it can
     */
    record Charged(
            Meters meters,
            Provenance provenance,
            Quota charge,
            @Nullable QuarantinedUsage quarantined) {}

    /**
     * @param answerTokens what was counted of the answer, for when the provider said nothing that can be
     * @param drained whether it was read to its end for nobody
     */
    Charged charged(Reported reported, long answerTokens, boolean drained) {
        return switch (reported) {
            case Reported.Counted counted ->
                charged(counted.meters(), drained ? Provenance.DRAINED : Provenance.REPORTED, null);
            case Reported.Begun begun -> charged(begun(begun.meters(), answerTokens), Provenance.ESTIMATED, null);
            case Reported.Nothing nothing ->
                charged(estimated(answerTokens, nothing.tools()), Provenance.ESTIMATED, null);
            case Reported.Impossible impossible ->
                charged(estimated(answerTokens, impossible.tools()), Provenance.QUARANTINED, impossible.usage());
        };
    }

    /**
     * What an attempt of this size costs at the provider.
     *
     * @return null if nobody knows
     */
    @Nullable
    AttemptCost cost(Costing costing, Charged charged) {
        OptionalLong nanoUsd = costing.nanoUsd(charged.meters(), circumstances, isFree ? null : charging());
        if (nanoUsd.isEmpty()) return null;
        AttemptCost.Basis basis = switch (charged.provenance()) {
            case REPORTED, DRAINED -> AttemptCost.Basis.REPORTED;
            case ESTIMATED, QUARANTINED -> AttemptCost.Basis.ESTIMATED;
        };
        return new AttemptCost(nanoUsd.getAsLong(), costing.version(), basis);
    }

    private Charged charged(Meters reported, Provenance provenance, @Nullable QuarantinedUsage quarantined) {
        Meters meters = withSearches(reported);
        return new Charged(
                meters, provenance, isFree ? Quota.ZERO : charging().charge(meters, circumstances), quarantined);
    }

    private Charging charging() {
        if (charging == null) charging = version.document().charging(asked.model(), groupRatio);
        return charging;
    }

    /** With the searches that nobody counts: these models do one in each call, and say so by their name alone. */
    private Meters withSearches(Meters meters) {
        return meters.of(Meter.WEB_SEARCH) == 0 ? meters.and(searches()) : meters;
    }

    private Map<Meter, Long> searches() {
        return asked.model().endsWith("search-preview") ? SEARCHED : Map.of();
    }

    /** What went in as it was reported, and what came out as it was counted: somebody left, or the provider broke off. */
    private Meters begun(Meters reported, long answerTokens) {
        if (reported.promptTokens() == 0) return estimated(answerTokens, Meters.NONE);
        Map<Meter, Long> counts = new EnumMap<>(Meter.class);
        counts.putAll(reported.counts());
        counts.merge(Meter.OUTPUT, Math.min(answerTokens, outputTokensMax), Math::max);
        return new Meters(counts);
    }

    /** What nobody reported is never more than what the client agreed to. */
    private Meters estimated(long answerTokens, Meters tools) {
        Map<Meter, Long> counts = new EnumMap<>(Meter.class);
        counts.putAll(tools.counts());
        counts.put(Meter.INPUT, Math.min(asked.promptTokensCounted(), Meters.COUNT_MAX));
        counts.put(Meter.OUTPUT, Math.min(answerTokens, outputTokensMax));
        return new Meters(counts);
    }
}
