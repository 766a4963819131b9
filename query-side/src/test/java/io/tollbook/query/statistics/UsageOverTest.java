package io.tollbook.query.statistics;

import static io.tollbook.query.TestSystem.ask;
import static io.tollbook.query.TestSystem.publish;
import static io.tollbook.query.TestSystem.publishAt;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tollbook.kernel.Refused;
import io.tollbook.kernel.account.Attempt;
import io.tollbook.kernel.account.Meter;
import io.tollbook.kernel.account.Meters;
import io.tollbook.kernel.account.UsageSettled;
import io.tollbook.kernel.channel.ChannelId;
import io.tollbook.kernel.log.LogFilter;
import io.tollbook.kernel.log.LogKind;
import io.tollbook.kernel.log.LogRowsBefore;
import io.tollbook.kernel.log.Others;
import io.tollbook.kernel.statistics.Dimension;
import io.tollbook.kernel.statistics.PeriodUsage;
import io.tollbook.kernel.statistics.Step;
import io.tollbook.kernel.statistics.Usage;
import io.tollbook.kernel.statistics.UsageOver;
import io.tollbook.kernel.user.Role;
import io.tollbook.kernel.user.UserId;
import io.tollbook.query.Calls;
import io.tollbook.query.TestSystem;
import io.tollbook.query.World;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Usage told apart by whatever the log knows of a call, and each figure the sum of the rows that the log lists for it. */
class UsageOverTest {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final long ann = TestSystem.number();
    private final long bob = TestSystem.number();
    private final long key = TestSystem.number();
    private final long other = TestSystem.number();
    private final long channel = TestSystem.number();
    /** Just now, so that where a range cuts a quarter of an hour the log looks for rows among the newest positions. */
    private final Instant now = Instant.now().truncatedTo(ChronoUnit.MILLIS);

    @BeforeEach
    void fiveCalls() {
        publish(
                World.user(ann, "ann" + ann, Role.USER, "default"),
                World.user(bob, "bob" + bob, Role.USER, "default"),
                World.token(key, ann, World.terms("laptop", null)),
                World.token(other, ann, World.terms("laptop", null)),
                World.channel(channel, "main", "small"));
        call(5, ann, key, "small", "default", 10);
        call(4, ann, other, "small", "default", 20);
        call(3, ann, key, "large", "vip", 300);
        call(2, bob, 0, "large", "vip", 4_000);
        call(1, bob, 0, "small", "default", 50_000);
    }

    private void call(int secondsAgo, long user, long token, String model, String group, long charged) {
        Meters meters = new Meters(Map.of(Meter.INPUT, charged, Meter.OUTPUT, 1L));
        UsageSettled like =
                Calls.settled(user, token == 0 ? bob : token, user + "-" + secondsAgo, charged, charged, 0, meters);
        publishAt(
                now.minusSeconds(secondsAgo),
                Map.of(),
                new UsageSettled(
                        like.account(),
                        like.hold(),
                        like.user(),
                        like.token(),
                        model,
                        group,
                        1,
                        meters,
                        like.provenance(),
                        like.held(),
                        like.charged(),
                        like.burned(),
                        like.overdraft(),
                        like.available(),
                        List.of(new Attempt(new ChannelId(channel), model, Attempt.Outcome.ANSWERED, 200, 812)),
                        like.timing(),
                        null,
                        null));
    }

    private LogFilter channel() {
        return LogFilter.of(null).ofChannel(new ChannelId(channel));
    }

    private static Usage total(LogFilter filter) {
        return ask(UsageOver.whole(filter, Set.of())).stream()
                .map(PeriodUsage::used)
                .reduce(Usage.NONE, Usage::plus);
    }

    private static Usage ofRows(LogFilter filter) {
        return ask(new LogRowsBefore(filter.ofKind(LogKind.CONSUME), Long.MAX_VALUE, 100)).stream()
                .map(row ->
                        new Usage(1, row.meters().promptTokens(), row.meters().completionTokens(), row.quota()))
                .reduce(Usage.NONE, Usage::plus);
    }

    @Test
    void whatIsToldApartIsNamed() {
        List<PeriodUsage> flow = ask(UsageOver.whole(channel(), EnumSet.allOf(Dimension.class)));
        assertThat(flow).hasSize(5);
        assertThat(flow).allSatisfy(one -> assertThat(one.part().channelName()).isEqualTo("main"));
        assertThat(flow)
                .filteredOn(one -> one.part().token() == key)
                .allSatisfy(one -> {
                    assertThat(one.part().username()).isEqualTo("ann" + ann);
                    assertThat(one.part().tokenName()).isEqualTo("laptop");
                })
                .hasSize(2);
    }

    @Test
    void whatIsNotToldApartIsTogetherAndUnnamed() {
        List<PeriodUsage> models = ask(UsageOver.whole(channel(), Set.of(Dimension.MODEL)));
        assertThat(models).extracting(one -> one.part().model()).containsExactly("large", "small");
        assertThat(models).extracting(one -> one.used().quota().units()).containsExactly(4_300L, 50_030L);
        assertThat(models).allSatisfy(one -> {
            assertThat(one.part().user()).isZero();
            assertThat(one.part().username()).isEmpty();
            assertThat(one.part().channel()).isZero();
        });
    }

    @Test
    void onlyTheUsersAskedForAreToldApart() {
        assertThat(ask(new UsageOver(channel(), null, ZoneOffset.UTC, Set.of(Dimension.USER), Set.of(new UserId(bob)))))
                .extracting(one -> one.part().user() + " " + one.used().quota().units())
                .containsExactly("0 330", bob + " 54000");
    }

    @Test
    void twoKeysOfOneNameAreTwo() {
        assertThat(ask(UsageOver.whole(LogFilter.of(new UserId(ann)), Set.of(Dimension.TOKEN))))
                .extracting(one -> one.part().token() + " " + one.used().calls())
                .containsExactly(key + " 2", other + " 1");
    }

    /** Every half second in turn is the beginning and the end, most of them within a quarter of an hour. */
    @Test
    void aRangeAndAMomentAgoCountTheRowsUpToThere() {
        for (int from = 6_000; from > 0; from -= 500)
            for (int to = from; to >= 0; to -= 500) {
                LogFilter range = channel().between(now.minusMillis(from), now.minusMillis(to));
                long charged = 0;
                if (5_000 <= from && 5_000 >= to) charged += 10;
                if (4_000 <= from && 4_000 >= to) charged += 20;
                if (3_000 <= from && 3_000 >= to) charged += 300;
                if (2_000 <= from && 2_000 >= to) charged += 4_000;
                if (1_000 <= from && 1_000 >= to) charged += 50_000;
                assertThat(total(range)).as("%s ms to %s ms ago", from, to).isEqualTo(ofRows(range));
                assertThat(total(range).quota().units()).isEqualTo(charged);
            }
        assertThat(total(channel().between(null, now.minusSeconds(2))).quota().units())
                .isEqualTo(4_330);
        assertThat(total(channel().between(null, now.minusSeconds(2).minusNanos(1_000)))
                        .quota()
                        .units())
                .isEqualTo(330);
    }

    @Test
    void theRestIsWhatTheNamedOnesLeave() {
        Map<Others, Long> rests = Map.of(
                new Others(Set.of(ann), Set.of(), Set.of(), Set.of(), Set.of()), 54_000L,
                new Others(Set.of(), Set.of(key), Set.of(), Set.of(), Set.of()), 54_020L,
                new Others(Set.of(), Set.of(), Set.of(channel), Set.of(), Set.of()), 0L,
                new Others(Set.of(), Set.of(), Set.of(), Set.of("small"), Set.of()), 4_300L,
                new Others(Set.of(bob), Set.of(), Set.of(), Set.of(), Set.of("vip")), 30L);
        rests.forEach((named, rest) -> {
            LogFilter filter = channel().without(named);
            assertThat(total(filter).quota().units()).as(named.toString()).isEqualTo(rest);
            assertThat(ofRows(filter)).isEqualTo(total(filter));
        });
    }

    @Test
    void otherKindsOfRowsAreNoUsage() {
        assertThat(total(channel().ofKind(LogKind.ERROR))).isEqualTo(Usage.NONE);
        assertThat(total(channel().ofKind(LogKind.CONSUME)).calls()).isEqualTo(5);
    }

    @Test
    void aRangeWithoutEndsOrUpsideDownIsRefused() {
        assertThatThrownBy(() -> UsageOver.by(Step.DAY, channel().between(now, null), ZoneOffset.UTC, Set.of()))
                .isInstanceOf(Refused.class)
                .hasMessageContaining("a beginning and an end");
        assertThatThrownBy(() -> UsageOver.whole(channel().between(now, now.minusNanos(1)), Set.of()))
                .isInstanceOf(Refused.class);
        assertThat(UsageOver.whole(channel().between(now, now), Set.of()).starts())
                .containsExactly(now);
    }

    @Test
    void aUserOwnsTheirUsageButNotWhichChannelsAnswered() {
        LogFilter own = LogFilter.of(new UserId(ann));
        assertThat(UsageOver.whole(own, Set.of(Dimension.TOKEN)).owner()).isEqualTo(new UserId(ann));
        for (UsageOver more : List.of(
                UsageOver.whole(own, Set.of(Dimension.CHANNEL)),
                UsageOver.whole(own.without(new Others(Set.of(), Set.of(), Set.of(1L), Set.of(), Set.of())), Set.of()),
                UsageOver.whole(channel(), Set.of()),
                UsageOver.whole(LogFilter.of(null), Set.of(Dimension.MODEL))))
            assertThat(more.owner()).isNull();
    }

    private static JsonNode get(String path, String actor) {
        return JSON.readTree(TestSystem.get(path, actor).body());
    }

    @Test
    void theFlowOfTheManagementApiIsOnesOwnOrAnAdministrators() {
        JsonNode own = get("/api/data/flow/self", "USER " + ann).path("data");
        assertThat(own).hasSize(3);
        own.forEach(row -> {
            assertThat(row.path("token_name").stringValue()).isEqualTo("laptop");
            assertThat(row.has("channel_id")).isFalse();
            assertThat(row.has("user_id")).isFalse();
        });
        JsonNode all = get("/api/data/flow?username=bob" + bob, "ADMIN 1").path("data");
        assertThat(all).hasSize(2);
        assertThat(all.get(1).toString())
                .isEqualTo(
                        "{\"user_id\":%d,\"username\":\"bob%d\",\"use_group\":\"vip\",\"channel_id\":%d,\"channel_name\":\"main\",\"model_name\":\"large\",\"token_used\":4001,\"count\":1,\"quota\":4000}"
                                .formatted(bob, bob, channel));
        assertThat(get("/api/data/flow", "USER " + ann).path("success").booleanValue())
                .isFalse();
    }

    @Test
    void ofOnesOwnFlowAMonthCanBeHad() {
        long end = 1_800_000_000L;
        String range = "/api/data/flow/self?start_timestamp=%d&end_timestamp=" + end;
        assertThat(get(range.formatted(end - 31 * 86_400), "USER " + ann)
                        .path("success")
                        .booleanValue())
                .isTrue();
        assertThat(get(range.formatted(end - 31 * 86_400 - 1), "USER " + ann)
                        .path("message")
                        .stringValue())
                .isEqualTo("The range is longer than a month.");
        assertThat(get("/api/data/flow/self?start_timestamp=0", "USER " + ann)
                        .path("success")
                        .booleanValue())
                .isFalse();
    }
}
