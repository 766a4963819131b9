package io.tollbook.health;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.tollbook.kernel.account.NodeName;
import io.tollbook.kernel.performance.LoadFigure;
import io.tollbook.kernel.performance.LoadSample;
import io.tollbook.kernel.performance.SystemLoad;
import io.tollbook.kernel.site.ReadModel;
import io.tollbook.kernel.site.ReadModels;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks every few seconds at the meters that Prometheus reads too, so that the console and Grafana never disagree. Each part counts
 * what is its own; this only remembers.
 */
final class MeteredLoad implements SystemLoad, AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(MeteredLoad.class);
    private static final Duration PERIOD = Duration.ofSeconds(5);
    private static final double PERCENT = 100;

    private final NodeName node;
    private final MeterRegistry meters;
    private final ReadModels readModels;
    private final LoadRing ring = new LoadRing((int) REMEMBERED.dividedBy(PERIOD));
    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor(
            Thread.ofVirtual().name("system-load").factory());
    private double pausedMillis;
    private long pausedAtNanos;

    MeteredLoad(NodeName node, MeterRegistry meters, ReadModels readModels) {
        this.node = node;
        this.meters = meters;
        this.readModels = readModels;
    }

    void begin() {
        clock.scheduleAtFixedRate(this::look, 1, PERIOD.toSeconds(), TimeUnit.SECONDS);
    }

    private void look() {
        try {
            ring.add(sample());
        } catch (RuntimeException e) {
            // The next look may succeed: a database that is away for a moment is no reason to see nothing ever after.
            log.debug("the load could not be looked at", e);
        }
    }

    @Override
    public String node() {
        return node.value();
    }

    @Override
    public List<LoadSample> since(Instant from) {
        return ring.since(from);
    }

    LoadSample sample() {
        Map<LoadFigure, Double> values = new EnumMap<>(LoadFigure.class);
        put(values, LoadFigure.PROCESS_CPU, PERCENT * sum("process.cpu.usage"));
        put(values, LoadFigure.MACHINE_CPU, PERCENT * sum("system.cpu.usage"));
        put(values, LoadFigure.MACHINE_MEMORY, PERCENT * sum("tollbook.machine.memory.used"));
        put(values, LoadFigure.HEAP, sum("jvm.memory.used", "area", "heap"));
        put(values, LoadFigure.HEAP_MAX, (double) Runtime.getRuntime().maxMemory());
        put(values, LoadFigure.GARBAGE_COLLECTION, PERCENT * paused());
        put(values, LoadFigure.DISK, PERCENT * (1 - sum("disk.free") / sum("disk.total")));
        put(values, LoadFigure.THREADS, sum("jvm.threads.live"));
        put(values, LoadFigure.CONNECTIONS, sum("tollbook.connections"));
        put(values, LoadFigure.DATABASE_CONNECTIONS, sum("hikaricp.connections.active"));
        put(values, LoadFigure.OPEN_REQUESTS, sum("tollbook.open.requests"));
        put(values, LoadFigure.OPEN_STREAMS, sum("tollbook.open.streams"));
        put(values, LoadFigure.LEDGER_WAITING, sum("tollbook.ledger.waiting"));
        // Each read model's own meter would ask the database for the newest event again.
        put(values, LoadFigure.READ_MODELS_BEHIND, (double)
                readModels.all().stream().mapToLong(ReadModel::behind).max().orElse(0));
        return new LoadSample(Instant.now(), values);
    }

    private static void put(Map<LoadFigure, Double> values, LoadFigure figure, double value) {
        if (!Double.isNaN(value) && value >= 0) values.put(figure, value);
    }

    /** NaN if nobody measures it. */
    private double sum(String name, String... tags) {
        Collection<Gauge> gauges = meters.find(name).tags(tags).gauges();
        return gauges.isEmpty()
                ? Double.NaN
                : gauges.stream().mapToDouble(Gauge::value).sum();
    }

    /** The share of the time since the last look. */
    private double paused() {
        double millis = meters.find("jvm.gc.pause").timers().stream()
                .mapToDouble((Timer timer) -> timer.totalTime(TimeUnit.MILLISECONDS))
                .sum();
        long now = System.nanoTime();
        double share = pausedAtNanos == 0
                ? Double.NaN
                : (millis - pausedMillis) / ((now - pausedAtNanos) / (double) TimeUnit.MILLISECONDS.toNanos(1));
        pausedMillis = millis;
        pausedAtNanos = now;
        return share;
    }

    @Override
    public void close() {
        clock.shutdownNow();
    }
}
