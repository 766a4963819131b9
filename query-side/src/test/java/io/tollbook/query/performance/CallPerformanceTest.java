package io.tollbook.query.performance;

import static io.tollbook.query.TestSystem.ask;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tollbook.kernel.Refused;
import io.tollbook.kernel.account.Attempt;
import io.tollbook.kernel.account.CallTiming;
import io.tollbook.kernel.account.HoldReleased;
import io.tollbook.kernel.account.Meter;
import io.tollbook.kernel.account.Meters;
import io.tollbook.kernel.account.ReleaseCause;
import io.tollbook.kernel.account.UsageSettled;
import io.tollbook.kernel.channel.ChannelId;
import io.tollbook.kernel.performance.AttemptResult;
import io.tollbook.kernel.performance.CallFigures;
import io.tollbook.kernel.performance.CallPerformance;
import io.tollbook.kernel.performance.CallPerformanceOver;
import io.tollbook.kernel.performance.CallPerformanceOver.By;
import io.tollbook.kernel.performance.DurationBuckets;
import io.tollbook.kernel.performance.Durations;
import io.tollbook.query.Calls;
import io.tollbook.query.TestSystem;
import io.tollbook.query.World;
import io.tollbook.query.readmodel.ReadModelNames;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.function.Predicate;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.eventhandling.GenericEventMessage;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.axonframework.messaging.MetaData;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What the read model says of random calls is what can be counted from them one by one. */
class CallPerformanceTest {
    private static final long SEED = new Random().nextLong();
    private static final long CHANNEL = TestSystem.number();
    private static final long OTHER = TestSystem.number();
    private static final String MODEL = "m" + CHANNEL;
    private static final Instant FROM = Instant.parse("2027-08-01T00:00:00Z");
    private static final Instant TO = Instant.parse("2027-08-20T00:00:00Z");

    /** A call as the test knows it. */
    private record Call(Instant at, long channel, String model, CallFigures figures) {}

    private static final List<Call> calls = new ArrayList<>();

    @BeforeAll
    static void calls() {
        Random random = new Random(SEED);
        TestSystem.publish(
                World.channel(CHANNEL, "main", MODEL, MODEL + "-b"),
                World.channel(OTHER, "spare", MODEL, MODEL + "-b"));
        List<EventMessage<?>> events = new ArrayList<>();
        for (int i = 0; i < 400; i++) {
            Instant at =
                    FROM.plusMillis(random.nextLong(Duration.between(FROM, TO).toMillis()));
            events.add(random.nextInt(4) == 0 ? failed(at, random, i) : answered(at, random, i));
        }
        for (Instant edge : List.of(FROM, TO, FROM.plus(Duration.ofHours(6)), FROM.plus(Duration.ofHours(1))))
            for (int millis : new int[] {-1, 0, 1})
                events.add(answered(edge.plusMillis(millis), random, events.size()));
        TestSystem.bean(EventStore.class).publish(events);
        TestSystem.caughtUp();
    }

    private static EventMessage<?> answered(Instant at, Random random, int number) {
        String model = random.nextBoolean() ? MODEL : MODEL + "-b";
        List<Attempt> attempts = attempts(random);
        attempts.add(attempt(random.nextBoolean() ? CHANNEL : OTHER, Attempt.Outcome.ANSWERED, 200));
        boolean stream = random.nextBoolean();
        long total = Math.round(Math.pow(10, random.nextDouble(0, 6.2)));
        long first = random.nextInt(20) == 0 ? -1 : random.nextLong(0, total + 1);
        Meters meters =
                new Meters(Map.of(Meter.INPUT, 7L, Meter.OUTPUT, 1L + random.nextInt(900), Meter.REASONING, 5L));
        UsageSettled like = Calls.settled(CHANNEL, CHANNEL, CHANNEL + "-" + number, 10, 10, 0, meters);
        note(at, model, attempts, 0, total, stream ? first : -1, meters, stream);
        return message(
                at,
                new UsageSettled(
                        like.account(),
                        like.hold(),
                        like.user(),
                        like.token(),
                        model,
                        like.group(),
                        1,
                        meters,
                        like.provenance(),
                        like.held(),
                        like.charged(),
                        like.burned(),
                        like.overdraft(),
                        like.available(),
                        attempts,
                        new CallTiming(at.minusMillis(total), first, total, stream),
                        null,
                        null));
    }

    private static EventMessage<?> failed(Instant at, Random random, int number) {
        ReleaseCause cause = ReleaseCause.values()[random.nextInt(ReleaseCause.values().length)];
        List<Attempt> attempts = attempts(random);
        if (cause == ReleaseCause.UPSTREAM_FAILED)
            attempts.add(attempt(random.nextBoolean() ? CHANNEL : OTHER, Attempt.Outcome.FAILED, 503));
        HoldReleased like = Calls.released(
                CHANNEL,
                CHANNEL,
                CHANNEL + "-" + number,
                10,
                cause,
                cause == ReleaseCause.UPSTREAM_FAILED ? "x" : "",
                0);
        note(at, MODEL, attempts, cause == ReleaseCause.UPSTREAM_FAILED ? 1 : 0, -1, -1, Meters.NONE, false);
        return message(
                at,
                new HoldReleased(
                        like.account(),
                        like.hold(),
                        like.user(),
                        like.token(),
                        MODEL,
                        like.group(),
                        like.amount(),
                        cause,
                        like.code(),
                        like.status(),
                        attempts,
                        like.available(),
                        at));
    }

    private static List<Attempt> attempts(Random random) {
        List<Attempt> attempts = new ArrayList<>();
        int[] statuses = {400, 401, 402, 403, 404, 408, 413, 415, 422, 429, 500, 502, 503, 529};
        for (int i = random.nextInt(3); i > 0; i--) {
            Attempt.Outcome outcome = Attempt.Outcome.values()[random.nextInt(1, Attempt.Outcome.values().length)];
            attempts.add(attempt(
                    random.nextBoolean() ? CHANNEL : OTHER,
                    outcome,
                    outcome == Attempt.Outcome.FAILED ? statuses[random.nextInt(statuses.length)] : 0));
        }
        return attempts;
    }

    private static Attempt attempt(long channel, Attempt.Outcome outcome, int status) {
        return new Attempt(new ChannelId(channel), "upstream", outcome, status, 5);
    }

    private static EventMessage<?> message(Instant at, Object payload) {
        return new GenericEventMessage<>(UUID.randomUUID().toString(), payload, MetaData.emptyInstance(), at);
    }

    private static void note(
            Instant at,
            String model,
            List<Attempt> attempts,
            long failed,
            long total,
            long first,
            Meters meters,
            boolean stream) {
        for (Attempt attempt : attempts)
            calls.add(new Call(
                    at,
                    attempt.channel().value(),
                    model,
                    new CallFigures(0, Map.of(result(attempt), 1L), Durations.NONE, Durations.NONE, 0, 0)));
        long last = attempts.isEmpty() ? 0 : attempts.getLast().channel().value();
        long generation = total < 0 ? 0 : total - (stream ? Math.max(0, first) : 0);
        calls.add(new Call(
                at,
                last,
                model,
                new CallFigures(
                        failed,
                        Map.of(),
                        total < 0 ? Durations.NONE : one(total),
                        first < 0 ? Durations.NONE : one(first),
                        meters.of(Meter.OUTPUT) + meters.of(Meter.REASONING),
                        generation)));
    }

    private static Durations one(long millis) {
        long[] counts = new long[DurationBuckets.COUNT];
        for (int bucket = 0; bucket < counts.length; bucket++)
            if (DurationBuckets.from(bucket) <= millis && millis < DurationBuckets.to(bucket)) counts[bucket]++;
        return new Durations(counts);
    }

    /** Written down once more, and not as the kernel has it. */
    private static AttemptResult result(Attempt attempt) {
        return switch (attempt.outcome()) {
            case FAILED ->
                List.of(400, 413, 415, 422).contains(attempt.status())
                        ? AttemptResult.REQUEST_REFUSED
                        : attempt.status() >= 401 && attempt.status() <= 403
                                ? AttemptResult.KEY_REFUSED
                                : attempt.status() == 429
                                        ? AttemptResult.RATE_LIMITED
                                        : attempt.status() == 408
                                                ? AttemptResult.TIMED_OUT
                                                : AttemptResult.PROVIDER_FAILED;
            default -> AttemptResult.valueOf(attempt.outcome().name());
        };
    }

    private static CallFigures counted(Predicate<Call> which) {
        return calls.stream().filter(which).map(Call::figures).reduce(CallFigures.NONE, CallFigures::plus);
    }

    private static Predicate<Call> within(Instant from, Instant to) {
        return call -> !call.at.isBefore(from) && call.at.isBefore(to);
    }

    private static List<CallPerformance> over(Instant from, Instant to, By... by) {
        return ask(new CallPerformanceOver(from, to, null, null, Set.of(by))).stream()
                .filter(one -> Set.of(by).contains(By.CHANNEL) || Set.of(by).contains(By.MODEL))
                .filter(one -> one.channel() == 0 || one.channel() == CHANNEL || one.channel() == OTHER)
                .filter(one -> one.model().isEmpty() || one.model().startsWith(MODEL))
                .toList();
    }

    @Test
    void channelsAreTheSumsOfTheirCalls() {
        List<CallPerformance> channels = over(FROM, TO, By.CHANNEL);
        for (long channel : new long[] {CHANNEL, OTHER})
            assertThat(channels)
                    .filteredOn(one -> one.channel() == channel)
                    .as("seed %s", SEED)
                    .singleElement()
                    .satisfies(one -> {
                        assertThat(one.channelName()).isEqualTo(channel == CHANNEL ? "main" : "spare");
                        assertThat(one.figures())
                                .isEqualTo(counted(within(FROM, TO).and(call -> call.channel == channel)));
                    });
    }

    @Test
    void modelsOfAChannelAreTheSumsOfTheirCalls() {
        for (String model : List.of(MODEL, MODEL + "-b"))
            assertThat(ask(new CallPerformanceOver(FROM, TO, new ChannelId(CHANNEL), model, Set.of())))
                    .as("seed %s", SEED)
                    .singleElement()
                    .extracting(CallPerformance::figures)
                    .isEqualTo(counted(within(FROM, TO)
                            .and(call -> call.channel == CHANNEL)
                            .and(call -> call.model.equals(model))));
    }

    /** Long ranges are read from other rows than short ones. */
    @ParameterizedTest
    @CsvSource({"1, 1", "8, 1", "9, 6", "19, 6"})
    void periodsAreTheSumsOfTheirCalls(int days, int hours) {
        Instant to = FROM.plus(Duration.ofDays(days));
        List<CallPerformance> periods = over(FROM, to, By.PERIOD, By.MODEL);
        assertThat(periods).isSortedAccordingTo(Comparator.comparing(CallPerformance::start));
        for (CallPerformance one : periods) {
            Instant end = one.start().plus(Duration.ofHours(hours));
            assertThat(one.figures())
                    .as("%s of %s, seed %s", one.model(), one.start(), SEED)
                    .isEqualTo(counted(within(one.start(), end).and(call -> call.model.equals(one.model()))));
        }
        assertThat(periods.stream().map(CallPerformance::figures).reduce(CallFigures.NONE, CallFigures::plus))
                .isEqualTo(counted(within(FROM, to)));
    }

    @Test
    void aRangeWithinAnHourIsThatHour() {
        Instant within = FROM.plus(Duration.ofMinutes(59));
        assertThat(over(within, within.plusSeconds(30), By.MODEL).stream()
                        .map(CallPerformance::figures)
                        .reduce(CallFigures.NONE, CallFigures::plus))
                .isEqualTo(counted(within(FROM, FROM.plus(Duration.ofHours(1)))));
    }

    @Test
    void aRebuildGivesTheSameFigures() {
        List<String> before = TestSystem.contents().get("performance");
        assertThat(before).isNotEmpty();
        TestSystem.rebuild(ReadModelNames.PERFORMANCE);
        assertThat(TestSystem.contents().get("performance")).isEqualTo(before);
    }

    @Test
    void aRangeThatIsNoneIsRefused() {
        assertThatThrownBy(() -> new CallPerformanceOver(TO, TO, null, null, Set.of()))
                .isInstanceOf(Refused.class);
        assertThatThrownBy(() -> new CallPerformanceOver(
                        FROM, FROM.plus(Duration.ofDays(400)).plusMillis(1), null, null, Set.of()))
                .isInstanceOf(Refused.class);
        new CallPerformanceOver(FROM, FROM.plus(Duration.ofDays(400)), null, null, Set.of());
    }

    private static JsonNode get(String path, String actor) {
        return JsonMapper.shared().readTree(TestSystem.get(path, actor).body());
    }

    @Test
    void theSameFiguresByTheApi() {
        String range = "start_timestamp=" + FROM.getEpochSecond() + "&end_timestamp=" + TO.getEpochSecond();
        JsonNode data = get(
                        "/api/performance/calls?by=&channel=" + CHANNEL + "&model_name=" + MODEL + "&" + range,
                        "ADMIN 1")
                .path("data");
        CallFigures expected =
                counted(within(FROM, TO).and(call -> call.channel == CHANNEL).and(call -> call.model.equals(MODEL)));
        assertThat(data.size()).isEqualTo(1);
        assertThat(data.get(0).path("request_count").longValue()).isEqualTo(expected.calls());
        assertThat(data.get(0).path("attempts").path("rate_limited").longValue())
                .isEqualTo(expected.attempts(AttemptResult.RATE_LIMITED));
        assertThat(data.get(0).path("latency_ms").path("p95").longValue())
                .isEqualTo(expected.responseTimes().percentile(95).orElseThrow());
    }

    @ParameterizedTest
    @CsvSource({"/api/performance/calls", "/api/performance/slowest"})
    void isForAdministratorsAndAuditors(String path) {
        assertThat(get(path, "USER 1").path("success").booleanValue()).isFalse();
        assertThat(TestSystem.get(path, "").statusCode()).isEqualTo(401);
        assertThat(get(path, "ADMIN 1").path("success").booleanValue()).isTrue();
        assertThat(get(path, "AUDITOR 1").path("success").booleanValue()).isTrue();
    }

    @ParameterizedTest
    @CsvSource({"by=day", "start_timestamp=-1", "start_timestamp=20&end_timestamp=20"})
    void badWordsAreRefused(String query) {
        assertThat(get("/api/performance/calls?" + query, "ADMIN 1")
                        .path("success")
                        .booleanValue())
                .isFalse();
    }

    @ParameterizedTest
    @EnumSource
    void everyMeasureIsKnownByItsNumber(Measure measure) {
        assertThat(Measure.numbered(measure.number)).isEqualTo(measure);
    }
}
