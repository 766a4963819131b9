package io.tollbook.command.channel;

import io.tollbook.kernel.Refusal;
import io.tollbook.kernel.Refused;
import io.tollbook.kernel.channel.ChannelId;
import io.tollbook.kernel.channel.ChannelType;
import io.tollbook.kernel.channel.KeyPrint;
import io.tollbook.kernel.secret.Sealed;
import io.tollbook.kernel.secret.Vault;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A channel's keys, and which of them are switched off. */
final class KeyRing {
    static final int KEYS_MAX = 10_000;
    private static final int KEY_MAX = 8_192;

    /** How the vendors' keys begin, so that one vendor's is not sent to another. The longer beginning decides. */
    private static final Map<String, ChannelType> BEGINNINGS = Map.of(
            "sk-ant-", ChannelType.ANTHROPIC,
            "sk-or-", ChannelType.OPENROUTER,
            "sk-proj-", ChannelType.OPENAI,
            "xai-", ChannelType.XAI,
            "AIza", ChannelType.GEMINI);

    private final ChannelId channel;
    private Sealed sealed;
    /** Whether Tollbook itself switched it off, by key. */
    private final Map<KeyPrint, Boolean> off = new HashMap<>();

    private final Set<KeyPrint> retired = new HashSet<>();
    /** In clear, opened when they are first needed; old events do not tell their prints. No state: it follows from what is sealed. */
    private transient @Nullable Map<KeyPrint, String> opened;

    KeyRing(ChannelId channel, Sealed sealed) {
        this.channel = channel;
        this.sealed = sealed;
    }

    void replace(Sealed keys) {
        sealed = keys;
        opened = null;
    }

    void switched(KeyPrint key, @Nullable Boolean automatically) {
        if (automatically == null) off.remove(key);
        else off.put(key, automatically);
    }

    void retired(KeyPrint key, boolean isRetired) {
        if (isRetired) retired.add(key);
        else retired.remove(key);
    }

    boolean isRetired(KeyPrint key) {
        return retired.contains(key);
    }

    /** Null if it is on. */
    @Nullable
    Boolean offAutomatically(KeyPrint key) {
        return off.get(key);
    }

    boolean has(KeyPrint key, Vault vault) {
        return opened(vault).containsKey(key);
    }

    /** @throws Refused NOT_FOUND */
    void check(KeyPrint key, Vault vault) {
        if (!has(key, vault)) throw new Refused(Refusal.NOT_FOUND, "The channel has no such key any more.");
    }

    /** Whether there are keys, and none of them is on. */
    boolean allAreOff(Vault vault) {
        return size(vault) > 0 && opened(vault).keySet().stream().allMatch(off::containsKey);
    }

    /** Those that Tollbook itself has switched off. */
    List<KeyPrint> offAutomatically(Vault vault) {
        return opened(vault).keySet().stream()
                .filter(key -> Boolean.TRUE.equals(off.get(key)))
                .toList();
    }

    /**
     * The keys without some, sealed anew.
     *
     * @return null if none of them is there
     */
    @Nullable
    Sealed without(Collection<KeyPrint> keys, Vault vault) {
        Set<KeyPrint> left = new LinkedHashSet<>(opened(vault).keySet());
        if (!left.removeAll(keys)) return null;
        if (left.isEmpty()) throw Refused.invalid("The last key stays. Delete the channel instead.");
        return vault.seal(
                channel.toString(),
                String.join("\n", left.stream().map(opened(vault)::get).toList()));
    }

    /** The present keys and others, one per line, each once. */
    String joined(String others, Vault vault) {
        Set<String> all = new LinkedHashSet<>(opened(vault).values());
        others.lines().forEach(all::add);
        if (all.size() > KEYS_MAX)
            throw Refused.invalid("A channel has at most " + KEYS_MAX + " keys; these would be " + all.size() + ".");
        return String.join("\n", all);
    }

    /** In their order. */
    List<String> clear(Vault vault) {
        return List.copyOf(opened(vault).values());
    }

    /** Those of some that are there, in their order. */
    List<KeyPrint> present(Set<KeyPrint> some, Vault vault) {
        return opened(vault).keySet().stream().filter(some::contains).toList();
    }

    int size(Vault vault) {
        return opened(vault).size();
    }

    private Map<KeyPrint, String> opened(Vault vault) {
        if (opened == null) opened = KeyPrint.all(channel, vault.open(sealed).orElse(""), vault);
        return opened;
    }

    /**
     * Keys as they are pasted, one per line, without blank lines and doubles.
     *
     * @throws Refused INVALID, naming the line
     */
    static String read(ChannelType type, boolean toVendor, String pasted) {
        Set<String> keys = new LinkedHashSet<>();
        List<String> lines = new ArrayList<>(pasted.lines().toList());
        for (int i = 0; i < lines.size(); i++) {
            String key = lines.get(i).strip();
            if (key.isEmpty()) continue;
            String fault = fault(type, toVendor, key);
            if (fault != null) throw Refused.invalid(lines.size() == 1 ? fault : "Line " + (i + 1) + ": " + fault);
            keys.add(key);
        }
        if (keys.isEmpty() && type != ChannelType.DEMO) throw Refused.invalid("The channel needs a key.");
        if (keys.size() > KEYS_MAX)
            throw Refused.invalid("A channel has at most " + KEYS_MAX + " keys; these are " + keys.size() + ".");
        return String.join("\n", keys);
    }

    private static @Nullable String fault(ChannelType type, boolean toVendor, String key) {
        if (key.length() > KEY_MAX) return "The key is longer than " + KEY_MAX + " characters.";
        // A header is where it goes; a control character in one is how requests are smuggled.
        if (key.chars().anyMatch(Character::isISOControl)) return "The key has an invisible character.";
        if (key.chars().anyMatch(c -> c == ' ' || c > '~'))
            return "The key has a space or a character that no key has.";
        if (!toVendor) return null;
        for (Map.Entry<String, ChannelType> beginning : BEGINNINGS.entrySet())
            if (key.startsWith(beginning.getKey()) && beginning.getValue() != type)
                return "This is a key of " + beginning.getValue().label() + ", and the channel is one of "
                        + type.label() + ".";
        return null;
    }
}
