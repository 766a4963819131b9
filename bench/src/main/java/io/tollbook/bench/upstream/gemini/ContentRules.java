package io.tollbook.bench.upstream.gemini;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/** Which turns Google takes: every call is answered right behind it, and a new model's calls are sealed. */
final class ContentRules {
    /** What Google documents for calls that it has not sealed itself. */
    private static final String NO_SEAL = "skip_thought_signature_validator";

    private static final String SEAL = "seal-";
    private static final Set<String> DATA = Set.of(
            "text",
            "inlineData",
            "fileData",
            "functionCall",
            "functionResponse",
            "executableCode",
            "codeExecutionResult");
    private static final Set<String> BESIDE = Set.of("thought", "thoughtSignature", "videoMetadata", "mediaResolution");
    private static final Set<String> MEDIA = Set.of(
            "application/pdf",
            "audio/mpeg",
            "audio/mp3",
            "audio/wav",
            "image/png",
            "image/jpeg",
            "image/webp",
            "image/heic",
            "image/heif",
            "text/plain",
            "video/mp4",
            "video/mpeg",
            "video/mov",
            "video/webm");

    private final String model;

    ContentRules(String model) {
        this.model = model;
    }

    static String seal(long number) {
        return Base64.getEncoder().encodeToString((SEAL + number).getBytes(StandardCharsets.UTF_8));
    }

    static void system(JsonNode content) {
        RequestRules.known(content, Set.of("role", "parts"), "systemInstruction");
        for (JsonNode part : content.path("parts"))
            if (part.path("text").stringValue("").isEmpty()) throw new BadRequest("systemInstruction: only text");
    }

    void check(JsonNode contents) {
        if (!contents.isArray() || contents.isEmpty())
            throw new BadRequest("* GenerateContentRequest.contents: contents is not specified");
        List<JsonNode> open = List.of();
        int lastWords = -1;
        for (int i = 0; i < contents.size(); i++) if (isWords(contents.path(i))) lastWords = i;
        for (int i = 0; i < contents.size(); i++) {
            JsonNode content = contents.path(i);
            RequestRules.known(content, Set.of("role", "parts"), "contents");
            RequestRules.oneOf(content.path("role"), Set.of("user", "model"), "contents.role");
            if (content.path("parts").isEmpty()) throw new BadRequest("contents.parts must not be empty.");
            for (JsonNode part : content.path("parts")) part(part);
            List<JsonNode> responses = all(content, "functionResponse");
            answered(open, responses);
            List<JsonNode> calls = all(content, "functionCall");
            if (!calls.isEmpty() && i == 0)
                throw new BadRequest("Please ensure that function call turn comes immediately after a user turn.");
            open = calls;
            if (i > lastWords && !calls.isEmpty()) sealed(content);
        }
        answered(open, List.of());
    }

    private static boolean isWords(JsonNode content) {
        return content.path("role").stringValue("").equals("user")
                && all(content, "functionResponse").isEmpty()
                && !all(content, "text").isEmpty();
    }

    private static List<JsonNode> all(JsonNode content, String field) {
        List<JsonNode> found = new ArrayList<>();
        for (JsonNode part : content.path("parts")) if (part.has(field)) found.add(part.path(field));
        return found;
    }

    private static void answered(List<JsonNode> calls, List<JsonNode> responses) {
        if (calls.size() != responses.size())
            throw new BadRequest("Please ensure that the number of function response parts is equal to the number of"
                    + " function call parts of the function call turn.");
        for (int i = 0; i < calls.size(); i++) {
            JsonNode response = responses.get(i);
            RequestRules.known(response, Set.of("id", "name", "response"), "functionResponse");
            if (!response.path("response").isObject()) throw new BadRequest("functionResponse.response: a struct");
            if (!response.path("name").equals(calls.get(i).path("name"))
                    || !response.path("id").equals(calls.get(i).path("id")))
                throw new BadRequest("functionResponse " + i + " does not match its call by name and id.");
        }
    }

    private void sealed(JsonNode content) {
        if (!model.startsWith("gemini-3")) return;
        for (JsonNode part : content.path("parts")) {
            if (!part.has("functionCall")) continue;
            String seal = part.path("thoughtSignature").stringValue("");
            if (!isValid(seal))
                throw new BadRequest("Function call is missing a thought_signature in functionCall parts.");
            return;
        }
    }

    private static boolean isValid(String seal) {
        if (seal.equals(NO_SEAL)) return true;
        // What other clients make of it in the other alphabet is the same bytes.
        String standard = seal.replace('-', '+').replace('_', '/');
        try {
            return new String(Base64.getDecoder().decode(standard), StandardCharsets.UTF_8).startsWith(SEAL);
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private static void part(JsonNode part) {
        int data = 0;
        for (String field : part.propertyNames()) {
            if (DATA.contains(field)) data++;
            else if (!BESIDE.contains(field))
                throw new BadRequest("Invalid JSON payload received. Unknown name \"" + field + "\" at 'parts'");
        }
        if (data != 1) throw new BadRequest("parts: required oneof field 'data' must have one initialized field");
        if (part.has("text") && part.path("text").stringValue("").isEmpty() && !part.has("thoughtSignature"))
            throw new BadRequest("parts.text: must not be empty");
        if (part.has("thoughtSignature")
                && !part.path("thoughtSignature").stringValue("").equals(NO_SEAL)
                && !isValid(part.path("thoughtSignature").stringValue("")))
            throw new BadRequest("Thought signature is not valid.");
        if (part.has("functionCall")) {
            RequestRules.known(part.path("functionCall"), Set.of("id", "name", "args"), "functionCall");
            if (!part.path("functionCall").path("args").isObject()) throw new BadRequest("functionCall.args: a struct");
        }
        if (part.has("inlineData")) {
            RequestRules.known(part.path("inlineData"), Set.of("mimeType", "data"), "inlineData");
            String type = part.path("inlineData").path("mimeType").stringValue("");
            if (!MEDIA.contains(type)) throw new BadRequest("Unsupported MIME type: " + type);
            try {
                Base64.getDecoder().decode(part.path("inlineData").path("data").stringValue(""));
            } catch (IllegalArgumentException e) {
                throw new BadRequest("inlineData.data: Base64 decoding failed");
            }
        }
        if (part.has("fileData")) RequestRules.known(part.path("fileData"), Set.of("mimeType", "fileUri"), "fileData");
    }
}
