package io.tollbook.command.channel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tollbook.command.ReadableVault;
import io.tollbook.command.Writer;
import io.tollbook.kernel.Actor;
import io.tollbook.kernel.Refused;
import io.tollbook.kernel.channel.ChangeChannel;
import io.tollbook.kernel.channel.ChangeChannels;
import io.tollbook.kernel.channel.ChannelChange;
import io.tollbook.kernel.channel.ChannelDraft;
import io.tollbook.kernel.channel.ChannelId;
import io.tollbook.kernel.channel.ChannelTerms;
import io.tollbook.kernel.channel.CopyChannel;
import io.tollbook.kernel.channel.CreateChannel;
import io.tollbook.kernel.channel.DisableChannel;
import io.tollbook.kernel.channel.KeyPrint;
import io.tollbook.kernel.channel.RevealChannelKeys;
import io.tollbook.kernel.channel.SwitchChannelKeys;
import io.tollbook.kernel.secret.Secret;
import io.tollbook.kernel.user.Role;
import io.tollbook.kernel.user.UserId;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Several channels at once, through the one writer. */
class ChannelCommandsTest {
    private static final Instant NOW = Instant.parse("2030-01-01T12:00:00Z");
    private static final Actor ROOT = Actor.user(new UserId(1), Role.ROOT, "session", null);
    private static final ChannelId ONE = new ChannelId(1);
    private static final ChannelId TWO = new ChannelId(2);
    private static final ChannelId NEW = new ChannelId(3);

    private final ReadableVault vault = new ReadableVault();
    private Writer writer;

    @BeforeEach
    void start() {
        writer = new Writer(vault);
        writer.aggregate(io.tollbook.command.account.Account.class);
        writer.handler(new ChannelCommands(writer.aggregate(Channel.class), vault));
        for (ChannelId id : List.of(ONE, TWO))
            writer.send(new CreateChannel(id, terms("c" + id.value(), 0), new Secret("sk-a\nsk-b"), NOW), ROOT);
    }

    @AfterEach
    void stop() {
        writer.close();
    }

    private static ChannelTerms terms(String name, int weight) {
        return new ChannelTerms(
                1, name, "", List.of("gpt"), List.of("default"), 0, weight, true, "", "", "", Map.of(), Map.of());
    }

    private static ChannelChange change(ChannelId id, int before, int after) {
        String name = "c" + id.value();
        return new ChannelChange(id, terms(name, before), terms(name, after));
    }

    private void refused(ChangeChannels command, String why) {
        long before = writer.count();
        assertThatThrownBy(() -> writer.send(command, ROOT))
                .isInstanceOf(Refused.class)
                .hasMessageContaining(why);
        assertThat(writer.count()).isEqualTo(before);
    }

    @Test
    void allAreChangedOrNone() {
        long before = writer.count();
        writer.send(ChangeChannels.of(List.of(change(ONE, 0, 5), change(TWO, 0, 6)), NOW), ROOT);
        assertThat(writer.count()).isEqualTo(before + 2);
        // The first would go; the second was changed meanwhile.
        refused(
                ChangeChannels.of(List.of(change(ONE, 5, 7), change(TWO, 0, 7)), NOW),
                "Channel 2 “c2”: It was changed");
        refused(ChangeChannels.of(List.of(change(ONE, 5, 7), change(new ChannelId(9), 0, 7)), NOW), "");
        writer.send(ChangeChannels.of(List.of(change(ONE, 5, 7), change(TWO, 6, 7)), NOW), ROOT);
    }

    @Test
    void whatWasDoneIsTakenBack() {
        ChannelChange done = new ChannelChange(ONE, terms("c1", 0), terms("c1", 5), false);
        writer.send(ChangeChannels.of(List.of(done), NOW), ROOT);
        writer.send(ChangeChannels.of(List.of(done.reversed()), NOW), ROOT);
        // It is as it was: the same change goes again.
        writer.send(ChangeChannels.of(List.of(done), NOW), ROOT);
    }

    @Test
    void aBadNewChannelKeepsTheOthersFromChanging() {
        ChannelDraft good = new ChannelDraft(NEW, terms("fresh", 0), new Secret("sk-1"), true);
        ChannelDraft bad = new ChannelDraft(new ChannelId(4), terms("bad", 0), new Secret("two words"), true);
        refused(new ChangeChannels(List.of(good, bad), List.of(change(ONE, 0, 5)), NOW), "“bad”: The key has a space");
        long before = writer.count();
        writer.send(new ChangeChannels(List.of(good), List.of(change(ONE, 0, 5)), NOW), ROOT);
        assertThat(writer.count()).isEqualTo(before + 2);
    }

    @Test
    void aCopyHasTheKeysAndIsOutWhereItsSourceIs() {
        writer.send(new CopyChannel(ONE, NEW, " copy", NOW), ROOT);
        assertThat(writer.send(new RevealChannelKeys(NEW, NOW), ROOT)).isEqualTo(new Secret("sk-a\nsk-b"));
        writer.send(new DisableChannel(TWO, true, "401"), ROOT);
        long before = writer.count();
        writer.send(new CopyChannel(TWO, new ChannelId(4), " copy", NOW), ROOT);
        assertThat(writer.count()).isEqualTo(before + 2);
    }

    @Test
    void showingKeysIsAnEvent() {
        long before = writer.count();
        assertThat(writer.send(new RevealChannelKeys(ONE, NOW), ROOT)).isEqualTo(new Secret("sk-a\nsk-b"));
        assertThat(writer.count()).isEqualTo(before + 1);
    }

    @Test
    void keysAreAddedAndNeverSentToAnotherHostWithThat() {
        writer.send(new ChangeChannel(ONE, terms("c1", 0), new Secret("sk-c\nsk-a"), true), ROOT);
        assertThat(writer.send(new RevealChannelKeys(ONE, NOW), ROOT)).isEqualTo(new Secret("sk-a\nsk-b\nsk-c"));
        ChannelTerms moved = new ChannelTerms(
                8,
                "c1",
                "https://evil.example",
                List.of("gpt"),
                List.of("default"),
                0,
                0,
                true,
                "",
                "",
                "",
                Map.of(),
                Map.of());
        assertThatThrownBy(() -> writer.send(new ChangeChannel(ONE, moved, new Secret("sk-d"), true), ROOT))
                .hasMessageContaining("another host");
    }

    @Test
    void allKeysAreSwitchedTogether() {
        Set<KeyPrint> keys = Set.of(
                KeyPrint.of(ONE, "sk-a", vault), KeyPrint.of(ONE, "sk-b", vault), KeyPrint.of(ONE, "gone", vault));
        long before = writer.count();
        writer.send(new SwitchChannelKeys(ONE, keys, false, "by hand", NOW), ROOT);
        assertThat(writer.count()).isEqualTo(before + 3); // Two keys, and the channel with the last.
        writer.send(new SwitchChannelKeys(ONE, keys, true, "", NOW), ROOT);
        assertThat(writer.count()).isEqualTo(before + 6);
    }
}
