package io.tollbook.query.statistics;

import static io.tollbook.query.TestSystem.ask;
import static io.tollbook.query.TestSystem.publish;
import static io.tollbook.query.TestSystem.publishAt;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tollbook.kernel.Page;
import io.tollbook.kernel.Paging;
import io.tollbook.kernel.Refused;
import io.tollbook.kernel.account.Attempt;
import io.tollbook.kernel.account.AttemptCost;
import io.tollbook.kernel.account.AttemptCost.Basis;
import io.tollbook.kernel.account.HoldReleased;
import io.tollbook.kernel.account.Meters;
import io.tollbook.kernel.account.Quota;
import io.tollbook.kernel.account.ReleaseCause;
import io.tollbook.kernel.account.UsageSettled;
import io.tollbook.kernel.channel.ChannelId;
import io.tollbook.kernel.log.LogFilter;
import io.tollbook.kernel.log.LogKind;
import io.tollbook.kernel.log.LogRow;
import io.tollbook.kernel.log.LogRowsBefore;
import io.tollbook.kernel.log.Others;
import io.tollbook.kernel.statistics.Dimension;
import io.tollbook.kernel.statistics.Margin;
import io.tollbook.kernel.statistics.MarginLine;
import io.tollbook.kernel.statistics.MarginOver;
import io.tollbook.kernel.statistics.MarginOver.Order;
import io.tollbook.kernel.token.TokenId;
import io.tollbook.kernel.user.Role;
import io.tollbook.kernel.user.UserId;
import io.tollbook.query.Calls;
import io.tollbook.query.TestSystem;
import io.tollbook.query.World;
import io.tollbook.query.readmodel.ReadModelNames;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Revenue, cost and what is left, told apart by whatever costs are summed by. */
class MarginOverTest {
    private final long ann = TestSystem.number();
    private final long bob = TestSystem.number();
    private final long cheap = TestSystem.number();
    private final long dear = TestSystem.number();
    /** No other test's calls have it. */
    private final String group = "g" + TestSystem.number();
    /** The beginning of a quarter of an hour. */
    private final Instant start = Instant.parse("2029-05-01T12:00:00Z");

    private static AttemptCost cost(long nanoUsd) {
        return new AttemptCost(nanoUsd, 1, Basis.REPORTED);
    }

    private Attempt attempt(long channel, Attempt.Outcome outcome, @Nullable AttemptCost cost) {
        return new Attempt(new ChannelId(channel), "there", outcome, 200, 12, null, cost);
    }

    @BeforeEach
    void sixCalls() {
        publish(
                World.user(ann, "ann" + ann, Role.USER, "default"),
                World.user(bob, "bob" + bob, Role.USER, "default"),
                World.channel(cheap, "cheap", "small"),
                World.channel(dear, "dear", "small"));
        // 100 quota are 200,000 billionths of a dollar.
        settled(0, ann, "small", 100, attempt(cheap, Attempt.Outcome.ANSWERED, cost(150_000)));
        settled(899, ann, "large", 100, attempt(dear, Attempt.Outcome.ANSWERED, cost(260_000)));
        settled(
                900,
                bob,
                "small",
                100,
                attempt(dear, Attempt.Outcome.CUT, cost(7_000)),
                attempt(cheap, Attempt.Outcome.ANSWERED, cost(150_000)));
        settled(901, bob, "small", 40, attempt(cheap, Attempt.Outcome.ANSWERED, null));
        settled(
                902,
                bob,
                "small",
                30,
                attempt(dear, Attempt.Outcome.FAILED, AttemptCost.REFUSED),
                attempt(cheap, Attempt.Outcome.ANSWERED, cost(1_000)));
        failed(903, bob, attempt(dear, Attempt.Outcome.CUT, cost(20_000)));
    }

    private void settled(long second, long user, String model, long charged, Attempt... attempts) {
        UsageSettled like = Calls.settled(user, user, user + "-" + second, charged, charged, 0, Meters.NONE);
        publishAt(
                start.plusSeconds(second),
                Map.of(),
                new UsageSettled(
                        like.account(),
                        like.hold(),
                        like.user(),
                        like.token(),
                        model,
                        group,
                        1,
                        like.meters(),
                        like.provenance(),
                        like.held(),
                        like.charged(),
                        like.burned(),
                        like.overdraft(),
                        like.available(),
                        List.of(attempts),
                        like.timing(),
                        null,
                        null));
    }

    private void failed(long second, long user, Attempt attempt) {
        HoldReleased like = Calls.released(user, user, user + "-" + second, 10, ReleaseCause.UPSTREAM_FAILED, "cut", 0);
        publishAt(
                start.plusSeconds(second),
                Map.of(),
                new HoldReleased(
                        like.account(),
                        like.hold(),
                        like.user(),
                        like.token(),
                        "small",
                        group,
                        like.amount(),
                        like.cause(),
                        like.code(),
                        like.status(),
                        List.of(attempt),
                        like.available(),
                        like.at()));
    }

    private LogFilter all() {
        return new LogFilter(
                LogKind.ALL, null, null, null, null, null, null, null, group, null, null, null, Others.NOTHING);
    }

    private Margin whole(LogFilter filter) {
        return ask(MarginOver.whole(filter)).items().stream()
                .findFirst()
                .map(MarginLine::margin)
                .orElse(Margin.NONE);
    }

    private static Margin margin(long calls, long quota, long cost, long unknownCalls, long unknownQuota) {
        return new Margin(calls, Quota.of(quota), cost, unknownCalls, Quota.of(unknownQuota));
    }

    private Page<MarginLine> by(Dimension dimension, Order order, boolean descending, Paging paging) {
        return ask(new MarginOver(all(), Set.of(dimension), order, descending, paging));
    }

    @Test
    void allTogether() {
        Margin all = whole(all());
        assertThat(all).isEqualTo(margin(5, 370, 588_000, 1, 40));
        assertThat(all.nanoUsd()).isEqualTo(330 * 2_000 - 588_000);
        assertThat(all.percent()).isEqualTo(new BigDecimal("10.9"));
    }

    @Test
    void aChargeStandsAtTheChannelThatAnsweredAndACostWhereItWasTaken() {
        assertThat(by(Dimension.CHANNEL, Order.COST, true, Paging.first(10)).items())
                .extracting(line -> line.part().channelName() + " " + line.margin())
                .containsExactly("cheap " + margin(4, 270, 301_000, 1, 40), "dear " + margin(1, 100, 287_000, 0, 0));
    }

    @Test
    void partsAddUpToTheWhole() {
        for (Dimension dimension : List.of(Dimension.USER, Dimension.MODEL, Dimension.GROUP, Dimension.CHANNEL)) {
            long left = by(dimension, Order.NAME, false, Paging.first(100)).items().stream()
                    .mapToLong(line -> line.margin().nanoUsd())
                    .sum();
            assertThat(left).as("%s", dimension).isEqualTo(whole(all()).nanoUsd());
        }
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
            # order, descending, first
            MARGIN,  true,       bob
            MARGIN,  false,      ann
            REVENUE, true,       ann
            UNKNOWN, true,       bob
            CALLS,   true,       bob
            COST,    true,       ann
            PERCENT, true,       bob
            NAME,    false,      ann
            NAME,    true,       bob
            """)
    void anyFigureOrdersAndPagesDoNotOverlap(Order order, boolean descending, String first) {
        List<String> names = new ArrayList<>();
        for (int offset = 0; offset < 2; offset++) {
            Page<MarginLine> page = by(Dimension.USER, order, descending, new Paging(offset, 1));
            assertThat(page.total()).isEqualTo(2);
            names.add(page.items().getFirst().part().username().substring(0, 3));
        }

        assertThat(names).hasSize(2).doesNotHaveDuplicates().first().isEqualTo(first);
    }

    @Test
    void aRangeIsOfWholeQuarters() {
        assertThat(whole(all().between(start, start.plusSeconds(899))).calls()).isEqualTo(2);
        assertThat(whole(all().between(start.plusSeconds(899), start.plusSeconds(899)))
                        .calls())
                .isEqualTo(2);
        assertThat(whole(all().between(start, start.plusSeconds(900))).calls()).isEqualTo(5);
        assertThat(whole(all().between(start.plusSeconds(900), null)).calls()).isEqualTo(3);
        assertThat(whole(all().between(null, start.minusSeconds(1)))).isEqualTo(Margin.NONE);
    }

    @Test
    void whatNarrowsTheLogNarrowsIt() {
        assertThat(whole(all().ofUser(new UserId(ann)))).isEqualTo(margin(2, 200, 410_000, 0, 0));
        assertThat(ask(MarginOver.whole(new LogFilter(
                                LogKind.ALL,
                                null,
                                null,
                                null,
                                "lar%",
                                null,
                                null,
                                null,
                                group,
                                null,
                                null,
                                null,
                                Others.NOTHING)))
                        .items())
                .extracting(line -> line.margin().costNanoUsd())
                .containsExactly(260_000L);
    }

    @Test
    void aRebuildGivesTheSameSums() {
        Margin before = whole(all());
        TestSystem.rebuild(ReadModelNames.STATISTICS);
        assertThat(whole(all())).isEqualTo(before);
    }

    @Test
    void keysAreNotToldApart() {
        assertThatThrownBy(() -> MarginOver.whole(all().ofToken(new TokenId(1))))
                .isInstanceOf(Refused.class)
                .hasMessageContaining("key");
        assertThatThrownBy(() -> new MarginOver(all(), Set.of(Dimension.TOKEN), Order.NAME, false, Paging.first(1)))
                .isInstanceOf(Refused.class);
    }

    @Test
    void theLogTellsCostsToThoseWhoSeeEverybodyAndToNobodyElse() {
        List<LogRow> everybodys = ask(new LogRowsBefore(all(), Long.MAX_VALUE, 10));
        assertThat(everybodys)
                .flatExtracting(LogRow::attempts)
                .extracting(Attempt::cost)
                .contains(cost(150_000), cost(7_000), AttemptCost.REFUSED);
        assertThat(ask(new LogRowsBefore(all().ofUser(new UserId(ann)), Long.MAX_VALUE, 10)))
                .hasSize(2)
                .flatExtracting(LogRow::attempts)
                .extracting(Attempt::cost)
                .containsOnlyNulls();
    }
}
