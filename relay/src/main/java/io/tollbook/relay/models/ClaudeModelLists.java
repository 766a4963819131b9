package io.tollbook.relay.models;

import io.tollbook.kernel.Refusal;
import io.tollbook.kernel.Refused;
import io.tollbook.relay.conversation.Failure;
import io.tollbook.relay.dialect.Json;
import io.tollbook.relay.dialect.RequestLine;
import io.tollbook.relay.dialect.claude.ClaudeErrors;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The same models for Anthropic's clients, page by page, forwards and backwards. */
@Component
public final class ClaudeModelLists {
    /** The moment every model claims to be from, as in the list for OpenAI's clients. */
    private static final String CREATED = "2021-07-20T10:40:00Z";

    private static final int PAGE = 20;
    private static final int PAGE_MAX = 1_000;

    private final ModelLists lists;

    ClaudeModelLists(ModelLists lists) {
        this.lists = lists;
    }

    /** Whether a client of {@code /v1/models} is one of Anthropic's: nobody else names a version. */
    public static boolean isAsked(HttpServletRequest request) {
        return request.getHeader("anthropic-version") != null;
    }

    public void list(HttpServletRequest request, HttpServletResponse response) throws IOException {
        try {
            List<String> models = lists.models(request).stream().sorted().toList();
            RequestLine line = RequestLine.of(request);
            int limit = limit(line.parameter("limit"));
            // Names, not positions: they mean the same when models come and go.
            String after = line.parameter("after_id");
            String before = line.parameter("before_id");
            List<String> left = models.stream()
                    .filter(model -> after == null || model.compareTo(after) > 0)
                    .filter(model -> before == null || model.compareTo(before) < 0)
                    .toList();
            boolean backwards = before != null && after == null;
            int from = backwards ? Math.max(0, left.size() - limit) : 0;
            List<String> page = left.subList(from, Math.min(left.size(), from + limit));
            ObjectNode root = Json.MAPPER.createObjectNode();
            ArrayNode data = root.putArray("data");
            for (String model : page) data.add(entry(model));
            root.put("first_id", page.isEmpty() ? null : page.getFirst());
            root.put("last_id", page.isEmpty() ? null : page.getLast());
            root.put("has_more", page.size() < left.size());
            write(response, 200, Json.MAPPER.writeValueAsBytes(root));
        } catch (Refused refused) {
            refuse(response, refused);
        }
    }

    private static int limit(@Nullable String asked) {
        if (asked == null || asked.isEmpty()) return PAGE;
        try {
            int limit = Integer.parseInt(asked);
            if (limit >= 1 && limit <= PAGE_MAX) return limit;
        } catch (NumberFormatException e) {
            // Said below.
        }
        throw Refused.invalid("limit must be a whole number between 1 and " + PAGE_MAX);
    }

    public void one(HttpServletRequest request, HttpServletResponse response, String encoded) throws IOException {
        String model = RequestLine.decoded(encoded);
        try {
            if (!lists.models(request).contains(model)) throw new Refused(Refusal.NOT_FOUND, "model: " + model);
            write(response, 200, Json.MAPPER.writeValueAsBytes(entry(model)));
        } catch (Refused refused) {
            refuse(response, refused);
        }
    }

    private static ObjectNode entry(String model) {
        return Json.MAPPER
                .createObjectNode()
                .put("type", "model")
                .put("id", model)
                .put("display_name", model)
                .put("created_at", CREATED);
    }

    private static void refuse(HttpServletResponse response, Refused refused) throws IOException {
        Failure failure = Failure.of(refused.refusal(), refused.getMessage());
        if (failure.retryAfterSeconds() > 0)
            response.setHeader("Retry-After", Integer.toString(failure.retryAfterSeconds()));
        write(response, ClaudeErrors.SHAPE.status(failure), ClaudeErrors.SHAPE.body(failure, null));
    }

    private static void write(HttpServletResponse response, int status, byte[] body) throws IOException {
        response.setStatus(status);
        response.setContentType("application/json");
        response.setContentLength(body.length);
        response.getOutputStream().write(body);
    }
}
