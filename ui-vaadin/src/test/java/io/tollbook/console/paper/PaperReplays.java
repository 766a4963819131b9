package io.tollbook.console.paper;

import io.tollbook.kernel.Actor;
import io.tollbook.kernel.replay.Progress;
import io.tollbook.kernel.replay.Replays;
import java.io.OutputStream;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A replay that is always half done. */
final class PaperReplays implements Replays {
    private boolean running;

    @Override
    public List<String> readModels() {
        return List.of("directory", "balance", "holds", "usage-log", "statistics");
    }

    @Override
    public long positionBefore(Instant moment) {
        return 4_711;
    }

    @Override
    public String start(List<String> readModels, @Nullable Long upTo, Actor by) {
        running = true;
        return "run";
    }

    @Override
    public Optional<Progress> latest() {
        return running
                ? Optional.of(new Progress("usage-log", Progress.State.READING, 512_000, 1_000_000, 61_400, ""))
                : Optional.empty();
    }

    @Override
    public boolean mayCancel(Actor by) {
        return running;
    }

    @Override
    public void cancel(Actor by) {
        running = false;
    }

    @Override
    public void writeDifferences(String run, Actor by, OutputStream out) {}
}
