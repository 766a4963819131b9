package io.tollbook.command.replay;

import io.tollbook.kernel.Refused;
import io.tollbook.kernel.replay.RecordReplay;
import io.tollbook.kernel.replay.ReplayResult;
import io.tollbook.kernel.replay.ReplayRun;
import io.tollbook.kernel.user.UserId;
import java.time.Instant;
import java.util.List;
import org.axonframework.test.aggregate.AggregateTestFixture;
import org.junit.jupiter.api.Test;

class ReplayHistoryTest {
    private static final Instant NOW = Instant.parse("2030-01-01T12:00:00Z");

    private final AggregateTestFixture<ReplayHistory> history = new AggregateTestFixture<>(ReplayHistory.class);

    private static ReplayRun run(String id) {
        return new ReplayRun(
                id,
                new UserId(7),
                null,
                List.of(new ReplayResult("balance", 42, 3, "ab", "ab", 0)),
                NOW.minusSeconds(9),
                NOW);
    }

    private static RecordReplay record(String id) {
        return new RecordReplay(RecordReplay.HISTORY, run(id));
    }

    @Test
    void keepsOneRunAfterTheOther() {
        history.given(run("a")).when(record("b")).expectEvents(run("b"));
    }

    @Test
    void beginsWithTheFirst() {
        history.givenNoPriorActivity().when(record("a")).expectEvents(run("a"));
    }

    @Test
    void keepsARunOnceWhenItIsSentTwice() {
        history.given(run("a")).when(record("a")).expectNoEvents();
    }

    @Test
    void refusesASecondHistory() {
        history.givenNoPriorActivity()
                .when(new RecordReplay("mine", run("a")))
                .expectNoEvents()
                .expectException(Refused.class);
    }
}
