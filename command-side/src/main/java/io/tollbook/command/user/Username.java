package io.tollbook.command.user;

import io.tollbook.kernel.Refusal;
import io.tollbook.kernel.Refused;
import io.tollbook.kernel.user.UserId;
import io.tollbook.kernel.user.UsernameClaimed;
import org.axonframework.eventsourcing.EventSourcingHandler;
import org.axonframework.modelling.command.AggregateIdentifier;
import org.axonframework.modelling.command.AggregateLifecycle;
import org.axonframework.spring.stereotype.Aggregate;

/** One name, whoever has it: its stream can begin only once, so a name can be claimed only once, on all nodes together. */
@Aggregate(lockFactory = "noLocks")
public class Username {
    @AggregateIdentifier
    private String id;

    private UserId owner;

    @SuppressWarnings("NullAway")
    protected Username() {}

    @SuppressWarnings("NullAway")
    Username(String fingerprint, UserId user) {
        AggregateLifecycle.apply(new UsernameClaimed(fingerprint, user));
    }

    static String stream(String fingerprint) {
        return "username-" + fingerprint;
    }

    /** A name that one had before may be taken again, somebody else's not. */
    void checkOwner(UserId user) {
        if (!owner.equals(user)) throw new Refused(Refusal.USERNAME_TAKEN);
    }

    @EventSourcingHandler
    void on(UsernameClaimed event) {
        id = stream(event.fingerprint());
        owner = event.user();
    }
}
