package io.tollbook.relay;

import io.tollbook.kernel.channel.ChannelType;
import io.tollbook.kernel.settings.Option;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** How each dialect spells one and the same answer, piece by piece: "Hello there", for 11 tokens in and 7 out. */
enum Spelled {
    CHAT("OpenAI chat", ChannelType.CUSTOM, "deepseek-v3.2", "/v1/chat/completions", "[DONE]", "data: {\"error\":") {
        @Override
        String path(boolean stream) {
            return path;
        }

        @Override
        String ask(boolean stream) {
            return stream ? RelaySite.askStream() : RelaySite.ask("");
        }

        @Override
        Answer answer() {
            return new Answer(
                    List.of(
                            "data: {\"choices\":[{\"index\":0,\"delta\":{\"role\":\"assistant\",\"content\":\"\"}}]}\n\n",
                            word("Hello"),
                            word(" there") + RelaySite.STOP,
                            RelaySite.USAGE,
                            RelaySite.DONE),
                    RelaySite.WHOLE);
        }

        private String word(String text) {
            return RelaySite.HELLO.replace("Hello there", text);
        }

        @Override
        String error() {
            return "data: " + Spoken.CHAT.error(500, "broke") + "\n\n";
        }
    },
    RESPONSES(
            "OpenAI Responses", ChannelType.OPENAI, "o3-pro", "/v1/responses", "response.completed", "event: error\n") {
        @Override
        String path(boolean stream) {
            return path;
        }

        @Override
        String ask(boolean stream) {
            return "{\"model\":\"gpt\",\"input\":\"hello\",\"stream\":" + stream + "}";
        }

        @Override
        Answer answer() {
            ObjectNode response = (ObjectNode) JsonMapper.shared().readTree("""
                    {"id":"resp_1","object":"response","created_at":1,"status":"completed","error":null,"incomplete_details":null,\
                    "model":"o3-pro","output":[{"id":"msg_1","type":"message","status":"completed","role":"assistant",\
                    "content":[{"type":"output_text","annotations":[],"logprobs":[],"text":"Hello there"}]}],\
                    "parallel_tool_calls":true,"tool_choice":"auto","tools":[],\
                    "usage":{"input_tokens":11,"input_tokens_details":{"cached_tokens":0},"output_tokens":7,\
                    "output_tokens_details":{"reasoning_tokens":0},"total_tokens":18}}""");
            ObjectNode begun = response.deepCopy();
            begun.put("status", "in_progress").putNull("usage");
            begun.putArray("output");
            List<String> events = List.of(new ResponseStream(response, begun).events());
            // Two that say it has begun, two that begin its one item, two words, and what ends it all.
            int end = events.size() - 1;
            return new Answer(
                    List.of(
                            joined(events, 0, 4),
                            joined(events, 4, 5),
                            joined(events, 5, end),
                            joined(events, end, end + 1),
                            ""),
                    response.toString());
        }

        private String joined(List<String> events, int from, int to) {
            return String.join("", events.subList(from, to));
        }

        @Override
        String error() {
            return "event: error\ndata: {\"type\":\"error\",\"sequence_number\":9,\"code\":\"server_error\",\"message\":\"broke\",\"param\":null}\n\n";
        }
    },
    CLAUDE("Claude", ChannelType.ANTHROPIC, "claude-sonnet-4-5", "/v1/messages", "message_stop", "event: error\n") {
        @Override
        String path(boolean stream) {
            return path;
        }

        @Override
        String ask(boolean stream) {
            return ClaudeSite.ask(",\"stream\":" + stream);
        }

        @Override
        Answer answer() {
            return new Answer(
                    List.of(
                            ClaudeSite.START + ClaudeSite.BLOCK,
                            ClaudeSite.HELLO.replace("Hello there", "Hello"),
                            ClaudeSite.HELLO.replace("Hello there", " there") + ClaudeSite.BLOCK_STOP,
                            ClaudeSite.DELTA,
                            ClaudeSite.STOP),
                    ClaudeSite.WHOLE);
        }

        @Override
        String error() {
            return ClaudeSite.OVERLOADED;
        }
    },
    GEMINI("Gemini", ChannelType.GEMINI, "gemini-2.5-pro", "/v1beta/models/gpt:", "finishReason", "data: {\"error\":") {
        @Override
        String path(boolean stream) {
            return path + (stream ? "streamGenerateContent?alt=sse" : "generateContent");
        }

        @Override
        String ask(boolean stream) {
            return "{\"contents\":[{\"role\":\"user\",\"parts\":[{\"text\":\"hello\"}]}]}";
        }

        @Override
        Answer answer() {
            return new Answer(
                    List.of(
                            event("", "", 0),
                            event("Hello", "", 2),
                            event(" there", "", 3),
                            event("", "\"finishReason\":\"STOP\",", 7),
                            ""),
                    event("Hello there", "\"finishReason\":\"STOP\",", 7)
                            .substring(6)
                            .strip());
        }

        private String event(String text, String finish, int tokens) {
            return "data: {\"candidates\":[{\"content\":{\"role\":\"model\",\"parts\":[{\"text\":\"" + text + "\"}]},"
                    + finish
                    + "\"index\":0}],\"usageMetadata\":{\"promptTokenCount\":11,\"candidatesTokenCount\":" + tokens
                    + ",\"totalTokenCount\":" + (11 + tokens) + "}}\r\n\r\n";
        }

        @Override
        String error() {
            return "data: " + Spoken.GEMINI.error(503, "broke") + "\r\n\r\n";
        }
    };

    /**
     * An answer's parts.
     *
     * @param pieces of a stream: what begins it, a word, another with what comes behind it, the usage, and the end
     */
    record Answer(List<String> pieces, String whole) {
        /** The whole one up to somewhere: nothing, its first bytes, a word of its text, its usage, and nearly all. */
        String wholeUntil(int moment) {
            int usage = whole.indexOf("\"usage");
            return switch (moment) {
                case 0 -> whole.substring(0, 1);
                case 1 -> whole.substring(0, whole.indexOf("Hello") + 5);
                case 2 -> whole.substring(0, usage);
                default -> whole.substring(0, whole.length() - 1);
            };
        }

        /** The whole one, without its usage. */
        String withoutUsage() {
            ObjectNode root = (ObjectNode) JsonMapper.shared().readTree(whole);
            root.remove(List.of("usage", "usageMetadata"));
            return root.toString();
        }
    }

    final String label;
    private final ChannelType type;
    private final String model;
    final String path;
    /** What only its last event has. */
    final String endMark;
    /** What an event begins with that is an error. */
    final String errorMark;

    Spelled(String label, ChannelType type, String model, String path, String endMark, String errorMark) {
        this.label = label;
        this.type = type;
        this.model = model;
        this.path = path;
        this.endMark = endMark;
        this.errorMark = errorMark;
    }

    abstract String path(boolean stream);

    abstract String ask(boolean stream);

    abstract Answer answer();

    /** The event that a stream breaks off with. */
    abstract String error();

    /** A piece of a stream of somebody's who never reports any. */
    String withoutUsage(String piece) {
        return piece.equals(RelaySite.USAGE)
                ? ""
                : piece.replaceAll(",?\"(usage|usageMetadata)\":\\{([^{}]|\\{[^{}]*})*}", "");
    }

    /** An answer of status 200 that is none. */
    String errorBody() {
        return Spoken.valueOf(name()).error(500, "broke").toString();
    }

    /** Has the site's only provider speak so. */
    void serve(RelaySite site) {
        site.directory.channel(1, type, site.first.baseUrl(), 10, model);
        site.set(Option.RETRY_TIMES, 0);
    }

    /** What a client of it has seen of a stream. */
    String seen(String body) {
        List<String> events = new ArrayList<>(List.of(body.replace("\r\n", "\n").split("(?<=\n\n)")));
        if (events.stream().anyMatch(event -> event.startsWith(errorMark))) return "error";
        return events.getLast().contains(endMark) ? "whole" : "as it came";
    }
}
