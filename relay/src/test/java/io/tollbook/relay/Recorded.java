package io.tollbook.relay;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Answers as vendors gave them, without what was secret. */
final class Recorded {
    private Recorded() {}

    static String text(String name) {
        try (InputStream in = Recorded.class.getResourceAsStream("/recordings/" + name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The events of a stream, each with the blank line behind it. */
    static List<String> events(String name) {
        List<String> events = new ArrayList<>();
        for (String event : text(name).split("(?<=\n\n)")) events.add(event);
        return events;
    }
}
