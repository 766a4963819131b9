package io.tollbook.query.log;

import static io.tollbook.query.Calls.released;
import static io.tollbook.query.Calls.settled;
import static io.tollbook.query.TestSystem.ask;
import static io.tollbook.query.TestSystem.publish;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tollbook.kernel.Page;
import io.tollbook.kernel.Paging;
import io.tollbook.kernel.Refusal;
import io.tollbook.kernel.Refused;
import io.tollbook.kernel.access.CallRefused;
import io.tollbook.kernel.access.CommandRefused;
import io.tollbook.kernel.account.AccountId;
import io.tollbook.kernel.account.Attempt;
import io.tollbook.kernel.account.LotClass;
import io.tollbook.kernel.account.LotId;
import io.tollbook.kernel.account.Meter;
import io.tollbook.kernel.account.Meters;
import io.tollbook.kernel.account.Quota;
import io.tollbook.kernel.account.QuotaGranted;
import io.tollbook.kernel.account.ReleaseCause;
import io.tollbook.kernel.channel.ChannelId;
import io.tollbook.kernel.log.LogFilter;
import io.tollbook.kernel.log.LogKind;
import io.tollbook.kernel.log.LogOperation;
import io.tollbook.kernel.log.LogOperations;
import io.tollbook.kernel.log.LogRow;
import io.tollbook.kernel.log.LogStatistics;
import io.tollbook.kernel.log.LogStatisticsOf;
import io.tollbook.kernel.log.UsageLog;
import io.tollbook.kernel.statistics.Dimension;
import io.tollbook.kernel.statistics.UsageOver;
import io.tollbook.kernel.user.Role;
import io.tollbook.kernel.user.SignedIn;
import io.tollbook.kernel.user.UserDisabled;
import io.tollbook.kernel.user.UserId;
import io.tollbook.query.TestSystem;
import io.tollbook.query.World;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class UsageLogTest {
    private final long id = TestSystem.number();
    private final long token = TestSystem.number();
    private final UserId user = new UserId(id);

    private List<LogRow> rows() {
        return rows(LogFilter.of(user));
    }

    private static List<LogRow> rows(LogFilter filter) {
        return ask(new UsageLog(filter, Paging.first(100))).items();
    }

    private LogFilter range(@Nullable Instant from, @Nullable Instant to) {
        return LogFilter.of(user).between(from, to);
    }

    private LogFilter model(String model) {
        return LogFilter.of(user).ofModel(model);
    }

    private LogFilter named(@Nullable String tokenName, @Nullable String username) {
        return LogFilter.of(null).ofKind(LogKind.CONSUME).ofTokenName(tokenName).ofUsername(username);
    }

    @Test
    void aChargedCallIsOneRowWithAllItsFigures() {
        publish(
                World.user(id, "log" + id, Role.USER, "default"),
                World.token(token, id, World.terms("key" + id, null)));
        publish(settled(id, token, id + "-1", 12_000, 9_340, 660));
        LogRow row = rows().getFirst();
        assertThat(row.kind()).isEqualTo(LogKind.CONSUME);
        assertThat(row.username()).isEqualTo("log" + id);
        assertThat(row.tokenName()).isEqualTo("key" + id);
        assertThat(row.quota()).isEqualTo(Quota.of(9_340));
        assertThat(row.meters()).isEqualTo(new Meters(Map.of(Meter.INPUT, 12L, Meter.OUTPUT, 30L)));
        assertThat(row.attempts())
                .containsExactly(new Attempt(new ChannelId(3), "gpt-4o-mini-2024", Attempt.Outcome.ANSWERED, 200, 812));
        assertThat(row.provenance()).isEqualTo("REPORTED");
        assertThat(row.firstByteMillis()).isEqualTo(105);
        assertThat(row.totalMillis()).isEqualTo(830);
        assertThat(row.stream()).isTrue();
        assertThat(row.request()).isEqualTo(id + "-1");
        assertThat(row.upstreamRequest()).isEqualTo("chatcmpl-abcdefghij");
    }

    @Test
    void aCallWithoutAKeyIsOneOfThePlayground() {
        publish(
                World.user(id, "log" + id, Role.USER, "default"),
                World.token(token, id, World.terms("key" + id, null)));
        publish(
                settled(id, 0, id + "-1", 12_000, 9_340, 660),
                settled(id, token, id + "-2", 600, 60, 600),
                new SignedIn(user, "password", Instant.now()));
        assertThat(rows()).extracting(LogRow::tokenName).containsExactly("", "key" + id, "Playground", "");
        String username = "log" + id;
        assertThat(rows(named("Playground", username)))
                .extracting(LogRow::request)
                .containsExactly(id + "-1");
        assertThat(rows(named("Play%", username))).extracting(LogRow::request).containsExactly(id + "-1");
        assertThat(rows(named("key%", username))).extracting(LogRow::request).containsExactly(id + "-2");
        assertThat(rows(LogFilter.of(user).ofTokenName("%ground")))
                .extracting(LogRow::request)
                .containsExactly(id + "-1");
        assertThat(ask(new LogStatisticsOf(named("Playground", username))).quota())
                .isEqualTo(Quota.of(9_340));
        assertThat(ask(UsageOver.whole(LogFilter.of(user), Set.of(Dimension.TOKEN))))
                .extracting(
                        one -> one.part().tokenName() + " " + one.used().quota().units())
                .containsExactlyInAnyOrder("Playground 9340", "key" + id + " 60");
        assertThat(ask(UsageOver.whole(LogFilter.of(user), Set.of())))
                .extracting(
                        one -> one.part().tokenName() + " " + one.used().quota().units())
                .containsExactly(" 9400");
    }

    @Test
    void rowsAreNewestFirstInPagesThatDoNotOverlap() {
        for (int i = 0; i < 5; i++) publish(settled(id, token, id + "-" + i, 10, 1, 0));
        Page<LogRow> second = ask(new UsageLog(LogFilter.of(user), new Paging(2, 2)));
        assertThat(second.total()).isEqualTo(5);
        assertThat(second.items()).extracting(LogRow::request).containsExactly(id + "-2", id + "-1");
    }

    @Test
    void failedAndRefusedCallsAreErrors() {
        publish(released(id, token, id + "-1", 10, ReleaseCause.UPSTREAM_FAILED, "bad_gateway", 10));
        publish(released(id, token, id + "-2", 10, ReleaseCause.NOT_SENT, "", 10));
        publish(new CallRefused(
                id + "-3", id, token, "gpt-4o", "default", Refusal.INSUFFICIENT_QUOTA, 403, 7, Instant.now()));
        assertThat(rows()).extracting(LogRow::kind).containsExactly(LogKind.ERROR, LogKind.ERROR);
        assertThat(rows())
                .extracting(LogRow::content)
                .containsExactly(
                        "INSUFFICIENT_QUOTA (403): " + Refusal.INSUFFICIENT_QUOTA.message() + " 7 times.",
                        "bad_gateway (502)");
    }

    @Test
    void aRefusalOfNobodyIsKnownToAdministratorsOnly() {
        String request = "nobody-" + id;
        publish(new CallRefused(request, 0, 0, "gpt-4o", "", Refusal.KEY_INVALID, 401, 1, Instant.now()));
        LogFilter filter = LogFilter.of(null).ofKind(LogKind.ERROR).ofRequest(request);
        assertThat(rows(filter)).hasSize(1);
        assertThat(rows()).isEmpty();
    }

    @Test
    void actsOnAUserStandInTheirLogWithTheirDoer() {
        long root = TestSystem.number();
        publish(World.user(root, "root" + root, Role.ROOT, "default"));
        Map<String, String> byRoot =
                Map.of("actor", Long.toString(root), "role", "ROOT", "authentication", "session", "kind", "ROOT");
        publish(byRoot, new UserDisabled(user));
        publish(
                byRoot,
                new QuotaGranted(
                        new AccountId(id),
                        new LotId("adjust"),
                        LotClass.COMPENSATION,
                        Quota.of(500),
                        Quota.ZERO,
                        0,
                        null,
                        "adjustment",
                        Quota.of(500),
                        World.BORN));
        assertThat(rows()).extracting(LogRow::kind).containsExactly(LogKind.MANAGE, LogKind.MANAGE);
        LogRow disabled = rows().getLast();
        assertThat(disabled.content()).isEqualTo("User disabled");
        assertThat(ask(new LogOperations(List.of(disabled.position()))))
                .containsEntry(
                        disabled.position(),
                        new LogOperation(
                                "user.manage",
                                "{\"action\":\"disable\",\"id\":" + id + "}",
                                root,
                                "root" + root,
                                100,
                                "session"));
    }

    @Test
    void signInsAndRefusedCommandsAreTold() {
        publish(new SignedIn(user, "password", Instant.now()));
        publish(new CommandRefused("ChangeRole", id, Refusal.NOT_PERMITTED, Instant.now()));
        assertThat(rows()).extracting(LogRow::kind).containsExactly(LogKind.MANAGE, LogKind.SIGN_IN);
        assertThat(ask(new LogOperations(List.of(rows().getFirst().position()))).values())
                .extracting(LogOperation::actor)
                .containsExactly(id);
    }

    @Test
    void aRangeIncludesBothEnds() {
        publish(settled(id, token, id + "-1", 10, 1, 0));
        Instant at = rows().getFirst().at();
        assertThat(rows(range(at, at))).hasSize(1);
        assertThat(rows(range(at.plusNanos(1_000), null))).isEmpty();
        assertThat(rows(range(null, at.minusNanos(1_000)))).isEmpty();
        assertThat(rows(range(at.minus(Duration.ofDays(400)), at.plus(Duration.ofDays(400)))))
                .hasSize(1);
        assertThat(rows(range(null, at.minus(Duration.ofDays(2))))).isEmpty();
    }

    @Test
    void textsAreExactUnlessTheyHaveAPercentSign() {
        publish(settled(id, token, id + "-1", 10, 1, 0));
        assertThat(rows(model("gpt-4o-mini"))).hasSize(1);
        assertThat(rows(model("gpt-4o"))).isEmpty();
        assertThat(rows(model("gpt-4o%"))).hasSize(1);
        assertThat(rows(model("%4o-m%"))).hasSize(1);
        assertThat(rows(model("gpt_4o%"))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"%", "%a", "a%%b", "%ab%cd%", "%%"})
    void patternsThatMatchTooMuchAreRefused(String pattern) {
        assertThatThrownBy(() -> rows(model(pattern)))
                .isInstanceOf(Refused.class)
                .hasMessageContaining("at most two %");
    }

    @Test
    void aRequestIsFoundByItsIdWhetherOrNotItsTimeIsInIt() {
        String now = String.format("%011x%016x", System.currentTimeMillis(), id);
        String longAgo = String.format("%011x%016x", 1_600_000_000_000L, id);
        for (String request : List.of(now, longAgo, "other-" + id)) {
            publish(settled(id, token, request, 10, 1, 0));
            assertThat(rows(LogFilter.of(null).ofRequest(request)))
                    .extracting(LogRow::request)
                    .containsExactly(request);
        }
    }

    @Test
    void rowsAreFoundByTheNamesOfKeyAndUser() {
        publish(
                World.user(id, "who" + id, Role.USER, "default"),
                World.token(token, id, World.terms("what" + id, null)));
        publish(settled(id, token, id + "-1", 10, 1, 0));
        assertThat(rows(named("what" + id, null))).hasSize(1);
        assertThat(rows(named(null, "who" + id))).hasSize(1);
        assertThat(rows(named(null, "who" + id + "%"))).hasSize(1);
        assertThat(rows(named("nowhat" + id, null))).isEmpty();
    }

    @Test
    void sumsCountChargesInRangeAndCallsOfTheLastMinute() {
        publish(settled(id, token, id + "-1", 10, 3, 0), settled(id, token, id + "-2", 10, 4, 0));
        publish(released(id, token, id + "-3", 10, ReleaseCause.UPSTREAM_FAILED, "bad_gateway", 10));
        assertThat(ask(new LogStatisticsOf(LogFilter.of(user)))).isEqualTo(new LogStatistics(Quota.of(7), 2, 84));
        LogFilter past = range(null, Instant.now().minus(Duration.ofDays(1)));
        assertThat(ask(new LogStatisticsOf(past))).isEqualTo(new LogStatistics(Quota.ZERO, 2, 84));
    }
}
