package io.tollbook.relay;

import io.tollbook.relay.metering.ClaudeUsage;
import io.tollbook.relay.metering.GeminiUsage;
import io.tollbook.relay.metering.OpenAiUsage;
import io.tollbook.relay.metering.ResponsesUsage;
import io.tollbook.relay.metering.UsageReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** How each dialect says the same. */
enum DemoWay {
    OPENAI("/v1/chat/completions", "Authorization", new OpenAiUsage()) {
        @Override
        ObjectNode ask(String model, String text) {
            ObjectNode body = Said.JSON.createObjectNode().put("model", model);
            body.putArray("messages").addObject().put("role", "user").put("content", text);
            return body;
        }

        @Override
        ObjectNode showing(ObjectNode body) {
            ObjectNode message = (ObjectNode) body.path("messages").get(0);
            message.putArray("content").addObject().put("type", "text").put("text", "What is this?");
            message.withArray("content")
                    .addObject()
                    .put("type", "image_url")
                    .putObject("image_url")
                    .put("url", "data:image/png;base64," + Said.PIXEL);
            return body;
        }

        @Override
        ObjectNode offering(ObjectNode body) {
            ObjectNode tool = body.putArray("tools").addObject().put("type", "function");
            tool.putObject("function").put("name", "get_weather").set("parameters", Said.JSON.readTree(Said.WEATHER));
            return body;
        }

        @Override
        ObjectNode structured(ObjectNode body) {
            ObjectNode format = body.putObject("response_format").put("type", "json_schema");
            format.putObject("json_schema").put("name", "w").set("schema", Said.JSON.readTree(Said.WEATHER));
            return body;
        }

        @Override
        ObjectNode limited(ObjectNode body, int tokens) {
            return body.put("max_tokens", tokens);
        }

        @Override
        String text(JsonNode answer) {
            return answer.path("choices")
                    .path(0)
                    .path("message")
                    .path("content")
                    .asString("");
        }

        @Override
        List<String> calls(JsonNode answer) {
            List<String> calls = new ArrayList<>();
            for (JsonNode call : answer.path("choices").path(0).path("message").path("tool_calls"))
                calls.add(call.path("function").path("name").asString("") + " "
                        + call.path("function").path("arguments").asString(""));
            return calls;
        }

        @Override
        String finish(JsonNode answer) {
            return answer.path("choices").path(0).path("finish_reason").asString("");
        }
    },
    CLAUDE("/v1/messages", "x-api-key", new ClaudeUsage()) {
        @Override
        ObjectNode ask(String model, String text) {
            return OPENAI.ask(model, text).put("max_tokens", 1_000);
        }

        @Override
        ObjectNode showing(ObjectNode body) {
            ObjectNode message = (ObjectNode) body.path("messages").get(0);
            message.putArray("content").addObject().put("type", "text").put("text", "What is this?");
            message.withArray("content")
                    .addObject()
                    .put("type", "image")
                    .putObject("source")
                    .put("type", "base64")
                    .put("media_type", "image/png")
                    .put("data", Said.PIXEL);
            return body;
        }

        @Override
        ObjectNode offering(ObjectNode body) {
            body.putArray("tools")
                    .addObject()
                    .put("name", "get_weather")
                    .set("input_schema", Said.JSON.readTree(Said.WEATHER));
            return body;
        }

        @Override
        ObjectNode structured(ObjectNode body) {
            ObjectNode format =
                    body.putObject("output_config").putObject("format").put("type", "json_schema");
            format.set("schema", Said.JSON.readTree(Said.WEATHER));
            return body;
        }

        @Override
        ObjectNode limited(ObjectNode body, int tokens) {
            return body.put("max_tokens", tokens);
        }

        @Override
        String text(JsonNode answer) {
            StringBuilder text = new StringBuilder();
            for (JsonNode block : answer.path("content"))
                text.append(block.path("text").asString(""));
            return text.toString();
        }

        @Override
        List<String> calls(JsonNode answer) {
            List<String> calls = new ArrayList<>();
            for (JsonNode block : answer.path("content"))
                if (block.path("type").asString("").equals("tool_use"))
                    calls.add(block.path("name").asString("") + " " + block.path("input"));
            return calls;
        }

        @Override
        String finish(JsonNode answer) {
            return answer.path("stop_reason").asString("");
        }
    },
    GEMINI("/v1beta/models/MODEL:generateContent", "x-goog-api-key", new GeminiUsage()) {
        @Override
        ObjectNode ask(String model, String text) {
            ObjectNode body = Said.JSON.createObjectNode();
            body.putArray("contents")
                    .addObject()
                    .put("role", "user")
                    .putArray("parts")
                    .addObject()
                    .put("text", text);
            return body;
        }

        @Override
        ObjectNode showing(ObjectNode body) {
            ObjectNode content = (ObjectNode) body.path("contents").get(0);
            content.withArray("parts")
                    .addObject()
                    .putObject("inlineData")
                    .put("mimeType", "image/png")
                    .put("data", Said.PIXEL);
            return body;
        }

        @Override
        ObjectNode offering(ObjectNode body) {
            body.putArray("tools")
                    .addObject()
                    .putArray("functionDeclarations")
                    .addObject()
                    .put("name", "get_weather")
                    .set(
                            "parameters",
                            Said.JSON.readTree(Said.WEATHER
                                    .toUpperCase(Locale.ROOT)
                                    .replace("TYPE", "type")
                                    .replace("PROPERTIES", "properties")
                                    .replace("CITY", "city")
                                    .replace("DAYS", "days")
                                    .replace("MINIMUM", "minimum")
                                    .replace("MAXIMUM", "maximum")
                                    .replace("REQUIRED", "required")));
            return body;
        }

        @Override
        ObjectNode structured(ObjectNode body) {
            ObjectNode config = body.putObject("generationConfig").put("responseMimeType", "application/json");
            config.set("responseJsonSchema", Said.JSON.readTree(Said.WEATHER));
            return body;
        }

        @Override
        ObjectNode limited(ObjectNode body, int tokens) {
            body.putObject("generationConfig").put("maxOutputTokens", tokens);
            return body;
        }

        @Override
        String text(JsonNode answer) {
            StringBuilder text = new StringBuilder();
            for (JsonNode part :
                    answer.path("candidates").path(0).path("content").path("parts"))
                text.append(part.path("text").asString(""));
            return text.toString();
        }

        @Override
        List<String> calls(JsonNode answer) {
            List<String> calls = new ArrayList<>();
            for (JsonNode part :
                    answer.path("candidates").path(0).path("content").path("parts"))
                if (part.has("functionCall"))
                    calls.add(part.path("functionCall").path("name").asString("") + " "
                            + part.path("functionCall").path("args"));
            return calls;
        }

        @Override
        String finish(JsonNode answer) {
            return answer.path("candidates").path(0).path("finishReason").asString("");
        }
    },
    RESPONSES("/v1/responses", "Authorization", new ResponsesUsage()) {
        @Override
        ObjectNode ask(String model, String text) {
            return Said.JSON.createObjectNode().put("model", model).put("input", text);
        }

        @Override
        ObjectNode showing(ObjectNode body) {
            ObjectNode message = body.putArray("input").addObject().put("role", "user");
            message.putArray("content")
                    .addObject()
                    .put("type", "input_image")
                    .put("image_url", "data:image/png;base64," + Said.PIXEL);
            return body;
        }

        @Override
        ObjectNode offering(ObjectNode body) {
            body.putArray("tools")
                    .addObject()
                    .put("type", "function")
                    .put("name", "get_weather")
                    .set("parameters", Said.JSON.readTree(Said.WEATHER));
            return body;
        }

        @Override
        ObjectNode structured(ObjectNode body) {
            ObjectNode format = body.putObject("text").putObject("format").put("type", "json_schema");
            format.set("schema", Said.JSON.readTree(Said.WEATHER));
            return body;
        }

        @Override
        ObjectNode limited(ObjectNode body, int tokens) {
            return body.put("max_output_tokens", tokens);
        }

        @Override
        String text(JsonNode answer) {
            StringBuilder text = new StringBuilder();
            for (JsonNode item : answer.path("output"))
                text.append(item.path("content").path(0).path("text").asString(""));
            return text.toString();
        }

        @Override
        List<String> calls(JsonNode answer) {
            List<String> calls = new ArrayList<>();
            for (JsonNode item : answer.path("output"))
                if (item.path("type").asString("").equals("function_call"))
                    calls.add(item.path("name").asString("") + " "
                            + item.path("arguments").asString(""));
            return calls;
        }

        @Override
        String finish(JsonNode answer) {
            return answer.path("status").asString("");
        }
    };

    final String path;
    final String keyHeader;
    final UsageReader usage;

    DemoWay(String path, String keyHeader, UsageReader usage) {
        this.path = path;
        this.keyHeader = keyHeader;
        this.usage = usage;
    }

    abstract ObjectNode ask(String model, String text);

    abstract ObjectNode showing(ObjectNode body);

    abstract ObjectNode offering(ObjectNode body);

    abstract ObjectNode structured(ObjectNode body);

    abstract ObjectNode limited(ObjectNode body, int tokens);

    abstract String text(JsonNode answer);

    abstract List<String> calls(JsonNode answer);

    abstract String finish(JsonNode answer);

    /** What all of them say. */
    private static final class Said {
        static final JsonMapper JSON = JsonMapper.shared();
        static final String WEATHER = """
                {"type":"object","properties":{"city":{"type":"string"},"days":{"type":"integer","minimum":1,"maximum":3}},\
                "required":["city"]}""";
        /** One transparent pixel. */
        static final String PIXEL =
                "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==";
    }
}
