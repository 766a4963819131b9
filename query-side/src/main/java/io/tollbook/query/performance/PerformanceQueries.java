package io.tollbook.query.performance;

import static io.tollbook.query.schema.Tables.CHANNEL;
import static io.tollbook.query.schema.Tables.PERFORMANCE;

import io.tollbook.kernel.channel.ChannelId;
import io.tollbook.kernel.performance.AttemptResult;
import io.tollbook.kernel.performance.CallFigures;
import io.tollbook.kernel.performance.CallPerformance;
import io.tollbook.kernel.performance.CallPerformanceOver;
import io.tollbook.kernel.performance.CallPerformanceOver.By;
import io.tollbook.kernel.performance.DurationBuckets;
import io.tollbook.kernel.performance.Durations;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.axonframework.queryhandling.QueryHandler;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.impl.DSL;
import org.springframework.stereotype.Component;

/** Adds up how calls went. */
@Component
class PerformanceQueries {
    private static final Field<BigDecimal> COUNTED = DSL.sum(PERFORMANCE.COUNTED);

    private final DSLContext views;

    PerformanceQueries(DSLContext views) {
        this.views = views;
    }

    private record Part(Instant start, long channel, String model) {
        static final Comparator<Part> ORDER =
                Comparator.comparing(Part::start).thenComparing(Part::channel).thenComparing(Part::model);
    }

    @QueryHandler
    List<CallPerformance> handle(CallPerformanceOver query) {
        Field<Instant> start = query.by().contains(By.PERIOD) ? PERFORMANCE.START : DSL.inline((Instant) null);
        Field<Long> channel = query.by().contains(By.CHANNEL) ? PERFORMANCE.CHANNEL : DSL.inline(0L);
        Field<String> model = query.by().contains(By.MODEL) ? PERFORMANCE.MODEL : DSL.inline("");
        Map<Part, Sum> parts = new TreeMap<>(Part.ORDER);
        views.select(start, channel, model, PERFORMANCE.MEASURE, PERFORMANCE.BUCKET, COUNTED)
                .from(PERFORMANCE)
                .where(condition(query))
                .groupBy(grouped(query))
                .forEach(row -> parts.computeIfAbsent(
                                new Part(
                                        row.value1() == null ? query.first() : row.value1(),
                                        row.value2(),
                                        row.value3()),
                                part -> new Sum())
                        .add(
                                Measure.numbered(row.value4()),
                                row.value5(),
                                row.value6().longValueExact()));
        Map<Long, String> names = names(
                parts.keySet().stream().map(Part::channel).filter(id -> id != 0).collect(Collectors.toSet()));
        return parts.entrySet().stream()
                .map(entry -> new CallPerformance(
                        entry.getKey().start(),
                        entry.getKey().channel(),
                        names.getOrDefault(entry.getKey().channel(), ""),
                        entry.getKey().model(),
                        entry.getValue().figures()))
                .toList();
    }

    private static Condition condition(CallPerformanceOver query) {
        Condition condition = PERFORMANCE
                .HOURS
                .eq((short) query.hours())
                .and(PERFORMANCE.START.ge(query.first()))
                .and(PERFORMANCE.START.lt(query.to()));
        if (query.channel() != null)
            condition = condition.and(PERFORMANCE.CHANNEL.eq(query.channel().value()));
        if (query.model() != null) condition = condition.and(PERFORMANCE.MODEL.eq(query.model()));
        return condition;
    }

    private static List<Field<?>> grouped(CallPerformanceOver query) {
        List<Field<?>> fields = new ArrayList<>(List.of(PERFORMANCE.MEASURE, PERFORMANCE.BUCKET));
        if (query.by().contains(By.PERIOD)) fields.add(PERFORMANCE.START);
        if (query.by().contains(By.CHANNEL)) fields.add(PERFORMANCE.CHANNEL);
        if (query.by().contains(By.MODEL)) fields.add(PERFORMANCE.MODEL);
        return fields;
    }

    private Map<Long, String> names(Set<Long> channels) {
        return channels.isEmpty()
                ? Map.of()
                : views.select(CHANNEL.ID, CHANNEL.NAME)
                        .from(CHANNEL)
                        .where(CHANNEL.ID.in(
                                channels.stream().map(ChannelId::new).toList()))
                        .fetchMap(row -> row.value1().value(), row -> row.value2());
    }

    private static final class Sum {
        private final long[] responseTimes = new long[DurationBuckets.COUNT];
        private final long[] firstBytes = new long[DurationBuckets.COUNT];
        private final Map<AttemptResult, Long> attempts = new EnumMap<>(AttemptResult.class);
        private long failedCalls;
        private long outputTokens;
        private long generationMillis;

        void add(Measure measure, int bucket, long amount) {
            switch (measure) {
                case RESPONSE_TIME -> responseTimes[bucket] += amount;
                case FIRST_BYTE -> firstBytes[bucket] += amount;
                case ATTEMPTS -> attempts.merge(AttemptResult.numbered(bucket), amount, Long::sum);
                case FAILED_CALLS -> failedCalls += amount;
                case OUTPUT_TOKENS -> outputTokens += amount;
                case GENERATION_MILLIS -> generationMillis += amount;
            }
        }

        CallFigures figures() {
            return new CallFigures(
                    failedCalls,
                    attempts,
                    new Durations(responseTimes),
                    new Durations(firstBytes),
                    outputTokens,
                    generationMillis);
        }
    }
}
