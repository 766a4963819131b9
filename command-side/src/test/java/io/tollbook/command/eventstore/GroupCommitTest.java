package io.tollbook.command.eventstore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

class GroupCommitTest {
    @Test
    void whoWaitsForOneAppendIsWrittenByTheNext() throws Exception {
        CountDownLatch firstEntered = new CountDownLatch(1);
        CountDownLatch letFirstGo = new CountDownLatch(1);
        List<Integer> sizes = new ArrayList<>();
        long[] position = {0};
        GroupCommit commits = new GroupCommit(rows -> {
            sizes.add(rows.size());
            if (sizes.size() == 1) {
                firstEntered.countDown();
                await(letFirstGo);
            }
            return position[0] += rows.size();
        });
        try (ExecutorService threads = Executors.newFixedThreadPool(11)) {
            Future<Long> first = threads.submit(() -> commits.write(rows(1)));
            firstEntered.await();
            List<Future<Long>> waiting = new ArrayList<>();
            for (int i = 0; i < 10; i++) waiting.add(threads.submit(() -> commits.write(rows(2))));
            Awaitility.await().until(() -> commits.waiting() == 10);
            letFirstGo.countDown();

            assertThat(first.get()).isEqualTo(1);
            List<Long> positions = new ArrayList<>();
            for (Future<Long> unit : waiting) positions.add(unit.get());
            assertThat(positions).containsExactlyInAnyOrder(3L, 5L, 7L, 9L, 11L, 13L, 15L, 17L, 19L, 21L);
            assertThat(sizes).containsExactly(1, 20);
        }
    }

    @Test
    void onlyTheUnitAtFaultFails() throws Exception {
        CountDownLatch firstEntered = new CountDownLatch(1);
        CountDownLatch letFirstGo = new CountDownLatch(1);
        GroupCommit commits = new GroupCommit(rows -> {
            if (rows.size() == 1) {
                firstEntered.countDown();
                await(letFirstGo);
            }
            if (rows.stream().anyMatch(row -> row.stream().equals("bad"))) throw new SQLException("no", "23505");
            return rows.size();
        });
        try (ExecutorService threads = Executors.newFixedThreadPool(3)) {
            Future<Long> first = threads.submit(() -> commits.write(rows(1)));
            firstEntered.await();
            Future<Long> good = threads.submit(() -> commits.write(rows(2)));
            Future<Long> bad = threads.submit(() -> commits.write(List.of(row("bad"), row("bad"))));
            Awaitility.await().until(() -> commits.waiting() == 2);
            letFirstGo.countDown();

            assertThat(first.get()).isEqualTo(1);
            assertThat(good.get()).isEqualTo(2);
            assertThatThrownBy(bad::get).hasCauseInstanceOf(SQLException.class);
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            if (!latch.await(10, TimeUnit.SECONDS)) throw new IllegalStateException("nobody let it go");
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static List<EventRow> rows(int count) {
        List<EventRow> rows = new ArrayList<>();
        for (int i = 0; i < count; i++) rows.add(row("good"));
        return rows;
    }

    private static EventRow row(String stream) {
        return new EventRow(stream, 0, null, "id", "name", 1, Instant.EPOCH, "{}", "{}");
    }
}
