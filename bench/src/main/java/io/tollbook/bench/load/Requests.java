package io.tollbook.bench.load;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.IntStream;

/** Makes the calls of a run, by their ordinal. */
@FunctionalInterface
public interface Requests {
    /**
     * @param bytes head and body as they go over the wire
     * @param key whose call it is, as reported back in {@link Call#key()}
     * @param hangUpAfter leaves after this many pieces of a stream; 0 stays to the end
     */
    record Request(byte[] bytes, int key, int hangUpAfter, Spoken spoken) {
        public Request(byte[] bytes, int key, int hangUpAfter) {
            this(bytes, key, hangUpAfter, Spoken.OPENAI);
        }
    }

    Request next(long ordinal);

    /** Some 500 bytes of prompt, as a short question has. */
    String PROMPT =
            ("A ferry crosses the river twice an hour and takes a toll from each cart, each rider and each herd. "
                            + "Write down how the keeper should record what was paid so that nobody can ask twice. ")
                    .repeat(3)
                    .strip();

    /** The same call for each key in turn, rendered once per key. */
    static Requests roundRobin(List<String> keys, String json) {
        List<Request> rendered = IntStream.range(0, keys.size())
                .mapToObj(key -> new Request(render(keys.get(key), json), key, 0))
                .toList();
        return ordinal -> rendered.get((int) (ordinal % rendered.size()));
    }

    /** A streamed call for each key in turn, in a dialect. */
    static Requests streams(List<String> keys, Spoken spoken, String model, int maxTokens) {
        List<Request> rendered = IntStream.range(0, keys.size())
                .mapToObj(key -> new Request(spoken.streamCall(keys.get(key), model, maxTokens), key, 0, spoken))
                .toList();
        return ordinal -> rendered.get((int) (ordinal % rendered.size()));
    }

    static byte[] render(String key, String json) {
        return render("/v1/chat/completions", "Authorization: Bearer " + key, json);
    }

    static byte[] render(String path, String headers, String json) {
        byte[] body = json.getBytes(StandardCharsets.UTF_8);
        byte[] head = ("POST " + path + " HTTP/1.1\r\nHost: localhost\r\n" + headers
                        + "\r\nContent-Type: application/json\r\nAccept: */*\r\nContent-Length: " + body.length
                        + "\r\n\r\n")
                .getBytes(StandardCharsets.ISO_8859_1);
        byte[] whole = new byte[head.length + body.length];
        System.arraycopy(head, 0, whole, 0, head.length);
        System.arraycopy(body, 0, whole, head.length, body.length);
        return whole;
    }

    static String chat(String model, boolean stream, boolean includeUsage, int maxTokens, String more) {
        return "{\"model\":\"" + model + "\",\"messages\":[{\"role\":\"user\",\"content\":\"" + PROMPT
                + "\"}],\"max_tokens\":" + maxTokens + (stream ? ",\"stream\":true" : "")
                + (includeUsage ? ",\"stream_options\":{\"include_usage\":true}" : "") + more + "}";
    }
}
