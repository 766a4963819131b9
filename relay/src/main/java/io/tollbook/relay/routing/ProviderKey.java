package io.tollbook.relay.routing;

import io.tollbook.kernel.channel.KeyPrint;
import org.jspecify.annotations.Nullable;

/**
 * One of a channel's keys, in clear, in memory only.
 *
 * @param lastMillis the moment after which it is used no more; null if there is none
 */
public record ProviderKey(
        KeyPrint print, String clear, @Nullable Long lastMillis) {
    public boolean isRetired() {
        return lastMillis != null && System.currentTimeMillis() > lastMillis;
    }

    @Override
    public String toString() {
        return print.toString();
    }
}
