package io.tollbook.command.account;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tollbook.command.ReadableVault;
import io.tollbook.command.Writer;
import io.tollbook.command.settings.Settings;
import io.tollbook.command.settings.SiteSettings;
import io.tollbook.kernel.Actor;
import io.tollbook.kernel.Command;
import io.tollbook.kernel.Event;
import io.tollbook.kernel.Reason;
import io.tollbook.kernel.Refusal;
import io.tollbook.kernel.Refused;
import io.tollbook.kernel.account.AccountId;
import io.tollbook.kernel.account.AdjustQuota;
import io.tollbook.kernel.account.Adjusted;
import io.tollbook.kernel.account.AdjustmentApproved;
import io.tollbook.kernel.account.AdjustmentExpired;
import io.tollbook.kernel.account.AdjustmentRejected;
import io.tollbook.kernel.account.AdjustmentRequested;
import io.tollbook.kernel.account.AdjustmentWithdrawn;
import io.tollbook.kernel.account.ApproveAdjustment;
import io.tollbook.kernel.account.ExpireAdjustment;
import io.tollbook.kernel.account.GrantQuota;
import io.tollbook.kernel.account.LotClass;
import io.tollbook.kernel.account.LotId;
import io.tollbook.kernel.account.OpenAccount;
import io.tollbook.kernel.account.Quota;
import io.tollbook.kernel.account.QuotaDeducted;
import io.tollbook.kernel.account.QuotaGranted;
import io.tollbook.kernel.account.RejectAdjustment;
import io.tollbook.kernel.account.RequestAdjustment;
import io.tollbook.kernel.account.WithdrawAdjustment;
import io.tollbook.kernel.settings.ChangeOptions;
import io.tollbook.kernel.settings.Option;
import io.tollbook.kernel.user.Role;
import io.tollbook.kernel.user.UserId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Changes of quota by hand: small ones by one person, large ones by two, on the real writer. */
class AdjustmentTest {
    private static final Instant NOW = Instant.parse("2030-01-01T12:00:00Z");
    private static final Instant EXPIRES = NOW.plus(AdjustmentCommands.VALID);
    private static final AccountId ANN = new AccountId(17);
    private static final LotId LOT = new LotId("a1");
    private static final String STREAM = "adjustment-a1";
    private static final Reason NO = new Reason("that was not agreed");
    private static final UserId ASKING = new UserId(2);
    private static final Actor ONE = Actor.user(ASKING, Role.ADMIN, "session", null);
    private static final Actor OTHER = Actor.user(new UserId(3), Role.ADMIN, "session", null);
    private static final Actor THIRD = Actor.user(new UserId(4), Role.ADMIN, "session", null);
    private static final Actor ROOT = Actor.user(new UserId(1), Role.ROOT, "session", null);
    /** An administrator by now, whose account it is. */
    private static final Actor AS_ANN = Actor.user(new UserId(17), Role.ADMIN, "session", null);

    private final Writer writer = new Writer(new ReadableVault());

    @BeforeEach
    void annHasAThousand() {
        writer.aggregate(Account.class);
        SiteSettings settings = new SiteSettings(writer.aggregate(Settings.class));
        AdjustmentHandlers.on(writer, settings, new AnybodysOwners());
        writer.send(new OpenAccount(ANN, new UserId(17)), Actor.SYSTEM);
        writer.send(
                new GrantQuota(ANN, new LotId("g1"), LotClass.PAID, Quota.of(1_000), 0, null, "test", NOW),
                Actor.SYSTEM);
    }

    @AfterEach
    void close() {
        writer.close();
    }

    private void above(long quota) {
        Map<String, String> values = Map.of(Option.SECOND_PERSON_ABOVE.key(), Long.toString(quota));
        writer.send(new ChangeOptions(ChangeOptions.SITE, values, NOW), ROOT);
    }

    private static RequestAdjustment wanted(AdjustQuota.Mode mode, long value) {
        return new RequestAdjustment(new AdjustQuota(ANN, LOT, mode, Quota.of(value), NOW));
    }

    private Adjusted ask(AdjustQuota.Mode mode, long value) {
        return writer.send(wanted(mode, value), ONE, "invoice 17");
    }

    /** Ann is to get 500 more, and one person may change 100. */
    private void waiting() {
        above(100);
        assertThat(ask(AdjustQuota.Mode.ADD, 500).awaitsApprovalUntil()).isEqualTo(EXPIRES);
    }

    private static ApproveAdjustment approval() {
        return new ApproveAdjustment(LOT, NOW.plusSeconds(60));
    }

    private Event last(String stream) {
        return writer.stream(stream).getLast();
    }

    private void refused(Refusal refusal, String words, Command<?> command, Actor actor) {
        long before = writer.count();
        assertThatThrownBy(() -> writer.send(command, actor))
                .isInstanceOfSatisfying(
                        Refused.class, r -> assertThat(r.refusal()).isEqualTo(refusal))
                .hasMessageContaining(words);
        assertThat(writer.count()).isEqualTo(before);
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
        # limit, mode,     value, waits
              0, ADD,   9000000, false
            100, ADD,       100, false
            100, ADD,       101, true
            100, SUBTRACT,  100, false
            100, SUBTRACT,  101, true
            100, OVERRIDE, 1100, false
            100, OVERRIDE, 1101, true
            100, OVERRIDE,  900, false
            100, OVERRIDE,  899, true
        """)
    void aChangeAboveTheLimitWaitsAndNoOther(long limit, AdjustQuota.Mode mode, long value, boolean waits) {
        above(limit);
        int before = writer.stream("account-17").size();
        assertThat(ask(mode, value).awaitsApproval()).isEqualTo(waits);
        assertThat(writer.stream("account-17")).hasSize(waits ? before : before + 1);
        assertThat(writer.stream(STREAM)).hasSize(waits ? 1 : 0);
    }

    @Test
    void whereNobodyEverSetAnOptionOnePersonIsEnough() {
        assertThat(ask(AdjustQuota.Mode.ADD, 500_000_000).awaitsApproval()).isFalse();
        assertThat(last("account-17")).isInstanceOf(QuotaGranted.class);
    }

    @Test
    void whatIsAskedForSaysAllThatTheSecondPersonNeeds() {
        waiting();
        assertThat(last(STREAM))
                .isEqualTo(new AdjustmentRequested(
                        LOT,
                        ANN,
                        AdjustQuota.Mode.ADD,
                        Quota.of(500),
                        LotClass.COMPENSATION,
                        null,
                        Quota.of(500),
                        Quota.of(1_000),
                        ASKING,
                        new Reason("invoice 17"),
                        NOW,
                        EXPIRES));
    }

    @Test
    void askedForTwiceItIsOneAndDoneItStaysDone() {
        waiting();
        long before = writer.count();
        assertThat(ask(AdjustQuota.Mode.ADD, 500).awaitsApprovalUntil()).isEqualTo(EXPIRES);
        assertThat(writer.count()).isEqualTo(before);
        writer.send(approval(), OTHER);
        before = writer.count();
        assertThat(ask(AdjustQuota.Mode.ADD, 500).awaitsApproval()).isFalse();
        assertThat(writer.count()).isEqualTo(before);
    }

    @Test
    void withoutAReasonNobodyIsAsked() {
        above(100);
        refused(Refusal.INVALID, "Say why", wanted(AdjustQuota.Mode.ADD, 101), ONE);
        writer.send(wanted(AdjustQuota.Mode.ADD, 100), ONE);
    }

    @Test
    void nobodyIsAskedToTakeFromNothing() {
        writer.send(wanted(AdjustQuota.Mode.SUBTRACT, 1_000), ONE);
        above(100);
        LotId again = new LotId("a2");
        AdjustQuota more = new AdjustQuota(ANN, again, AdjustQuota.Mode.SUBTRACT, Quota.of(101), NOW);
        refused(Refusal.INSUFFICIENT_QUOTA, "nothing left", new RequestAdjustment(more), ONE);
    }

    @Test
    void anotherAdministratorLetsItTakeEffect() {
        waiting();
        long before = writer.count();
        writer.send(approval(), OTHER);
        assertThat(writer.count() - before).as("the change, and its approval").isEqualTo(2);
        assertThat(last("account-17"))
                .isEqualTo(new QuotaGranted(
                        ANN,
                        LOT,
                        LotClass.COMPENSATION,
                        Quota.of(500),
                        Quota.ZERO,
                        0,
                        null,
                        "adjustment",
                        Quota.of(1_500),
                        NOW.plusSeconds(60)));
        assertThat(writer.metadataOfLast("account-17"))
                .extractingByKeys("actor", "requested_by", "reason")
                .containsExactly("3", "2", "invoice 17");
        assertThat(last(STREAM))
                .isEqualTo(new AdjustmentApproved(
                        LOT, ANN, ASKING, Quota.of(1_000), Quota.of(1_500), NOW.plusSeconds(60)));
    }

    @Test
    void aBalanceIsSetFromWhatItIsWhenItIsApproved() {
        above(100);
        ask(AdjustQuota.Mode.OVERRIDE, 200);
        AdjustQuota meanwhile = new AdjustQuota(ANN, new LotId("a2"), AdjustQuota.Mode.SUBTRACT, Quota.of(100), NOW);
        writer.send(new RequestAdjustment(meanwhile), ONE);
        writer.send(approval(), OTHER);
        assertThat(((QuotaDeducted) last("account-17")).amount()).isEqualTo(Quota.of(700));
        assertThat(last(STREAM))
                .isEqualTo(new AdjustmentApproved(LOT, ANN, ASKING, Quota.of(900), Quota.of(200), NOW.plusSeconds(60)));
    }

    @Test
    void nobodyDecidesAboutTheirOwnRequestOrBalance() {
        waiting();
        refused(Refusal.NOT_PERMITTED, "somebody else must", approval(), ONE);
        refused(Refusal.NOT_PERMITTED, "somebody else must", new RejectAdjustment(LOT, NO, NOW), ONE);
        refused(Refusal.NOT_PERMITTED, "their own balance", approval(), AS_ANN);
        refused(Refusal.NOT_PERMITTED, "their own balance", new RejectAdjustment(LOT, NO, NOW), AS_ANN);
    }

    @Test
    void rootNeedsASecondPersonToo() {
        above(100);
        writer.send(wanted(AdjustQuota.Mode.ADD, 500), ROOT, "because");
        refused(Refusal.NOT_PERMITTED, "somebody else must", approval(), ROOT);
        writer.send(approval(), ONE);
    }

    @Test
    void aRequestEndsOnce() {
        waiting();
        writer.send(approval(), OTHER);
        refused(Refusal.ADJUSTMENT_DECIDED, "already been approved", approval(), THIRD);
        refused(Refusal.ADJUSTMENT_DECIDED, "already been approved", new RejectAdjustment(LOT, NO, NOW), THIRD);
        refused(Refusal.ADJUSTMENT_DECIDED, "already been approved", new WithdrawAdjustment(LOT, NOW), ONE);
        long before = writer.count();
        writer.send(new ExpireAdjustment(LOT, EXPIRES), Actor.SYSTEM);
        assertThat(writer.count()).isEqualTo(before);
    }

    @Test
    void whatIsRejectedNeverTakesEffect() {
        waiting();
        writer.send(new RejectAdjustment(LOT, NO, NOW), OTHER);
        assertThat(last(STREAM)).isEqualTo(new AdjustmentRejected(LOT, ANN, ASKING, NOW));
        assertThat(writer.metadataOfLast(STREAM)).containsEntry("reason", NO.words());
        refused(Refusal.ADJUSTMENT_DECIDED, "already been rejected", approval(), THIRD);
        assertThatThrownBy(() -> ask(AdjustQuota.Mode.ADD, 500)).hasMessageContaining("already been rejected");
        assertThat(writer.stream("account-17")).hasSize(2);
    }

    @Test
    void onlyWhoAskedTakesThatBack() {
        waiting();
        refused(Refusal.NOT_PERMITTED, "Reject it instead", new WithdrawAdjustment(LOT, NOW), OTHER);
        writer.send(new WithdrawAdjustment(LOT, NOW), ONE);
        assertThat(last(STREAM)).isEqualTo(new AdjustmentWithdrawn(LOT, ANN, ASKING, NOW));
        refused(Refusal.ADJUSTMENT_DECIDED, "already been withdrawn", approval(), OTHER);
    }

    @Test
    void aRequestMayBeApprovedUpToItsEndAndNotFromThenOn() {
        waiting();
        refused(Refusal.ADJUSTMENT_DECIDED, "has expired", new ApproveAdjustment(LOT, EXPIRES), OTHER);
        writer.send(new ApproveAdjustment(LOT, EXPIRES.minusNanos(1)), OTHER);
    }

    @Test
    void aRequestExpiresAtItsEndAndNotBefore() {
        waiting();
        writer.send(new ExpireAdjustment(LOT, EXPIRES.minusNanos(1)), Actor.SYSTEM);
        assertThat(last(STREAM)).isInstanceOf(AdjustmentRequested.class);
        writer.send(new ExpireAdjustment(LOT, EXPIRES), Actor.SYSTEM);
        assertThat(last(STREAM)).isEqualTo(new AdjustmentExpired(LOT, ANN, ASKING, EXPIRES));
        refused(Refusal.ADJUSTMENT_DECIDED, "has expired", approval(), OTHER);
    }

    @Test
    void anApprovalThatCannotTakeEffectIsRefusedWhole() {
        above(1_000);
        ask(AdjustQuota.Mode.SUBTRACT, 1_001);
        AdjustQuota all = new AdjustQuota(ANN, new LotId("a2"), AdjustQuota.Mode.OVERRIDE, Quota.ZERO, NOW);
        writer.send(new RequestAdjustment(all), ONE);
        refused(Refusal.INSUFFICIENT_QUOTA, "nothing left", approval(), OTHER);
        writer.send(new RejectAdjustment(LOT, NO, NOW), OTHER);
    }

    @Test
    void whatNobodyAskedForIsNotFound() {
        refused(Refusal.NOT_FOUND, "of that name", approval(), OTHER);
        refused(Refusal.NOT_FOUND, "of that name", new WithdrawAdjustment(LOT, NOW), ONE);
    }

    @Test
    void manyWhoDecideAtOnceMakeOnePosting() {
        above(100);
        List<CompletableFuture<@Nullable Refusal>> answers = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            LotId lot = new LotId("race-" + i);
            writer.send(
                    new RequestAdjustment(new AdjustQuota(ANN, lot, AdjustQuota.Mode.ADD, Quota.of(500), NOW)),
                    ONE,
                    "race");
            ApproveAdjustment approve = new ApproveAdjustment(lot, NOW);
            answers.add(submit(approve, OTHER));
            answers.add(submit(approve, THIRD));
            answers.add(submit(i % 2 == 0 ? approve : new RejectAdjustment(lot, NO, NOW), ROOT));
        }
        CompletableFuture.allOf(answers.toArray(CompletableFuture[]::new)).join();
        assertThat(answers.stream().map(CompletableFuture::join).filter(Objects::nonNull))
                .hasSize(80)
                .containsOnly(Refusal.ADJUSTMENT_DECIDED);
        long granted = writer.stream("account-17").stream()
                .filter(QuotaGranted.class::isInstance)
                .count();
        long approved = 0;
        for (int i = 0; i < 40; i++) {
            List<Event> story = writer.stream("adjustment-race-" + i);
            assertThat(story).hasSize(2);
            if (story.getLast() instanceof AdjustmentApproved) approved++;
        }
        assertThat(granted).as("the first grant, and one for each approval").isEqualTo(approved + 1);
    }

    private CompletableFuture<@Nullable Refusal> submit(Command<Void> command, Actor actor) {
        return writer.submit(command, actor)
                .handle((done, fault) -> fault == null ? null : ((Refused) fault).refusal());
    }
}
