package io.tollbook.relay.directory;

import io.tollbook.kernel.Actor;
import io.tollbook.kernel.DirectoryChange;
import io.tollbook.kernel.DirectoryChanges;
import io.tollbook.kernel.Messages;
import io.tollbook.kernel.channel.Route;
import io.tollbook.kernel.channel.Routes;
import io.tollbook.kernel.secret.Vault;
import io.tollbook.relay.routing.RoutingTable;
import io.tollbook.relay.routing.Target;
import java.util.ArrayList;
import java.util.List;
import org.springframework.stereotype.Component;

/** The routing table in memory, built anew after a change of any channel. */
@Component
public final class Channels {
    private final Messages messages;
    private final Vault vault;
    private final Remembered<RoutingTable> table = new Remembered<>(this::read);

    Channels(Messages messages, Vault vault, DirectoryChanges changes) {
        this.messages = messages;
        this.vault = vault;
        changes.subscribe(change -> {
            if (change.kind() == DirectoryChange.Kind.CHANNEL || change.kind() == DirectoryChange.Kind.ALL)
                table.forget();
        });
    }

    public RoutingTable table() {
        return table.get();
    }

    private RoutingTable read() {
        List<Target> targets = new ArrayList<>();
        for (Route route : messages.ask(new Routes(), Actor.RELAY))
            targets.add(Target.of(route, vault.open(route.key()).orElse("")));
        return new RoutingTable(targets);
    }
}
