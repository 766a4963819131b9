package io.tollbook.relay;

import static org.assertj.core.api.Assertions.assertThat;

import io.tollbook.kernel.account.Attempt;
import io.tollbook.kernel.account.Meter;
import io.tollbook.kernel.account.Provenance;
import io.tollbook.kernel.account.Quota;
import io.tollbook.kernel.account.SettleUsage;
import io.tollbook.kernel.settings.Option;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A client that leaves in the middle pays for what the provider did, once. */
class HangUpTest {
    @RegisterExtension
    private static final RelaySite site = new RelaySite();

    /** A stream whose client has left after the first event; the next one finds nobody. */
    private static Provider.Asked abandoned() throws Exception {
        Client client = site.call(RelaySite.askStream());
        Provider.Asked asked = site.first.next();
        asked.streamHead();
        asked.chunk(RelaySite.HELLO);
        client.head();
        assertThat(client.chunk()).isEqualTo(RelaySite.HELLO);
        client.hangUp();
        asked.chunk(RelaySite.HELLO);
        return asked;
    }

    @Test
    void readsOnToTheReportAndChargesIt() throws Exception {
        Provider.Asked asked = abandoned();
        asked.chunk(RelaySite.HELLO);
        asked.chunk(RelaySite.USAGE + RelaySite.DONE);
        asked.end();
        SettleUsage settlement = site.settled();

        assertThat(settlement.provenance()).isEqualTo(Provenance.DRAINED);
        assertThat(settlement.charge()).isEqualTo(Quota.of(25));
        assertThat(settlement.attempts()).extracting(Attempt::outcome).containsExactly(Attempt.Outcome.ANSWERED);
    }

    @Test
    void estimatesWhatADrainedStreamDoesNotReport() throws Exception {
        Provider.Asked asked = abandoned();
        asked.chunk(RelaySite.DONE);
        asked.end();
        SettleUsage settlement = site.settled();

        assertThat(settlement.provenance()).isEqualTo(Provenance.ESTIMATED);
        // Twice eleven letters.
        assertThat(settlement.meters().of(Meter.OUTPUT)).isEqualTo(6);
    }

    @Test
    void cutsWhatIsLongerThanTheCap() throws Exception {
        site.set(Option.DRAIN_BYTES, 10_000);
        Provider.Asked asked = abandoned();
        String kilobyte = "data: {\"choices\":[{\"delta\":{\"content\":\"" + "a".repeat(1_000) + "\"}}]}\n\n";
        for (int i = 0; i < 9; i++) asked.chunk(kilobyte);
        assertThat(site.ledger.hasEndings()).isFalse();
        asked.chunk(kilobyte);
        asked.awaitCut();
        SettleUsage settlement = site.settled();

        assertThat(settlement.provenance()).isEqualTo(Provenance.ESTIMATED);
        assertThat(settlement.meters().of(Meter.OUTPUT)).isBetween(1L, 1_000L);
        assertThat(settlement.attempts()).extracting(Attempt::outcome).containsExactly(Attempt.Outcome.CANCELLED);
        assertThat(settlement.charge())
                .isLessThanOrEqualTo(site.ledger.hold().command().worstCase());
    }

    @Test
    void cutsWhatTakesTooLong() throws Exception {
        site.set(Option.DRAIN_SECONDS, 1);
        Provider.Asked asked = abandoned();
        asked.awaitCut();
        SettleUsage settlement = site.settled();

        assertThat(settlement.provenance()).isEqualTo(Provenance.ESTIMATED);
        assertThat(settlement.attempts()).extracting(Attempt::outcome).containsExactly(Attempt.Outcome.CANCELLED);
    }

    @Test
    void readsOnForNoLongerThanACallMayTake() throws Exception {
        site.set(Option.CALL_SECONDS, 1);
        abandoned().awaitCut();

        assertThat(site.settled().provenance()).isEqualTo(Provenance.ESTIMATED);
    }

    @Test
    void chargesWhenTheProviderBreaksOffBehindAClientThatLeft() throws Exception {
        abandoned().close();
        SettleUsage settlement = site.settled();

        assertThat(settlement.provenance()).isEqualTo(Provenance.ESTIMATED);
        assertThat(settlement.attempts()).hasSize(1);
        assertThat(site.second.waiting()).isZero();
    }
}
