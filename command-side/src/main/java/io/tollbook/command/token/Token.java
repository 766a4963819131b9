package io.tollbook.command.token;

import static org.axonframework.modelling.command.AggregateLifecycle.apply;

import io.tollbook.kernel.Refusal;
import io.tollbook.kernel.Refused;
import io.tollbook.kernel.secret.Vault;
import io.tollbook.kernel.token.ChangeToken;
import io.tollbook.kernel.token.CreateToken;
import io.tollbook.kernel.token.DeleteToken;
import io.tollbook.kernel.token.DisableToken;
import io.tollbook.kernel.token.EnableToken;
import io.tollbook.kernel.token.TokenChanged;
import io.tollbook.kernel.token.TokenCreated;
import io.tollbook.kernel.token.TokenDeleted;
import io.tollbook.kernel.token.TokenDisabled;
import io.tollbook.kernel.token.TokenEnabled;
import io.tollbook.kernel.token.TokenId;
import io.tollbook.kernel.token.TokenTerms;
import io.tollbook.kernel.user.UserId;
import java.util.regex.Pattern;
import org.axonframework.commandhandling.CommandHandler;
import org.axonframework.eventsourcing.EventSourcingHandler;
import org.axonframework.modelling.command.AggregateIdentifier;
import org.axonframework.spring.stereotype.Aggregate;

/** One API key. What it has spent is the account's business. */
@Aggregate(cache = "accountCache", lockFactory = "noLocks")
class Token {
    private static final Pattern KEY = Pattern.compile("[A-Za-z0-9]{48}");

    @AggregateIdentifier
    private TokenId id;

    private UserId owner;
    private TokenTerms terms;
    private boolean enabled;
    private boolean deleted;

    /** For the repository, which then applies the events. */
    @SuppressWarnings("NullAway")
    protected Token() {}

    @SuppressWarnings("NullAway")
    Token(CreateToken command, Vault vault) {
        String key = command.key().reveal();
        apply(new TokenCreated(
                command.token(),
                command.owner(),
                vault.fingerprint(Vault.API_KEY, key),
                vault.seal(command.owner().toString(), key),
                key.substring(0, 4) + "…" + key.substring(key.length() - 4),
                command.terms(),
                command.at()));
    }

    static void check(CreateToken command) {
        if (!KEY.matcher(command.key().reveal()).matches())
            throw Refused.invalid("An API key has 48 letters and digits.");
        TermsPolicy.check(command.terms());
    }

    void checkChange(ChangeToken command) {
        checkOwner(command.owner());
        TermsPolicy.check(command.terms());
    }

    void change(ChangeToken command) {
        if (!command.terms().equals(terms)) apply(new TokenChanged(id, command.terms()));
    }

    /** @param usedUp whether the account has nothing left for this key */
    void enable(EnableToken command, boolean usedUp) {
        checkOwner(command.owner());
        if (terms.expiresAt() != null && !terms.expiresAt().isAfter(command.at()))
            throw new Refused(Refusal.KEY_EXPIRED, "This key has expired. Give it a later expiry first.");
        if (usedUp) throw new Refused(Refusal.KEY_EXHAUSTED, "The quota of this key is used up. Give it more first.");
        if (!enabled) apply(new TokenEnabled(id));
    }

    @CommandHandler
    void handle(DisableToken command) {
        checkOwner(command.owner());
        if (enabled) apply(new TokenDisabled(id));
    }

    @CommandHandler
    void handle(DeleteToken command) {
        checkOwner(command.owner());
        apply(new TokenDeleted(id));
    }

    /** Somebody else's key is told apart from no key by nobody. */
    private void checkOwner(UserId sender) {
        if (deleted || !owner.equals(sender)) throw new Refused(Refusal.NOT_FOUND, "There is no such key.");
    }

    @EventSourcingHandler
    void on(TokenCreated event) {
        id = event.token();
        owner = event.owner();
        terms = event.terms();
        enabled = true;
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
