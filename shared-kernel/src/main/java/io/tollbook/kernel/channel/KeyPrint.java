package io.tollbook.kernel.channel;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import io.tollbook.kernel.Refused;
import io.tollbook.kernel.secret.Vault;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Names one of a channel's keys and shows nothing of it: the first half of a keyed fingerprint, 32 hex digits. The same key
 * has another print in another channel.
 */
public record KeyPrint(@JsonValue String value) {
    private static final int DIGITS = 32;

    @JsonCreator
    public KeyPrint {
        if (!value.matches("[0-9a-f]{" + DIGITS + "}")) throw Refused.invalid("That is no fingerprint of a key.");
    }

    public static KeyPrint of(ChannelId channel, String key, Vault vault) {
        return new KeyPrint(vault.fingerprint(channel.toString(), key).substring(0, DIGITS));
    }

    /** The keys of a channel by their prints, in their order; {@code keys} has one per line. */
    public static Map<KeyPrint, String> all(ChannelId channel, String keys, Vault vault) {
        Map<KeyPrint, String> all = new LinkedHashMap<>();
        keys.lines()
                .map(String::strip)
                .filter(key -> !key.isEmpty())
                .forEach(key -> all.put(of(channel, key, vault), key));
        return all;
    }

    @Override
    public String toString() {
        return value.substring(0, 8);
    }
}
