package io.tollbook.query.channel;

import static io.tollbook.query.TestSystem.ask;
import static io.tollbook.query.TestSystem.publish;
import static io.tollbook.query.TestSystem.publishTo;
import static org.assertj.core.api.Assertions.assertThat;

import io.tollbook.kernel.Paging;
import io.tollbook.kernel.account.Quota;
import io.tollbook.kernel.channel.ChannelById;
import io.tollbook.kernel.channel.ChannelChanged;
import io.tollbook.kernel.channel.ChannelDeleted;
import io.tollbook.kernel.channel.ChannelDisabled;
import io.tollbook.kernel.channel.ChannelEnabled;
import io.tollbook.kernel.channel.ChannelFilter;
import io.tollbook.kernel.channel.ChannelHistory;
import io.tollbook.kernel.channel.ChannelId;
import io.tollbook.kernel.channel.ChannelKeyDisabled;
import io.tollbook.kernel.channel.ChannelKeyEnabled;
import io.tollbook.kernel.channel.ChannelKeyRetired;
import io.tollbook.kernel.channel.ChannelKeys;
import io.tollbook.kernel.channel.ChannelOutage;
import io.tollbook.kernel.channel.ChannelOutages;
import io.tollbook.kernel.channel.ChannelStatus;
import io.tollbook.kernel.channel.ChannelSummary;
import io.tollbook.kernel.channel.ChannelTags;
import io.tollbook.kernel.channel.ChannelTested;
import io.tollbook.kernel.channel.ChannelTypeCounts;
import io.tollbook.kernel.channel.Channels;
import io.tollbook.kernel.channel.FieldChange;
import io.tollbook.kernel.channel.HistoryEntry;
import io.tollbook.kernel.channel.KeyCounts;
import io.tollbook.kernel.channel.KeyPrint;
import io.tollbook.kernel.channel.KeyState;
import io.tollbook.kernel.channel.ListedKey;
import io.tollbook.kernel.channel.ListedKeys;
import io.tollbook.kernel.channel.ListedOutage;
import io.tollbook.kernel.channel.ListedTag;
import io.tollbook.kernel.channel.Route;
import io.tollbook.kernel.channel.Routes;
import io.tollbook.kernel.secret.Vault;
import io.tollbook.query.OpenVault;
import io.tollbook.query.TestSystem;
import io.tollbook.query.World;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ChannelProjectionTest {
    private final long id = TestSystem.number();
    private final ChannelId channel = new ChannelId(id);

    private ChannelSummary summary() {
        return ask(new ChannelById(channel)).orElseThrow();
    }

    private static List<ChannelId> found(ChannelFilter filter) {
        return ask(new Channels(filter, Channels.Order.PRIORITY, true, Paging.first(100))).items().stream()
                .map(ChannelSummary::id)
                .toList();
    }

    private static List<ChannelId> found(@Nullable String keyword, @Nullable String model, @Nullable Boolean enabled) {
        Set<ChannelStatus> statuses = enabled == null
                ? Set.of()
                : enabled ? Set.of(ChannelStatus.ENABLED) : Set.of(ChannelStatus.DISABLED_BY_HAND);
        return found(new ChannelFilter(keyword, model, null, statuses, null, null));
    }

    private Route route() {
        return ask(new Routes()).stream()
                .filter(route -> route.channel().equals(channel))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void aChannelIsWhatItsEventsSay() {
        publish(World.channel(id, "main" + id, "m" + id));
        assertThat(summary())
                .isEqualTo(new ChannelSummary(
                        channel,
                        World.channelTerms("main" + id, "m" + id),
                        ChannelStatus.ENABLED,
                        "",
                        null,
                        KeyCounts.ONE,
                        Quota.ZERO,
                        World.BORN,
                        null,
                        false,
                        0,
                        ""));
        Instant tested = Instant.parse("2026-06-01T00:00:00Z");
        publish(
                new ChannelChanged(channel, World.channelTerms("renamed" + id, "n" + id), null),
                new ChannelDisabled(channel, true, "401 from upstream"),
                new ChannelTested(channel, "n" + id, true, "", 812, tested));
        assertThat(summary().status()).isEqualTo(ChannelStatus.DISABLED_AUTOMATICALLY);
        assertThat(summary().statusReason()).isEqualTo("401 from upstream");
        assertThat(summary().terms()).isEqualTo(World.channelTerms("renamed" + id, "n" + id));
        assertThat(summary().testedAt()).isEqualTo(tested);
        assertThat(summary().testMillis()).isEqualTo(812);
        assertThat(summary().statusAt()).isNotNull();
        publish(new ChannelEnabled(channel));
        assertThat(summary().status()).isEqualTo(ChannelStatus.ENABLED);
        assertThat(summary().statusReason()).isEmpty();
    }

    @Test
    void routesCarryTheNewestKey() {
        publish(World.channel(id, "key" + id, "m"));
        assertThat(route().key()).isEqualTo(OpenVault.sealed("channel-" + id, "sk-upstream"));
        publish(new ChannelChanged(
                channel, World.channelTerms("key" + id, "m"), OpenVault.sealed("channel-" + id, "sk-new")));
        assertThat(route().key()).isEqualTo(OpenVault.sealed("channel-" + id, "sk-new"));
        publish(new ChannelDisabled(channel, false, ""));
        assertThat(route().status()).isEqualTo(ChannelStatus.DISABLED_BY_HAND);
    }

    @Test
    void channelsAreFoundByEachFilter() {
        publish(World.channel(id, "find" + id, "model" + id, "gpt-4o"));
        assertThat(found("FIND" + id, null, null)).containsExactly(channel);
        assertThat(found(Long.toString(id), null, null)).contains(channel);
        assertThat(found(null, "model" + id, true)).containsExactly(channel);
        assertThat(found(null, "model" + id, false)).isEmpty();
        assertThat(found(null, "odel" + id, null)).isEmpty();
    }

    @Test
    void aDeletedChannelAnswersNothing() {
        publish(World.channel(id, "gone" + id, "m"));
        publish(new ChannelDeleted(channel));
        assertThat(ask(new ChannelById(channel))).isEmpty();
        assertThat(found("gone" + id, null, null)).isEmpty();
        assertThat(ask(new Routes())).extracting(Route::channel).doesNotContain(channel);
    }

    private KeyPrint print(String key) {
        return KeyPrint.of(channel, key, TestSystem.bean(Vault.class));
    }

    private void threeKeys() {
        publishTo(
                channel.toString(),
                World.channel(id, "pool" + id, "m"),
                new ChannelChanged(
                        channel, World.channelTerms("pool" + id, "m"), OpenVault.sealed("channel-" + id, keys())));
    }

    private String keys() {
        return "sk-first-" + id + "-0123456789\nsk-second-" + id + "-0123456789\nshort" + id;
    }

    @Test
    void keysAreListedWithTheirStateAndNeverInClear() {
        threeKeys();
        String[] clear = keys().split("\n");
        Instant moment = Instant.parse("2026-06-01T00:00:00Z");
        publishTo(
                channel.toString(),
                new ChannelKeyDisabled(channel, print(clear[0]), true, "401: no", moment),
                new ChannelKeyDisabled(channel, print(clear[1]), false, "by hand", moment),
                new ChannelKeyRetired(channel, print(clear[2]), moment, moment));
        ListedKeys keys = ask(new ChannelKeys(channel, null, Paging.first(10)));
        assertThat(keys.counts())
                .isEqualTo(new KeyCounts(3, 1, 1))
                .isEqualTo(summary().keys());
        assertThat(keys.page().items())
                .containsExactly(
                        new ListedKey(
                                0,
                                print(clear[0]),
                                "sk-f…6789",
                                KeyState.DISABLED_AUTOMATICALLY,
                                "401: no",
                                moment,
                                null),
                        new ListedKey(
                                1, print(clear[1]), "sk-s…6789", KeyState.DISABLED_BY_HAND, "by hand", moment, null),
                        new ListedKey(2, print(clear[2]), "…", KeyState.ENABLED, "", null, moment));
        assertThat(ask(new ChannelKeys(channel, KeyState.ENABLED, Paging.first(10)))
                        .page()
                        .items())
                .extracting(ListedKey::index)
                .containsExactly(2);
        publishTo(channel.toString(), new ChannelKeyEnabled(channel, print(clear[0]), moment));
        assertThat(summary().keys()).isEqualTo(new KeyCounts(3, 1, 0));
    }

    @Test
    void aChannelIsFoundByAWholeKeyAndByNoPartOfOne() {
        threeKeys();
        assertThat(found("sk-second-" + id + "-0123456789", null, null)).containsExactly(channel);
        assertThat(found("sk-second-" + id + "-012345678", null, null)).isEmpty();
        publishTo(
                channel.toString(),
                new ChannelChanged(
                        channel,
                        World.channelTerms("pool" + id, "m"),
                        OpenVault.sealed("channel-" + id, "sk-another-0123456789")));
        assertThat(found("sk-second-" + id + "-0123456789", null, null)).isEmpty();
    }

    @Test
    void channelsAreCountedByTagAndType() {
        String tag = "tag" + id;
        long other = TestSystem.number();
        publish(World.channel(id, "a" + id, "m"), World.channel(other, "b" + id, "m"));
        publish(
                new ChannelChanged(channel, World.tagged("a" + id, tag), null),
                new ChannelChanged(new ChannelId(other), World.tagged("b" + id, tag), null),
                new ChannelDisabled(new ChannelId(other), true, "401"));
        ChannelFilter ofTag = ChannelFilter.ALL.withTag(tag);
        assertThat(ask(new ChannelTags(ofTag, Paging.first(10))).items()).containsExactly(new ListedTag(tag, 2, 1, 7));
        assertThat(ask(new ChannelTypeCounts(ofTag))).isEqualTo(Map.of(1, 2));
        assertThat(found(ofTag)).hasSize(2);
        assertThat(found(ofTag.withStatuses(ChannelStatus.DISABLED_AUTOMATICALLY)))
                .containsExactly(new ChannelId(other));
        assertThat(found(ofTag.withStatuses(ChannelStatus.DISABLED_BY_HAND))).isEmpty();
    }

    @Test
    void outagesLastUntilTheyEnd() {
        publish(World.channel(id, "out" + id, "m"));
        Instant moment = Instant.parse("2026-06-01T00:00:00Z");
        publish(new ChannelOutage(channel, "node-1", true, "half failed", moment));
        publish(new ChannelOutage(channel, "node-2", true, "half failed", moment));
        publish(new ChannelOutage(channel, "node-1", false, "one went well", moment.plusSeconds(5)));
        assertThat(ask(new ChannelOutages()))
                .filteredOn(outage -> outage.channel().equals(channel))
                .containsExactly(new ListedOutage(channel, "node-2", "half failed", moment));
    }

    @Test
    void theHistorySaysWhatWasReplaced() {
        publishTo(
                channel.toString(),
                World.channel(id, "old" + id, "m"),
                new ChannelChanged(channel, World.channelTerms("new" + id, "m", "n"), null),
                new ChannelDisabled(channel, true, "401"));
        List<HistoryEntry> history =
                ask(new ChannelHistory(channel, Paging.first(10))).items();
        assertThat(history).extracting(HistoryEntry::what).containsExactly("Disabled: 401", "Changed", "Created");
        assertThat(history.get(1).changes())
                .containsExactly(new FieldChange("name", "old" + id, "new" + id), new FieldChange("models", "", "n"));
    }

    @Test
    void aRebuildComesToTheSame() {
        threeKeys();
        Instant moment = Instant.parse("2026-06-01T00:00:00Z");
        publishTo(
                channel.toString(),
                new ChannelKeyDisabled(channel, print(keys().split("\n")[0]), true, "401", moment),
                new ChannelOutage(channel, "node-1", true, "half failed", moment),
                new ChannelTested(channel, "m", false, "timeout", 3, moment),
                new ChannelDisabled(channel, false, "by hand"));
        ChannelSummary before = summary();
        Map<String, List<String>> contents = TestSystem.contents();
        TestSystem.rebuild("directory");
        assertThat(summary()).isEqualTo(before);
        assertThat(TestSystem.contents()).isEqualTo(contents);
    }
}
