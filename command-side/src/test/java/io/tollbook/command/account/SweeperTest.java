package io.tollbook.command.account;

import static org.assertj.core.api.Assertions.assertThat;

import io.tollbook.command.RecordedMessages;
import io.tollbook.command.TestDatabase;
import io.tollbook.kernel.Actor;
import io.tollbook.kernel.Command;
import io.tollbook.kernel.Messages;
import io.tollbook.kernel.Query;
import io.tollbook.kernel.Refusal;
import io.tollbook.kernel.Refused;
import io.tollbook.kernel.account.AbandonedHolds;
import io.tollbook.kernel.account.AccountId;
import io.tollbook.kernel.account.ExpireAdjustment;
import io.tollbook.kernel.account.HoldFunds;
import io.tollbook.kernel.account.HoldId;
import io.tollbook.kernel.account.Ledger;
import io.tollbook.kernel.account.LotId;
import io.tollbook.kernel.account.OpenHold;
import io.tollbook.kernel.account.OverdueAdjustments;
import io.tollbook.kernel.account.Quota;
import io.tollbook.kernel.account.ReleaseCause;
import io.tollbook.kernel.account.ReleaseHold;
import io.tollbook.kernel.account.SettleUsage;
import io.tollbook.kernel.channel.ChannelId;
import io.tollbook.kernel.token.TokenId;
import io.tollbook.kernel.user.UserId;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

class SweeperTest {
    private static final Instant NOW = Instant.parse("2030-01-01T12:00:00Z");

    private final List<ReleaseHold> released = new ArrayList<>();

    private final Ledger ledger = new Ledger() {
        @Override
        public CompletableFuture<Void> hold(HoldFunds command) {
            throw new AssertionError("a sweeper holds nothing");
        }

        @Override
        public CompletableFuture<Void> settle(SettleUsage command) {
            throw new AssertionError("a sweeper settles nothing");
        }

        @Override
        public CompletableFuture<Void> release(ReleaseHold command) {
            if (command.hold().value().equals("settled-meanwhile"))
                return CompletableFuture.failedFuture(new Refused(Refusal.HOLD_RESOLVED));
            released.add(command);
            return CompletableFuture.completedFuture(null);
        }

        @Override
        public boolean isWriting() {
            return true;
        }
    };

    @Test
    void endsRequestsThatNobodyDecidedAboutInTime() {
        RecordedMessages messages = new RecordedMessages().answer(OverdueAdjustments.class, query -> {
            assertThat(query.now()).isEqualTo(NOW);
            return List.of(new LotId("a1"), new LotId("a2"));
        });
        Nodes nodes = new Nodes(JdbcClient.create(TestDatabase.dataSource()), "alive", true);
        try (Sweeper sweeper = new Sweeper(messages, ledger, nodes, Clock.fixed(NOW, ZoneOffset.UTC))) {
            sweeper.expireAdjustments();
        }
        assertThat(messages.sent())
                .extracting(RecordedMessages.Sent::command)
                .containsExactly(
                        new ExpireAdjustment(new LotId("a1"), NOW), new ExpireAdjustment(new LotId("a2"), NOW));
        assertThat(messages.sent()).allMatch(sent -> sent.actor().equals(Actor.SYSTEM));
    }

    @Test
    void releasesWhatIsAbandonedAndGoesOnPastWhatEndedMeanwhile() {
        Messages messages = new Messages() {
            @Override
            public <R extends @Nullable Object> R send(Command<R> command, Actor actor, @Nullable String reason) {
                throw new AssertionError("nothing else is sent");
            }

            @Override
            @SuppressWarnings("unchecked")
            public <R extends @Nullable Object> R ask(Query<R> query, Actor actor) {
                assertThat(query).isInstanceOfSatisfying(AbandonedHolds.class, asked -> {
                    assertThat(asked.now()).isEqualTo(NOW);
                    assertThat(asked.livingNodes()).containsExactly("alive");
                });
                return (R) List.of(hold("settled-meanwhile"), hold("left-behind"));
            }
        };
        JdbcClient jdbc = JdbcClient.create(TestDatabase.dataSource());
        Nodes nodes = new Nodes(jdbc, "alive", true);

        try (Sweeper sweeper = new Sweeper(messages, ledger, nodes, Clock.fixed(NOW, ZoneOffset.UTC))) {
            assertThat(sweeper.releaseAbandonedHolds()).isEqualTo(1);
        }
        assertThat(released).singleElement().satisfies(release -> {
            assertThat(release.hold()).isEqualTo(new HoldId("left-behind"));
            assertThat(release.cause()).isEqualTo(ReleaseCause.LEASE_ENDED);
            assertThat(release.attempts())
                    .singleElement()
                    .satisfies(attempt -> assertThat(attempt.channel()).isEqualTo(new ChannelId(2)));
        });
    }

    private static OpenHold hold(String id) {
        return new OpenHold(
                new AccountId(17),
                new HoldId(id),
                new UserId(17),
                new TokenId(3),
                "gpt",
                new ChannelId(2),
                Quota.of(100),
                "dead",
                NOW.minusSeconds(60),
                NOW.plusSeconds(60));
    }
}
