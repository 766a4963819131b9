package io.tollbook.query.readmodel;

import static io.tollbook.query.Calls.held;
import static io.tollbook.query.Calls.quarantined;
import static io.tollbook.query.Calls.released;
import static io.tollbook.query.Calls.reopened;
import static io.tollbook.query.Calls.resolved;
import static io.tollbook.query.Calls.settled;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.tollbook.kernel.Reason;
import io.tollbook.kernel.Refusal;
import io.tollbook.kernel.Refused;
import io.tollbook.kernel.access.CallRefused;
import io.tollbook.kernel.account.AccountId;
import io.tollbook.kernel.account.AdjustQuota;
import io.tollbook.kernel.account.AdjustmentRejected;
import io.tollbook.kernel.account.AdjustmentRequested;
import io.tollbook.kernel.account.BalanceOf;
import io.tollbook.kernel.account.LotClass;
import io.tollbook.kernel.account.LotExpired;
import io.tollbook.kernel.account.LotId;
import io.tollbook.kernel.account.Money;
import io.tollbook.kernel.account.QuarantinedUsage;
import io.tollbook.kernel.account.Quota;
import io.tollbook.kernel.account.ReleaseCause;
import io.tollbook.kernel.account.Resolution;
import io.tollbook.kernel.account.UsageFault;
import io.tollbook.kernel.catalogue.ModelChange;
import io.tollbook.kernel.catalogue.ModelDescription;
import io.tollbook.kernel.catalogue.ModelId;
import io.tollbook.kernel.catalogue.ModelsDescribed;
import io.tollbook.kernel.catalogue.PrefillGroupId;
import io.tollbook.kernel.catalogue.PrefillGroupSaved;
import io.tollbook.kernel.catalogue.PrefillTerms;
import io.tollbook.kernel.catalogue.PrefillType;
import io.tollbook.kernel.catalogue.VendorId;
import io.tollbook.kernel.catalogue.VendorSaved;
import io.tollbook.kernel.catalogue.VendorTerms;
import io.tollbook.kernel.channel.ChannelDisabled;
import io.tollbook.kernel.channel.ChannelId;
import io.tollbook.kernel.channel.ChannelKeyDisabled;
import io.tollbook.kernel.channel.ChannelOutage;
import io.tollbook.kernel.channel.KeyPrint;
import io.tollbook.kernel.pricing.BuyPriceDocument;
import io.tollbook.kernel.pricing.BuyPricesPublished;
import io.tollbook.kernel.replay.Progress;
import io.tollbook.kernel.secret.Sealed;
import io.tollbook.kernel.settings.OptionsChanged;
import io.tollbook.kernel.site.ReadModel;
import io.tollbook.kernel.site.ReadModels;
import io.tollbook.kernel.statistics.MarginAlarmRaised;
import io.tollbook.kernel.token.TokenDeleted;
import io.tollbook.kernel.token.TokenId;
import io.tollbook.kernel.user.Role;
import io.tollbook.kernel.user.SignedIn;
import io.tollbook.kernel.user.UserDisabled;
import io.tollbook.kernel.user.UserId;
import io.tollbook.query.TestSystem;
import io.tollbook.query.World;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.axonframework.eventhandling.GenericEventMessage;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReadModelsTest {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final ReadModels readModels = TestSystem.bean(ReadModels.class);

    @BeforeAll
    static void everyKindOfEvent() {
        long user = TestSystem.number();
        long token = TestSystem.number();
        long channel = TestSystem.number();
        Instant due = Instant.parse("2026-03-01T00:00:00Z");
        TestSystem.publish(
                World.user(user, "all" + user, Role.USER, "default"),
                World.token(token, user, World.terms("t", 50_000L)),
                World.channel(channel, "c" + channel, "gpt-4o-mini", "gpt-4o"),
                World.prices(TestSystem.number()),
                new OptionsChanged(
                        Map.of("SystemName", "Toll" + user, "RetryTimes", "3"),
                        Map.of("SMTPToken", new Sealed("site", "cipher")),
                        World.BORN),
                new SignedIn(new UserId(user), "password", World.BORN));
        TestSystem.publish(World.account(user, 100_000));
        TestSystem.publish(
                World.limited(user, token, 50_000L),
                World.grant(user, "short", 700, 100_700, due),
                held(user, token, user + "-a", 12_000, 88_700),
                held(user, token, user + "-b", 1_000, 87_700),
                held(user, token, user + "-c", 1_000, 86_700),
                held(user, token, user + "-d", 1_000, 85_700));
        TestSystem.publish(
                settled(user, token, user + "-a", 12_000, 9_340, 89_360),
                released(user, token, user + "-b", 1_000, ReleaseCause.LEASE_ENDED, "unresolved", 90_360),
                quarantined(
                        user,
                        token,
                        user + "-c",
                        1_000,
                        0,
                        91_360,
                        new QuarantinedUsage(UsageFault.NOT_A_COUNT, Map.of("prompt_tokens", "-1"), false)),
                resolved(user, token, user + "-b", Resolution.CHARGED, 1_000, 300, 91_060),
                reopened(user, token, user + "-b", Resolution.CHARGED, 300, 91_360),
                resolved(user, token, user + "-b", Resolution.WRITTEN_OFF, 1_000, 0, 91_360),
                new LotExpired(new AccountId(user), new LotId("short"), Quota.of(700), Quota.of(90_660), due),
                new CallRefused("r", user, token, "gpt-4o", "default", Refusal.TOO_MANY_REQUESTS, 429, 3, World.BORN),
                new ChannelKeyDisabled(
                        new ChannelId(channel), new KeyPrint("0123456789abcdef".repeat(2)), true, "401", World.BORN),
                new ChannelOutage(new ChannelId(channel), "node", true, "6 of the last 10 calls failed", World.BORN),
                new ChannelDisabled(new ChannelId(channel), true, "401"),
                new BuyPricesPublished(user, BuyPriceDocument.NONE, "hash", "", World.BORN),
                new MarginAlarmRaised(
                        LocalDate.of(2026, 1, 2), new ChannelId(channel), "gpt", Quota.of(9), 8, 7, World.BORN),
                new VendorSaved(new VendorId(user), new VendorTerms("Every " + user, "", "", true), World.BORN),
                new ModelsDescribed(
                        user,
                        List.of(new ModelChange(new ModelId(user), null, ModelDescription.of("every-" + user))),
                        null,
                        World.BORN),
                new PrefillGroupSaved(
                        new PrefillGroupId(user),
                        PrefillTerms.of("every", PrefillType.MODEL, List.of("gpt"), ""),
                        World.BORN),
                new UserDisabled(new UserId(user)),
                new TokenDeleted(new TokenId(token)),
                new AdjustmentRequested(
                        new LotId("wanted-" + user),
                        new AccountId(user),
                        AdjustQuota.Mode.ADD,
                        Quota.of(7_000),
                        LotClass.PAID,
                        new Money(1_000_000_000L, "USD"),
                        Quota.of(7_000),
                        Quota.of(90_660),
                        new UserId(2),
                        new Reason("invoice 17"),
                        World.BORN,
                        World.BORN.plusSeconds(60)),
                new AdjustmentRejected(new LotId("wanted-" + user), new AccountId(user), new UserId(2), World.BORN),
                // Contradicts the books: there is no such hold.
                settled(TestSystem.number(), token, user + "-e", 10, 7, 0));
    }

    @ParameterizedTest
    @ValueSource(strings = {"directory", "balance", "holds", "usage-log", "statistics", "ledger"})
    void aRebuiltReadModelEqualsTheOldOne(String name) {
        Map<String, List<String>> before = TestSystem.contents();
        assertThat(before)
                .allSatisfy((table, rows) -> assertThat(rows).as(table).isNotEmpty());
        TestSystem.rebuild(name);
        assertThat(TestSystem.contents()).isEqualTo(before);
    }

    @Test
    void lookUpsGoOnWhileTheDirectoryIsRebuilt() {
        List<Integer> seen = new ArrayList<>();
        int before = users();
        readModels.rebuild("directory");
        await().atMost(PATIENCE).until(() -> {
            seen.add(users());
            return !readModels.rebuilds().get("directory").isUnderWay();
        });
        assertThat(TestSystem.rebuilt("directory").state()).isEqualTo(Progress.State.DONE);
        assertThat(seen).containsOnly(before);
    }

    private static int users() {
        return TestSystem.views()
                .fetchSingle("select count(*) from views.user_profile")
                .into(int.class);
    }

    @Test
    void aPersonSeesTheirChangeWithinMilliseconds() {
        long account = TestSystem.number();
        List<Long> millis = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            long start = System.nanoTime();
            TestSystem.publish(World.grant(account, "lot-" + i, 10, 10 * (i + 1), null));
            millis.add((System.nanoTime() - start) / 1_000_000);
            assertThat(TestSystem.ask(new BalanceOf(new AccountId(account))).available())
                    .isEqualTo(Quota.of(10 * (i + 1)));
        }
        // The gate rises by itself every 200 ms, so this shows that waiting opens it.
        assertThat(millis.stream().sorted().toList().get(10)).isLessThan(100);
    }

    @Test
    void waitingForWhatDoesNotComeEndsWithTheTimeout() {
        long start = System.nanoTime();
        assertThat(readModels.await(head() + 1, Duration.ofMillis(50))).isFalse();
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isBetween(Duration.ofMillis(50), Duration.ofSeconds(5));
    }

    private static long head() {
        return TestSystem.bean(EventStore.class).createHeadToken().position().orElseThrow();
    }

    @Test
    void aBrokenReadModelSaysSoHoldsUpNobodyAndGoesOnOnceItCan() {
        long account = TestSystem.number();
        TestSystem.views().execute("alter table views.hourly_usage rename to hourly_usage_away");
        try {
            store(settled(account, 1, account + "-1", 10, 7, 0));
            await().atMost(PATIENCE).until(() -> !model("statistics").error().isEmpty());
            assertThat(model("statistics").running()).isFalse();
            assertThat(model("statistics").error()).contains("hourly_usage");
            assertThat(readModels.await(head(), PATIENCE)).isFalse();
            assertThat(model("balance").position()).isEqualTo(head());
            assertThat(TestSystem.ask(new BalanceOf(new AccountId(account))).used())
                    .isEqualTo(Quota.of(7));
        } finally {
            TestSystem.views().execute("alter table views.hourly_usage_away rename to hourly_usage");
        }
        await().atMost(PATIENCE).until(() -> model("statistics").behind() == 0);
        assertThat(model("statistics").running()).isTrue();
        assertThat(TestSystem.views()
                        .fetchSingle("select sum(quota) from views.hourly_usage where user_id = " + account)
                        .into(long.class))
                .isEqualTo(7);
    }

    private static void store(Object payload) {
        TestSystem.bean(EventStore.class).publish(GenericEventMessage.asEventMessage(payload));
    }

    private ReadModel model(String name) {
        return readModels.all().stream()
                .filter(model -> model.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void thousandsOfEventsFillSeveralBatches() {
        long account = TestSystem.number();
        int calls = 3 * ChunkStream.EVENTS_MAX / 2;
        List<Object> events = new ArrayList<>();
        for (int i = 0; i < calls; i++) {
            events.add(held(account, account, account + "-" + i, 10, 1));
            if (i >= 100) events.add(settled(account, account, account + "-" + (i - 100), 10, 7, 1));
        }
        TestSystem.publish(events.toArray());
        assertThat(TestSystem.ask(new BalanceOf(new AccountId(account))).calls())
                .isEqualTo(calls - 100);
        assertThat(TestSystem.ask(new BalanceOf(new AccountId(account))).held()).isEqualTo(Quota.of(1_000));
        Map<String, List<String>> before = TestSystem.contents();
        TestSystem.rebuild("balance");
        TestSystem.rebuild("holds");
        assertThat(TestSystem.contents()).isEqualTo(before);
    }

    @Test
    void refusesToRebuildWhatDoesNotExist() {
        assertThatThrownBy(() -> readModels.rebuild("directories"))
                .isInstanceOf(Refused.class)
                .hasMessageContaining("directories");
    }
}
