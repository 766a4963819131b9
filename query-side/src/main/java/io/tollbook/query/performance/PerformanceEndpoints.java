package io.tollbook.query.performance;

import io.tollbook.kernel.Actor;
import io.tollbook.kernel.Messages;
import io.tollbook.kernel.Refused;
import io.tollbook.kernel.api.Envelope;
import io.tollbook.kernel.channel.ChannelId;
import io.tollbook.kernel.performance.AttemptResult;
import io.tollbook.kernel.performance.CallFigures;
import io.tollbook.kernel.performance.CallPerformance;
import io.tollbook.kernel.performance.CallPerformanceOver;
import io.tollbook.kernel.performance.CallPerformanceOver.By;
import io.tollbook.kernel.performance.DurationBuckets;
import io.tollbook.kernel.performance.Durations;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** How calls went, for charts and alarms of others. */
@RestController
class PerformanceEndpoints {
    private static final Duration RANGE = Duration.ofDays(1);
    private static final int RATE_DIGITS = 4;

    private final Messages messages;

    PerformanceEndpoints(Messages messages) {
        this.messages = messages;
    }

    @GetMapping("/api/performance/calls")
    Envelope calls(
            @RequestParam(name = "start_timestamp", required = false) @Nullable Long start,
            @RequestParam(name = "end_timestamp", required = false) @Nullable Long end,
            @RequestParam(required = false) @Nullable Long channel,
            @RequestParam(name = "model_name", required = false) @Nullable String model,
            @RequestParam(defaultValue = "channel") String by,
            Actor actor) {
        actor.signedIn();
        Instant to = end == null ? Instant.now() : moment(end);
        Instant from = start == null ? to.minus(RANGE) : moment(start);
        CallPerformanceOver query = new CallPerformanceOver(
                from,
                to,
                channel == null || channel == 0 ? null : new ChannelId(channel),
                model == null || model.isBlank() ? null : model,
                apart(by));
        return Envelope.of(messages.ask(query, actor).stream()
                .map(one -> shape(one, query))
                .toList());
    }

    private static Set<By> apart(String by) {
        Set<By> apart = EnumSet.noneOf(By.class);
        for (String word : by.split(",", -1)) {
            if (word.isBlank()) continue;
            apart.add(Arrays.stream(By.values())
                    .filter(one -> one.name().toLowerCase(Locale.ROOT).equals(word.strip()))
                    .findFirst()
                    .orElseThrow(() -> Refused.invalid("by must be any of period, channel and model.")));
        }
        return apart;
    }

    private static Instant moment(long seconds) {
        if (seconds < 0 || seconds > 253_402_300_799L)
            throw Refused.invalid("A timestamp must be a moment in Unix seconds.");
        return Instant.ofEpochSecond(seconds);
    }

    private static Map<String, Object> shape(CallPerformance one, CallPerformanceOver query) {
        CallFigures figures = one.figures();
        Map<String, @Nullable Object> shape = new LinkedHashMap<>();
        shape.put("ts", one.start().getEpochSecond());
        shape.put("hours", query.by().contains(By.PERIOD) ? query.hours() : 0);
        shape.put("channel_id", one.channel());
        shape.put("channel_name", one.channelName());
        shape.put("model_name", one.model());
        shape.put("request_count", figures.calls());
        shape.put("failed_count", figures.failedCalls());
        shape.put("success_rate", rate(figures.successRate()));
        shape.put("answered_share", rate(figures.answeredShare()));
        shape.put("avg_tps", rate(figures.tokensPerSecond()));
        shape.put("output_tokens", figures.outputTokens());
        shape.put("generation_ms", figures.generationMillis());
        Map<String, Object> attempts = new LinkedHashMap<>();
        for (AttemptResult result : AttemptResult.values())
            attempts.put(result.name().toLowerCase(Locale.ROOT), figures.attempts(result));
        shape.put("attempts", attempts);
        shape.put("latency_ms", percentiles(figures.responseTimes()));
        shape.put("ttft_ms", percentiles(figures.firstBytes()));
        shape.put("latency_buckets", buckets(figures.responseTimes()));
        return shape;
    }

    private static Map<String, @Nullable Object> percentiles(Durations durations) {
        Map<String, @Nullable Object> shape = new LinkedHashMap<>();
        shape.put("count", durations.count());
        for (int percent : new int[] {50, 95, 99}) {
            OptionalLong millis = durations.percentile(percent);
            shape.put("p" + percent, millis.isPresent() ? millis.getAsLong() : null);
        }
        return shape;
    }

    /** Those that have any. */
    private static List<Map<String, Object>> buckets(Durations durations) {
        List<Map<String, Object>> shape = new ArrayList<>();
        for (int bucket = 0; bucket < DurationBuckets.COUNT; bucket++)
            if (durations.in(bucket) > 0)
                shape.add(Map.of("from_ms", DurationBuckets.from(bucket), "count", durations.in(bucket)));
        return shape;
    }

    private static @Nullable BigDecimal rate(OptionalDouble rate) {
        return rate.isPresent()
                ? BigDecimal.valueOf(rate.getAsDouble()).setScale(RATE_DIGITS, RoundingMode.HALF_UP)
                : null;
    }
}
