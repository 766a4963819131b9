package io.tollbook.relay;

import com.google.genai.Client;
import com.google.genai.ResponseStream;
import com.google.genai.types.Content;
import com.google.genai.types.FunctionCall;
import com.google.genai.types.FunctionCallingConfig;
import com.google.genai.types.FunctionDeclaration;
import com.google.genai.types.FunctionResponse;
import com.google.genai.types.GenerateContentConfig;
import com.google.genai.types.GenerateContentResponse;
import com.google.genai.types.GenerateContentResponseUsageMetadata;
import com.google.genai.types.Part;
import com.google.genai.types.Schema;
import com.google.genai.types.ThinkingConfig;
import com.google.genai.types.Tool;
import com.google.genai.types.ToolConfig;
import com.google.genai.types.Type;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.json.JsonMapper;

/** generateContent through Google's client. */
final class GeminiTalk implements Talk {
    private static final Schema TEXT = Schema.builder().type(Type.Known.STRING).build();
    private static final Schema NUMBER =
            Schema.builder().type(Type.Known.INTEGER).build();

    private final Client client;
    private final String model;
    private final GenerateContentConfig config;
    private final List<Content> turns = new ArrayList<>();
    /** The names of the functions called, by their calls' ids. */
    private final Map<String, String> called = new LinkedHashMap<>();

    GeminiTalk(Client client, String model, Set<Wish> wishes) {
        this.client = client;
        this.model = model;
        GenerateContentConfig.Builder asked = GenerateContentConfig.builder().maxOutputTokens((int) LIMIT);
        if (wishes.contains(Wish.SETTINGS))
            asked.systemInstruction(Content.fromParts(Part.fromText(SYSTEM))).temperature(0f);
        if (wishes.contains(Wish.STOPS)) asked.stopSequences(STOP);
        if (wishes.contains(Wish.THINKING))
            asked.thinkingConfig(ThinkingConfig.builder().includeThoughts(true).thinkingLevel("LOW"));
        if (wishes.contains(Wish.MUST_CALL))
            asked.toolConfig(ToolConfig.builder()
                    .functionCallingConfig(
                            FunctionCallingConfig.builder().mode("ANY").build()));
        if (wishes.contains(Wish.TOOLS))
            asked.tools(Tool.builder()
                    .functionDeclarations(FunctionDeclaration.builder()
                            .name(TOOL)
                            .description(TOOL_IS_FOR)
                            .parameters(Schema.builder()
                                    .type(Type.Known.OBJECT)
                                    .properties(Map.of("city", TEXT))
                                    .required("city")
                                    .build())
                            .build())
                    .build());
        if (wishes.contains(Wish.FORM))
            asked.responseMimeType("application/json")
                    .responseSchema(Schema.builder()
                            .type(Type.Known.OBJECT)
                            .properties(Map.of("city", TEXT, "degrees", NUMBER))
                            .required("city", "degrees")
                            .build());
        config = asked.build();
    }

    @Override
    public Said say(boolean streamed, String text, byte[]... pictures) {
        List<Part> parts = new ArrayList<>();
        parts.add(Part.fromText(text));
        for (byte[] picture : pictures) parts.add(Part.fromBytes(picture, "image/png"));
        turns.add(Content.builder().role("user").parts(parts).build());
        return said(streamed);
    }

    @Override
    public Said results(boolean streamed, Map<String, String> results) {
        List<Part> parts = new ArrayList<>();
        results.forEach((call, result) -> parts.add(Part.builder()
                .functionResponse(FunctionResponse.builder()
                        .id(call)
                        .name(called.get(call))
                        .response(Map.of("output", result)))
                .build()));
        turns.add(Content.builder().role("user").parts(parts).build());
        return said(streamed);
    }

    private Said said(boolean streamed) {
        List<Content> asked = List.copyOf(turns);
        if (!streamed) {
            GenerateContentResponse answer = client.models.generateContent(model, asked, config);
            return said(answer.parts(), answer, 1);
        }
        List<Part> parts = new ArrayList<>();
        GenerateContentResponse last = null;
        int pieces = 0;
        try (ResponseStream<GenerateContentResponse> stream =
                client.models.generateContentStream(model, asked, config)) {
            for (GenerateContentResponse piece : stream) {
                for (Part part : piece.parts())
                    if (!part.thought().orElse(false) && !part.text().orElse("").isEmpty()) pieces++;
                parts.addAll(piece.parts());
                last = piece;
            }
        }
        if (last == null) throw new AssertionError("nothing came");
        return said(parts, last, pieces);
    }

    private Said said(List<Part> parts, GenerateContentResponse last, int pieces) {
        turns.add(Content.builder().role("model").parts(parts).build());
        StringBuilder thought = new StringBuilder();
        StringBuilder text = new StringBuilder();
        List<Call> calls = new ArrayList<>();
        for (Part part : parts) {
            (part.thought().orElse(false) ? thought : text).append(part.text().orElse(""));
            part.functionCall().ifPresent(call -> calls.add(call(call)));
        }
        GenerateContentResponseUsageMetadata usage = last.usageMetadata().orElseThrow();
        int thoughts = usage.thoughtsTokenCount().orElse(0);
        return new Said(
                thought.toString(),
                text.toString(),
                calls,
                switch (last.finishReason().toString()) {
                    case "STOP" -> calls.isEmpty() ? "stop" : "tools";
                    case "MAX_TOKENS" -> "length";
                    case String other -> other;
                },
                new Usage(
                        usage.promptTokenCount().orElse(0),
                        usage.cachedContentTokenCount().orElse(0),
                        usage.candidatesTokenCount().orElse(0) + thoughts,
                        thoughts),
                pieces);
    }

    private Call call(FunctionCall call) {
        String id = call.id().orElseThrow();
        called.put(id, call.name().orElseThrow());
        return new Call(
                id,
                call.name().orElseThrow(),
                JsonMapper.shared().writeValueAsString(call.args().orElseThrow()));
    }

    @Override
    public void close() {
        client.close();
    }
}
