package io.tollbook.bench;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/** What a run is doing, for whoever watches; results go to the standard output. */
public final class Progress {
    private static final PrintStream OUT =
            new PrintStream(new FileOutputStream(FileDescriptor.err), true, StandardCharsets.UTF_8);
    private static final long BEGIN = System.nanoTime();

    private Progress() {}

    public static void say(String text, Object... values) {
        OUT.printf(
                "%6.1f s  %s%n", (System.nanoTime() - BEGIN) / 1e9, values.length == 0 ? text : text.formatted(values));
    }
}
