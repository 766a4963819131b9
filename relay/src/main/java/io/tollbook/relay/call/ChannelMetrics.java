package io.tollbook.relay.call;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.tollbook.kernel.account.Attempt;
import io.tollbook.kernel.account.CallTiming;
import io.tollbook.kernel.account.Meters;
import io.tollbook.kernel.channel.ChannelId;
import io.tollbook.kernel.performance.AttemptResult;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/**
 * What the relay counts of each channel: what the read model {@code performance} has per hour, by the second. Neither models nor
 * histograms: a site may have a thousand channels, and each has its dozen lines only.
 */
final class ChannelMetrics {
    private final MeterRegistry meters;
    private final Map<ChannelId, Of> channels = new ConcurrentHashMap<>();

    ChannelMetrics(MeterRegistry meters) {
        this.meters = meters;
    }

    void attempted(Attempt attempt) {
        of(attempt.channel()).attempt(AttemptResult.of(attempt)).increment();
    }

    void answered(ChannelId channel, CallTiming timing, Meters charged) {
        Of of = of(channel);
        long begun = timing.stream() ? Math.max(0, timing.firstByteMillis()) : 0;
        of.answer.record(timing.totalMillis(), TimeUnit.MILLISECONDS);
        if (timing.stream() && timing.firstByteMillis() >= 0) of.firstByte.record(begun, TimeUnit.MILLISECONDS);
        of.generation.record(Math.max(0, timing.totalMillis() - begun), TimeUnit.MILLISECONDS);
        of.outputTokens.increment(charged.completionTokens());
    }

    private Of of(ChannelId channel) {
        Of known = channels.get(channel);
        return known != null ? known : channels.computeIfAbsent(channel, Of::new);
    }

    private final class Of {
        private final String channel;
        private final Counter[] attempts = new Counter[AttemptResult.values().length];
        private final Timer answer;
        private final Timer firstByte;
        private final Timer generation;
        private final Counter outputTokens;

        Of(ChannelId id) {
            channel = Long.toString(id.value());
            for (AttemptResult result : AttemptResult.values())
                attempts[result.ordinal()] = Counter.builder("tollbook.attempts")
                        .tag("channel", channel)
                        .tag("result", result.name().toLowerCase(Locale.ROOT))
                        .description("Tries at a channel, by how they ended")
                        .register(meters);
            answer = timer(meters, "tollbook.answer", "From a request's arrival until the end of the channel's answer");
            firstByte =
                    timer(meters, "tollbook.answer.first.byte", "From a request's arrival until a stream's first byte");
            generation = timer(meters, "tollbook.answer.generation", "From an answer's first byte until its end");
            outputTokens = Counter.builder("tollbook.output.tokens")
                    .tag("channel", channel)
                    .description("Tokens of answers")
                    .register(meters);
        }

        private Timer timer(MeterRegistry registry, String name, String description) {
            return Timer.builder(name)
                    .tag("channel", channel)
                    .description(description)
                    .register(registry);
        }

        Counter attempt(AttemptResult result) {
            return attempts[result.ordinal()];
        }
    }
}
