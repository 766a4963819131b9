package io.tollbook.relay.models;

import io.tollbook.kernel.Refusal;
import io.tollbook.kernel.Refused;
import io.tollbook.relay.conversation.Failure;
import io.tollbook.relay.dialect.RequestLine;
import io.tollbook.relay.dialect.gemini.GeminiErrors;
import io.tollbook.relay.directory.Prices;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The same models for Google's clients, page by page. */
@Component
public final class GeminiModelLists {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final String PREFIX = "models/";
    private static final int PAGE = 50;
    private static final int PAGE_MAX = 1_000;
    /** Which model reads how much nobody tells us; Google's read this. */
    private static final long INPUT_TOKENS = 1_048_576;

    private final ModelLists lists;
    private final Prices prices;

    GeminiModelLists(ModelLists lists, Prices prices) {
        this.lists = lists;
        this.prices = prices;
    }

    /** Whether this client of {@code /v1/models} is one of Google's, by the way it shows its key. */
    public static boolean isAsked(HttpServletRequest request) {
        return request.getHeader("x-goog-api-key") != null
                || request.getHeader("Authorization") == null
                        && RequestLine.of(request).parameter("key") != null;
    }

    public void list(HttpServletRequest request, HttpServletResponse response) throws IOException {
        try {
            List<String> models = lists.models(request).stream().sorted().toList();
            RequestLine line = RequestLine.of(request);
            int size = size(line.parameter("pageSize"));
            // The name of the last model of the page before: it means the same when models come and go.
            String after = line.parameter("pageToken");
            List<String> left = after == null || after.isEmpty()
                    ? models
                    : models.stream()
                            .filter(model -> model.compareTo(after) > 0)
                            .toList();
            List<String> page = left.stream().limit(size).toList();
            ObjectNode root = JSON.createObjectNode();
            ArrayNode entries = root.putArray("models");
            for (String model : page) entries.add(entry(model));
            if (left.size() > page.size()) root.put("nextPageToken", page.getLast());
            write(response, 200, JSON.writeValueAsBytes(root));
        } catch (Refused refused) {
            refuse(response, refused);
        }
    }

    private static int size(@Nullable String asked) {
        if (asked == null || asked.isEmpty()) return PAGE;
        try {
            int size = Integer.parseInt(asked);
            if (size >= 0) return size == 0 ? PAGE : Math.min(size, PAGE_MAX);
        } catch (NumberFormatException e) {
            // Said below.
        }
        throw Refused.invalid("pageSize must be a whole number of models");
    }

    public void one(HttpServletRequest request, HttpServletResponse response, String encoded) throws IOException {
        String model = RequestLine.decoded(encoded);
        try {
            if (!lists.models(request).contains(model))
                throw new Refused(Refusal.NOT_FOUND, "The model " + PREFIX + model + " does not exist.");
            write(response, 200, JSON.writeValueAsBytes(entry(model)));
        } catch (Refused refused) {
            refuse(response, refused);
        }
    }

    private ObjectNode entry(String model) {
        ObjectNode entry = JSON.createObjectNode()
                .put("name", PREFIX + model)
                .put("baseModelId", model)
                .put("version", "001")
                .put("displayName", model)
                .put("description", model)
                .put("inputTokenLimit", INPUT_TOKENS)
                .put("outputTokenLimit", prices.inForce().document().maxOutputTokens(model));
        entry.putArray("supportedGenerationMethods")
                .add("generateContent")
                .add("streamGenerateContent")
                .add("countTokens");
        return entry;
    }

    private static void refuse(HttpServletResponse response, Refused refused) throws IOException {
        Failure failure = Failure.of(refused.refusal(), refused.getMessage());
        if (failure.retryAfterSeconds() > 0)
            response.setHeader("Retry-After", Integer.toString(failure.retryAfterSeconds()));
        write(response, GeminiErrors.SHAPE.status(failure), GeminiErrors.SHAPE.body(failure, null));
    }

    private static void write(HttpServletResponse response, int status, byte[] body) throws IOException {
        response.setStatus(status);
        response.setContentType("application/json");
        response.setContentLength(body.length);
        response.getOutputStream().write(body);
    }
}
