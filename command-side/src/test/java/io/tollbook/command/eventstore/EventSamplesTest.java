package io.tollbook.command.eventstore;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.axonframework.serialization.SimpleSerializedObject;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every event that was ever stored stays readable: one sample per name and version stands in the kernel's test resources,
 * and the newest version of each is written byte for byte like its sample.
 */
class EventSamplesTest {
    private static final Path FOLDER = Path.of("../shared-kernel/src/test/resources/events");
    private static final EventNames NAMES = EventNames.scan();
    private static final EventSerializer SERIALIZER = new EventSerializer(NAMES);

    record Sample(String name, String version, String json) {
        @Override
        public String toString() {
            return name + "." + version;
        }
    }

    static Stream<Sample> samples() throws IOException {
        try (Stream<Path> files = Files.list(FOLDER)) {
            return files.sorted().map(EventSamplesTest::sample).toList().stream();
        }
    }

    private static Sample sample(Path file) {
        String full = file.getFileName().toString().replaceFirst("\\.json$", "");
        int dot = full.lastIndexOf('.');
        // account.usage-settled.1+quarantined.json is another sample of account.usage-settled.1.
        int more = full.indexOf('+', dot);
        try {
            return new Sample(
                    full.substring(0, dot),
                    more < 0 ? full.substring(dot + 1) : full.substring(dot + 1, more),
                    Files.readString(file).strip());
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    @ParameterizedTest
    @MethodSource("samples")
    void everySampleStillReadsAndIsWrittenTheSame(Sample sample) {
        Object event = SERIALIZER.deserialize(
                new SimpleSerializedObject<>(sample.json(), String.class, sample.name(), sample.version()));

        assertThat(SERIALIZER.serialize(event, String.class).getData()).isEqualTo(sample.json());
    }

    @Test
    void everyStoredNameHasASample() throws IOException {
        Map<String, Class<?>> stored = new TreeMap<>(NAMES.all());
        // A snapshot is only a shortcut: one that can no longer be read is passed over.
        stored.keySet().removeIf(name -> name.contains(".state."));
        TreeSet<String> sampled = new TreeSet<>();
        samples().forEach(sample -> sampled.add(sample.toString()));

        assertThat(sampled).containsExactlyElementsOf(stored.keySet());
    }
}
