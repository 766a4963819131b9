package io.tollbook.relay.routing;

import io.tollbook.kernel.channel.ChannelId;
import io.tollbook.kernel.channel.KeyPrint;
import java.util.HashSet;
import java.util.Set;

/** Where a call has been in vain. */
public final class Tried {
    private final Set<ChannelId> channels = new HashSet<>(2);
    private final Set<KeyPrint> keys = new HashSet<>(2);

    public void channel(ChannelId channel) {
        channels.add(channel);
    }

    public void key(KeyPrint key) {
        keys.add(key);
    }

    public boolean contains(ChannelId channel) {
        return channels.contains(channel);
    }

    public Set<KeyPrint> keys() {
        return keys;
    }

    public boolean isEmpty() {
        return channels.isEmpty() && keys.isEmpty();
    }
}
