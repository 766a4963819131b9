package io.tollbook.relay.selection;

import io.tollbook.kernel.account.Attempt;
import io.tollbook.relay.affinity.Affinities;
import io.tollbook.relay.conversation.Failure;
import io.tollbook.relay.health.AutomaticSwitch;
import io.tollbook.relay.health.ChannelHealth;
import io.tollbook.relay.health.Fault;
import io.tollbook.relay.routing.ProviderKey;
import io.tollbook.relay.routing.Target;
import org.jspecify.annotations.Nullable;

/** A channel and one of its keys, for one attempt. {@link #begin} takes the place there, {@link #end} gives it back. */
public final class Choice {
    private final Target target;
    private final ProviderKey key;
    private final String model;
    private final ChannelHealth health;
    private final AutomaticSwitch automatic;
    private final boolean again;
    private final boolean lastResort;
    private long begunNanos;
    private boolean works;

    Choice(
            Target target,
            ProviderKey key,
            String model,
            ChannelHealth health,
            AutomaticSwitch automatic,
            boolean again,
            boolean lastResort) {
        this.target = target;
        this.key = key;
        this.model = model;
        this.health = health;
        this.automatic = automatic;
        this.again = again;
        this.lastResort = lastResort;
    }

    public Target target() {
        return target;
    }

    public ProviderKey key() {
        return key;
    }

    public Affinities.Place place() {
        return new Affinities.Place(target.channel(), key.print());
    }

    /** @return whether there is a place still; others may have been faster since it was chosen */
    public boolean begin() {
        begunNanos = System.nanoTime();
        return health.begin(key, model, target.limits(), again, lastResort, begunNanos);
    }

    /** The provider's answer begins. */
    public void answered() {
        long now = System.nanoTime();
        health.began(model, now - begunNanos, now);
    }

    /** The answer's first words are there: others need not wait for a long answer's end to know that it works. */
    public void works() {
        if (works) return;
        works = true;
        health.works(key, model, System.nanoTime() - begunNanos);
    }

    /**
     * @param status the provider's; 0 for none
     * @param failure null if it answered
     */
    public Fault end(Attempt.Outcome outcome, int status, @Nullable Failure failure) {
        String code = failure == null || failure.code() == null ? "" : failure.code();
        Fault fault = Fault.of(outcome, status, code);
        // It fails where somebody wants to see that, which is nobody else's business.
        if (target.isDemo() && fault != Fault.NONE) fault = Fault.REQUEST;
        long now = System.nanoTime();
        health.end(key, model, fault, failure == null ? 0 : failure.retryAfterSeconds(), now);
        if (fault == Fault.NONE) works();
        else if (fault == Fault.CHANNEL) health.fails(now - begunNanos);
        else if (!works && !lastResort) health.undecided();
        if (failure != null && outcome == Attempt.Outcome.FAILED) automatic.failed(target, key, status, failure);
        return fault;
    }
}
