package io.tollbook.relay.demo;

import io.tollbook.relay.demo.DemoPrompt.Choice;
import io.tollbook.relay.demo.DemoPrompt.Role;
import io.tollbook.relay.demo.DemoPrompt.Turn;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Google's generateContent in all its ways, countTokens and the embeddings. */
final class DemoGemini extends DemoDialect {
    private static final int DIMENSIONS = 64;
    private static final String SIGNATURE =
            Base64.getEncoder().encodeToString("sealed by the demo provider".getBytes(StandardCharsets.US_ASCII));

    DemoGemini(DemoModel model) {
        super(model);
    }

    @Override
    @Nullable
    String key(HttpServletRequest request) {
        String header = request.getHeader("x-goog-api-key");
        return header == null ? request.getParameter("key") : header;
    }

    @Override
    DemoFault wrongKey() {
        return new DemoFault(400, "API key not valid. Please pass a valid API key.");
    }

    @Override
    ObjectNode error(int status, String message) {
        String word = switch (status) {
            case 401 -> "UNAUTHENTICATED";
            case 403 -> "PERMISSION_DENIED";
            case 404 -> "NOT_FOUND";
            case 429 -> "RESOURCE_EXHAUSTED";
            case 503 -> "UNAVAILABLE";
            case 504 -> "DEADLINE_EXCEEDED";
            default -> status < 500 ? "INVALID_ARGUMENT" : "INTERNAL";
        };
        ObjectNode root = object();
        root.putObject("error").put("code", status).put("message", message).put("status", word);
        return root;
    }

    @Override
    void answer(String path, HttpServletRequest request, JsonNode body, DemoAnswer answer) throws IOException {
        String call = path.substring(path.indexOf("/models/") + "/models/".length());
        int colon = call.lastIndexOf(':');
        String name = colon < 0 ? call : call.substring(0, colon);
        switch (colon < 0 ? "" : call.substring(colon + 1)) {
            case "generateContent" -> whole(name, body, answer);
            case "streamGenerateContent" -> {
                boolean events = "sse".equals(request.getParameter("alt"));
                stream(name, body, events, answer);
            }
            case "countTokens" -> {
                JsonNode asked = body.has("generateContentRequest") ? body.path("generateContentRequest") : body;
                answer.whole(object().put("totalTokens", DemoModel.tokens(prompt(name, asked, false))));
            }
            case "embedContent" -> {
                ObjectNode root = object();
                root.set("embedding", embedding(body));
                answer.whole(root);
            }
            case "batchEmbedContents" -> {
                ObjectNode root = object();
                ArrayNode all = root.putArray("embeddings");
                for (JsonNode one : body.path("requests")) all.add(embedding(one));
                answer.whole(root);
            }
            default -> throw new DemoFault(404, "Method not found.");
        }
    }

    private static ObjectNode embedding(JsonNode request) {
        int dimensions = request.path("outputDimensionality").asInt(DIMENSIONS);
        if (dimensions < 1 || dimensions > 4_096) throw new DemoFault(400, "Invalid output_dimensionality.");
        ObjectNode embedding = object();
        embedding.set(
                "values",
                DemoEmbeddings.numbers(
                        DemoEmbeddings.vector(text(request.path("content").path("parts")), dimensions)));
        return embedding;
    }

    private static DemoPrompt prompt(String model, JsonNode body, boolean stream) {
        if (!body.path("contents").isArray() || body.path("contents").isEmpty())
            throw new DemoFault(400, "* GenerateContentRequest.contents: contents is not specified");
        JsonNode config = field(body, "generationConfig", "generation_config");
        JsonNode calling =
                field(field(body, "toolConfig", "tool_config"), "functionCallingConfig", "function_calling_config");
        JsonNode allowed = field(calling, "allowedFunctionNames", "allowed_function_names");
        return new DemoPrompt(
                model,
                turns(body),
                tools(body.path("tools")),
                switch (calling.path("mode").asString("").toUpperCase(Locale.ROOT)) {
                    case "ANY" -> Choice.FORCED;
                    case "NONE" -> Choice.NONE;
                    default -> Choice.FREE;
                },
                allowed.path(0).asString(""),
                false,
                schemaOf(config),
                strings(field(config, "stopSequences", "stop_sequences")),
                field(config, "maxOutputTokens", "max_output_tokens").asLong(0),
                stream);
    }

    private static @Nullable JsonNode schemaOf(JsonNode config) {
        for (String name : new String[] {
            "responseJsonSchema", "response_json_schema", "_responseJsonSchema", "responseSchema", "response_schema"
        }) if (config.path(name).isObject()) return config.path(name);
        String type = field(config, "responseMimeType", "response_mime_type").asString("");
        return type.equals("application/json") ? object() : null;
    }

    private static List<DemoPrompt.Tool> tools(JsonNode tools) {
        List<DemoPrompt.Tool> all = new ArrayList<>();
        for (JsonNode group : tools)
            for (JsonNode one : field(group, "functionDeclarations", "function_declarations")) {
                JsonNode schema = one.has("parameters")
                        ? one.path("parameters")
                        : field(one, "parametersJsonSchema", "parameters_json_schema");
                all.add(new DemoPrompt.Tool(one.path("name").asString(""), schema(schema)));
            }
        return all;
    }

    private static List<Turn> turns(JsonNode body) {
        List<Turn> turns = new ArrayList<>();
        String system =
                text(field(body, "systemInstruction", "system_instruction").path("parts"));
        if (!system.isEmpty()) turns.add(Turn.of(Role.SYSTEM, system));
        for (JsonNode content : body.path("contents")) {
            JsonNode parts = content.path("parts");
            if (content.path("role").asString("user").equals("model")) {
                StringBuilder text = new StringBuilder(text(parts));
                for (JsonNode part : parts) {
                    JsonNode call = field(part, "functionCall", "function_call");
                    if (call.isObject())
                        text.append(' ').append(call.path("name").asString("")).append(call.path("args"));
                }
                turns.add(Turn.of(Role.ASSISTANT, text.toString()));
                continue;
            }
            for (JsonNode part : parts) {
                JsonNode result = field(part, "functionResponse", "function_response");
                if (result.isObject()) turns.add(result(result));
            }
            String text = text(parts);
            List<String> media = media(parts);
            if (!text.isEmpty() || !media.isEmpty()) turns.add(new Turn(Role.USER, text, "", media));
        }
        return turns;
    }

    private static Turn result(JsonNode result) {
        JsonNode response = result.path("response");
        JsonNode said = response.has("result") ? response.path("result") : response.path("output");
        String text = said.isMissingNode() ? response.toString() : said.isString() ? said.asString() : said.toString();
        return new Turn(Role.TOOL, text, result.path("name").asString(""), List.of());
    }

    private static String text(JsonNode parts) {
        StringBuilder text = new StringBuilder();
        for (JsonNode part : parts)
            if (!part.path("thought").asBoolean(false))
                text.append(part.path("text").asString(""));
        return text.toString();
    }

    private static List<String> media(JsonNode parts) {
        List<String> media = new ArrayList<>();
        for (JsonNode part : parts) {
            JsonNode inline = field(part, "inlineData", "inline_data");
            JsonNode file = field(part, "fileData", "file_data");
            if (inline.isObject())
                media.add(DemoPicture.described(
                        field(inline, "mimeType", "mime_type").asString(""),
                        inline.path("data").asString("")));
            if (file.isObject())
                media.add(
                        DemoPicture.described(field(file, "fileUri", "file_uri").asString("")));
        }
        return media;
    }

    /** Thinking is counted always and shown to who asks for it. */
    private static boolean showsThoughts(JsonNode body) {
        JsonNode thinking =
                field(field(body, "generationConfig", "generation_config"), "thinkingConfig", "thinking_config");
        return field(thinking, "includeThoughts", "include_thoughts").asBoolean(false);
    }

    private void whole(String name, JsonNode body, DemoAnswer answer) throws IOException {
        DemoPrompt prompt = prompt(name, body, false);
        DemoReply reply = model.answer(prompt);
        if (reply.breaks()) throw new DemoFault(500, "The demo provider was asked to break.");
        ArrayNode parts = JSON.createArrayNode();
        if (!reply.thinking().isEmpty() && showsThoughts(body)) parts.add(thought(reply.thoughts()));
        if (!reply.words().isEmpty()) parts.addObject().put("text", reply.text());
        rest(reply).forEach(parts::add);
        answer.whole(chunk(name, "demo-" + next(), parts, reply, true));
    }

    private static ObjectNode thought(String text) {
        return object().put("text", text).put("thought", true);
    }

    /** What comes in one piece even in a stream: pictures and calls. The first call carries the seal of the thinking. */
    private static List<ObjectNode> rest(DemoReply reply) {
        List<ObjectNode> parts = new ArrayList<>();
        if (reply.picture() != null) {
            ObjectNode part = object();
            part.putObject("inlineData")
                    .put("mimeType", "image/png")
                    .put("data", Base64.getEncoder().encodeToString(reply.picture()));
            parts.add(part);
        }
        for (DemoReply.Call call : reply.calls()) {
            ObjectNode part = object();
            part.putObject("functionCall")
                    .put("id", call.id())
                    .put("name", call.name())
                    .set("args", JSON.readTree(call.arguments()));
            if (parts.isEmpty()) part.put("thoughtSignature", SIGNATURE);
            parts.add(part);
        }
        return parts;
    }

    private static ObjectNode chunk(String model, String id, ArrayNode parts, DemoReply reply, boolean isLast) {
        ObjectNode root = object();
        ObjectNode candidate = root.putArray("candidates").addObject();
        ObjectNode content = candidate.putObject("content");
        content.set("parts", parts);
        content.put("role", "model");
        if (isLast) candidate.put("finishReason", reply.finish() == DemoReply.Finish.LENGTH ? "MAX_TOKENS" : "STOP");
        candidate.put("index", 0);
        root.set("usageMetadata", usage(reply.usage(), isLast));
        return root.put("modelVersion", model).put("responseId", id);
    }

    /** Grows while it streams; only the last one is all of it. */
    private static ObjectNode usage(DemoReply.Usage counted, boolean isLast) {
        ObjectNode usage = object().put("promptTokenCount", counted.prompt());
        if (counted.cached() > 0) usage.put("cachedContentTokenCount", counted.cached());
        if (isLast) usage.put("candidatesTokenCount", counted.answer() - counted.thinking());
        if (counted.thinking() > 0) usage.put("thoughtsTokenCount", counted.thinking());
        long answer = isLast ? counted.answer() : counted.thinking();
        usage.put("totalTokenCount", counted.prompt() + answer);
        usage.putArray("promptTokensDetails")
                .addObject()
                .put("modality", "TEXT")
                .put("tokenCount", counted.prompt());
        return usage;
    }

    private void stream(String name, JsonNode body, boolean events, DemoAnswer answer) throws IOException {
        DemoPrompt prompt = prompt(name, body, true);
        DemoReply reply = model.answer(prompt);
        answer.begin(events ? "text/event-stream" : "application/json");
        Pieces pieces = new Pieces(answer, events);
        String id = "demo-" + next();
        if (showsThoughts(body))
            answer.paced(reply.thinking(), word -> pieces.add(chunk(name, id, parts(thought(word)), reply, false)));
        answer.paced(
                DemoAnswer.untilItBreaks(reply),
                word -> pieces.add(chunk(name, id, parts(object().put("text", word)), reply, false)));
        if (reply.breaks()) {
            pieces.add(error(500, "The demo provider was asked to break."));
        } else {
            for (ObjectNode part : rest(reply)) pieces.add(chunk(name, id, parts(part), reply, false));
            pieces.add(chunk(name, id, parts(object().put("text", "")), reply, true));
        }
        pieces.end();
    }

    private static ArrayNode parts(ObjectNode part) {
        return JSON.createArrayNode().add(part);
    }

    /** A stream is made of events, or is one array that grows. */
    private static final class Pieces {
        private final DemoAnswer answer;
        private final boolean events;
        private boolean begun;

        Pieces(DemoAnswer answer, boolean events) {
            this.answer = answer;
            this.events = events;
        }

        void add(ObjectNode piece) throws IOException {
            if (events) answer.event(piece);
            else answer.raw((begun ? ",\n" : "[") + JSON.writeValueAsString(piece));
            begun = true;
        }

        void end() throws IOException {
            if (!events) answer.raw("]");
        }
    }
}
