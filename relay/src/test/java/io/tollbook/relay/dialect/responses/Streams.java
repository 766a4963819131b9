package io.tollbook.relay.dialect.responses;

import static org.assertj.core.api.Assertions.assertThat;

import io.tollbook.kernel.account.Meters;
import io.tollbook.relay.conversation.Answer;
import io.tollbook.relay.conversation.AnswerEvent;
import io.tollbook.relay.dialect.AnswerWriter;
import io.tollbook.relay.stream.LongEvents;
import io.tollbook.relay.stream.TranslatedStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Recorded streams, cut into pieces, and the rules that every stream of the vendor's keeps. */
final class Streams {
    private static final JsonMapper JSON = JsonMapper.shared();

    private Streams() {}

    static byte[] recorded(String name) {
        try (InputStream in = Streams.class.getResourceAsStream("/recordings/responses/" + name)) {
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static TranslatedStream read(byte[] bytes, AnswerWriter writer, Random cuts) {
        TranslatedStream stream = new TranslatedStream(new Responses(), writer, new LongEvents(1 << 30));
        for (int at = 0; at < bytes.length && !stream.isOver(); ) {
            int size = Math.min(1 + cuts.nextInt(60), bytes.length - at);
            byte[] buffer = stream.buffer();
            System.arraycopy(bytes, at, buffer, stream.offset(), size);
            stream.read(size);
            at += size;
        }
        stream.finish();
        return stream;
    }

    /** What a recorded stream says, however it is cut. */
    static List<AnswerEvent> events(byte[] bytes) {
        long seed = System.nanoTime();
        Collected all = new Collected();
        TranslatedStream stream = read(bytes, all, new Random(seed));
        stream.failure().ifPresent(failure -> all.events.add(new AnswerEvent.Failed(failure)));
        Collected again = new Collected();
        read(bytes, again, new Random(seed + 1));
        assertThat(again.events)
                .as("seed %d", seed)
                .isEqualTo(all.events.stream()
                        .filter(event -> !(event instanceof AnswerEvent.Failed))
                        .toList());
        return all.events;
    }

    private static final class Collected implements AnswerWriter {
        private final List<AnswerEvent> events = new ArrayList<>();

        @Override
        public byte[] whole(Answer answer, Meters charged) {
            return new byte[0];
        }

        @Override
        public void event(AnswerEvent event, ByteArrayOutputStream out) {
            events.add(event);
        }

        @Override
        public byte[] end(Meters charged) {
            return new byte[0];
        }
    }

    static List<JsonNode> data(byte[] stream) {
        List<JsonNode> all = new ArrayList<>();
        for (String event : new String(stream, StandardCharsets.UTF_8).split("\n\n")) {
            String[] lines = event.split("\n");
            assertThat(lines).hasSize(2);
            JsonNode data = JSON.readTree(lines[1].substring("data: ".length()));
            assertThat(lines[0]).isEqualTo("event: " + data.path("type").asString());
            all.add(data);
        }
        return all;
    }

    /** Checks that each item, part and text begins before it goes on, ends once, and is in the end what was said of it. */
    static JsonNode checked(byte[] stream) {
        List<JsonNode> all = data(stream);
        assertThat(all.get(0).path("type").asString()).isEqualTo("response.created");
        assertThat(all.get(1).path("type").asString()).isEqualTo("response.in_progress");
        Map<Integer, JsonNode> begun = new HashMap<>();
        Map<Integer, JsonNode> ended = new HashMap<>();
        Map<String, StringBuilder> said = new HashMap<>();
        for (int i = 0; i < all.size(); i++) {
            JsonNode event = all.get(i);
            String type = event.path("type").asString();
            assertThat(event.path("sequence_number").intValue()).isEqualTo(i);
            if (type.startsWith("response.") && event.has("response")) continue;
            int index = event.path("output_index").intValue(-1);
            if (type.equals("response.output_item.added")) {
                assertThat(index).isEqualTo(begun.size());
                begun.put(index, event.path("item"));
                continue;
            }
            assertThat(begun).as(type).containsKey(index);
            assertThat(ended).as(type).doesNotContainKey(index);
            if (type.equals("response.output_item.done")) {
                assertThat(event.path("item").path("id"))
                        .isEqualTo(begun.get(index).path("id"));
                ended.put(index, event.path("item"));
                continue;
            }
            assertThat(event.path("item_id"))
                    .as(type)
                    .isEqualTo(begun.get(index).path("id"));
            String place = type.substring(0, type.lastIndexOf('.'))
                    + index
                    + event.path("content_index")
                    + event.path("summary_index");
            if (type.endsWith(".delta"))
                said.computeIfAbsent(place, key -> new StringBuilder())
                        .append(event.path("delta").asString());
            for (String field : List.of("text", "refusal", "arguments", "input"))
                if (type.endsWith(".done") && event.path(field).isString())
                    assertThat(event.path(field).asString())
                            .as(type)
                            .isEqualTo(said.getOrDefault(place, new StringBuilder())
                                    .toString());
        }
        assertThat(ended.keySet()).isEqualTo(begun.keySet());
        JsonNode response = all.getLast().path("response");
        assertThat(response.path("output")).hasSize(ended.size());
        ended.forEach(
                (index, item) -> assertThat(response.path("output").get(index)).isEqualTo(item));
        return response;
    }
}
