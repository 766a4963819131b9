package io.tollbook.relay;

import static org.assertj.core.api.Assertions.assertThat;

import io.tollbook.kernel.Refusal;
import io.tollbook.kernel.Refused;
import io.tollbook.kernel.account.Attempt;
import io.tollbook.kernel.account.Meter;
import io.tollbook.kernel.account.Meters;
import io.tollbook.kernel.account.Provenance;
import io.tollbook.kernel.account.Quota;
import io.tollbook.kernel.account.ReleaseCause;
import io.tollbook.kernel.account.ReleaseHold;
import io.tollbook.kernel.account.SettleUsage;
import io.tollbook.kernel.channel.ChannelId;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The last byte of an answer leaves when it is paid for, and not before. */
class SettledLastTest {
    private static final Meters METERS = new Meters(Map.of(Meter.INPUT, 11L, Meter.OUTPUT, 7L));

    @RegisterExtension
    private static final RelaySite site = new RelaySite();

    @Test
    void aWholeAnswerWaitsForItsSettlement() throws Exception {
        site.ledger.keepEndingsOpen();
        site.first.answers(200, RelaySite.WHOLE);
        try (Client client = site.call(RelaySite.ask(""))) {
            HandLedger.Entry<SettleUsage> settlement = site.ledger.settlement();
            settlement.awaitWaiter();
            assertThat(client.hasMore()).isFalse();

            settlement.complete();

            Client.Answer answer = client.answer();
            assertThat(answer.status()).isEqualTo(200);
            assertThat(answer.body()).isEqualTo(RelaySite.WHOLE);
        }
    }

    @Test
    void theEndOfAStreamWaitsForItsSettlement() throws Exception {
        site.ledger.keepEndingsOpen();
        try (Client client = site.call(RelaySite.askStream())) {
            Provider.Asked asked = site.first.next();
            asked.streamHead();
            asked.chunk(RelaySite.HELLO);
            assertThat(client.head()).isEqualTo(200);
            assertThat(client.chunk()).isEqualTo(RelaySite.HELLO);
            asked.chunk(RelaySite.STOP);
            assertThat(client.chunk()).isEqualTo(RelaySite.STOP);
            assertThat(site.ledger.hasEndings()).isFalse();
            asked.chunk(RelaySite.USAGE + RelaySite.DONE);
            asked.end();
            HandLedger.Entry<SettleUsage> settlement = site.ledger.settlement();
            settlement.awaitWaiter();
            assertThat(client.hasMore()).isFalse();

            settlement.complete();

            assertThat(client.chunk()).isEqualTo(RelaySite.USAGE + RelaySite.DONE);
            assertThat(client.chunk()).isEmpty();
        }
    }

    @Test
    void theTerminatingChunkOfAStreamWithoutUsageWaitsToo() throws Exception {
        site.ledger.keepEndingsOpen();
        site.first.answers(asked -> asked.stream(RelaySite.HELLO + RelaySite.STOP));
        try (Client client = site.call(RelaySite.askStream())) {
            client.head();
            assertThat(client.chunk()).isEqualTo(RelaySite.HELLO + RelaySite.STOP);
            HandLedger.Entry<SettleUsage> settlement = site.ledger.settlement();
            settlement.awaitWaiter();
            assertThat(client.hasMore()).isFalse();

            settlement.complete();

            assertThat(client.chunk()).isEmpty();
        }
    }

    @Test
    void anErrorWaitsUntilTheHoldIsGivenBack() throws Exception {
        site.ledger.keepEndingsOpen();
        site.first.answers(400, "{\"error\":{\"message\":\"no\"}}");
        try (Client client = site.call(RelaySite.ask(""))) {
            HandLedger.Entry<ReleaseHold> release = site.ledger.release();
            release.awaitWaiter();
            assertThat(client.hasMore()).isFalse();

            release.complete();

            assertThat(client.answer().status()).isEqualTo(400);
        }
    }

    @Test
    void chargesWhatTheProviderReports() throws Exception {
        site.first.answers(200, RelaySite.WHOLE, "x-request-id: req-9");
        site.answer(RelaySite.ask(""));
        SettleUsage settlement = site.settled();

        assertThat(settlement.account()).isEqualTo(StandingDirectory.ACCOUNT);
        assertThat(settlement.hold()).isEqualTo(site.ledger.hold().command().hold());
        assertThat(settlement.meters()).isEqualTo(METERS);
        assertThat(settlement.provenance()).isEqualTo(Provenance.REPORTED);
        assertThat(settlement.charge()).isEqualTo(Quota.of(11 + 2 * 7));
        assertThat(settlement.upstreamRequest()).isEqualTo("req-9");
        assertThat(settlement.timing().stream()).isFalse();
        assertThat(settlement.timing().firstByteMillis())
                .isBetween(0L, settlement.timing().totalMillis());
        assertThat(settlement.attempts()).singleElement().satisfies(attempt -> {
            assertThat(attempt.channel()).isEqualTo(new ChannelId(1));
            assertThat(attempt.upstreamModel()).isEqualTo("gpt");
            assertThat(attempt.outcome()).isEqualTo(Attempt.Outcome.ANSWERED);
            assertThat(attempt.status()).isEqualTo(200);
        });
    }

    @Test
    void chargesWhatTheStreamReports() throws Exception {
        site.first.answers(asked -> asked.stream(RelaySite.HELLO, RelaySite.USAGE, RelaySite.DONE));
        site.answer(RelaySite.askStream());
        SettleUsage settlement = site.settled();

        assertThat(settlement.meters()).isEqualTo(METERS);
        assertThat(settlement.provenance()).isEqualTo(Provenance.REPORTED);
        assertThat(settlement.charge()).isEqualTo(Quota.of(25));
        assertThat(settlement.timing().stream()).isTrue();
        assertThat(settlement.timing().firstByteMillis()).isNotNegative();
    }

    @Test
    void everyAttemptIsInTheSettlement() throws Exception {
        site.directory.channel(2, site.second.baseUrl(), 5, Map.of("gpt", "other/gpt"));
        site.directory.changed();
        site.first.answers(503, "{\"error\":{\"message\":\"busy\"}}");
        site.second.answers(200, RelaySite.WHOLE);
        site.answer(RelaySite.ask(""));

        assertThat(site.settled().attempts())
                .extracting(Attempt::channel, Attempt::upstreamModel, Attempt::outcome, Attempt::status)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple(new ChannelId(1), "gpt", Attempt.Outcome.FAILED, 503),
                        org.assertj.core.groups.Tuple.tuple(
                                new ChannelId(2), "other/gpt", Attempt.Outcome.ANSWERED, 200));
    }

    @Test
    void anAnswerWhoseHoldTheSweeperEndedIsStillGiven() throws Exception {
        site.ledger.keepEndingsOpen();
        site.first.answers(200, RelaySite.WHOLE);
        try (Client client = site.call(RelaySite.ask(""))) {
            site.ledger.settlement().durable().completeExceptionally(new Refused(Refusal.HOLD_RESOLVED));

            assertThat(client.answer().body()).isEqualTo(RelaySite.WHOLE);
        }
    }

    @Test
    void anAnswerThatCannotBeSettledIsNotGiven() throws Exception {
        site.ledger.keepEndingsOpen();
        site.first.answers(200, RelaySite.WHOLE);
        try (Client client = site.call(RelaySite.ask(""))) {
            site.ledger.settlement().durable().completeExceptionally(new IllegalStateException("disk"));
            Client.Answer answer = client.answer();

            assertThat(answer.status()).isEqualTo(500);
            assertThat(answer.body()).doesNotContain("Hello");
        }
    }

    @Test
    void whatIsGivenBackSaysWhy() throws Exception {
        site.first.answers(400, "{\"error\":{\"message\":\"too long\",\"code\":\"context_length_exceeded\"}}");
        site.answer(RelaySite.ask(""));
        ReleaseHold release = site.released();

        assertThat(release.account()).isEqualTo(StandingDirectory.ACCOUNT);
        assertThat(release.hold()).isEqualTo(site.ledger.hold().command().hold());
        assertThat(release.cause()).isEqualTo(ReleaseCause.UPSTREAM_FAILED);
        assertThat(release.code()).isEqualTo("context_length_exceeded");
        assertThat(release.status()).isEqualTo(400);
        assertThat(release.attempts()).singleElement().satisfies(attempt -> {
            assertThat(attempt.outcome()).isEqualTo(Attempt.Outcome.FAILED);
            assertThat(attempt.status()).isEqualTo(400);
        });
    }
}
