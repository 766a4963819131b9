package io.tollbook.start;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class ShortTurnsTest {
    @Test
    void whoAsksHasShortTurnsAndSoHaveItsThreads() throws Exception {
        CompletableFuture<Long> before = new CompletableFuture<>();
        CompletableFuture<Long> after = new CompletableFuture<>();
        CompletableFuture<Long> child = new CompletableFuture<>();
        Thread thread = Thread.ofPlatform().start(() -> {
            before.complete(ShortTurns.turnNanos());
            ShortTurns.ask();
            after.complete(ShortTurns.turnNanos());
            Thread.ofPlatform().start(() -> child.complete(ShortTurns.turnNanos()));
        });
        thread.join();
        assumeTrue(before.get() > 0, "this kernel does not tell the length of a turn");

        assertThat(before.get()).isGreaterThan(ShortTurns.NANOS);
        assertThat(after.get()).isEqualTo(ShortTurns.NANOS);
        assertThat(child.get()).isEqualTo(ShortTurns.NANOS);
    }
}
