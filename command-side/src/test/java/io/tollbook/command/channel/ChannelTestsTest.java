package io.tollbook.command.channel;

import static org.assertj.core.api.Assertions.assertThat;

import io.tollbook.command.ReadableVault;
import io.tollbook.command.RecordedMessages;
import io.tollbook.kernel.Command;
import io.tollbook.kernel.Refusal;
import io.tollbook.kernel.Refused;
import io.tollbook.kernel.channel.ChannelId;
import io.tollbook.kernel.channel.ChannelProbe;
import io.tollbook.kernel.channel.ChannelStatus;
import io.tollbook.kernel.channel.ChannelTerms;
import io.tollbook.kernel.channel.DisableChannel;
import io.tollbook.kernel.channel.DisableChannelKey;
import io.tollbook.kernel.channel.KeyPrint;
import io.tollbook.kernel.channel.KeySwitch;
import io.tollbook.kernel.channel.RecordChannelTest;
import io.tollbook.kernel.channel.RecoverChannel;
import io.tollbook.kernel.channel.Route;
import io.tollbook.kernel.channel.Routes;
import io.tollbook.kernel.settings.Option;
import io.tollbook.kernel.settings.Options;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ChannelTestsTest {
    private static final Instant NOW = Instant.parse("2030-01-01T12:00:00Z");

    private final ReadableVault vault = new ReadableVault();
    private final List<Route> routes = new ArrayList<>();
    private final Map<String, String> options = new HashMap<>(Map.of(
            Option.DISABLES_AUTOMATICALLY.key(), "true",
            Option.ENABLES_AUTOMATICALLY.key(), "true"));
    private final RecordedMessages messages = new RecordedMessages()
            .answer(Options.class, query -> options)
            .answer(Routes.class, query -> List.copyOf(routes));
    private final List<ChannelProbe.Trial> tried = new ArrayList<>();
    private final List<Map<String, Long>> told = new ArrayList<>();
    private int gaps;
    /** How the provider answers. */
    private Function<ChannelProbe.Trial, ChannelProbe.Result> answer = trial -> passed(trial, 1_000);

    private final ChannelTests tests = new ChannelTests(
            messages,
            trial -> {
                tried.add(trial);
                return answer.apply(trial);
            },
            vault,
            Clock.fixed(NOW, ZoneOffset.UTC),
            new Gap(Duration.ZERO) {
                @Override
                void pass() {
                    gaps++;
                }
            });

    private KeyPrint print(int channel, String key) {
        return KeyPrint.of(new ChannelId(channel), key, vault);
    }

    private ChannelProbe.Result passed(ChannelProbe.Trial trial, long millis) {
        return new ChannelProbe.Result("a", true, "", millis, key(trial), false);
    }

    private ChannelProbe.Result failed(ChannelProbe.Trial trial, boolean isTelling) {
        return new ChannelProbe.Result("a", false, "401: no", 10, key(trial), isTelling);
    }

    private KeyPrint key(ChannelProbe.Trial trial) {
        return trial.key() == null ? print((int) trial.channel().value(), "on") : trial.key();
    }

    private void route(int channel, ChannelStatus status, boolean autoBan, List<String> keys, KeySwitch... off) {
        ChannelId id = new ChannelId(channel);
        ChannelTerms terms = new ChannelTerms(
                8,
                "one",
                "https://good.example",
                List.of("a"),
                List.of("default"),
                0,
                0,
                autoBan,
                "",
                "",
                "",
                Map.of(),
                Map.of());
        routes.add(new Route(
                id, terms, status, vault.seal(id.toString(), String.join("\n", keys)), List.of(off), List.of()));
    }

    private KeySwitch off(int channel, String key, boolean automatically) {
        return new KeySwitch(print(channel, key), automatically, "401", NOW);
    }

    private Map<String, Long> run(boolean recoveryOnly) throws InterruptedException {
        return tests.run(recoveryOnly, told::add);
    }

    private List<Command<?>> consequences() {
        return messages.commands().stream()
                .filter(command -> !(command instanceof RecordChannelTest))
                .toList();
    }

    @Test
    void testsAllButWhatAPersonSwitchedOffAndRestsBetween() throws Exception {
        route(1, ChannelStatus.ENABLED, true, List.of("on"));
        route(2, ChannelStatus.DISABLED_BY_HAND, true, List.of("on"));
        route(3, ChannelStatus.ENABLED, true, List.of("on", "off"), off(3, "off", false));

        Map<String, Long> result = run(false);

        assertThat(tried)
                .extracting(trial -> trial.channel().value() + " " + trial.key())
                .containsExactly("1 null", "3 null");
        assertThat(gaps).isEqualTo(1);
        assertThat(messages.commands())
                .containsExactly(
                        new RecordChannelTest(new ChannelId(1), "a", true, "", 1_000, NOW),
                        new RecordChannelTest(new ChannelId(3), "a", true, "", 1_000, NOW));
        assertThat(told).extracting(numbers -> numbers.get("progress")).containsExactly(50L, 100L);
        assertThat(result).containsEntry("passed", 2L).containsEntry("failed", 0L);
    }

    @Test
    void aFailureThatDoesNotGoAwaySwitchesTheKeyOff() throws Exception {
        route(1, ChannelStatus.ENABLED, true, List.of("on"));
        route(2, ChannelStatus.ENABLED, false, List.of("on"));
        answer = trial -> failed(trial, true);

        assertThat(run(false)).containsEntry("disabled", 1L).containsEntry("failed", 2L);
        assertThat(consequences())
                .containsExactly(new DisableChannelKey(new ChannelId(1), print(1, "on"), true, "401: no", NOW));
    }

    @Test
    void anyOtherFailureSwitchesNothingOff() throws Exception {
        route(1, ChannelStatus.ENABLED, true, List.of("on"));
        answer = trial -> failed(trial, false);
        run(false);
        options.put(Option.DISABLES_AUTOMATICALLY.key(), "false");
        answer = trial -> failed(trial, true);
        run(false);

        assertThat(consequences()).isEmpty();
    }

    @Test
    void whatHasNoKeyIsSwitchedOffAsAWhole() throws Exception {
        route(1, ChannelStatus.ENABLED, true, List.of());
        answer = trial -> new ChannelProbe.Result("a", false, "401: no", 10, null, true);
        run(false);

        assertThat(consequences()).containsExactly(new DisableChannel(new ChannelId(1), true, "401: no"));
    }

    @Test
    void aTestAsLongAsTheThresholdPassesALongerOneDisables() throws Exception {
        route(1, ChannelStatus.ENABLED, true, List.of("on"));
        options.put(Option.SLOW_TEST_SECONDS.key(), "1.5");
        answer = trial -> passed(trial, 1_500);
        run(false);
        assertThat(consequences()).isEmpty();

        answer = trial -> passed(trial, 1_501);
        run(false);
        assertThat(consequences())
                .containsExactly(new DisableChannel(new ChannelId(1), true, "The test took 1.501 s, more than 1.5 s."));
    }

    @Test
    void whatWasSwitchedOffAutomaticallyAndAnswersIsUsedAgain() throws Exception {
        route(1, ChannelStatus.DISABLED_AUTOMATICALLY, true, List.of("on"));
        route(2, ChannelStatus.DISABLED_AUTOMATICALLY, true, List.of("x", "y"), off(2, "x", true), off(2, "y", false));
        route(3, ChannelStatus.ENABLED, true, List.of("on", "x"), off(3, "x", true), off(3, "replaced", true));

        assertThat(run(true)).containsEntry("total", 3L).containsEntry("enabled", 3L);
        assertThat(consequences())
                .containsExactly(
                        new RecoverChannel(new ChannelId(1), print(1, "on"), NOW),
                        new RecoverChannel(new ChannelId(2), print(2, "x"), NOW),
                        new RecoverChannel(new ChannelId(3), print(3, "x"), NOW));
    }

    @Test
    void whatDoesNotAnswerOrTooSlowlyStaysOff() throws Exception {
        route(1, ChannelStatus.DISABLED_AUTOMATICALLY, true, List.of("on"));
        answer = trial -> passed(trial, 5_001);
        run(false);
        answer = trial -> failed(trial, true);
        run(false);
        options.put(Option.ENABLES_AUTOMATICALLY.key(), "false");
        answer = trial -> passed(trial, 1);
        run(false);

        assertThat(tried).hasSize(3);
        assertThat(consequences()).isEmpty();
    }

    @Test
    void recoveryNeverSwitchesOff() throws Exception {
        route(1, ChannelStatus.ENABLED, true, List.of("on"));
        route(2, ChannelStatus.DISABLED_AUTOMATICALLY, true, List.of("on"));
        answer = trial -> failed(trial, true);
        run(true);

        assertThat(tried).hasSize(1);
        assertThat(consequences()).isEmpty();
    }

    @Test
    void ofAPoolThatIsOffOnlySomeAreTriedPerRound() throws Exception {
        List<String> keys = IntStream.range(0, 60).mapToObj(i -> "k" + i).toList();
        route(
                1,
                ChannelStatus.DISABLED_AUTOMATICALLY,
                true,
                keys,
                keys.stream().map(key -> off(1, key, true)).toArray(KeySwitch[]::new));
        run(false);
        assertThat(tried).hasSize(PlannedTest.KEYS_MAX);

        tried.clear();
        options.put(Option.ENABLES_AUTOMATICALLY.key(), "false");
        run(false);
        assertThat(tried).hasSize(1);
    }

    @Test
    void aChannelThatIsDeletedMeanwhileHoldsNobodyUp() throws Exception {
        route(1, ChannelStatus.ENABLED, true, List.of("on"));
        route(2, ChannelStatus.ENABLED, true, List.of("on"));
        messages.handle((command, actor) -> {
            if (command instanceof RecordChannelTest test && test.channel().value() == 1)
                throw new Refused(Refusal.NOT_FOUND);
            return null;
        });
        assertThat(run(false)).containsEntry("processed", 2L);
    }
}
