package io.tollbook.command.account;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tollbook.command.ReadableVault;
import io.tollbook.command.Writer;
import io.tollbook.command.settings.Settings;
import io.tollbook.command.settings.SiteSettings;
import io.tollbook.kernel.Actor;
import io.tollbook.kernel.DirectoryChange;
import io.tollbook.kernel.account.AccountId;
import io.tollbook.kernel.account.AdjustQuota;
import io.tollbook.kernel.account.Adjusted;
import io.tollbook.kernel.account.AdjustmentMadeAlone;
import io.tollbook.kernel.account.ApproveAdjustment;
import io.tollbook.kernel.account.LotId;
import io.tollbook.kernel.account.OpenAccount;
import io.tollbook.kernel.account.Quota;
import io.tollbook.kernel.account.RequestAdjustment;
import io.tollbook.kernel.settings.ChangeOptions;
import io.tollbook.kernel.settings.Option;
import io.tollbook.kernel.user.Role;
import io.tollbook.kernel.user.UserId;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What one administrator may change alone: a sum over a day, by a limit that cannot be lifted for a moment. */
class SecondPersonTest {
    private static final Instant NOW = Instant.parse("2030-01-01T12:00:00Z");
    private static final Duration DAY = Duration.ofDays(1);
    private static final Duration MOMENT = Duration.ofNanos(1);
    private static final AccountId ANN = new AccountId(17);
    private static final AccountId BOB = new AccountId(18);
    private static final Actor ADMIN = Actor.user(new UserId(2), Role.ADMIN, "session", null);
    private static final Actor OTHER = Actor.user(new UserId(3), Role.ADMIN, "session", null);
    private static final Actor ROOT = Actor.user(new UserId(1), Role.ROOT, "session", null);

    private final Writer writer = new Writer(new ReadableVault());
    private int adjustments;

    @BeforeEach
    void annAndBobHaveAccounts() {
        SiteSettings settings = new SiteSettings(writer.aggregate(Settings.class));
        writer.aggregate(Account.class);
        AdjustmentHandlers.on(writer, settings, new AnybodysOwners());
        writer.send(new OpenAccount(ANN, new UserId(17)), Actor.SYSTEM);
        writer.send(new OpenAccount(BOB, new UserId(18)), Actor.SYSTEM);
    }

    @AfterEach
    void close() {
        writer.close();
    }

    private void limit(long quota, Instant at) {
        writer.send(
                new ChangeOptions(
                        ChangeOptions.SITE, Map.of(Option.SECOND_PERSON_ABOVE.key(), Long.toString(quota)), at),
                ROOT);
    }

    private Adjusted change(AccountId account, AdjustQuota.Mode mode, long quota, Actor by, Instant at) {
        LotId lot = new LotId("a" + ++adjustments);
        return writer.send(new RequestAdjustment(new AdjustQuota(account, lot, mode, Quota.of(quota), at)), by, "test");
    }

    private boolean waits(AccountId account, long quota, Actor by, Instant at) {
        return change(account, AdjustQuota.Mode.ADD, quota, by, at).awaitsApproval();
    }

    @Test
    void manySmallChangesAreOneLargeOne() {
        limit(100, NOW);
        for (int i = 0; i < 4; i++) assertThat(waits(ANN, 25, ADMIN, NOW)).isFalse();
        assertThat(waits(ANN, 1, ADMIN, NOW)).isTrue();
    }

    @Test
    void otherAccountsDoNotMakeItLess() {
        limit(100, NOW);
        assertThat(waits(ANN, 60, ADMIN, NOW)).isFalse();
        assertThat(waits(BOB, 41, ADMIN, NOW)).isTrue();
        assertThat(waits(BOB, 40, ADMIN, NOW)).isFalse();
    }

    @Test
    void whatIsTakenDoesNotMakeRoomForWhatIsGiven() {
        limit(100, NOW);
        assertThat(waits(ANN, 60, ADMIN, NOW)).isFalse();
        assertThat(change(ANN, AdjustQuota.Mode.SUBTRACT, 41, ADMIN, NOW).awaitsApproval())
                .isTrue();
        assertThat(change(ANN, AdjustQuota.Mode.OVERRIDE, 20, ADMIN, NOW).awaitsApproval())
                .isFalse();
        assertThat(waits(BOB, 1, ADMIN, NOW)).isTrue();
    }

    @Test
    void eachAdministratorHasADayOfTheirOwn() {
        limit(100, NOW);
        assertThat(waits(ANN, 100, ADMIN, NOW)).isFalse();
        assertThat(waits(ANN, 100, OTHER, NOW)).isFalse();
        assertThat(waits(ANN, 100, ROOT, NOW)).isFalse();
        assertThat(waits(ANN, 1, ROOT, NOW)).isTrue();
    }

    @Test
    void aChangeCountsForADayAndNoLonger() {
        limit(100, NOW);
        waits(ANN, 60, ADMIN, NOW);
        waits(ANN, 40, ADMIN, NOW.plusSeconds(60));
        assertThat(waits(ANN, 1, ADMIN, NOW.plus(DAY).minus(MOMENT))).isTrue();
        assertThat(waits(ANN, 61, ADMIN, NOW.plus(DAY))).isTrue();
        assertThat(waits(ANN, 60, ADMIN, NOW.plus(DAY))).isFalse();
    }

    @Test
    void whatASecondPersonApprovedDoesNotCount() {
        limit(100, NOW);
        LotId lot = change(ANN, AdjustQuota.Mode.ADD, 500, ADMIN, NOW).adjustment();
        writer.send(new ApproveAdjustment(lot, NOW), OTHER);
        assertThat(waits(ANN, 100, ADMIN, NOW)).isFalse();
        assertThat(waits(ANN, 100, OTHER, NOW)).isFalse();
    }

    @Test
    void sentTwiceItCountsOnce() {
        limit(100, NOW);
        AdjustQuota half = new AdjustQuota(ANN, new LotId("a"), AdjustQuota.Mode.ADD, Quota.of(50), NOW);
        writer.send(new RequestAdjustment(half), ADMIN);
        writer.send(new RequestAdjustment(half), ADMIN);
        assertThat(waits(ANN, 50, ADMIN, NOW)).isFalse();
        assertThat(writer.send(new RequestAdjustment(half), ADMIN).awaitsApproval())
                .isFalse();
    }

    @Test
    void theEventSaysWhoChangedHowMuch() {
        limit(100, NOW);
        waits(ANN, 60, ADMIN, NOW);
        change(ANN, AdjustQuota.Mode.SUBTRACT, 10, ADMIN, NOW.plusSeconds(1));
        assertThat(writer.stream("changes-alone-2"))
                .containsExactly(
                        new AdjustmentMadeAlone(new LotId("a1"), ANN, new UserId(2), Quota.of(60), NOW),
                        new AdjustmentMadeAlone(
                                new LotId("a2"), ANN, new UserId(2), Quota.of(-10), NOW.plusSeconds(1)));
    }

    @Test
    void withoutALimitNothingIsCounted() {
        waits(ANN, 5_000, ADMIN, NOW);
        assertThat(writer.stream("changes-alone-2")).isEmpty();
        limit(100, NOW);
        assertThat(waits(ANN, 100, ADMIN, NOW)).isFalse();
    }

    @Test
    void rootCannotLiftTheLimitForAMoment() {
        limit(100, NOW);
        Instant lifted = NOW.plusSeconds(60);
        limit(0, lifted);
        assertThat(waits(ANN, 101, ROOT, lifted)).isTrue();
        assertThat(waits(ANN, 101, ADMIN, lifted.plus(DAY).minus(MOMENT))).isTrue();
        assertThat(waits(ANN, 101, ADMIN, lifted.plus(DAY))).isFalse();
    }

    @Test
    void aHigherLimitIsInForceADayLaterAndALowerOneAtOnce() {
        limit(100, NOW);
        limit(1_000, NOW);
        assertThat(waits(ANN, 101, ROOT, NOW.plus(DAY).minus(MOMENT))).isTrue();
        assertThat(waits(ANN, 1_000, ROOT, NOW.plus(DAY))).isFalse();
        Instant later = NOW.plus(DAY.multipliedBy(3));
        limit(10, later);
        assertThat(waits(ANN, 11, ROOT, later)).isTrue();
        assertThat(waits(ANN, 10, ROOT, later)).isFalse();
    }

    @Test
    void manyLimitsInADayLeaveTheStrictest() {
        limit(100, NOW);
        limit(10, NOW.plusSeconds(1));
        limit(0, NOW.plusSeconds(2));
        limit(500, NOW.plusSeconds(3));
        assertThat(waits(ANN, 11, ROOT, NOW.plusSeconds(4))).isTrue();
        assertThat(waits(ANN, 11, ROOT, NOW.plus(DAY).plusSeconds(1))).isTrue();
        assertThat(waits(ANN, 11, ROOT, NOW.plus(DAY).plusSeconds(2))).isFalse();
    }

    @Test
    void aLimitSetOnAnotherNodeBindsOnceItIsHeardOf() {
        SiteAggregates site = writer.site(Map.of(ChangeOptions.SITE, Settings.class));
        limit(9_000, NOW);
        assertThat(waits(ANN, 500, ADMIN, NOW)).isFalse();
        writer.elsewhere(ChangeOptions.SITE, "9000", "100");
        site.heard(new DirectoryChange(DirectoryChange.Kind.CHANNEL, 1)).join();
        site.heard(new DirectoryChange(DirectoryChange.Kind.OPTION, 0)).join();
        assertThat(waits(BOB, 101, OTHER, NOW)).isTrue();
        site.heard(new DirectoryChange(DirectoryChange.Kind.ALL, 0)).join();
        assertThat(waits(BOB, 100, OTHER, NOW)).isFalse();
    }

    @Test
    void thePersonWhoAsksAtOnceOftenIsToldNoMoreThanTheLimit() {
        limit(100, NOW);
        long alone = java.util.stream.IntStream.range(0, 40)
                .mapToObj(i -> writer.submit(
                        new RequestAdjustment(
                                new AdjustQuota(ANN, new LotId("race-" + i), AdjustQuota.Mode.ADD, Quota.of(7), NOW)),
                        ADMIN,
                        "race"))
                .toList()
                .stream()
                .filter(answer -> !answer.join().awaitsApproval())
                .count();
        assertThat(alone).isEqualTo(14);
        assertThatThrownBy(() -> writer.send(
                        new RequestAdjustment(
                                new AdjustQuota(ANN, new LotId("x"), AdjustQuota.Mode.ADD, Quota.of(7), NOW)),
                        ADMIN))
                .hasMessageContaining("Say why");
    }
}
