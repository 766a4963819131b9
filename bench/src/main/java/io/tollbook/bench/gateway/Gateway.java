package io.tollbook.bench.gateway;

import java.net.URI;
import java.nio.file.Path;

/** A gateway with its own data folder, as somebody outside can treat it. */
public interface Gateway {
    /** Where it listens. The same after each start. */
    URI base();

    Path data();

    /** Starts it on its data folder and returns once it answers. */
    void start() throws Exception;

    /** Asks it to end, and waits. */
    void stop() throws Exception;

    /** The running process. */
    ProcessHandle process();

    /** Ends the process as a power cut would, and waits until it is gone. Its database may live on. */
    default void kill() throws Exception {
        ProcessHandle process = process();
        process.destroyForcibly();
        process.onExit().get();
    }
}
