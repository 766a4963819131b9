package io.tollbook.relay.call;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.tollbook.kernel.Refusal;
import io.tollbook.kernel.account.UsageFault;
import io.tollbook.relay.stream.LongEvents;
import io.tollbook.relay.stream.TranslatedStream;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.springframework.stereotype.Component;

/** What the relay counts, looked up once. */
@Component
final class RelayMetrics {
    final Timer total;
    final Timer upstream;
    final Timer firstByte;
    final ChannelMetrics channels;
    final AtomicInteger openRequests = new AtomicInteger();
    final AtomicInteger openStreams = new AtomicInteger();
    private final Map<Refusal, Counter> refusals = new EnumMap<>(Refusal.class);
    private final Map<UsageFault, Counter> quarantined = new EnumMap<>(UsageFault.class);

    RelayMetrics(MeterRegistry meters, LongEvents longEvents) {
        total = timer(meters, "tollbook.call", "From a request's arrival until its answer's last byte");
        upstream = timer(meters, "tollbook.upstream", "From sending a request to a provider until its answer's head");
        firstByte = timer(meters, "tollbook.first.byte", "From a request's arrival until its answer's first byte");
        channels = new ChannelMetrics(meters);
        Gauge.builder("tollbook.open.requests", openRequests, AtomicInteger::get)
                .description("Calls that run now")
                .register(meters);
        Gauge.builder("tollbook.open.streams", openStreams, AtomicInteger::get)
                .description("Streamed answers that run now")
                .register(meters);
        Gauge.builder("tollbook.stream.buffer.bytes.max", () -> 2 * TranslatedStream.EVENT_BYTES_MAX)
                .description("The most that one stream may keep in memory, while there is room for long events")
                .register(meters);
        Gauge.builder("tollbook.stream.long.events.bytes", longEvents, LongEvents::taken)
                .description("What all streams keep of events and answers that are longer than usual")
                .register(meters);
        for (Refusal refusal : Refusal.values())
            refusals.put(
                    refusal,
                    Counter.builder("tollbook.refusals")
                            .tag("refusal", refusal.name())
                            .description("Calls turned away")
                            .register(meters));
        for (UsageFault fault : UsageFault.values())
            quarantined.put(
                    fault,
                    Counter.builder("tollbook.quarantined.usage")
                            .tag("fault", fault.name())
                            .description("Calls whose provider reported usage that cannot be")
                            .register(meters));
    }

    private static Timer timer(MeterRegistry meters, String name, String description) {
        return Timer.builder(name)
                .description(description)
                .publishPercentileHistogram()
                .register(meters);
    }

    void quarantined(UsageFault fault) {
        quarantined.get(fault).increment();
    }

    void refused(Refusal refusal) {
        refusals.get(refusal).increment();
    }
}
