package io.tollbook.relay.demo;

import io.tollbook.relay.upstream.DemoProvider;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/** The provider's door: finds the dialect by the path and turns away whoever does not show the key in that dialect's way. */
public final class DemoServlet extends HttpServlet {
    private static final long serialVersionUID = 1L;

    private final transient DemoProvider provider;
    private final transient DemoDialect openAi;
    private final transient DemoDialect embeddings;
    private final transient DemoDialect responses;
    private final transient DemoDialect claude;
    private final transient DemoDialect gemini;

    public DemoServlet(DemoProvider provider) {
        this.provider = provider;
        DemoModel model = new DemoModel();
        openAi = new DemoOpenAi(model);
        embeddings = new DemoEmbeddings(model);
        responses = new DemoResponses(model);
        claude = new DemoClaude(model);
        gemini = new DemoGemini(model);
    }

    @Override
    protected void doPost(HttpServletRequest request, HttpServletResponse response) throws IOException {
        String path = request.getPathInfo() == null ? "" : request.getPathInfo();
        DemoDialect found = dialect(path);
        DemoDialect dialect = found == null ? openAi : found;
        DemoAnswer answer = new DemoAnswer(response);
        try {
            if (found == null) throw new DemoFault(404, "Invalid URL (POST " + path + ")");
            if (!isKey(dialect.key(request))) throw dialect.wrongKey();
            dialect.answer(path, request, body(request), answer);
        } catch (DemoFault fault) {
            answer.fault(fault, dialect.error(fault.status(), fault.message()));
        }
    }

    private @Nullable DemoDialect dialect(String path) {
        return switch (path) {
            case "/v1/chat/completions" -> openAi;
            case "/v1/embeddings" -> embeddings;
            case "/v1/responses" -> responses;
            case "/v1/messages", "/v1/messages/count_tokens" -> claude;
            default -> path.startsWith("/v1beta/models/") || path.startsWith("/v1/models/") ? gemini : null;
        };
    }

    private boolean isKey(@Nullable String shown) {
        return shown != null
                && MessageDigest.isEqual(
                        shown.getBytes(StandardCharsets.UTF_8), provider.key().getBytes(StandardCharsets.UTF_8));
    }

    private static JsonNode body(HttpServletRequest request) throws IOException {
        try {
            JsonNode body = DemoDialect.JSON.readTree(request.getInputStream());
            if (body.isObject()) return body;
        } catch (JacksonException e) {
            // Told below.
        }
        throw new DemoFault(400, "We could not parse the JSON body of your request.");
    }
}
