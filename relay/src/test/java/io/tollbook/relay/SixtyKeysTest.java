package io.tollbook.relay;

import static org.assertj.core.api.Assertions.assertThat;

import io.tollbook.kernel.account.Attempt;
import io.tollbook.kernel.account.SettleUsage;
import io.tollbook.kernel.channel.ChannelId;
import io.tollbook.kernel.channel.RecordChannelOutage;
import io.tollbook.kernel.settings.Option;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Twenty channels with sixty keys and everything that can be wrong with some of them: customers do not notice. */
class SixtyKeysTest {
    private static final int CHANNELS = 20;
    private static final int FLAPPING = 3;
    private static final int DEAD = 5;
    private static final int BUSY = 7;
    private static final int SLOW = 9;
    private static final int CALLERS = 8;
    private static final int CALLS = 4_000;

    @RegisterExtension
    private static final RelaySite site = new RelaySite();

    private final AtomicIntegerArray asked = new AtomicIntegerArray(CHANNELS + 1);
    private final AtomicInteger busyKey = new AtomicInteger();
    private final AtomicInteger calls = new AtomicInteger();
    private final AtomicInteger answered = new AtomicInteger();
    private volatile boolean isDead = true;

    private void answer(Provider.Asked request) throws IOException {
        int channel = Integer.parseInt(request.head().replaceAll("(?s)POST /c(\\d+)/.*", "$1"));
        int nth = asked.incrementAndGet(channel);
        if (channel == DEAD && isDead) return;
        if (channel == FLAPPING && nth % 20 == 0) {
            request.whole(500, "{\"error\":{\"message\":\"oops\"}}");
            return;
        }
        if (channel == BUSY && request.head().contains("key-7-2")) {
            busyKey.incrementAndGet();
            request.whole(429, "{\"error\":{\"message\":\"slow down\"}}", "Retry-After: 600");
            return;
        }
        if (channel == SLOW) java.util.concurrent.locks.LockSupport.parkNanos(50_000_000);
        request.whole(200, RelaySite.WHOLE);
    }

    private void callUntil(BooleanSupplier isEnough) throws Exception {
        try (ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<?>> all = IntStream.range(0, CALLERS)
                    .<Future<?>>mapToObj(caller -> callers.submit(() -> {
                        while (!isEnough.getAsBoolean()) {
                            calls.incrementAndGet();
                            if (site.answer(RelaySite.ask("")).status() == 200) answered.incrementAndGet();
                        }
                        return null;
                    }))
                    .toList();
            for (Future<?> one : all) one.get();
        }
    }

    private static List<RecordChannelOutage> outages() {
        return site.directory.sent.stream().map(RecordChannelOutage.class::cast).toList();
    }

    @Test
    void customersDoNotNotice() throws Exception {
        site.set(Option.RETRY_TIMES, 2);
        site.set(Option.BREAKER_OPEN_SECONDS, 1);
        for (int channel = 1; channel <= CHANNELS; channel++)
            site.directory.channelWithKeys(
                    channel,
                    site.first.baseUrl() + "/c" + channel,
                    0,
                    Map.of(),
                    3,
                    "key-" + channel + "-1",
                    "key-" + channel + "-2",
                    "key-" + channel + "-3");
        site.directory.changed();
        site.first.answers(this::answer);

        long start = System.nanoTime();
        callUntil(() -> !outages().isEmpty());
        assertThat(System.nanoTime() - start).as("until the dead one is out").isLessThan(5_000_000_000L);
        assertThat(outages()).extracting(RecordChannelOutage::channel).containsOnly(new ChannelId(DEAD));

        callUntil(() -> calls.get() >= CALLS);
        isDead = false;
        int before = asked.get(DEAD);
        callUntil(() -> outages().stream().anyMatch(outage -> !outage.out()));
        assertThat(asked.get(DEAD) - before).as("calls until it is back").isBetween(1, CALLERS);
        callUntil(() -> asked.get(DEAD) > before + CALLERS);

        site.awaitIdle();
        assertThat(answered.get()).isGreaterThanOrEqualTo((int) Math.ceil(calls.get() * 0.999));
        assertThat(outages()).extracting(RecordChannelOutage::channel).containsOnly(new ChannelId(DEAD));
        assertThat(asked.get(FLAPPING)).as("calls to the one that flaps").isGreaterThan(CALLS / CHANNELS / 2);
        assertThat(busyKey).hasValue(1);
        List<SettleUsage> settled = site.ledger.settled();
        assertThat(settled).hasSize(answered.get());
        long attempts = settled.stream().mapToLong(one -> one.attempts().size()).sum();
        assertThat(attempts).as("attempts").isLessThan(calls.get() + calls.get() / 20);
        assertThat(settled)
                .allSatisfy(
                        one -> assertThat(one.attempts().getLast().outcome()).isEqualTo(Attempt.Outcome.ANSWERED));
    }
}
