package io.tollbook.relay;

import static org.assertj.core.api.Assertions.assertThat;

import io.tollbook.kernel.Refusal;
import io.tollbook.kernel.Refused;
import io.tollbook.kernel.account.HoldFunds;
import io.tollbook.kernel.account.Quota;
import io.tollbook.kernel.account.ReleaseCause;
import io.tollbook.kernel.account.ReleaseHold;
import io.tollbook.kernel.channel.ChannelId;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Nothing is sent to a provider that is not held for. */
class HoldFirstTest {
    @RegisterExtension
    private static final RelaySite site = new RelaySite();

    @RegisterExtension
    private static final RelaySite hasty = new RelaySite("TOLLBOOK_HOLD_WAIT=100ms");

    @Test
    void sendsNothingBeforeTheHoldIsDurable() throws Exception {
        site.ledger.keepHoldsOpen();
        try (Client client = site.call(RelaySite.ask(""))) {
            HandLedger.Entry<HoldFunds> hold = site.ledger.hold();
            hold.awaitWaiter();
            assertThat(site.first.received()).isZero();
            assertThat(client.hasMore()).isFalse();

            hold.complete();

            site.first.next().whole(200, RelaySite.WHOLE);
            assertThat(client.answer().status()).isEqualTo(200);
        }
    }

    @Test
    void holdsTheMostThatTheCallCanCost() throws Exception {
        site.first.answers(200, RelaySite.WHOLE);
        site.answer(RelaySite.ask(",\"max_tokens\":50"));
        HoldFunds hold = site.ledger.hold().command();

        assertThat(hold.account()).isEqualTo(StandingDirectory.ACCOUNT);
        assertThat(hold.model()).isEqualTo("gpt");
        assertThat(hold.group()).isEqualTo("default");
        assertThat(hold.priceVersion()).isEqualTo(5);
        assertThat(hold.channel()).isEqualTo(new ChannelId(1));
        assertThat(hold.node()).isEqualTo("test");
        // Fifty tokens at 2, and a prompt of a few at 1.
        assertThat(hold.worstCase().units()).isBetween(101L, 130L);
        assertThat(Duration.between(hold.at(), hold.leaseEnd())).isEqualTo(Duration.ofHours(1));
    }

    @Test
    void asksAgainWithTheCountedPromptWhereFundsAreScarce() throws Exception {
        site.ledger.keepHoldsOpen();
        try (Client client = site.call(RelaySite.ask(""))) {
            HandLedger.Entry<HoldFunds> estimated = site.ledger.hold(0);
            estimated.durable().completeExceptionally(new Refused(Refusal.INSUFFICIENT_QUOTA));
            HandLedger.Entry<HoldFunds> counted = site.ledger.hold(1);
            counted.awaitWaiter();
            assertThat(counted.command().hold()).isEqualTo(estimated.command().hold());
            assertThat(counted.command().worstCase())
                    .isLessThanOrEqualTo(estimated.command().worstCase());
            assertThat(site.first.received()).isZero();

            counted.complete();

            site.first.next().whole(200, RelaySite.WHOLE);
            assertThat(client.answer().status()).isEqualTo(200);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "INSUFFICIENT_QUOTA,       2, 403, insufficient_user_quota,        false",
        "TOKEN_QUOTA_INSUFFICIENT, 2, 403, pre_consume_token_quota_failed, false",
        "ACCOUNT_FROZEN,           1, 403, access_denied,                  false",
        "OVERLOADED,               1, 503, system_overloaded,              true",
        "LEDGER_UNAVAILABLE,       1, 503, query_data_error,               true"
    })
    void sendsNothingWhenTheHoldIsRefused(Refusal refusal, int times, int status, String code, boolean comesAgain)
            throws Exception {
        site.ledger.keepHoldsOpen();
        try (Client client = site.call(RelaySite.ask(""))) {
            for (int i = 0; i < times; i++) {
                HandLedger.Entry<HoldFunds> hold = site.ledger.hold(i);
                hold.awaitWaiter();
                hold.durable().completeExceptionally(new Refused(refusal));
            }
            Client.Answer answer = client.answer();

            assertThat(answer.status()).isEqualTo(status);
            assertThat(answer.error().path("code").asString()).isEqualTo(code);
            assertThat(answer.error().path("type").asString()).isEqualTo("new_api_error");
            assertThat(answer.error().path("message").asString())
                    .startsWith(refusal.message())
                    .contains(answer.header("X-Oneapi-Request-Id"));
            assertThat(answer.header("Retry-After")).isEqualTo(comesAgain ? "1" : "");
        }
        site.awaitIdle();
        assertThat(site.first.received()).isZero();
        assertThat(site.refusals).singleElement().satisfies(record -> {
            assertThat(record.refusal()).isEqualTo(refusal);
            assertThat(record.status()).isEqualTo(status);
        });
    }

    @Test
    void aLedgerThatFailsIsOurFault() throws Exception {
        site.ledger.keepHoldsOpen();
        try (Client client = site.call(RelaySite.ask(""))) {
            site.ledger.hold().durable().completeExceptionally(new IllegalStateException("disk"));
            Client.Answer answer = client.answer();

            assertThat(answer.status()).isEqualTo(500);
            assertThat(answer.error().path("message").asString()).doesNotContain("disk");
        }
        assertThat(site.first.received()).isZero();
    }

    @Test
    void givesALateHoldBack() throws Exception {
        hasty.ledger.keepHoldsOpen();
        Client.Answer answer = hasty.answer(RelaySite.ask(""));

        assertThat(answer.status()).isEqualTo(503);
        assertThat(answer.header("Retry-After")).isEqualTo("1");
        assertThat(answer.error().path("code").asString()).isEqualTo("query_data_error");

        HandLedger.Entry<HoldFunds> hold = hasty.ledger.hold();
        hold.complete();

        ReleaseHold release = hasty.released();
        assertThat(release.hold()).isEqualTo(hold.command().hold());
        assertThat(release.cause()).isEqualTo(ReleaseCause.NOT_SENT);
        assertThat(release.attempts()).isEmpty();
        assertThat(hasty.first.received()).isZero();
    }

    @Test
    void hasNothingToGiveBackOfALateRefusal() throws Exception {
        hasty.ledger.keepHoldsOpen();
        assertThat(hasty.answer(RelaySite.ask("")).status()).isEqualTo(503);

        HandLedger.Entry<HoldFunds> hold = hasty.ledger.hold();
        hold.durable().completeExceptionally(new Refused(Refusal.INSUFFICIENT_QUOTA));

        assertThat(hasty.ledger.hasEndings()).isFalse();
    }

    @Test
    void waitsForAHoldThatIsDurableInTime() throws Exception {
        hasty.first.answers(200, RelaySite.WHOLE);
        assertThat(hasty.answer(RelaySite.ask("")).status()).isEqualTo(200);
        assertThat(hasty.settled().charge()).isEqualTo(Quota.of(25));
    }
}
