package io.tollbook.command.channel;

import io.tollbook.kernel.Actor;
import io.tollbook.kernel.Messages;
import io.tollbook.kernel.Refused;
import io.tollbook.kernel.channel.ChannelId;
import io.tollbook.kernel.channel.ChannelProbe;
import io.tollbook.kernel.channel.ChannelStatus;
import io.tollbook.kernel.channel.DisableChannel;
import io.tollbook.kernel.channel.DisableChannelKey;
import io.tollbook.kernel.channel.RecordChannelTest;
import io.tollbook.kernel.channel.RecoverChannel;
import io.tollbook.kernel.channel.Routes;
import io.tollbook.kernel.secret.Vault;
import io.tollbook.kernel.settings.Option;
import io.tollbook.kernel.settings.Options;
import java.math.BigDecimal;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tests channels one after the other and does what the site's options say should follow: what was switched off automatically and
 * answers is used again; what is too slow, or fails in a way that does not go away, is switched off.
 */
final class ChannelTests {
    private static final Logger log = LoggerFactory.getLogger(ChannelTests.class);

    private final Messages messages;
    private final ChannelProbe probe;
    private final Vault vault;
    private final Clock clock;
    private final Gap gap;

    ChannelTests(Messages messages, ChannelProbe probe, Vault vault, Clock clock, Gap gap) {
        this.messages = messages;
        this.probe = probe;
        this.vault = vault;
        this.clock = clock;
        this.gap = gap;
    }

    /** @param recoveryOnly whether only what was switched off automatically is tested, and nothing is switched off */
    Map<String, Long> run(boolean recoveryOnly, Consumer<Map<String, Long>> progress) throws InterruptedException {
        Map<String, String> options = messages.ask(new Options(), Actor.SYSTEM);
        boolean recovers = Option.ENABLES_AUTOMATICALLY.isOn(options);
        List<PlannedTest> tests = messages.ask(new Routes(), Actor.SYSTEM).stream()
                .flatMap(route ->
                        PlannedTest.of(route, recoveryOnly, recovers, vault, RandomGenerator.getDefault()).stream())
                .toList();
        TestTally tally = TestTally.of(tests.size());
        for (PlannedTest test : tests) {
            if (tally.processed() > 0) gap.pass();
            tally = run(test, recoveryOnly, options, tally);
            progress.accept(tally.numbers());
        }
        return tally.numbers();
    }

    private TestTally run(PlannedTest test, boolean recoveryOnly, Map<String, String> options, TestTally tally) {
        ChannelId channel = test.route().channel();
        ChannelProbe.Result result = probe.probe(new ChannelProbe.Trial(channel, null, null, false, test.key()));
        TestTally after = tally.tested(result.passed());
        try {
            messages.send(
                    new RecordChannelTest(
                            channel, result.model(), result.passed(), result.error(), result.millis(), clock.instant()),
                    Actor.SYSTEM);
            if (test.isOff()) return recovered(channel, result, options) ? after.enabledOne() : after;
            return !recoveryOnly && disabled(test, result, options) ? after.disabledOne() : after;
        } catch (Refused refused) {
            // Deleted, or its keys replaced, while the test ran.
            log.debug("{}: {}", channel, refused.getMessage());
            return after;
        }
    }

    private static boolean isSlow(ChannelProbe.Result result, Map<String, String> options) {
        BigDecimal most = Option.SLOW_TEST_SECONDS.decimal(options).movePointRight(3);
        return BigDecimal.valueOf(result.millis()).compareTo(most) > 0;
    }

    private boolean recovered(ChannelId channel, ChannelProbe.Result result, Map<String, String> options) {
        if (!Option.ENABLES_AUTOMATICALLY.isOn(options)) return false;
        if (!result.passed() || isSlow(result, options)) return false;
        messages.send(new RecoverChannel(channel, result.key(), clock.instant()), Actor.SYSTEM);
        return true;
    }

    private boolean disabled(PlannedTest test, ChannelProbe.Result result, Map<String, String> options) {
        if (!Option.DISABLES_AUTOMATICALLY.isOn(options)
                || !test.route().terms().autoBan()) return false;
        if (test.route().status() != ChannelStatus.ENABLED) return false;
        ChannelId channel = test.route().channel();
        if (result.passed() && isSlow(result, options)) {
            messages.send(new DisableChannel(channel, true, slow(result, options)), Actor.SYSTEM);
            return true;
        }
        if (!result.isTelling()) return false;
        messages.send(
                result.key() == null
                        ? new DisableChannel(channel, true, result.error())
                        : new DisableChannelKey(channel, result.key(), true, result.error(), clock.instant()),
                Actor.SYSTEM);
        return true;
    }

    private static String slow(ChannelProbe.Result result, Map<String, String> options) {
        return "The test took " + BigDecimal.valueOf(result.millis(), 3).toPlainString() + " s, more than "
                + Option.SLOW_TEST_SECONDS.text(options) + " s.";
    }
}
