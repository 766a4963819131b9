package io.tollbook.command.channel;

import io.tollbook.kernel.Refused;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What a channel's fields of JSON may say. Refusals name the field and, where it is not JSON, line and column. */
final class OverridePolicy {
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();

    private static final Set<String> OBJECTS =
            Set.of("setting", "settings", "param_override", "header_override", "status_code_mapping");
    private static final List<String> LIMITS =
            List.of("max_concurrency", "requests_per_minute", "key_max_concurrency", "key_requests_per_minute");
    private static final int LIMIT_MAX = 1_000_000;

    /** Headers that prove who somebody is. */
    private static final Pattern PROVING =
            Pattern.compile(".*(authorization|api-?key|token|secret|password|cookie|credential|signature).*");
    /** How keys and the headers around them begin. */
    private static final Pattern KEY_BEGINNING =
            Pattern.compile("(?i)(?<![a-z0-9])(sk-|sk_|xai-|aiza|ghp_|eyj|bearer |basic )");

    /** A long run without a break, which words do not have. */
    private static final Pattern RUN = Pattern.compile("[A-Za-z0-9+/=_]{24,}");

    private OverridePolicy() {}

    static void check(String field, String text) {
        if (field.equals("multi_key_mode") && !text.equals("random") && !text.equals("polling"))
            throw Refused.invalid("multi_key_mode must be random or polling.");
        if (!OBJECTS.contains(field)) return;
        JsonNode object = object(field, text);
        switch (field) {
            case "header_override" -> checkHeaders(object);
            case "settings" -> checkLimits(object);
            default -> {}
        }
    }

    private static JsonNode object(String field, String text) {
        JsonNode node;
        try {
            node = JSON.readTree(text);
        } catch (JacksonException e) {
            throw Refused.invalid(
                    field + " is not JSON: line " + e.getLocation().getLineNr() + ", column "
                            + e.getLocation().getColumnNr() + ": " + firstSentence(e.getOriginalMessage()));
        }
        if (!node.isObject()) throw Refused.invalid(field + " must be a JSON object, like {\"name\": \"value\"}.");
        return node;
    }

    private static String firstSentence(String message) {
        String line = message.lines().findFirst().orElse("");
        return line.length() > 160 ? line.substring(0, 160) + "…" : line;
    }

    private static void checkPattern(String which, String pattern) {
        try {
            Pattern.compile(pattern);
        } catch (PatternSyntaxException e) {
            throw Refused.invalid(which + " has a pattern that is none: " + e.getDescription() + ".");
        }
    }

    /** Terms are stored in clear, so no header may carry a secret but by {@code {api_key}}, which stands for the sealed key. */
    private static void checkHeaders(JsonNode headers) {
        for (Map.Entry<String, JsonNode> header : headers.properties()) {
            String name = header.getKey();
            if (!header.getValue().isString())
                throw Refused.invalid("header_override: the value of " + name + " must be a text.");
            if (name.startsWith("re:") || name.startsWith("regex:")) {
                checkPattern("header_override", name.substring(name.indexOf(':') + 1));
                continue;
            }
            if (name.equals("*")) continue;
            if (!name.matches("[A-Za-z0-9!#$%&'*+.^_`|~-]{1,128}"))
                throw Refused.invalid("header_override: “" + name + "” is no name of a header.");
            checkHeader("header_override", name, header.getValue().asString());
        }
    }

    /** @param field where the header is set */
    static void checkHeader(String field, String name, String value) {
        if (value.chars().anyMatch(Character::isISOControl))
            throw Refused.invalid(field + ": the value of " + name + " has an invisible character.");
        String literal = value.startsWith("{client_header:") && value.endsWith("}")
                ? ""
                : value.replace("{api_key}", "").strip();
        boolean proves = PROVING.matcher(name.toLowerCase(Locale.ROOT)).matches();
        boolean bare = literal.isEmpty() || proves && literal.matches("(?i)(bearer|basic|token|key)");
        if (!bare && (proves || looksLikeKey(literal)))
            throw Refused.invalid(field + ": " + name
                    + " seems to hold a credential, and this field is stored in clear. Put the credential into the key and"
                    + " write {api_key} here.");
    }

    private static boolean looksLikeKey(String text) {
        return KEY_BEGINNING.matcher(text).find()
                || RUN.matcher(text)
                        .results()
                        .map(MatchResult::group)
                        .anyMatch(run -> run.chars().anyMatch(Character::isDigit)
                                && run.chars().anyMatch(Character::isLetter));
    }

    private static void checkLimits(JsonNode settings) {
        for (String limit : LIMITS) {
            JsonNode value = settings.path(limit);
            if (value.isMissingNode() || value.isNull()) continue;
            if (!value.isIntegralNumber() || value.asLong() < 0 || value.asLong() > LIMIT_MAX)
                throw Refused.invalid(
                        "settings: " + limit + " must be a whole number from 0 (no limit) to " + LIMIT_MAX + ".");
        }
    }
}
