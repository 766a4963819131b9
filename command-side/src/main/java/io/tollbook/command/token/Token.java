package io.tollbook.command.token;

import io.tollbook.kernel.Refusal;
import io.tollbook.kernel.Refused;
import io.tollbook.kernel.token.TokenChanged;
import io.tollbook.kernel.token.TokenCreated;
import io.tollbook.kernel.token.TokenDeleted;
import io.tollbook.kernel.token.TokenDisabled;
import io.tollbook.kernel.token.TokenEnabled;
import io.tollbook.kernel.token.TokenId;
import io.tollbook.kernel.token.TokenTerms;
import io.tollbook.kernel.user.UserId;
import java.time.Instant;
import org.axonframework.eventsourcing.EventSourcingHandler;
import org.axonframework.modelling.command.AggregateIdentifier;
import org.axonframework.modelling.command.AggregateLifecycle;
import org.axonframework.spring.stereotype.Aggregate;

/** One API key. What is left of its quota is the account's to know. */
@Aggregate(lockFactory = "noLocks")
public class Token {
    @AggregateIdentifier
    private TokenId id;

    private UserId owner;
    private TokenTerms terms;
    private boolean enabled = true;
    private boolean deleted;

    @SuppressWarnings("NullAway")
    protected Token() {}

    @SuppressWarnings("NullAway")
    Token(TokenCreated created) {
        AggregateLifecycle.apply(created);
    }

    /** Somebody else's key is as unknown as one that never was. */
    void checkBelongsTo(UserId user) {
        if (deleted || !owner.equals(user)) throw new Refused(Refusal.NOT_FOUND);
    }

    TokenTerms terms() {
        return terms;
    }

    void change(TokenTerms wanted) {
        AggregateLifecycle.apply(new TokenChanged(id, wanted));
    }

    void enable(Instant at) {
        if (terms.expiresAt() != null && !terms.expiresAt().isAfter(at))
            throw new Refused(Refusal.KEY_EXPIRED, "This API key has expired. Give it a later expiry first.");
        if (!enabled) AggregateLifecycle.apply(new TokenEnabled(id));
    }

    void disable() {
        if (enabled) AggregateLifecycle.apply(new TokenDisabled(id));
    }

    void delete() {
        AggregateLifecycle.apply(new TokenDeleted(id));
    }

    @EventSourcingHandler
    void on(TokenCreated event) {
        id = event.token();
        owner = event.owner();
        terms = event.terms();
    }

    @EventSourcingHandler
    void on(TokenChanged event) {
        terms = event.terms();
    }

    @EventSourcingHandler
    void on(TokenEnabled event) {
        enabled = true;
    }

    @EventSourcingHandler
    void on(TokenDisabled event) {
        enabled = false;
    }

    @EventSourcingHandler
    void on(TokenDeleted event) {
        deleted = true;
    }
}
