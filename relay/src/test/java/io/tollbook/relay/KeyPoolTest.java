package io.tollbook.relay;

import static org.assertj.core.api.Assertions.assertThat;

import io.tollbook.kernel.account.Attempt;
import io.tollbook.kernel.channel.ChannelId;
import io.tollbook.kernel.channel.DisableChannelKey;
import io.tollbook.kernel.channel.KeyPrint;
import io.tollbook.kernel.settings.Option;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A channel with several keys: whose turn it is, and what a key's failure means for it and for the call. */
class KeyPoolTest {
    private static final Map<String, String> POLLING = Map.of("multi_key_mode", "polling");
    private static final String TOO_MANY = "{\"error\":{\"message\":\"slow down\",\"code\":\"rate_limit_exceeded\"}}";
    private static final String WRONG = "{\"error\":{\"message\":\"Incorrect API key\",\"code\":\"invalid_api_key\"}}";

    @RegisterExtension
    private static final RelaySite site = new RelaySite();

    private final List<String> shown = java.util.Collections.synchronizedList(new ArrayList<>());

    private static String key(Provider.Asked asked) {
        return asked.head().replaceAll("(?is).*authorization: Bearer (\\S+).*", "$1");
    }

    /** Answers every key but one, which it refuses with this. */
    private void serve(String refused, int status, String body, String... headers) {
        site.first.answers(asked -> {
            shown.add(key(asked));
            if (key(asked).equals(refused)) asked.whole(status, body, headers);
            else asked.whole(200, RelaySite.WHOLE);
        });
    }

    private static void pool(Map<String, String> extra, int on, String... keys) {
        site.directory.channelWithKeys(1, site.first.baseUrl(), 10, extra, on, keys);
        site.directory.changed();
    }

    private static int ask() throws IOException {
        return site.answer(RelaySite.ask("")).status();
    }

    @Test
    void keysTakeTurns() throws IOException {
        pool(POLLING, 3, "a", "b", "c");
        serve("", 0, "");
        for (int i = 0; i < 6; i++) assertThat(ask()).isEqualTo(200);
        assertThat(shown.subList(0, 3)).containsExactlyInAnyOrder("a", "b", "c");
        assertThat(shown.subList(3, 6)).isEqualTo(shown.subList(0, 3));
    }

    @Test
    void aKeyThatIsOffIsNeverShown() throws IOException {
        pool(POLLING, 1, "a", "b", "c");
        serve("", 0, "");
        for (int i = 0; i < 4; i++) assertThat(ask()).isEqualTo(200);
        assertThat(shown).containsExactly("a", "a", "a", "a");
    }

    @Test
    void aBusyKeyIsFollowedByAnotherOfTheSameChannelAndLeftAloneThen() throws IOException {
        pool(POLLING, 2, "a", "b");
        serve("a", 429, TOO_MANY, "Retry-After: 60");
        for (int i = 0; i < 4; i++) assertThat(ask()).isEqualTo(200);
        assertThat(shown).containsOnlyOnce("a");
        assertThat(site.second.waiting()).as("the channel of the tier below").isZero();
        site.awaitIdle();
        assertThat(site.ledger.settled().stream()
                        .flatMap(settled -> settled.attempts().stream())
                        .map(Attempt::status))
                .containsOnlyOnce(429)
                .hasSize(5);
    }

    @Test
    void theCallGoesToTheNextTierWhenNoKeyIsLeft() throws IOException {
        pool(POLLING, 1, "a");
        serve("a", 429, TOO_MANY, "Retry-After: 60");
        site.second.answers(200, RelaySite.WHOLE);
        assertThat(ask()).isEqualTo(200);
        assertThat(ask()).isEqualTo(200);
        assertThat(shown).containsExactly("a");
        assertThat(site.second.waiting()).isEqualTo(2);
    }

    @Test
    void whoeverComesWhileAllKeysRestIsToldWhenToComeAgain() throws IOException {
        pool(Map.of(), 1, "a");
        site.directory.channelWithKeys(2, site.second.baseUrl(), 5, Map.of(), 0, "z");
        site.directory.changed();
        serve("a", 429, TOO_MANY, "Retry-After: 60");
        assertThat(ask()).isEqualTo(429);
        Client.Answer answer = site.answer(RelaySite.ask(""));
        assertThat(answer.status()).isEqualTo(429);
        assertThat(Integer.parseInt(answer.header("Retry-After"))).isBetween(50, 61);
        assertThat(shown).containsExactly("a");
        site.awaitIdle();
        assertThat(site.ledger.released())
                .as("holds of calls that were never sent")
                .hasSize(1);
    }

    @Test
    void aRefusedKeyIsSwitchedOffForGood() throws IOException {
        site.set(Option.DISABLES_AUTOMATICALLY, "true");
        pool(POLLING, 2, "a", "b");
        serve("a", 401, WRONG);
        while (!shown.contains("a")) assertThat(ask()).isEqualTo(200);
        KeyPrint print = KeyPrint.of(new ChannelId(1), "a", new OpenVault());
        Soon.is("the key is off", () -> !site.directory.sent.isEmpty());
        assertThat(site.directory.sent).singleElement().satisfies(command -> {
            DisableChannelKey off = (DisableChannelKey) command;
            assertThat(off.key()).isEqualTo(print);
            assertThat(off.automatically()).isTrue();
            assertThat(off.why()).isEqualTo("401: Incorrect API key");
        });
    }

    @Test
    void aTellingMessageSwitchesAKeyOffWhateverItsStatus() throws IOException {
        site.set(Option.DISABLES_AUTOMATICALLY, "true");
        pool(POLLING, 1, "a");
        serve("a", 400, "{\"error\":{\"message\":\"YOUR CREDIT BALANCE IS TOO LOW to go on\"}}");
        assertThat(ask()).isEqualTo(400);
        Soon.is("the key is off", () -> !site.directory.sent.isEmpty());
    }

    @Test
    void nothingIsSwitchedOffUnlessRootWantsIt() throws IOException {
        pool(POLLING, 2, "a", "b");
        serve("a", 401, WRONG);
        for (int i = 0; i < 4; i++) assertThat(ask()).isEqualTo(200);
        site.awaitIdle();
        assertThat(site.directory.sent).isEmpty();
        assertThat(shown).containsOnlyOnce("a");
    }

    @Test
    void aChannelTakesSoManyAtOnceAndTheNextTierTheRest() throws Exception {
        pool(Map.of("settings", "{\"max_concurrency\":1}"), 1, "a");
        site.second.answers(200, RelaySite.WHOLE);
        try (Client waiting = site.call(RelaySite.ask(""))) {
            Provider.Asked first = site.first.next();
            assertThat(ask()).isEqualTo(200);
            assertThat(site.second.waiting()).isEqualTo(1);
            first.whole(200, RelaySite.WHOLE);
            assertThat(waiting.answer().status()).isEqualTo(200);
        }
        site.awaitIdle();
        site.first.answers(200, RelaySite.WHOLE);
        assertThat(ask()).isEqualTo(200);
        assertThat(site.second.waiting()).isEqualTo(1);
    }
}
