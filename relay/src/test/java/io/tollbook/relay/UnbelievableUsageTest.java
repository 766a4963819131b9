package io.tollbook.relay;

import static org.assertj.core.api.Assertions.assertThat;

import io.tollbook.kernel.account.Meter;
import io.tollbook.kernel.account.Provenance;
import io.tollbook.kernel.account.QuarantinedUsage;
import io.tollbook.kernel.account.Quota;
import io.tollbook.kernel.account.SettleUsage;
import io.tollbook.kernel.settings.Option;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Usage that is missing or cannot be is estimated, and costs no more than what was held. */
class UnbelievableUsageTest {
    @RegisterExtension
    private static final RelaySite site = new RelaySite();

    /** The answer's eleven letters are three tokens; the prompt is counted. */
    private static SettleUsage estimated(Provenance provenance) {
        SettleUsage settlement = site.settled();
        assertThat(settlement.provenance()).isEqualTo(provenance);
        assertThat(settlement.meters().of(Meter.OUTPUT)).isEqualTo(3);
        assertThat(settlement.meters().of(Meter.INPUT)).isBetween(1L, 20L);
        assertThat(settlement.charge().units())
                .isEqualTo(settlement.meters().of(Meter.INPUT) + 6)
                .isLessThanOrEqualTo(site.ledger.hold().command().worstCase().units());
        return settlement;
    }

    private static void answerWith(String usage) throws Exception {
        String whole = RelaySite.WHOLE.replaceAll("\"usage\":\\{.*}}$", "\"usage\":" + usage + "}");
        site.first.answers(200, whole);
        assertThat(site.answer(RelaySite.ask("")).body()).isEqualTo(whole);
    }

    private static void streamWith(String usage) throws Exception {
        site.reset();
        String event = "data: {\"choices\":[],\"usage\":" + usage + "}\n\n";
        site.first.answers(asked -> asked.stream(RelaySite.HELLO, event, RelaySite.DONE));
        assertThat(site.answer(RelaySite.askStream()).body())
                .startsWith(RelaySite.HELLO)
                .endsWith(RelaySite.DONE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"null", "{}", "7", "{\"prompt_tokens\":0,\"completion_tokens\":0,\"total_tokens\":0}"})
    void estimatesWhatIsNotReported(String usage) throws Exception {
        answerWith(usage);
        estimated(Provenance.ESTIMATED);
        streamWith(usage);
        estimated(Provenance.ESTIMATED);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"prompt_tokens\":-11,\"completion_tokens\":7}",
                "{\"prompt_tokens\":11,\"completion_tokens\":-7}",
                "{\"prompt_tokens\":11,\"completion_tokens\":1000000001}",
                "{\"prompt_tokens\":11,\"completion_tokens\":99999999999999999999}",
                "{\"prompt_tokens\":11,\"completion_tokens\":1e400}",
                "{\"prompt_tokens\":11,\"completion_tokens\":7.5}",
                "{\"prompt_tokens\":11,\"completion_tokens\":\"7\"}",
                "{\"prompt_tokens\":11,\"completion_tokens\":7,\"prompt_tokens_details\":{\"cached_tokens\":12}}",
                "{\"prompt_tokens\":11,\"completion_tokens\":7,\"completion_tokens_details\":{\"reasoning_tokens\":8}}"
            })
    void keepsWhatCannotBeAndEstimates(String usage) throws Exception {
        double before = site.quarantined();
        answerWith(usage);
        kept(estimated(Provenance.QUARANTINED));
        streamWith(usage);
        kept(estimated(Provenance.QUARANTINED));
        assertThat(site.quarantined()).isEqualTo(before + 2);
    }

    private static void kept(SettleUsage settlement) {
        QuarantinedUsage kept = java.util.Objects.requireNonNull(settlement.quarantined());
        assertThat(kept.fields()).containsKeys("prompt_tokens", "completion_tokens");
    }

    @Test
    void whatCannotBeCostsWhatTheSiteSaysAndNeverMoreThanTheHold() throws Exception {
        String usage = "{\"prompt_tokens\":11,\"completion_tokens\":-7}";
        site.set(Option.IMPOSSIBLE_USAGE, "hold");
        answerWith(usage);
        assertThat(site.settled().charge())
                .isEqualTo(site.ledger.hold().command().worstCase());

        site.reset();
        site.set(Option.IMPOSSIBLE_USAGE, "nothing");
        answerWith(usage);
        assertThat(site.settled().charge()).isEqualTo(Quota.ZERO);
    }

    @Test
    void estimatesWhereNothingIsReported() throws Exception {
        String whole = RelaySite.WHOLE.replaceAll(",\"usage\":\\{.*}}$", "}");
        site.first.answers(200, whole);
        assertThat(site.answer(RelaySite.ask("")).body()).isEqualTo(whole);
        estimated(Provenance.ESTIMATED);

        site.reset();
        site.first.answers(asked -> asked.stream(RelaySite.HELLO, RelaySite.DONE));
        assertThat(site.answer(RelaySite.askStream()).body()).isEqualTo(RelaySite.HELLO + RelaySite.DONE);
        estimated(Provenance.ESTIMATED);
    }

    @Test
    void anEstimateStaysBelowTheLimitThatTheClientSet() throws Exception {
        site.first.answers(asked -> asked.stream(RelaySite.HELLO, RelaySite.DONE));
        site.answer(RelaySite.ask(",\"stream\":true,\"max_tokens\":2"));

        assertThat(site.settled().meters().of(Meter.OUTPUT)).isEqualTo(2);
    }

    @Test
    void cumulativeUsageIsReplacedAndNotAdded() throws Exception {
        site.first.answers(asked -> asked.stream(
                chunk(11, 1),
                chunk(11, 5),
                "data: {\"choices\":[],\"usage\":{\"prompt_tokens\":11,\"completion_tokens\":7}}\n\n"));
        site.answer(RelaySite.askStream());

        assertThat(site.settled().charge().units()).isEqualTo(25);
    }

    private static String chunk(int prompt, int completion) {
        return "data: {\"choices\":[{\"delta\":{\"content\":\"x\"}}],\"usage\":{\"prompt_tokens\":" + prompt
                + ",\"completion_tokens\":" + completion + "}}\n\n";
    }
}
