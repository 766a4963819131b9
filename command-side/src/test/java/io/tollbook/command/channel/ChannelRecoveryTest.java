package io.tollbook.command.channel;

import io.tollbook.command.ReadableVault;
import io.tollbook.kernel.Refused;
import io.tollbook.kernel.channel.ChannelCreated;
import io.tollbook.kernel.channel.ChannelDeleted;
import io.tollbook.kernel.channel.ChannelDisabled;
import io.tollbook.kernel.channel.ChannelEnabled;
import io.tollbook.kernel.channel.ChannelId;
import io.tollbook.kernel.channel.ChannelKeyDisabled;
import io.tollbook.kernel.channel.ChannelKeyEnabled;
import io.tollbook.kernel.channel.ChannelTerms;
import io.tollbook.kernel.channel.KeyPrint;
import io.tollbook.kernel.channel.RecoverChannel;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.axonframework.test.aggregate.AggregateTestFixture;
import org.junit.jupiter.api.Test;

/** What a passing test brings back, and what it does not. */
class ChannelRecoveryTest {
    private static final ChannelId ID = new ChannelId(2);
    private static final Instant NOW = Instant.parse("2030-01-01T12:00:00Z");

    private final ReadableVault vault = new ReadableVault();
    private final AggregateTestFixture<Channel> channel = new AggregateTestFixture<>(Channel.class);
    private final ChannelCreated created = new ChannelCreated(
            ID,
            new ChannelTerms(
                    8,
                    "one",
                    "https://good.example",
                    List.of("a"),
                    List.of("default"),
                    0,
                    0,
                    true,
                    "",
                    "",
                    "",
                    Map.of(),
                    Map.of()),
            vault.seal("channel-2", "k1\nk2"),
            NOW);
    private final KeyPrint first = KeyPrint.of(ID, "k1", vault);
    private final KeyPrint second = KeyPrint.of(ID, "k2", vault);

    ChannelRecoveryTest() {
        channel.registerInjectableResource(vault);
    }

    private ChannelKeyDisabled off(KeyPrint key, boolean automatically) {
        return new ChannelKeyDisabled(ID, key, automatically, "401", NOW);
    }

    @Test
    void aKeyAndWithItTheChannel() {
        channel.given(created, off(first, true), off(second, true), new ChannelDisabled(ID, true, Channel.KEYS_ARE_OFF))
                .when(new RecoverChannel(ID, first, NOW))
                .expectEvents(new ChannelKeyEnabled(ID, first, NOW), new ChannelEnabled(ID));
    }

    @Test
    void aKeyOfAChannelThatIsOn() {
        channel.given(created, off(first, true))
                .when(new RecoverChannel(ID, first, NOW))
                .expectEvents(new ChannelKeyEnabled(ID, first, NOW));
    }

    @Test
    void aChannelWhoseKeyWasOn() {
        ChannelDisabled slow = new ChannelDisabled(ID, true, "slow");
        channel.given(created, slow).when(new RecoverChannel(ID, first, NOW)).expectEvents(new ChannelEnabled(ID));
        channel.given(created, slow).when(new RecoverChannel(ID, null, NOW)).expectEvents(new ChannelEnabled(ID));
    }

    @Test
    void nothingThatAPersonSwitchedOffMeanwhile() {
        channel.given(created, new ChannelDisabled(ID, false, "by hand"))
                .when(new RecoverChannel(ID, first, NOW))
                .expectNoEvents();
        channel.given(
                        created,
                        off(first, false),
                        off(second, true),
                        new ChannelDisabled(ID, true, Channel.KEYS_ARE_OFF))
                .when(new RecoverChannel(ID, first, NOW))
                .expectNoEvents();
    }

    @Test
    void nothingForAKeyThatIsGoneOrAnEnabledChannel() {
        channel.given(created, new ChannelDisabled(ID, true, "slow"))
                .when(new RecoverChannel(ID, KeyPrint.of(ID, "gone", vault), NOW))
                .expectNoEvents();
        channel.given(created).when(new RecoverChannel(ID, first, NOW)).expectNoEvents();
    }

    @Test
    void nothingOfADeletedChannel() {
        channel.given(created, new ChannelDeleted(ID))
                .when(new RecoverChannel(ID, first, NOW))
                .expectException(Refused.class);
    }
}
