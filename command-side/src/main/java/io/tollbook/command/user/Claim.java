package io.tollbook.command.user;

import io.tollbook.kernel.secret.Vault;
import io.tollbook.kernel.user.UniqueClaimed;
import io.tollbook.kernel.user.UserId;
import org.axonframework.eventsourcing.EventSourcingHandler;
import org.axonframework.modelling.command.AggregateIdentifier;
import org.axonframework.modelling.command.AggregateLifecycle;
import org.axonframework.spring.stereotype.Aggregate;
import org.jspecify.annotations.Nullable;

/**
 * Something only one user can have. Two who want it at once write the same stream, and the store lets one of them. A
 * claim is never given back, so nobody can pass for a user who is gone.
 */
// Not cached: one that nobody took has no id yet.
@Aggregate(lockFactory = "noLocks")
class Claim {
    static final String ROOT = "root";

    @AggregateIdentifier
    private @Nullable String id;

    private @Nullable UserId holder;

    protected Claim() {}

    /** The stream of a username. Its text tells nobody the name. */
    static String ofUsername(Vault vault, String username) {
        return "username-" + vault.fingerprint("username claim", LookAlikes.skeleton(username));
    }

    boolean isOpenTo(UserId user) {
        return holder == null || holder.equals(user);
    }

    void take(String claim, UserId user) {
        if (!isOpenTo(user)) throw new IllegalStateException(claim + " belongs to somebody else");
        if (holder == null) AggregateLifecycle.apply(new UniqueClaimed(claim, user));
    }

    @EventSourcingHandler
    void on(UniqueClaimed event) {
        id = event.claim();
        holder = event.user();
    }
}
