package io.tollbook.command.channel;

import static io.tollbook.kernel.Refusal.INVALID;
import static io.tollbook.kernel.Refusal.NOT_FOUND;

import io.tollbook.command.ReadableVault;
import io.tollbook.kernel.Refusal;
import io.tollbook.kernel.Refused;
import io.tollbook.kernel.channel.ChangeChannel;
import io.tollbook.kernel.channel.ChannelChanged;
import io.tollbook.kernel.channel.ChannelCreated;
import io.tollbook.kernel.channel.ChannelDisabled;
import io.tollbook.kernel.channel.ChannelEnabled;
import io.tollbook.kernel.channel.ChannelId;
import io.tollbook.kernel.channel.ChannelKeyDisabled;
import io.tollbook.kernel.channel.ChannelKeyEnabled;
import io.tollbook.kernel.channel.ChannelKeyRetired;
import io.tollbook.kernel.channel.ChannelTerms;
import io.tollbook.kernel.channel.DeleteChannelKeys;
import io.tollbook.kernel.channel.DisableChannelKey;
import io.tollbook.kernel.channel.EnableChannel;
import io.tollbook.kernel.channel.EnableChannelKey;
import io.tollbook.kernel.channel.KeyPrint;
import io.tollbook.kernel.channel.RetireChannelKey;
import io.tollbook.kernel.secret.Sealed;
import io.tollbook.kernel.secret.Secret;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.axonframework.test.aggregate.AggregateTestFixture;
import org.axonframework.test.aggregate.ResultValidator;
import org.hamcrest.CustomTypeSafeMatcher;
import org.junit.jupiter.api.Test;

/** What happens to a channel's keys, and to the channel with them. */
class ChannelKeysTest {
    private static final ChannelId ID = new ChannelId(2);
    private static final Instant NOW = Instant.parse("2030-01-01T12:00:00Z");
    private static final ChannelTerms TERMS = new ChannelTerms(
            1, "pool", "", List.of("gpt"), List.of("default"), 0, 1, true, "", "", "", Map.of(), Map.of());
    private static final KeyPrint A = print("sk-a");
    private static final KeyPrint B = print("sk-b");
    private static final KeyPrint STRANGER = print("sk-z");
    private static final ChannelCreated TWO_KEYS = new ChannelCreated(ID, TERMS, keys("sk-a\nsk-b"), NOW);
    private static final ChannelCreated ONE_KEY = new ChannelCreated(ID, TERMS, keys("sk-a"), NOW);
    private static final ChannelDisabled NO_KEYS = new ChannelDisabled(ID, true, "All keys are disabled");
    private static final ChannelEnabled BACK = new ChannelEnabled(ID);

    private final AggregateTestFixture<Channel> channel = new AggregateTestFixture<>(Channel.class);

    ChannelKeysTest() {
        channel.registerInjectableResource(new ReadableVault());
    }

    private static KeyPrint print(String key) {
        return KeyPrint.of(ID, key, new ReadableVault());
    }

    private static Sealed keys(String keys) {
        return new ReadableVault().seal("channel-2", keys);
    }

    private static DisableChannelKey disable(KeyPrint key, boolean automatically) {
        return new DisableChannelKey(ID, key, automatically, "401", NOW);
    }

    private static ChannelKeyDisabled off(KeyPrint key, boolean automatically) {
        return new ChannelKeyDisabled(ID, key, automatically, "401", NOW);
    }

    private static ChannelKeyEnabled on(KeyPrint key) {
        return new ChannelKeyEnabled(ID, key, NOW);
    }

    private static void refused(ResultValidator<Channel> result, Refusal refusal) {
        result.expectNoEvents().expectException(new CustomTypeSafeMatcher<Refused>("refused as " + refusal) {
            @Override
            protected boolean matchesSafely(Refused refused) {
                return refused.refusal() == refusal;
            }
        });
    }

    @Test
    void aKeyGoesOffAndTheOthersServe() {
        channel.given(TWO_KEYS).when(disable(A, true)).expectEvents(off(A, true));
        channel.given(TWO_KEYS, off(A, true)).when(disable(A, true)).expectNoEvents();
    }

    @Test
    void theLastKeyTakesTheChannelOut() {
        channel.given(TWO_KEYS, off(A, true)).when(disable(B, true)).expectEvents(off(B, true), NO_KEYS);
        channel.given(TWO_KEYS, off(A, false)).when(disable(B, false)).expectEvents(off(B, false), NO_KEYS);
        channel.given(TWO_KEYS, off(A, true), new ChannelDisabled(ID, false, "by hand"))
                .when(disable(B, true))
                .expectEvents(off(B, true));
    }

    @Test
    void oneKeyBringsTheChannelBack() {
        channel.given(TWO_KEYS, off(A, true), off(B, true), NO_KEYS)
                .when(new EnableChannelKey(ID, B, NOW))
                .expectEvents(on(B), BACK);
        channel.given(TWO_KEYS, off(A, true))
                .when(new EnableChannelKey(ID, A, NOW))
                .expectEvents(on(A));
        channel.given(TWO_KEYS).when(new EnableChannelKey(ID, A, NOW)).expectNoEvents();
        channel.given(TWO_KEYS, off(A, true), off(B, true), new ChannelDisabled(ID, false, "by hand"))
                .when(new EnableChannelKey(ID, B, NOW))
                .expectEvents(on(B));
    }

    @Test
    void whatAPersonSwitchedOffStaysTheirs() {
        channel.given(TWO_KEYS, off(A, false)).when(disable(A, true)).expectNoEvents();
        channel.given(TWO_KEYS, off(A, true)).when(disable(A, false)).expectEvents(off(A, false));
    }

    @Test
    void enablingAChannelWithoutKeysEnablesThoseThatWentOffByThemselves() {
        channel.given(TWO_KEYS, off(A, true), off(B, true), NO_KEYS)
                .when(new EnableChannel(ID, NOW))
                .expectEvents(on(A), on(B), BACK);
        channel.given(TWO_KEYS, off(A, false), off(B, true), NO_KEYS)
                .when(new EnableChannel(ID, NOW))
                .expectEvents(on(B), BACK);
        refused(
                channel.given(TWO_KEYS, off(A, false), off(B, false), NO_KEYS).when(new EnableChannel(ID, NOW)),
                INVALID);
        channel.given(TWO_KEYS, off(A, true), new ChannelDisabled(ID, false, "by hand"))
                .when(new EnableChannel(ID, NOW))
                .expectEvents(BACK);
    }

    @Test
    void anOnlyKeyIsItsChannel() {
        channel.given(ONE_KEY).when(disable(A, true)).expectEvents(new ChannelDisabled(ID, true, "401"));
        channel.given(ONE_KEY).when(disable(A, false)).expectEvents(new ChannelDisabled(ID, false, "401"));
        channel.given(ONE_KEY, new ChannelDisabled(ID, true, "401"))
                .when(disable(A, true))
                .expectNoEvents();
        channel.given(ONE_KEY, new ChannelDisabled(ID, true, "401"))
                .when(new EnableChannelKey(ID, A, NOW))
                .expectEvents(BACK);
        channel.given(ONE_KEY, new ChannelDisabled(ID, false, ""))
                .when(new EnableChannelKey(ID, A, NOW))
                .expectNoEvents();
        channel.given(ONE_KEY, new ChannelDisabled(ID, true, "401"))
                .when(new EnableChannel(ID, NOW))
                .expectEvents(BACK);
    }

    @Test
    void aKeyRetiresAtAMomentAndStaysAfterAll() {
        Instant soon = NOW.plus(Duration.ofDays(1));
        channel.given(TWO_KEYS)
                .when(new RetireChannelKey(ID, A, soon, NOW))
                .expectEvents(new ChannelKeyRetired(ID, A, soon, NOW));
        channel.given(TWO_KEYS, new ChannelKeyRetired(ID, A, soon, NOW))
                .when(new RetireChannelKey(ID, A, null, NOW))
                .expectEvents(new ChannelKeyRetired(ID, A, null, NOW));
        channel.given(TWO_KEYS).when(new RetireChannelKey(ID, A, null, NOW)).expectNoEvents();
        refused(channel.given(TWO_KEYS).when(new RetireChannelKey(ID, A, NOW.minusSeconds(1), NOW)), INVALID);
        refused(channel.given(ONE_KEY).when(new RetireChannelKey(ID, A, soon, NOW)), INVALID);
    }

    @Test
    void keysAreDeletedAndTheLastOneStays() {
        channel.given(TWO_KEYS)
                .when(new DeleteChannelKeys(ID, Set.of(A, STRANGER)))
                .expectResultMessagePayload(1)
                .expectEvents(new ChannelChanged(ID, TERMS, keys("sk-b")));
        channel.given(TWO_KEYS)
                .when(new DeleteChannelKeys(ID, Set.of(STRANGER)))
                .expectResultMessagePayload(0)
                .expectNoEvents();
        refused(channel.given(TWO_KEYS).when(new DeleteChannelKeys(ID, Set.of(A, B))), INVALID);
    }

    @Test
    void aChannelLeftWithKeysThatAreOffGoesOut() {
        channel.given(TWO_KEYS, off(B, true))
                .when(new DeleteChannelKeys(ID, Set.of(A)))
                .expectEvents(new ChannelChanged(ID, TERMS, keys("sk-b")), NO_KEYS);
    }

    @Test
    void otherKeysAreAnotherChanceAndTheSameOnesAreNone() {
        channel.given(TWO_KEYS, off(A, true), off(B, true), NO_KEYS)
                .when(new ChangeChannel(ID, TERMS, new Secret("sk-c")))
                .expectEvents(new ChannelChanged(ID, TERMS, keys("sk-c")), BACK);
        channel.given(TWO_KEYS, off(A, true), off(B, true), NO_KEYS)
                .when(new ChangeChannel(ID, TERMS, new Secret("sk-b")))
                .expectEvents(new ChannelChanged(ID, TERMS, keys("sk-b")));
    }

    @Test
    void aKeyThatIsNotThereIsNotFound() {
        for (Object command : List.of(
                disable(STRANGER, true),
                new EnableChannelKey(ID, STRANGER, NOW),
                new RetireChannelKey(ID, STRANGER, NOW.plusSeconds(1), NOW)))
            refused(channel.given(TWO_KEYS).when(command), NOT_FOUND);
    }
}
