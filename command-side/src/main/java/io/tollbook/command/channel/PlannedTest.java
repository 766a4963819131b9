package io.tollbook.command.channel;

import io.tollbook.kernel.channel.ChannelStatus;
import io.tollbook.kernel.channel.KeyPrint;
import io.tollbook.kernel.channel.KeySwitch;
import io.tollbook.kernel.channel.Route;
import io.tollbook.kernel.secret.Vault;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * One test of a round.
 *
 * @param key null for one that is on
 * @param isOff whether Tollbook had switched off what is tested
 */
record PlannedTest(Route route, @Nullable KeyPrint key, boolean isOff) {
    /** So that a pool that is switched off as a whole does not keep all others waiting; the next round takes others. */
    static final int KEYS_MAX = 20;

    /**
     * What to test of a channel: the channel itself with a key that is on, and each key that was switched off automatically. What a
     * person switched off is left alone.
     *
     * @param recoveryOnly whether only what was switched off automatically
     * @param recovers whether such keys would be switched on again; otherwise there is no use in trying each
     */
    static List<PlannedTest> of(
            Route route, boolean recoveryOnly, boolean recovers, Vault vault, RandomGenerator random) {
        if (route.status() == ChannelStatus.DISABLED_BY_HAND) return List.of();
        boolean isOut = route.status() == ChannelStatus.DISABLED_AUTOMATICALLY;
        Set<KeyPrint> present = KeyPrint.all(
                        route.channel(), vault.open(route.key()).orElse(""), vault)
                .keySet();
        List<KeySwitch> off = new ArrayList<>(
                route.off().stream().filter(key -> present.contains(key.key())).toList());
        boolean hasKeyOn = off.size() < present.size() || present.isEmpty();
        List<PlannedTest> tests = new ArrayList<>();
        if (hasKeyOn && (isOut || !recoveryOnly)) tests.add(new PlannedTest(route, null, isOut));
        List<KeyPrint> automatically = new ArrayList<>(off.stream()
                .filter(KeySwitch::automatically)
                .map(KeySwitch::key)
                .toList());
        if (automatically.size() > KEYS_MAX) Collections.shuffle(automatically, random);
        int tried = recovers ? KEYS_MAX : hasKeyOn ? 0 : 1;
        automatically.stream().limit(tried).forEach(key -> tests.add(new PlannedTest(route, key, true)));
        return tests;
    }
}
