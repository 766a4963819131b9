package io.tollbook.relay.call;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TurnstileTest {
    private final Turnstile turnstile = new Turnstile(2, 3);

    @Test
    void letsNoMoreInThanThereIsRoomFor() throws Exception {
        CountDownLatch leave = new CountDownLatch(1);
        Queue<Integer> entered = new ConcurrentLinkedQueue<>();
        for (int i = 0; i < 5; i++) {
            int number = i;
            turnstile.execute(() -> {
                entered.add(number);
                await(leave);
            });
        }

        Awaitility.await().until(() -> entered.size() == 2);
        assertThat(entered).containsExactlyInAnyOrder(0, 1);
        leave.countDown();
        Awaitility.await().until(() -> entered.size() == 5);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3})
    void servesHoweverFewCallsMayBeOpen(int most) throws Exception {
        CountDownLatch served = new CountDownLatch(1);
        new Turnstile(new OpenCalls(most)).execute(served::countDown);
        assertThat(served.await(20, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void whoStepsAsideLetsTheNextIn() throws Exception {
        CountDownLatch answered = new CountDownLatch(1);
        CountDownLatch leave = new CountDownLatch(1);
        AtomicInteger entered = new AtomicInteger();
        AtomicInteger aside = new AtomicInteger();
        for (int i = 0; i < 8; i++)
            turnstile.execute(() -> {
                entered.incrementAndGet();
                await(answered);
                turnstile.stepAside();
                turnstile.stepAside();
                aside.incrementAndGet();
                await(leave);
            });
        Awaitility.await().until(() -> entered.get() == 2);

        answered.countDown();

        Awaitility.await().until(() -> aside.get() == 8);
        turnstile.stepAside(); // Nobody who was let in.
        CountDownLatch both = new CountDownLatch(2);
        AtomicInteger more = new AtomicInteger();
        for (int i = 0; i < 5; i++)
            turnstile.execute(() -> {
                more.incrementAndGet();
                both.countDown();
                await(leave);
            });
        assertThat(both.await(20, TimeUnit.SECONDS)).isTrue();
        assertThat(more).hasValue(2);
        leave.countDown();
        Awaitility.await().until(() -> more.get() == 5);
    }

    @Test
    void isCrowdedOnceMoreWaitThanMay() {
        CountDownLatch leave = new CountDownLatch(1);
        AtomicInteger entered = new AtomicInteger();
        for (int i = 0; i < 2; i++)
            turnstile.execute(() -> {
                entered.incrementAndGet();
                await(leave);
            });
        Awaitility.await().until(() -> entered.get() == 2);
        for (int i = 0; i < 3; i++) turnstile.execute(() -> await(leave));
        assertThat(turnstile.isCrowded()).isFalse();

        turnstile.execute(() -> await(leave));

        assertThat(turnstile.isCrowded()).isTrue();
        leave.countDown();
        Awaitility.await().until(() -> !turnstile.isCrowded());
    }

    @Test
    void aTaskThatFailsMakesRoomLikeAnyOther() {
        AtomicInteger done = new AtomicInteger();
        Thread.UncaughtExceptionHandler before = Thread.getDefaultUncaughtExceptionHandler();
        Thread.setDefaultUncaughtExceptionHandler((thread, fault) -> done.incrementAndGet());
        try {
            for (int i = 0; i < 5; i++)
                turnstile.execute(() -> {
                    throw new IllegalStateException("on purpose");
                });
            // Awaitility would put its own handler in the place of ours.
            Awaitility.await().dontCatchUncaughtExceptions().until(() -> done.get() == 5);
        } finally {
            Thread.setDefaultUncaughtExceptionHandler(before);
        }
    }

    @Test
    void leavesNobodyBehindWhenManyComeAtOnce() throws Exception {
        CountDownLatch done = new CountDownLatch(20_000);
        List<Thread> callers = IntStream.range(0, 4)
                .mapToObj(caller -> Thread.ofVirtual().start(() -> {
                    for (int i = 0; i < 5_000; i++) turnstile.execute(done::countDown);
                }))
                .toList();
        for (Thread caller : callers) caller.join();

        assertThat(done.await(20, TimeUnit.SECONDS)).isTrue();
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
