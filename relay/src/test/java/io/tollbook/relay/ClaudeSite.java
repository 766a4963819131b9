package io.tollbook.relay;

import io.tollbook.kernel.channel.ChannelType;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** What is said between a Claude client and a Claude provider, for tests of what lies between. */
final class ClaudeSite {
    static final String START = event(
            "message_start",
            "\"message\":{\"id\":\"msg_01\",\"type\":\"message\",\"role\":\"assistant\",\"model\":\"gpt\","
                    + "\"content\":[],\"stop_reason\":null,\"stop_sequence\":null,"
                    + "\"usage\":{\"input_tokens\":11,\"output_tokens\":1}}");
    static final String BLOCK =
            event("content_block_start", "\"index\":0,\"content_block\":{\"type\":\"text\",\"text\":\"\"}");
    static final String HELLO =
            event("content_block_delta", "\"index\":0,\"delta\":{\"type\":\"text_delta\",\"text\":\"Hello there\"}");
    static final String BLOCK_STOP = event("content_block_stop", "\"index\":0");
    static final String DELTA = event(
            "message_delta",
            "\"delta\":{\"stop_reason\":\"end_turn\",\"stop_sequence\":null},\"usage\":{\"output_tokens\":7}");
    static final String STOP = "event: message_stop\ndata: {\"type\":\"message_stop\"}\n\n";
    static final String OVERLOADED = "event: error\n"
            + "data: {\"type\":\"error\",\"error\":{\"type\":\"overloaded_error\",\"message\":\"Overloaded\"}}\n\n";
    static final String WHOLE = """
            {"id":"msg_01","type":"message","role":"assistant","model":"gpt","content":[{"type":"text",\
            "text":"Hello there"}],"stop_reason":"end_turn","stop_sequence":null,\
            "usage":{"input_tokens":11,"output_tokens":7}}""";

    private ClaudeSite() {}

    private static String event(String type, String more) {
        return "event: " + type + "\ndata: {\"type\":\"" + type + "\"," + more + "}\n\n";
    }

    /** Has both providers of the site speak Claude. */
    static void speak(RelaySite site) {
        site.directory.channel(1, ChannelType.ANTHROPIC, site.first.baseUrl(), 10, "gpt");
        site.directory.channel(2, ChannelType.ANTHROPIC, site.second.baseUrl(), 5, "gpt");
        site.directory.changed();
    }

    static String ask(String more) {
        return "{\"model\":\"gpt\",\"max_tokens\":100,\"messages\":[{\"role\":\"user\",\"content\":\"hello\"}]" + more
                + "}";
    }

    static String askStream() {
        return ask(",\"stream\":true");
    }

    static Client call(RelaySite site, String path, String body, String... headers) throws IOException {
        Client client = new Client(site.port());
        String[] all = new String[headers.length + 2];
        all[0] = "x-api-key: sk-" + RelaySite.KEY;
        all[1] = "anthropic-version: 2023-06-01";
        System.arraycopy(headers, 0, all, 2, headers.length);
        client.post(path, body.getBytes(StandardCharsets.UTF_8), all);
        return client;
    }

    static Client call(RelaySite site, String body) throws IOException {
        return call(site, "/v1/messages", body);
    }

    static Client.Answer answer(RelaySite site, String body) throws IOException {
        try (Client client = call(site, body)) {
            return client.answer();
        }
    }
}
