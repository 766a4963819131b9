package io.tollbook.relay;

import static org.assertj.core.api.Assertions.assertThat;

import io.tollbook.kernel.account.Attempt;
import io.tollbook.kernel.account.AttemptCost;
import io.tollbook.kernel.account.AttemptCost.Basis;
import io.tollbook.kernel.account.Quota;
import io.tollbook.kernel.account.SettleUsage;
import io.tollbook.kernel.pricing.BuyPrice;
import io.tollbook.kernel.pricing.BuyScope;
import io.tollbook.kernel.pricing.BuyScope.Kind;
import io.tollbook.kernel.pricing.ModelPrice;
import io.tollbook.kernel.settings.Option;
import io.tollbook.kernel.token.TokenTerms;
import io.tollbook.kernel.user.UserStatus;
import java.math.BigDecimal;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Every attempt says what it cost; the customer pays the same whatever that is. */
class AttemptCostTest {
    @RegisterExtension
    private static final RelaySite site = new RelaySite();

    private static final BuyScope FIRST = new BuyScope(Kind.CHANNEL, "1");

    /** Of 25 quota at 2,000 billionths of a dollar. */
    private static final BuyPrice PART = BuyPrice.of(BuyScope.ALL, "*", new BigDecimal("0.6"));

    private static SettleUsage settledAtTheUsualCharge() {
        SettleUsage settlement = site.settled();
        assertThat(settlement.charge()).isEqualTo(Quota.of(25));
        return settlement;
    }

    @Test
    void whatIsReportedCostsAPartOfTheSellPrice() throws Exception {
        site.directory.buysAt(PART);
        site.first.answers(200, RelaySite.WHOLE);
        site.answer(RelaySite.ask(""));

        assertThat(settledAtTheUsualCharge().attempts())
                .extracting(Attempt::cost)
                .containsExactly(new AttemptCost(30_000, 3, Basis.REPORTED));
    }

    @Test
    void aGroupsRatioIsNoConcernOfTheProvider() throws Exception {
        site.directory.buysAt(PART);
        site.directory.channel(1, site.first.baseUrl(), "cheap", "gpt");
        site.set(Option.USER_USABLE_GROUPS, "{\"default\":\"\",\"cheap\":\"\"}");
        site.directory.key(
                RelaySite.KEY,
                new TokenTerms("key", null, null, false, List.of(), List.of(), "cheap", false),
                UserStatus.ENABLED);
        site.directory.changed();
        site.first.answers(200, RelaySite.WHOLE);
        site.answer(RelaySite.ask(""));

        SettleUsage settlement = site.settled();
        assertThat(settlement.charge()).isEqualTo(Quota.of(13));
        assertThat(settlement.attempts())
                .extracting(Attempt::cost)
                .containsExactly(new AttemptCost(30_000, 3, Basis.REPORTED));
    }

    @Test
    void aPriceOfTheChannelsOwnWinsAndIsNamedAsTheProviderDoes() throws Exception {
        site.directory.channel(1, site.first.baseUrl(), 10, Map.of("gpt", "theirs"));
        site.directory.buysAt(
                PART, BuyPrice.at(FIRST, "theirs", ModelPrice.perToken(new BigDecimal("0.1"), BigDecimal.ONE)));
        site.first.answers(200, RelaySite.WHOLE);
        site.answer(RelaySite.ask(""));

        assertThat(settledAtTheUsualCharge().attempts())
                .extracting(Attempt::cost)
                .containsExactly(new AttemptCost(3_600, 3, Basis.REPORTED));
    }

    @Test
    void whatNobodySaidThePriceOfIsUnknown() throws Exception {
        site.directory.buysAt(BuyPrice.of(new BuyScope(Kind.CHANNEL, "2"), "*", BigDecimal.ONE));
        site.first.answers(200, RelaySite.WHOLE);
        site.answer(RelaySite.ask(""));

        assertThat(settledAtTheUsualCharge().attempts())
                .extracting(Attempt::cost)
                .containsExactly((AttemptCost) null);
    }

    @Test
    void aRefusalCostsNothingAlsoWhereThereIsNoPrice() throws Exception {
        site.first.answers(500, "{\"error\":{\"message\":\"no\"}}");
        site.second.answers(200, RelaySite.WHOLE);
        site.answer(RelaySite.ask(""));

        assertThat(settledAtTheUsualCharge().attempts())
                .extracting(Attempt::cost)
                .containsExactly(AttemptCost.REFUSED, null);
    }

    @Test
    void aRefusalThatReportsUsageCostsThat() throws Exception {
        site.directory.buysAt(PART);
        site.first.answers(
                500,
                "{\"error\":{\"message\":\"no\"},\"usage\":{\"prompt_tokens\":11,\"completion_tokens\":0,\"total_tokens\":11}}");
        site.second.answers(200, RelaySite.WHOLE);
        site.answer(RelaySite.ask(""));

        assertThat(settledAtTheUsualCharge().attempts())
                .extracting(Attempt::cost)
                .containsExactly(
                        new AttemptCost(13_200, 3, Basis.REPORTED), new AttemptCost(30_000, 3, Basis.REPORTED));
    }

    @Test
    void whatNeverReachedAProviderCostsNothing() throws Exception {
        site.directory.buysAt(PART);
        try (ServerSocket closed = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            site.directory.channel(1, "http://127.0.0.1:" + closed.getLocalPort(), 10, Map.of());
        }
        site.directory.changed();
        site.second.answers(200, RelaySite.WHOLE);
        site.answer(RelaySite.ask(""));

        assertThat(settledAtTheUsualCharge().attempts())
                .extracting(Attempt::cost)
                .containsExactly(AttemptCost.NOT_SENT, new AttemptCost(30_000, 3, Basis.REPORTED));
    }

    @Test
    void aCutStreamCostsWhatWasCountedOfIt() throws Exception {
        site.directory.buysAt(PART);
        site.first.answers(asked -> {
            asked.streamHead();
            asked.chunk(RelaySite.HELLO + "data: {\"choi");
        });
        site.answer(RelaySite.askStream());

        SettleUsage settlement = site.settled();
        AttemptCost cost = settlement.attempts().getFirst().cost();
        // The estimate that is charged, each quota of it at six tenths.
        assertThat(cost).isEqualTo(new AttemptCost(settlement.charge().units() * 1_200, 3, Basis.ESTIMATED));
        assertThat(settlement.charge().isPositive()).isTrue();
    }

    @Test
    void aCutBeforeAnythingCameCostsThePromptThoughNobodyPays() throws Exception {
        site.directory.buysAt(PART);
        site.first.answers(asked -> {
            asked.streamHead();
            asked.chunk(": processing\n\n");
        });
        site.answer(RelaySite.askStream());

        AttemptCost cost = site.released().attempts().getFirst().cost();
        assertThat(cost).isNotNull();
        assertThat(cost.basis()).isEqualTo(Basis.ESTIMATED);
        assertThat(cost.nanoUsd()).isPositive();
    }
}
