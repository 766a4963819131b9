package io.tollbook.relay.call;

import io.tollbook.kernel.account.Quota;
import io.tollbook.kernel.pricing.PriceVersion;
import io.tollbook.kernel.token.Admission;
import io.tollbook.relay.dialect.ClientRequest;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** What one call costs in each of the groups that may serve it. */
final class CallPrices {
    private final Map<String, CallPrice> byGroup = new LinkedHashMap<>(2);
    private String serving;

    /**
     * @param groups in the order in which they are tried; at least one
     * @param unpricedIsFree whether a model without a price costs nothing, instead of being refused
     */
    CallPrices(
            PriceVersion inForce,
            ClientRequest asked,
            Admission by,
            List<String> groups,
            CallCircumstances circumstances,
            boolean unpricedIsFree) {
        for (String group : groups)
            byGroup.put(
                    group,
                    new CallPrice(
                            inForce,
                            asked,
                            inForce.document().groupRatio(by.userGroup(), group),
                            circumstances,
                            unpricedIsFree));
        serving = groups.getFirst();
    }

    List<String> groups() {
        return List.copyOf(byGroup.keySet());
    }

    void serveIn(String group) {
        serving = group;
    }

    String serving() {
        return serving;
    }

    CallPrice now() {
        return Objects.requireNonNull(byGroup.get(serving));
    }

    /** In the dearest of the groups, so that the hold covers whichever serves. */
    Quota worstCase(long promptTokens) {
        Quota most = Quota.ZERO;
        for (CallPrice price : byGroup.values()) {
            Quota worst = price.worstCase(promptTokens);
            if (worst.covers(most)) most = worst;
        }
        return most;
    }
}
