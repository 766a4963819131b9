package io.tollbook.relay;

import io.tollbook.bench.vendor.ClaudeEvents;
import io.tollbook.bench.vendor.ClaudeRules;
import io.tollbook.kernel.channel.ChannelType;
import io.tollbook.kernel.settings.Option;
import java.io.IOException;
import java.util.List;
import java.util.function.Supplier;
import tools.jackson.databind.node.ObjectNode;

/** What the provider behind a client speaks. */
enum Spoken {
    CHAT("OpenAI chat", ChannelType.CUSTOM, "deepseek-v3.2", StrictChat::new, Model.THOUGHT) {
        @Override
        ObjectNode error(int status, String message) {
            ObjectNode root = StrictVendor.JSON.createObjectNode();
            root.putObject("error").put("message", message).put("type", "vendor_error");
            return root;
        }

        @Override
        List<String> brokenOff() {
            return List.of(
                    "data: {\"id\":\"c\",\"object\":\"chat.completion.chunk\",\"created\":1,\"model\":\"m\",\"choices\":[{\"index\":0,\"delta\":{\"content\":\"It was\"},\"finish_reason\":null}]}\n\n",
                    "data: " + error(500, "broke") + "\n\n");
        }
    },
    RESPONSES("OpenAI Responses", ChannelType.OPENAI, "o3-pro", StrictResponses::new, StrictResponses.SEAL) {
        @Override
        ObjectNode error(int status, String message) {
            return CHAT.error(status, message);
        }

        @Override
        List<String> brokenOff() {
            return Recorded.events("responses/failed.sse");
        }
    },
    CLAUDE(
            "Claude",
            ChannelType.ANTHROPIC,
            "claude-sonnet-4-5",
            StrictClaude::new,
            ClaudeRules.signature(Model.THOUGHT)) {
        @Override
        ObjectNode error(int status, String message) {
            String type = switch (status) {
                case 400 -> "invalid_request_error";
                case 401 -> "authentication_error";
                case 429 -> "rate_limit_error";
                case 529 -> "overloaded_error";
                default -> "api_error";
            };
            ObjectNode root = StrictVendor.JSON.createObjectNode().put("type", "error");
            root.putObject("error").put("type", type).put("message", message);
            return root;
        }

        @Override
        List<String> brokenOff() {
            ObjectNode message = (ObjectNode) StrictVendor.JSON.readTree(ClaudeSite.WHOLE);
            List<String> events =
                    new java.util.ArrayList<>(ClaudeEvents.of(message).subList(0, 4));
            events.add("event: error\ndata: " + error(529, "broke") + "\n\n");
            return events;
        }
    },
    GEMINI("Gemini", ChannelType.GEMINI, "gemini-3-pro-preview", StrictGemini::new, StrictGemini.SEAL) {
        @Override
        ObjectNode error(int status, String message) {
            String word = switch (status) {
                case 400 -> "INVALID_ARGUMENT";
                case 401 -> "UNAUTHENTICATED";
                case 429 -> "RESOURCE_EXHAUSTED";
                case 503 -> "UNAVAILABLE";
                default -> "INTERNAL";
            };
            ObjectNode root = StrictVendor.JSON.createObjectNode();
            root.putObject("error").put("code", status).put("message", message).put("status", word);
            return root;
        }

        @Override
        List<String> brokenOff() {
            return List.of(
                    "data: {\"candidates\":[{\"content\":{\"parts\":[{\"text\":\"It was\"}],\"role\":\"model\"},\"index\":0}]}\r\n\r\n",
                    "data: " + error(503, "broke") + "\r\n\r\n");
        }
    };

    final String label;
    private final ChannelType type;
    private final String model;
    private final Supplier<StrictVendor> vendor;
    /** What comes back to it of a thought that it has shown. */
    final String thought;

    Spoken(String label, ChannelType type, String model, Supplier<StrictVendor> vendor, String thought) {
        this.label = label;
        this.type = type;
        this.model = model;
        this.vendor = vendor;
        this.thought = thought;
    }

    abstract ObjectNode error(int status, String message);

    /** A stream that ends in an error after some text. */
    abstract List<String> brokenOff();

    /** The vendor's status for an overload. */
    int overloaded() {
        return this == CLAUDE ? 529 : 503;
    }

    /** Has the site's only provider speak so. */
    StrictVendor serve(RelaySite site) {
        site.directory.channel(1, type, site.first.baseUrl(), 10, model);
        site.set(Option.RETRY_TIMES, 0);
        StrictVendor strict = vendor.get();
        site.first.answers(strict);
        return strict;
    }

    void breakOff(Provider.Asked asked) throws IOException {
        asked.stream(brokenOff().toArray(String[]::new));
    }
}
