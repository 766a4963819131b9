package io.tollbook.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.tollbook.kernel.Actor;
import io.tollbook.kernel.Command;
import java.util.function.IntFunction;
import org.awaitility.Awaitility;

/** That a command reads no long history: none while the writer runs, and after a start no more than what followed a snapshot. */
public final class Remembered {
    private static final int CHANGES = 2 * Writer.SNAPSHOT_EVERY + 5;

    private Remembered() {}

    /** @param change the n-th change, from 0, each of which writes one event */
    public static void check(Class<?> type, String stream, IntFunction<Command<?>> change) {
        try (Writer writer = changed(type, change)) {
            writer.loseEventsBefore(stream, CHANGES);
            writer.send(change.apply(CHANGES), Actor.SYSTEM);
            assertThat(writer.stream(stream)).hasSize(1);
        }
        try (Writer writer = changed(type, change)) {
            Awaitility.await().until(() -> writer.snapshotOf(stream) > Writer.SNAPSHOT_EVERY);
            long snapshot = writer.snapshotOf(stream);
            writer.loseEventsBefore(stream, snapshot + 1);
            writer.forget();
            writer.send(change.apply(CHANGES), Actor.SYSTEM);
            assertThat(writer.stream(stream)).hasSize((int) (CHANGES - snapshot));
        }
    }

    private static Writer changed(Class<?> type, IntFunction<Command<?>> change) {
        Writer writer = new Writer(new ReadableVault());
        writer.aggregate(type);
        for (int i = 0; i < CHANGES; i++) writer.send(change.apply(i), Actor.SYSTEM);
        return writer;
    }
}
