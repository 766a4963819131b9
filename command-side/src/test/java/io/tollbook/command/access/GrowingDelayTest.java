package io.tollbook.command.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tollbook.command.ChangingClock;
import io.tollbook.kernel.Refused;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class GrowingDelayTest {
    private final ChangingClock clock = new ChangingClock();
    private final GrowingDelay delay = new GrowingDelay(3, Duration.ofSeconds(3), clock);

    private void enters() {
        assertThatCode(() -> delay.enter("ann")).doesNotThrowAnyException();
    }

    private void waits() {
        assertThatThrownBy(() -> delay.enter("ann")).isInstanceOf(Refused.class);
    }

    @Test
    void theFirstFewAreFreeAndThenEachTakesTwiceAsLongUpToAnEnd() {
        enters();
        enters();
        enters();
        waits();
        clock.pass(Duration.ofMillis(999));
        waits();
        clock.pass(Duration.ofMillis(1));
        enters();
        clock.pass(Duration.ofMillis(1_999));
        waits();
        clock.pass(Duration.ofMillis(1));
        enters();
        clock.pass(Duration.ofMillis(2_999));
        waits();
        clock.pass(Duration.ofMillis(1));
        enters();
    }

    @Test
    void aGoodAttemptForgivesTheOthers() {
        enters();
        enters();
        enters();
        delay.forgive("ann");
        enters();
    }

    @Test
    void othersAreNotDelayed() {
        for (int i = 0; i < 3; i++) enters();
        waits();
        assertThatCode(() -> delay.enter("bob")).doesNotThrowAnyException();
    }

    @Test
    void anEndlessNameIsCutToOne() {
        for (int i = 0; i < 3; i++) delay.enter("n".repeat(100_000 + i));
        assertThatThrownBy(() -> delay.enter("n".repeat(64))).isInstanceOf(Refused.class);
    }

    @Test
    void manyAtOnceAreMany() {
        AtomicInteger entered = new AtomicInteger();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < 200; i++)
                threads.submit(() -> {
                    delay.enter("ann");
                    entered.incrementAndGet();
                });
        }
        assertThat(entered).hasValue(3);
    }
}
