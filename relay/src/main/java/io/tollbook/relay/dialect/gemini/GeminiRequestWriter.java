package io.tollbook.relay.dialect.gemini;

import io.tollbook.kernel.Refused;
import io.tollbook.relay.conversation.AnswerFormat;
import io.tollbook.relay.conversation.Conversation;
import io.tollbook.relay.conversation.Part;
import io.tollbook.relay.conversation.Sampling;
import io.tollbook.relay.conversation.Tool;
import io.tollbook.relay.conversation.ToolChoice;
import io.tollbook.relay.conversation.Turn;
import io.tollbook.relay.conversation.Vendor;
import java.math.BigDecimal;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Writes a request that came in another dialect for Gemini. */
final class GeminiRequestWriter {
    private static final int STOPS_MAX = 5;
    private static final int LOGPROBS_MAX = 20;
    private static final List<String> HARMS = List.of(
            "HARM_CATEGORY_HARASSMENT",
            "HARM_CATEGORY_HATE_SPEECH",
            "HARM_CATEGORY_SEXUALLY_EXPLICIT",
            "HARM_CATEGORY_DANGEROUS_CONTENT");
    /** Functions by these names are Google's own tools, as a client of OpenAI's has no other way to ask for them. */
    private static final Set<String> BUILT_IN = Set.of("googleSearch", "codeExecution", "urlContext");

    private static final Set<String> TIERS = Set.of("flex", "priority", "standard");

    private final Conversation conversation;
    private final String model;
    private final ObjectNode root = JsonMapper.shared().createObjectNode();

    private GeminiRequestWriter(Conversation conversation, String model) {
        this.conversation = conversation;
        this.model = model;
    }

    /** @throws Refused INVALID, naming the field */
    static byte[] write(Conversation conversation, String model) {
        return JsonMapper.shared().writeValueAsBytes(new GeminiRequestWriter(conversation, model).written());
    }

    private ObjectNode written() {
        ArrayNode contents = new ContentsWriter(conversation, model).written();
        ArrayNode system = system();
        // Without a turn there is nothing to answer; what the model was told alone is what it is asked.
        if (contents.isEmpty()) contents.addObject().put("role", "user").set("parts", system);
        else if (!system.isEmpty()) root.putObject("systemInstruction").set("parts", system);
        root.set("contents", contents);
        tools();
        ObjectNode config = config();
        if (!config.isEmpty()) root.set("generationConfig", config);
        ArrayNode safety = root.putArray("safetySettings");
        for (String harm : HARMS) safety.addObject().put("category", harm).put("threshold", "OFF");
        String tier = conversation.serviceTier();
        if (tier != null && TIERS.contains(tier)) root.put("serviceTier", tier);
        return root;
    }

    private ArrayNode system() {
        ArrayNode parts = JsonMapper.shared().createArrayNode();
        for (Part part : conversation.system())
            if (part instanceof Part.Text text && !text.text().isEmpty())
                parts.addObject().put("text", text.text());
        return parts;
    }

    private void tools() {
        ArrayNode functions = JsonMapper.shared().createArrayNode();
        ArrayNode tools = JsonMapper.shared().createArrayNode();
        ToolChoice choice = conversation.toolChoice();
        for (Tool tool : conversation.tools()) {
            switch (tool) {
                case Tool.Function function -> {
                    if (BUILT_IN.contains(function.name())) tools.addObject().putObject(function.name());
                    else if (isOffered(function.name(), choice)) functions.add(function(function));
                }
                case Tool.WebSearch search -> {
                    if (!search.allowedDomains().isEmpty()
                            || !search.blockedDomains().isEmpty())
                        throw Refused.invalid("tools: Google's search cannot be kept to some domains.");
                    tools.addObject().putObject("googleSearch");
                }
                case Tool.Foreign foreign -> {
                    if (foreign.vendor() != Vendor.GEMINI)
                        throw Refused.invalid(
                                "tools: " + foreign.type() + " is run by another provider than the model's.");
                    tools.addObject().set(foreign.type(), foreign.definition());
                }
            }
        }
        if (!functions.isEmpty()) {
            tools.insertObject(0).set("functionDeclarations", functions);
            if (choice != null) root.putObject("toolConfig").set("functionCallingConfig", calling(choice));
        }
        if (!tools.isEmpty()) root.set("tools", tools);
    }

    /** Only where one must be called may some be named; where one may, the others are not offered. */
    private static boolean isOffered(String function, @Nullable ToolChoice choice) {
        return choice == null
                || choice.mode() != ToolChoice.Mode.AUTO
                || choice.names().isEmpty()
                || choice.names().contains(function);
    }

    private ObjectNode function(Tool.Function function) {
        ObjectNode written = JsonMapper.shared().createObjectNode().put("name", function.name());
        if (function.description() != null) written.put("description", function.description());
        JsonNode parameters = function.parameters();
        if (parameters == null || GeminiSchema.isEmpty(parameters)) return written;
        GeminiSchema schema = new GeminiSchema(parameters);
        ObjectNode cleaned = schema.cleaned();
        if (schema.isLossy() && GeminiModels.takesJsonSchema(model))
            written.set("parametersJsonSchema", GeminiSchema.unchanged(parameters));
        else written.set("parameters", cleaned);
        return written;
    }

    private static ObjectNode calling(ToolChoice choice) {
        ObjectNode calling = JsonMapper.shared().createObjectNode();
        calling.put(
                "mode",
                switch (choice.mode()) {
                    case AUTO -> "AUTO";
                    case NONE -> "NONE";
                    case REQUIRED -> "ANY";
                });
        if (choice.mode() == ToolChoice.Mode.REQUIRED && !choice.names().isEmpty())
            choice.names().forEach(calling.putArray("allowedFunctionNames")::add);
        return calling;
    }

    private ObjectNode config() {
        ObjectNode config = JsonMapper.shared().createObjectNode();
        Sampling sampling = conversation.sampling();
        if (sampling.outputTokensMax() != null) config.put("maxOutputTokens", sampling.outputTokensMax());
        if (sampling.temperature() != null) config.put("temperature", sampling.temperature());
        if (sampling.topP() != null) config.put("topP", sampling.topP());
        if (sampling.topK() != null) config.put("topK", sampling.topK());
        // OpenAI's have 64 bits, Gemini's 32. The same seed still gives the same.
        if (sampling.seed() != null) config.put("seed", sampling.seed().intValue());
        if (sampling.stops().size() > STOPS_MAX)
            throw Refused.invalid("Gemini takes at most " + STOPS_MAX + " stop sequences.");
        if (!sampling.stops().isEmpty()) sampling.stops().forEach(config.putArray("stopSequences")::add);
        penalty(config, "presencePenalty", sampling.presencePenalty());
        penalty(config, "frequencyPenalty", sampling.frequencyPenalty());
        if (sampling.answers() != null && sampling.answers() > 1) config.put("candidateCount", sampling.answers());
        if (sampling.topLogprobs() != null) {
            config.put("responseLogprobs", true);
            int top = Math.min(sampling.topLogprobs(), LOGPROBS_MAX);
            if (top > 0) config.put("logprobs", top);
        }
        if (conversation.format() != null) format(config, conversation.format());
        ObjectNode thinking = GeminiModels.thinking(conversation.reasoning(), model);
        if (thinking != null) config.set("thinkingConfig", thinking);
        if (GeminiModels.drawsPictures(model))
            config.putArray("responseModalities").add("TEXT").add("IMAGE");
        if (looksOnlyRoughly()) config.put("mediaResolution", "MEDIA_RESOLUTION_LOW");
        return config;
    }

    /** Zero is none, and many models refuse to be told even that. */
    private static void penalty(ObjectNode config, String field, @Nullable BigDecimal penalty) {
        if (penalty != null && penalty.signum() != 0) config.put(field, penalty);
    }

    private void format(ObjectNode config, AnswerFormat format) {
        config.put("responseMimeType", "application/json");
        JsonNode wanted = format.schema();
        if (wanted == null || !wanted.isObject() || wanted.isEmpty()) return;
        GeminiSchema schema = new GeminiSchema(wanted);
        ObjectNode cleaned = schema.cleaned();
        if (schema.isLossy() && GeminiModels.takesJsonSchema(model))
            config.set("responseJsonSchema", GeminiSchema.unchanged(wanted));
        else config.set("responseSchema", cleaned);
    }

    /** Older models know how closely to look for a request only, and not for each picture. */
    private boolean looksOnlyRoughly() {
        boolean any = false;
        for (Turn turn : conversation.turns()) {
            for (Part part : turn.parts()) {
                if (!(part instanceof Part.Media media)) continue;
                if (!"low".equals(media.detail())) return false;
                any = true;
            }
        }
        return any;
    }
}
