package io.tollbook.bench;

import io.tollbook.bench.gateway.ProcessMeter;
import io.tollbook.bench.gateway.ReadModelStates;
import io.tollbook.bench.gateway.Site;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Looks at the gateway once a second while a load runs: its memory and how far its read models are behind. */
final class Watch implements AutoCloseable {
    private static final Duration EVERY = Duration.ofSeconds(1);

    /** @param position of the slowest read model */
    record Sight(long nanos, long javaBytes, long postgresBytes, long head, long position) {
        long bytes() {
            return javaBytes + postgresBytes;
        }
    }

    private final CountDownLatch ended = new CountDownLatch(1);
    private final List<Sight> sights = new ArrayList<>();
    private final Thread thread;

    private Watch(ProcessMeter meter, Site site) {
        thread = Thread.ofPlatform().name("watch").daemon().unstarted(() -> {
            try {
                while (!ended.await(EVERY.toMillis(), TimeUnit.MILLISECONDS)) look(meter, site);
            } catch (Exception e) {
                Progress.say("the watch ended: %s", e);
            }
        });
    }

    static Watch begin(ProcessMeter meter, Site site) {
        Watch watch = new Watch(meter, site);
        watch.thread.start();
        return watch;
    }

    private void look(ProcessMeter meter, Site site) throws Exception {
        ProcessMeter.Reading memory = meter.read();
        long head = 0;
        long position = 0;
        try {
            ReadModelStates states = ReadModelStates.of(site);
            head = states.head();
            position = states.position();
        } catch (java.io.IOException _) {
            // At its limit the gateway may refuse us like anybody else; memory is what counts then.
        }
        synchronized (sights) {
            sights.add(new Sight(memory.nanos(), memory.javaBytes(), memory.postgresBytes(), head, position));
        }
    }

    List<Sight> sights() {
        synchronized (sights) {
            return List.copyOf(sights);
        }
    }

    long bytesMost() {
        return sights().stream().mapToLong(Sight::bytes).max().orElse(0);
    }

    /**
     * The longest time by which the slowest read model lagged: how long before a look the head stood where that model
     * stands at the look.
     */
    static double lagSecondsMost(List<Sight> sights) {
        double most = 0;
        for (int i = 0; i < sights.size(); i++) {
            Sight now = sights.get(i);
            if (now.head() == 0 || now.position() >= now.head()) continue;
            most = Math.max(most, (now.nanos() - whenHeadWas(sights, i, now.position())) / 1e9);
        }
        return most;
    }

    private static double whenHeadWas(List<Sight> sights, int until, long position) {
        for (int i = until; i > 0; i--) {
            Sight later = sights.get(i);
            Sight earlier = sights.get(i - 1);
            if (earlier.head() == 0 || earlier.head() > position) continue;
            double share = later.head() == earlier.head()
                    ? 1
                    : (double) (position - earlier.head()) / (later.head() - earlier.head());
            return earlier.nanos() + share * (later.nanos() - earlier.nanos());
        }
        return sights.getFirst().nanos();
    }

    @Override
    public void close() throws InterruptedException {
        ended.countDown();
        thread.join();
    }
}
