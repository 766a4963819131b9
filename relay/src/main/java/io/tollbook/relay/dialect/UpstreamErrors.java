package io.tollbook.relay.dialect;

import static java.time.format.DateTimeFormatter.RFC_1123_DATE_TIME;

import io.tollbook.relay.conversation.Failure;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Reads a provider's error, whatever its shape, and hides where it came from. */
public final class UpstreamErrors {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final int MESSAGE_MAX = 2_000;
    private static final int RETRY_AFTER_MAX = 3_600;
    private static final Pattern RETRY_DELAY = Pattern.compile("\\d{1,9}(\\.\\d{1,9})?s");
    private static final Pattern URL = Pattern.compile("(?i)\\b[a-z][a-z0-9+.-]*://[^\\s\"'<>]+");
    private static final Pattern ADDRESS = Pattern.compile("\\b\\d{1,3}(\\.\\d{1,3}){3}(:\\d+)?\\b");
    private static final Pattern KEY =
            Pattern.compile("(?i)\\b(sk|rk|pk|key)-[a-z0-9_*-]{4,}|api[_-]?key[\"']?\\s*[:=]\\s*\\S+|bearer\\s+\\S+"
                    + "|\\b(?:org|proj|req|gsk|xai|hf)[-_][a-z0-9_-]{6,}|\\bAIza[\\w-]{20,}|\\bprojects?[ /]\\d{6,}");
    private static final Pattern DOMAIN = Pattern.compile(
            "(?i)\\b(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\\.)+(?:com|net|org|io|ai|dev|cn|app|cloud|co|eu|us|de|local|internal)\\b");

    /** A stream that ended before its vendor's last event. */
    public static final Failure CUT =
            Failure.own(502, "bad_response_body", "The provider's answer ended before it was complete.");

    private UpstreamErrors() {}

    /** @param retryAfter the provider's wish in seconds; 0 for none */
    public static Failure read(int status, byte[] body, int retryAfter) {
        return read(status, tree(body), retryAfter);
    }

    /** What a provider says in the middle of a stream; the status it would have had only some of them tell. */
    public static Failure inside(JsonNode root) {
        JsonNode code = root.path("error").path("code");
        boolean isStatus = code.isInt() && code.intValue() >= 400 && code.intValue() <= 599;
        return read(isStatus ? code.intValue() : 500, root, 0);
    }

    private static Failure read(int status, @Nullable JsonNode root, int retryAfter) {
        if (root == null || !root.isObject())
            return new Failure(
                    status,
                    "upstream_error",
                    "bad_response_status_code",
                    null,
                    "The provider answered with status " + status + ".",
                    retryAfter);
        JsonNode error = root.path("error");
        String message = firstText(
                error.path("message"),
                error,
                root.path("message"),
                root.path("msg"),
                root.path("err"),
                root.path("error_msg"),
                root.path("detail"),
                root.path("header").path("message"),
                root.path("response").path("error").path("message"));
        boolean usable = message != null;
        return new Failure(
                status,
                text(error.path("type"), "upstream_error"),
                text(error.path("code"), usable ? null : "bad_response_status_code"),
                text(error.path("param"), null),
                usable ? masked(message) : "The provider answered with status " + status + ".",
                retryAfter > 0 ? retryAfter : retryDelay(error.path("details")));
    }

    /** Google's wish to be asked later stands in the error itself, as {@code 34.07s}. */
    private static int retryDelay(JsonNode details) {
        for (JsonNode detail : details) {
            String delay = detail.path("retryDelay").stringValue("");
            if (!RETRY_DELAY.matcher(delay).matches()) continue;
            BigDecimal seconds = new BigDecimal(delay.substring(0, delay.length() - 1));
            return seconds.setScale(0, RoundingMode.CEILING)
                    .min(BigDecimal.valueOf(RETRY_AFTER_MAX))
                    .intValueExact();
        }
        return 0;
    }

    /** Whether a body that came with status 200 is an error all the same. */
    public static boolean isError(JsonNode root) {
        JsonNode error = root.path("error");
        return error.isObject() && !error.isEmpty()
                || error.isString() && !error.asString().isEmpty();
    }

    /** The provider's wish to be asked later, in seconds: it stands there as a number of them, or as a moment. */
    public static int retryAfter(String wish) {
        try {
            long seconds = wish.chars().allMatch(Character::isDigit)
                    ? Long.parseLong(wish)
                    : Duration.between(Instant.now(), RFC_1123_DATE_TIME.parse(wish, Instant::from))
                            .toSeconds();
            return Math.clamp(seconds, 0, RETRY_AFTER_MAX);
        } catch (NumberFormatException | DateTimeParseException e) {
            return 0;
        }
    }

    private static @Nullable JsonNode tree(byte[] body) {
        try {
            return JSON.readTree(body);
        } catch (JacksonException e) {
            return null;
        }
    }

    private static @Nullable String firstText(JsonNode... nodes) {
        for (JsonNode node : nodes) if (node.isString() && !node.asString().isBlank()) return node.asString();
        return null;
    }

    private static @Nullable String text(JsonNode node, @Nullable String otherwise) {
        if (node.isString() && !node.asString().isBlank()) return masked(node.asString());
        return node.isNumber() ? node.asString() : otherwise;
    }

    /** Without addresses, hosts and keys: nothing that tells which account at which provider served a customer. */
    public static String masked(String message) {
        String text = message.length() > MESSAGE_MAX ? message.substring(0, MESSAGE_MAX) : message;
        text = URL.matcher(text).replaceAll("***");
        text = KEY.matcher(text).replaceAll("***");
        text = ADDRESS.matcher(text).replaceAll("***");
        return DOMAIN.matcher(text).replaceAll("***");
    }
}
