package io.tollbook.relay.call;

import io.tollbook.kernel.account.Attempt;
import io.tollbook.kernel.account.AttemptCost;
import io.tollbook.kernel.account.Meters;
import io.tollbook.kernel.pricing.Costing;
import io.tollbook.relay.dialect.Dialect;
import io.tollbook.relay.metering.Reported;
import io.tollbook.relay.metering.UsageReader;
import io.tollbook.relay.routing.Target;
import java.io.IOException;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.util.Optional;
import javax.net.ssl.SSLException;
import org.apache.hc.client5.http.ConnectTimeoutException;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** What one attempt costs at its provider. The customer's charge knows nothing of it. */
final class UpstreamCost {
    static final Reported NOTHING = new Reported.Nothing(Meters.NONE);

    private final PaidCall call;
    private final Target target;
    private final String upstreamModel;

    UpstreamCost(PaidCall call, Target target, String upstreamModel) {
        this.call = call;
        this.target = target;
        this.upstreamModel = upstreamModel;
    }

    /** @return null if nobody knows */
    @Nullable
    AttemptCost of(CallPrice.Charged charged) {
        Optional<Costing> costing = costing();
        return costing.isEmpty() ? null : call.price().cost(costing.get(), charged);
    }

    /**
     * Of an attempt that nobody is charged for. One that broke off in the middle is reckoned by what was counted: the provider
     * may have been at work, and be paid for it.
     *
     * @return null if nobody knows
     */
    @Nullable
    AttemptCost ofFailure(Attempt.Outcome outcome, Reported reported, long answerTokens) {
        if (outcome == Attempt.Outcome.CANCELLED) return AttemptCost.NOT_SENT;
        if (outcome == Attempt.Outcome.FAILED && reported instanceof Reported.Nothing) return AttemptCost.REFUSED;
        // Asked first: to count a prompt for nothing costs time.
        return costing().isEmpty() ? null : of(call.price().charged(reported, answerTokens, false));
    }

    /** Of an attempt to which nothing was answered. */
    @Nullable
    AttemptCost ofSilence(Attempt.Outcome outcome, IOException why) {
        return isNeverSent(why) ? AttemptCost.NOT_SENT : ofFailure(outcome, NOTHING, 0);
    }

    private static boolean isNeverSent(IOException why) {
        return why instanceof ConnectException
                || why instanceof ConnectTimeoutException
                || why instanceof UnknownHostException
                || why instanceof SSLException;
    }

    /** What an answer says of its size, be it an error. */
    static Reported reported(Dialect provider, @Nullable JsonNode answer) {
        if (answer == null || !answer.isObject()) return NOTHING;
        UsageReader usage = provider.usage();
        usage.read(answer);
        return usage.reported();
    }

    private Optional<Costing> costing() {
        return call.calls.buyPrices.costing(
                target, upstreamModel, call.asked().model(), call.price().moment());
    }
}
