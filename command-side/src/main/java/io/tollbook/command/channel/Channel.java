package io.tollbook.command.channel;

import static org.axonframework.modelling.command.AggregateLifecycle.apply;

import io.tollbook.kernel.Refusal;
import io.tollbook.kernel.Refused;
import io.tollbook.kernel.channel.ChangeChannel;
import io.tollbook.kernel.channel.ChannelBalance;
import io.tollbook.kernel.channel.ChannelBalanceTold;
import io.tollbook.kernel.channel.ChannelChange;
import io.tollbook.kernel.channel.ChannelChanged;
import io.tollbook.kernel.channel.ChannelCreated;
import io.tollbook.kernel.channel.ChannelDeleted;
import io.tollbook.kernel.channel.ChannelDisabled;
import io.tollbook.kernel.channel.ChannelEnabled;
import io.tollbook.kernel.channel.ChannelId;
import io.tollbook.kernel.channel.ChannelKeyDisabled;
import io.tollbook.kernel.channel.ChannelKeyEnabled;
import io.tollbook.kernel.channel.ChannelKeyRetired;
import io.tollbook.kernel.channel.ChannelKeysRevealed;
import io.tollbook.kernel.channel.ChannelModelsCompared;
import io.tollbook.kernel.channel.ChannelOutage;
import io.tollbook.kernel.channel.ChannelStatus;
import io.tollbook.kernel.channel.ChannelTerms;
import io.tollbook.kernel.channel.ChannelTested;
import io.tollbook.kernel.channel.ChannelType;
import io.tollbook.kernel.channel.CopyChannel;
import io.tollbook.kernel.channel.CreateChannel;
import io.tollbook.kernel.channel.DeleteChannel;
import io.tollbook.kernel.channel.DeleteChannelKeys;
import io.tollbook.kernel.channel.DisableChannel;
import io.tollbook.kernel.channel.DisableChannelKey;
import io.tollbook.kernel.channel.EnableChannel;
import io.tollbook.kernel.channel.EnableChannelKey;
import io.tollbook.kernel.channel.KeyPrint;
import io.tollbook.kernel.channel.ModelDifference;
import io.tollbook.kernel.channel.RecordChannelBalance;
import io.tollbook.kernel.channel.RecordChannelModels;
import io.tollbook.kernel.channel.RecordChannelOutage;
import io.tollbook.kernel.channel.RecordChannelTest;
import io.tollbook.kernel.channel.RecoverChannel;
import io.tollbook.kernel.channel.RetireChannelKey;
import io.tollbook.kernel.channel.RevealChannelKeys;
import io.tollbook.kernel.channel.SwitchChannelKeys;
import io.tollbook.kernel.secret.Sealed;
import io.tollbook.kernel.secret.Secret;
import io.tollbook.kernel.secret.Vault;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.axonframework.commandhandling.CommandHandler;
import org.axonframework.eventsourcing.EventSourcingHandler;
import org.axonframework.modelling.command.AggregateIdentifier;
import org.axonframework.spring.stereotype.Aggregate;

/** One account at a provider. */
@Aggregate(cache = "accountCache", lockFactory = "noLocks")
class Channel {
    private static final int WHY_MAX = 500;
    static final String KEYS_ARE_OFF = "All keys are disabled";

    @AggregateIdentifier
    private ChannelId id;

    private ChannelTerms terms;
    private KeyRing keys;
    private ChannelStatus status = ChannelStatus.ENABLED;
    /** Why it is out of routing; empty if it is not. */
    private String why = "";

    private boolean deleted;
    private ModelDifference difference = ModelDifference.NONE;

    /** For the repository, which then applies the events. */
    @SuppressWarnings("NullAway")
    protected Channel() {}

    @CommandHandler
    @SuppressWarnings("NullAway")
    Channel(CreateChannel command, Vault vault) {
        TermsPolicy.check(command.terms());
        apply(new ChannelCreated(
                command.channel(),
                command.terms(),
                vault.seal(command.channel().toString(), readKeys(command.terms(), command.key())),
                command.at()));
    }

    @CommandHandler
    void handle(ChangeChannel command, Vault vault) {
        checkAlive();
        TermsPolicy.check(command.terms());
        Secret key = command.key();
        if ((key == null || command.addsKey()) && !origin(command.terms()).equals(origin(terms)))
            throw Refused.invalid(
                    "The base URL leads to another host. Enter the key again, so that the present key is not"
                            + " sent to a host it was not given for.");
        if (key == null && command.terms().equals(terms)) return;
        Sealed sealed = null;
        if (key != null) {
            String read = readKeys(command.terms(), key);
            sealed = vault.seal(id.toString(), command.addsKey() ? keys.joined(read, vault) : read);
        }
        apply(new ChannelChanged(id, command.terms(), sealed));
        // Other keys, another chance.
        if (key != null) followKeys(vault);
    }

    @CommandHandler
    void handle(EnableChannel command, Vault vault) {
        checkAlive();
        if (status == ChannelStatus.ENABLED) return;
        if (keys.allAreOff(vault)) {
            // It could answer nothing; what Tollbook itself has switched off gets another chance with it.
            List<KeyPrint> again = keys.offAutomatically(vault);
            if (again.isEmpty())
                throw Refused.invalid("All of the channel's keys are switched off by hand. Enable one of them.");
            for (KeyPrint key : again) apply(new ChannelKeyEnabled(id, key, command.at()));
        }
        apply(new ChannelEnabled(id));
    }

    @CommandHandler
    void handle(DisableChannel command) {
        checkAlive();
        // What a person has switched off stays theirs; what Tollbook has switched off a person may still take over.
        if (status == ChannelStatus.DISABLED_BY_HAND) return;
        if (status == ChannelStatus.DISABLED_AUTOMATICALLY && command.automatically()) return;
        apply(new ChannelDisabled(id, command.automatically(), shortened(command.why())));
    }

    /** A part of a change of many. */
    void change(ChannelChange change, Instant at, Vault vault) {
        checkAlive();
        if (!change.before().equals(change.after())) {
            if (!terms.equals(change.before()))
                throw Refused.invalid("It was changed meanwhile. Reload and try again.");
            handle(new ChangeChannel(id, change.after(), null), vault);
        }
        if (change.enabled() == null) return;
        if (change.enabled()) handle(new EnableChannel(id, at), vault);
        else handle(new DisableChannel(id, false, "by hand"));
    }

    /** What a copy of it needs: its terms and, in clear, its keys. */
    CreateChannel copied(CopyChannel command, Vault vault) {
        checkAlive();
        return new CreateChannel(
                command.copy(),
                terms.named(terms.name() + command.suffix()),
                new Secret(String.join("\n", keys.clear(vault))),
                command.at());
    }

    boolean isEnabled() {
        return status == ChannelStatus.ENABLED;
    }

    @CommandHandler
    void handle(DeleteChannel command) {
        checkAlive();
        apply(new ChannelDeleted(id));
    }

    @CommandHandler
    void handle(RecordChannelTest command) {
        checkAlive();
        apply(new ChannelTested(
                id, command.model(), command.passed(), shortened(command.error()), command.millis(), command.at()));
    }

    @CommandHandler
    void handle(DisableChannelKey command, Vault vault) {
        checkAlive();
        keys.check(command.key(), vault);
        if (keys.size(vault) == 1) {
            // Its key is the channel; there is nothing else that could go on.
            handle(new DisableChannel(id, command.automatically(), command.why()));
            return;
        }
        Boolean off = keys.offAutomatically(command.key());
        // As with the whole channel: what a person has switched off stays theirs.
        if (off != null && (!off || command.automatically())) return;
        apply(new ChannelKeyDisabled(
                id, command.key(), command.automatically(), shortened(command.why()), command.at()));
        followKeys(vault);
    }

    /** A channel goes out of routing with its last key, and comes back with the first. */
    private void followKeys(Vault vault) {
        boolean none = keys.allAreOff(vault);
        if (none && status == ChannelStatus.ENABLED) apply(new ChannelDisabled(id, true, KEYS_ARE_OFF));
        if (!none && status == ChannelStatus.DISABLED_AUTOMATICALLY && why.equals(KEYS_ARE_OFF))
            apply(new ChannelEnabled(id));
    }

    @CommandHandler
    void handle(EnableChannelKey command, Vault vault) {
        checkAlive();
        keys.check(command.key(), vault);
        if (keys.offAutomatically(command.key()) != null) apply(new ChannelKeyEnabled(id, command.key(), command.at()));
        // An only key goes off with its channel, and comes back with it.
        if (keys.size(vault) == 1 && status == ChannelStatus.DISABLED_AUTOMATICALLY) apply(new ChannelEnabled(id));
        else followKeys(vault);
    }

    @CommandHandler
    void handle(RecordChannelBalance command) {
        checkAlive();
        ChannelBalance balance = command.balance();
        apply(new ChannelBalanceTold(id, balance.amount(), balance.currency(), command.at()));
    }

    @CommandHandler
    void handle(RecordChannelModels command) {
        checkAlive();
        ModelDifference found = new ModelDifference(command.added(), command.removed());
        if (!found.equals(difference))
            apply(new ChannelModelsCompared(id, found.added(), found.removed(), command.at()));
    }

    @CommandHandler
    void handle(RecoverChannel command, Vault vault) {
        checkAlive();
        KeyPrint key = command.key();
        if (key != null) {
            Boolean off = keys.offAutomatically(key);
            // Replaced, or taken over by a person, while the test ran.
            if (!keys.has(key, vault) || off != null && !off) return;
            if (off != null) apply(new ChannelKeyEnabled(id, key, command.at()));
        }
        if (status == ChannelStatus.DISABLED_AUTOMATICALLY) apply(new ChannelEnabled(id));
    }

    @CommandHandler
    void handle(RetireChannelKey command, Vault vault) {
        checkAlive();
        keys.check(command.key(), vault);
        if (command.until() == null && !keys.isRetired(command.key())) return;
        if (command.until() != null && keys.size(vault) == 1)
            throw Refused.invalid("This is the channel's only key. Add its successor first.");
        if (command.until() != null && command.until().isBefore(command.at()))
            throw Refused.invalid("The moment lies in the past. Disable the key instead.");
        apply(new ChannelKeyRetired(id, command.key(), command.until(), command.at()));
    }

    /** @return how many keys were there to be deleted */
    @CommandHandler
    int handle(DeleteChannelKeys command, Vault vault) {
        checkAlive();
        int before = keys.size(vault);
        Sealed left = keys.without(command.keys(), vault);
        if (left == null) return 0;
        apply(new ChannelChanged(id, terms, left));
        followKeys(vault);
        return before - keys.size(vault);
    }

    @CommandHandler
    void handle(SwitchChannelKeys command, Vault vault) {
        checkAlive();
        for (KeyPrint key : keys.present(command.keys(), vault))
            if (command.on()) handle(new EnableChannelKey(id, key, command.at()), vault);
            else handle(new DisableChannelKey(id, key, false, command.why(), command.at()), vault);
    }

    @CommandHandler
    Secret handle(RevealChannelKeys command, Vault vault) {
        checkAlive();
        apply(new ChannelKeysRevealed(id, command.at()));
        return new Secret(String.join("\n", keys.clear(vault)));
    }

    @CommandHandler
    void handle(RecordChannelOutage command) {
        checkAlive();
        apply(new ChannelOutage(id, command.node(), command.out(), shortened(command.why()), command.at()));
    }

    private void checkAlive() {
        if (deleted) throw new Refused(Refusal.NOT_FOUND, "There is no such channel.");
    }

    /** @throws Refused INVALID, naming the line, for keys that such a channel cannot have */
    static String readKeys(ChannelTerms terms, Secret keys) {
        ChannelType type = ChannelType.of(terms.type());
        return KeyRing.read(type, terms.baseUrl().isEmpty(), keys.reveal());
    }

    /** Scheme, host and port that the key is sent to. Another port may be another owner, and http shows it to everyone. */
    static String origin(ChannelTerms terms) {
        ChannelType type = ChannelType.of(terms.type());
        String address = terms.baseUrl().isEmpty() ? type.baseUrl() : terms.baseUrl();
        if (address.isEmpty()) return type.name();
        URI uri = URI.create(address);
        String scheme = uri.getScheme().toLowerCase(Locale.ROOT);
        int port = uri.getPort() >= 0 ? uri.getPort() : scheme.equals("https") ? 443 : 80;
        return scheme + "://" + uri.getHost().toLowerCase(Locale.ROOT) + ":" + port;
    }

    private static String shortened(String text) {
        return text.length() <= WHY_MAX ? text : text.substring(0, WHY_MAX - 1) + "…";
    }

    @EventSourcingHandler
    void on(ChannelCreated event) {
        id = event.channel();
        terms = event.terms();
        keys = new KeyRing(id, event.key());
    }

    @EventSourcingHandler
    void on(ChannelChanged event) {
        terms = event.terms();
        if (event.key() != null) keys.replace(event.key());
    }

    @EventSourcingHandler
    void on(ChannelEnabled event) {
        status = ChannelStatus.ENABLED;
        why = "";
    }

    @EventSourcingHandler
    void on(ChannelDisabled event) {
        status = event.automatically() ? ChannelStatus.DISABLED_AUTOMATICALLY : ChannelStatus.DISABLED_BY_HAND;
        why = event.why();
    }

    @EventSourcingHandler
    void on(ChannelKeyDisabled event) {
        keys.switched(event.key(), event.automatically());
    }

    @EventSourcingHandler
    void on(ChannelKeyEnabled event) {
        keys.switched(event.key(), null);
    }

    @EventSourcingHandler
    void on(ChannelKeyRetired event) {
        keys.retired(event.key(), event.until() != null);
    }

    @EventSourcingHandler
    void on(ChannelModelsCompared event) {
        difference = new ModelDifference(event.added(), event.removed());
    }

    @EventSourcingHandler
    void on(ChannelDeleted event) {
        deleted = true;
    }
}
