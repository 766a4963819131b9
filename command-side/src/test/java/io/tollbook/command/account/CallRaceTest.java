package io.tollbook.command.account;

import static org.assertj.core.api.Assertions.assertThat;

import io.tollbook.command.ReadableVault;
import io.tollbook.command.Writer;
import io.tollbook.kernel.Actor;
import io.tollbook.kernel.Command;
import io.tollbook.kernel.Event;
import io.tollbook.kernel.Reason;
import io.tollbook.kernel.Refusal;
import io.tollbook.kernel.Refused;
import io.tollbook.kernel.account.AccountId;
import io.tollbook.kernel.account.Attempt;
import io.tollbook.kernel.account.CallReopened;
import io.tollbook.kernel.account.CallResolved;
import io.tollbook.kernel.account.CallTiming;
import io.tollbook.kernel.account.GrantQuota;
import io.tollbook.kernel.account.HoldFunds;
import io.tollbook.kernel.account.HoldId;
import io.tollbook.kernel.account.HoldReleased;
import io.tollbook.kernel.account.LotClass;
import io.tollbook.kernel.account.LotId;
import io.tollbook.kernel.account.Meter;
import io.tollbook.kernel.account.Meters;
import io.tollbook.kernel.account.OpenAccount;
import io.tollbook.kernel.account.Provenance;
import io.tollbook.kernel.account.Quota;
import io.tollbook.kernel.account.ReleaseCause;
import io.tollbook.kernel.account.ReleaseHold;
import io.tollbook.kernel.account.ReleaseOpenHold;
import io.tollbook.kernel.account.ReopenCall;
import io.tollbook.kernel.account.Resolution;
import io.tollbook.kernel.account.ResolveCall;
import io.tollbook.kernel.account.SettleUsage;
import io.tollbook.kernel.account.UsageSettled;
import io.tollbook.kernel.channel.ChannelId;
import io.tollbook.kernel.token.TokenId;
import io.tollbook.kernel.user.Role;
import io.tollbook.kernel.user.UserId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Several end or decide the same call at once, on the real writer: one of them does, and the others are told so. */
class CallRaceTest {
    private static final int CALLS = 50;
    private static final AccountId ANN = new AccountId(17);
    private static final UserId USER = new UserId(17);
    private static final Actor ADMIN = Actor.user(new UserId(2), Role.ADMIN, "session", null);
    private static final Reason WHY = new Reason("test");
    private static final Instant NOW = Instant.parse("2030-01-01T12:00:00Z");
    private static final List<Attempt> SENT =
            List.of(new Attempt(new ChannelId(2), "gpt", Attempt.Outcome.UNKNOWN, 0, 0));

    private final Writer writer = new Writer(new ReadableVault());

    @BeforeEach
    void account() {
        writer.aggregate(Account.class);
        writer.send(new OpenAccount(ANN, USER), Actor.SYSTEM);
        writer.send(
                new GrantQuota(ANN, new LotId("g1"), LotClass.PAID, Quota.of(100L * CALLS), 0, null, "test", NOW),
                Actor.SYSTEM);
        for (int i = 0; i < CALLS; i++)
            writer.send(
                    new HoldFunds(
                            ANN,
                            new HoldId("h" + i),
                            USER,
                            new TokenId(3),
                            "gpt",
                            "default",
                            1,
                            new ChannelId(2),
                            Quota.of(100),
                            false,
                            "node",
                            NOW,
                            NOW.plusSeconds(60)),
                    Actor.RELAY);
    }

    @AfterEach
    void close() {
        writer.close();
    }

    @Test
    void aHoldIsSettledOrReleasedByHandAndNeverBoth() {
        List<CompletableFuture<@Nullable Refusal>> answers = new ArrayList<>();
        for (int i = 0; i < CALLS; i++) {
            HoldId hold = new HoldId("h" + i);
            Command<Void> release = new ReleaseOpenHold(ANN, hold, WHY, NOW);
            Command<Void> settle = new SettleUsage(
                    ANN,
                    hold,
                    new Meters(Map.of(Meter.INPUT, 1L)),
                    Provenance.REPORTED,
                    Quota.of(40),
                    SENT,
                    new CallTiming(NOW, 1, 2, false),
                    null,
                    null);
            answers.add(submit(i % 2 == 0 ? release : settle));
            answers.add(submit(i % 2 == 0 ? settle : release));
        }
        assertThat(refusals(answers)).hasSize(CALLS).containsOnly(Refusal.HOLD_RESOLVED);
        assertThat(events(UsageSettled.class) + events(HoldReleased.class)).isEqualTo(CALLS);
    }

    @Test
    void aCallIsDecidedOnceAndTakenBackOnce() {
        for (int i = 0; i < CALLS; i++)
            writer.send(
                    new ReleaseHold(ANN, new HoldId("h" + i), ReleaseCause.LEASE_ENDED, "unresolved", 0, SENT, NOW),
                    Actor.SYSTEM);
        List<CompletableFuture<@Nullable Refusal>> answers = new ArrayList<>();
        for (int i = 0; i < CALLS; i++) {
            HoldId hold = new HoldId("h" + i);
            answers.add(submit(new ResolveCall(ANN, hold, Resolution.CHARGED, Quota.of(40), WHY, NOW)));
            answers.add(submit(new ResolveCall(ANN, hold, Resolution.WRITTEN_OFF, Quota.ZERO, WHY, NOW)));
            answers.add(submit(new ResolveCall(ANN, hold, Resolution.CHARGED, Quota.of(100), WHY, NOW)));
        }
        assertThat(refusals(answers)).hasSize(2 * CALLS).containsOnly(Refusal.HOLD_RESOLVED);
        assertThat(events(CallResolved.class)).isEqualTo(CALLS);

        answers.clear();
        for (int i = 0; i < CALLS; i++)
            for (int twice = 0; twice < 2; twice++)
                answers.add(submit(new ReopenCall(ANN, new HoldId("h" + i), WHY, NOW)));
        assertThat(refusals(answers)).hasSize(CALLS).containsOnly(Refusal.HOLD_RESOLVED);
        assertThat(events(CallReopened.class)).isEqualTo(CALLS);
        assertThat(writer.stream(ANN.toString()).getLast())
                .isInstanceOfSatisfying(
                        CallReopened.class, last -> assertThat(last.available()).isEqualTo(Quota.of(100L * CALLS)));
    }

    private CompletableFuture<@Nullable Refusal> submit(Command<Void> command) {
        return writer.submit(command, ADMIN).handle((done, fault) -> {
            if (fault == null) return null;
            Throwable cause = fault instanceof CompletionException ? fault.getCause() : fault;
            if (cause instanceof Refused refused) return refused.refusal();
            throw new AssertionError(fault);
        });
    }

    private static List<Refusal> refusals(List<CompletableFuture<@Nullable Refusal>> answers) {
        return answers.stream()
                .map(CompletableFuture::join)
                .filter(Objects::nonNull)
                .toList();
    }

    private long events(Class<? extends Event> type) {
        return writer.stream(ANN.toString()).stream().filter(type::isInstance).count();
    }
}
