package io.tollbook.command.channel;

import io.tollbook.kernel.Refusal;
import io.tollbook.kernel.Refused;
import io.tollbook.kernel.channel.ChannelChanged;
import io.tollbook.kernel.channel.ChannelCreated;
import io.tollbook.kernel.channel.ChannelDeleted;
import io.tollbook.kernel.channel.ChannelDisabled;
import io.tollbook.kernel.channel.ChannelEnabled;
import io.tollbook.kernel.channel.ChannelId;
import io.tollbook.kernel.channel.ChannelTerms;
import io.tollbook.kernel.channel.ChannelTested;
import io.tollbook.kernel.channel.ChannelType;
import io.tollbook.kernel.secret.Sealed;
import java.net.URI;
import java.time.Instant;
import java.util.Objects;
import org.axonframework.eventsourcing.EventSourcingHandler;
import org.axonframework.modelling.command.AggregateIdentifier;
import org.axonframework.modelling.command.AggregateLifecycle;
import org.axonframework.spring.stereotype.Aggregate;
import org.jspecify.annotations.Nullable;

/** One account at a provider. */
@Aggregate(lockFactory = "noLocks")
public class Channel {
    @AggregateIdentifier
    private ChannelId id;

    private ChannelTerms terms;
    private boolean enabled = true;
    private boolean deleted;

    @SuppressWarnings("NullAway")
    protected Channel() {}

    @SuppressWarnings("NullAway")
    Channel(ChannelCreated created) {
        AggregateLifecycle.apply(created);
    }

    private void checkExists() {
        if (deleted) throw new Refused(Refusal.NOT_FOUND);
    }

    /** A key is never sent to a host it was not given for: a new host asks for the key again. */
    void change(ChannelTerms wanted, @Nullable Sealed key) {
        checkExists();
        if (key == null && !host(wanted).equals(host(terms)))
            throw Refused.invalid("The base URL points to another host. Give the key for that host as well.");
        AggregateLifecycle.apply(new ChannelChanged(id, wanted, key));
    }

    private static String host(ChannelTerms terms) {
        String address =
                terms.baseUrl().isEmpty() ? ChannelType.of(terms.type()).baseUrl() : terms.baseUrl();
        if (address.isEmpty()) return "";
        URI uri = URI.create(address);
        return uri.getScheme() + "://" + Objects.toString(uri.getHost(), "") + ":" + uri.getPort();
    }

    void enable() {
        checkExists();
        if (!enabled) AggregateLifecycle.apply(new ChannelEnabled(id));
    }

    void disable(boolean automatically, String why) {
        checkExists();
        if (enabled) AggregateLifecycle.apply(new ChannelDisabled(id, automatically, why));
    }

    void delete() {
        checkExists();
        AggregateLifecycle.apply(new ChannelDeleted(id));
    }

    void tested(String model, boolean passed, String error, long millis, Instant at) {
        checkExists();
        AggregateLifecycle.apply(new ChannelTested(id, model, passed, error, millis, at));
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
        enabled = true;
    }

    @EventSourcingHandler
    void on(ChannelDisabled event) {
        enabled = false;
    }

    @EventSourcingHandler
    void on(ChannelDeleted event) {
        deleted = true;
    }
}
