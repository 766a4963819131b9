package io.tollbook.command.channel;

import static org.axonframework.modelling.command.AggregateLifecycle.apply;

import io.tollbook.kernel.Refusal;
import io.tollbook.kernel.Refused;
import io.tollbook.kernel.channel.ChangeChannel;
import io.tollbook.kernel.channel.ChannelChanged;
import io.tollbook.kernel.channel.ChannelCreated;
import io.tollbook.kernel.channel.ChannelDeleted;
import io.tollbook.kernel.channel.ChannelDisabled;
import io.tollbook.kernel.channel.ChannelEnabled;
import io.tollbook.kernel.channel.ChannelId;
import io.tollbook.kernel.channel.ChannelStatus;
import io.tollbook.kernel.channel.ChannelTerms;
import io.tollbook.kernel.channel.ChannelTested;
import io.tollbook.kernel.channel.ChannelType;
import io.tollbook.kernel.channel.CreateChannel;
import io.tollbook.kernel.channel.DeleteChannel;
import io.tollbook.kernel.channel.DisableChannel;
import io.tollbook.kernel.channel.EnableChannel;
import io.tollbook.kernel.channel.RecordChannelTest;
import io.tollbook.kernel.secret.Sealed;
import io.tollbook.kernel.secret.Secret;
import io.tollbook.kernel.secret.Vault;
import java.net.URI;
import java.util.Locale;
import org.axonframework.commandhandling.CommandHandler;
import org.axonframework.eventsourcing.EventSourcingHandler;
import org.axonframework.modelling.command.AggregateIdentifier;
import org.axonframework.spring.stereotype.Aggregate;

/** One account at a provider. */
@Aggregate(cache = "accountCache", lockFactory = "noLocks")
class Channel {
    private static final int WHY_MAX = 500;
    private static final int KEY_MAX = 100_000;

    @AggregateIdentifier
    private ChannelId id;

    private ChannelTerms terms;
    private ChannelStatus status = ChannelStatus.ENABLED;
    private boolean deleted;

    /** For the repository, which then applies the events. */
    @SuppressWarnings("NullAway")
    protected Channel() {}

    @CommandHandler
    @SuppressWarnings("NullAway")
    Channel(CreateChannel command, Vault vault) {
        TermsPolicy.check(command.terms());
        checkKey(command.terms(), command.key());
        apply(new ChannelCreated(
                command.channel(),
                command.terms(),
                vault.seal(command.channel().toString(), command.key().reveal().strip()),
                command.at()));
    }

    @CommandHandler
    void handle(ChangeChannel command, Vault vault) {
        checkAlive();
        TermsPolicy.check(command.terms());
        Secret key = command.key();
        if (key != null) checkKey(command.terms(), key);
        else if (!origin(command.terms()).equals(origin(terms)))
            throw Refused.invalid(
                    "The base URL leads to another host. Enter the key again, so that the present key is not"
                            + " sent to a host it was not given for.");
        if (key == null && command.terms().equals(terms)) return;
        Sealed sealed =
                key == null ? null : vault.seal(id.toString(), key.reveal().strip());
        apply(new ChannelChanged(id, command.terms(), sealed));
    }

    @CommandHandler
    void handle(EnableChannel command) {
        checkAlive();
        if (status != ChannelStatus.ENABLED) apply(new ChannelEnabled(id));
    }

    @CommandHandler
    void handle(DisableChannel command) {
        checkAlive();
        // What a person has switched off stays theirs; what Tollbook has switched off a person may still take over.
        if (status == ChannelStatus.DISABLED_BY_HAND) return;
        if (status == ChannelStatus.DISABLED_AUTOMATICALLY && command.automatically()) return;
        apply(new ChannelDisabled(id, command.automatically(), shortened(command.why())));
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

    private void checkAlive() {
        if (deleted) throw new Refused(Refusal.NOT_FOUND, "There is no such channel.");
    }

    private static void checkKey(ChannelTerms terms, Secret key) {
        String clear = key.reveal();
        if (clear.isBlank() && terms.type() != ChannelType.DEMO.number())
            throw Refused.invalid("The channel needs a key.");
        if (clear.length() > KEY_MAX) throw Refused.invalid("The key is longer than " + KEY_MAX + " characters.");
        // A header is where it goes; a control character in one is how requests are smuggled.
        if (clear.chars().anyMatch(c -> c < ' ' && c != '\n' && c != '\r'))
            throw Refused.invalid("The key has an invisible character.");
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
    }

    @EventSourcingHandler
    void on(ChannelChanged event) {
        terms = event.terms();
    }

    @EventSourcingHandler
    void on(ChannelEnabled event) {
        status = ChannelStatus.ENABLED;
    }

    @EventSourcingHandler
    void on(ChannelDisabled event) {
        status = event.automatically() ? ChannelStatus.DISABLED_AUTOMATICALLY : ChannelStatus.DISABLED_BY_HAND;
    }

    @EventSourcingHandler
    void on(ChannelDeleted event) {
        deleted = true;
    }
}
