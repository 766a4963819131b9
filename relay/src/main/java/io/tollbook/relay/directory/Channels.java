package io.tollbook.relay.directory;

import io.tollbook.kernel.Actor;
import io.tollbook.kernel.DirectoryChange;
import io.tollbook.kernel.DirectoryChanges;
import io.tollbook.kernel.Messages;
import io.tollbook.kernel.channel.KeyPrint;
import io.tollbook.kernel.channel.Route;
import io.tollbook.kernel.channel.Routes;
import io.tollbook.kernel.secret.Sealed;
import io.tollbook.kernel.secret.Vault;
import io.tollbook.relay.routing.RoutingTable;
import io.tollbook.relay.routing.Target;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.springframework.stereotype.Component;

/** The routing table in memory, built anew after a change of any channel. */
@Component
public final class Channels {
    private final Messages messages;
    private final Vault vault;
    /** Kept from table to table: a change of one channel does not open the keys of a thousand. */
    private volatile Map<Sealed, Map<KeyPrint, String>> opened = Map.of();

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
        Map<Sealed, Map<KeyPrint, String>> now = new HashMap<>();
        for (Route route : messages.ask(new Routes(), Actor.RELAY)) {
            Map<KeyPrint, String> keys = opened.get(route.key());
            if (keys == null)
                keys = KeyPrint.all(route.channel(), vault.open(route.key()).orElse(""), vault);
            now.put(route.key(), keys);
            targets.add(Target.of(route, keys));
        }
        opened = now;
        return new RoutingTable(targets);
    }
}
