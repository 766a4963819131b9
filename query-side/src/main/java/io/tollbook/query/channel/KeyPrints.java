package io.tollbook.query.channel;

import io.tollbook.kernel.channel.ChannelId;
import io.tollbook.kernel.channel.KeyPrint;
import io.tollbook.kernel.secret.Sealed;
import io.tollbook.kernel.secret.Vault;
import io.tollbook.query.readmodel.Json;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.stereotype.Component;

/**
 * Which keys channels have, by their prints. These are remembered, since finding them opens what is sealed; nothing in clear
 * is.
 */
@Component
class KeyPrints {
    /** Some 60 bytes a print, with 60 keys a channel 7 MB. */
    private static final int CHANNELS_MAX = 2_000;

    private record Known(String sealed, List<KeyPrint> prints) {}

    private final Vault vault;
    private final Map<ChannelId, Known> known = new ConcurrentHashMap<>();

    KeyPrints(Vault vault) {
        this.vault = vault;
    }

    /** @param sealed as it stands in the read model; empty once the channel is deleted */
    List<KeyPrint> of(ChannelId channel, String sealed) {
        Known last = known.get(channel);
        if (last != null && last.sealed().equals(sealed)) return last.prints();
        List<KeyPrint> prints = List.copyOf(clear(channel, sealed).keySet());
        if (known.size() >= CHANNELS_MAX) known.clear();
        known.put(channel, new Known(sealed, prints));
        return prints;
    }

    /** The keys in clear, in their order. */
    Map<KeyPrint, String> clear(ChannelId channel, String sealed) {
        if (sealed.isEmpty()) return Map.of();
        return KeyPrint.all(channel, vault.open(Json.read(sealed, Sealed.class)).orElse(""), vault);
    }

    KeyPrint print(ChannelId channel, String key) {
        return KeyPrint.of(channel, key, vault);
    }
}
