package io.tollbook.relay;

import io.tollbook.relay.call.PaidCalls;
import io.tollbook.relay.conversation.Failure;
import io.tollbook.relay.conversation.Vendor;
import io.tollbook.relay.dialect.Dialect;
import io.tollbook.relay.dialect.Dialects;
import io.tollbook.relay.dialect.openai.OpenAiErrors;
import io.tollbook.relay.models.ModelLists;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Everything below {@code /v1} and {@code /v1beta}. Outside of Spring MVC, its filters and observations, whose price a call does not need. */
final class RelayServlet extends HttpServlet {
    private static final long serialVersionUID = 1L;

    /** Google's clients ask below either version. */
    private static final Pattern GENERATE =
            Pattern.compile("/v1(?:beta)?/models/.+:(?:generateContent|streamGenerateContent)");

    private final transient PaidCalls calls;
    private final transient Dialects dialects;
    private final transient ModelLists models;

    RelayServlet(PaidCalls calls, Dialects dialects, ModelLists models) {
        this.calls = calls;
        this.dialects = dialects;
        this.models = models;
    }

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
        response.setHeader("Access-Control-Allow-Origin", "*");
        String method = request.getMethod();
        if (method.equals("OPTIONS")) {
            preflight(response);
            return;
        }
        String path = request.getRequestURI();
        Vendor vendor = method.equals("POST") ? asked(path) : null;
        Dialect dialect = vendor == null ? null : dialects.find(vendor);
        if (dialect != null) calls.handle(dialect, request, response);
        else if (path.equals("/v1/models") && method.equals("GET")) models.list(request, response);
        else if (path.startsWith("/v1/models/") && method.equals("GET"))
            models.one(request, response, path.substring("/v1/models/".length()));
        else refuse(response, method, path);
    }

    /** Whose dialect a request to this path is in; null if there is no such path. */
    private static @Nullable Vendor asked(String path) {
        return switch (path) {
            case "/v1/chat/completions" -> Vendor.OPENAI;
            case "/v1/messages" -> Vendor.CLAUDE;
            case "/v1/responses" -> Vendor.RESPONSES;
            default -> GENERATE.matcher(path).matches() ? Vendor.GEMINI : null;
        };
    }

    private static void preflight(HttpServletResponse response) {
        response.setHeader("Access-Control-Allow-Methods", "GET, POST, DELETE, OPTIONS");
        response.setHeader("Access-Control-Allow-Headers", "*");
        response.setHeader("Access-Control-Max-Age", "86400");
        response.setStatus(HttpServletResponse.SC_NO_CONTENT);
    }

    private static void refuse(HttpServletResponse response, String method, String path) throws IOException {
        boolean known = path.startsWith("/v1/files")
                || path.startsWith("/v1/fine-tunes")
                || path.startsWith("/v1/fine_tuning")
                || path.equals("/v1/images/variations");
        Failure failure = known
                ? Failure.own(501, "api_not_implemented", "This API is not implemented.")
                : new Failure(404, "invalid_request_error", "", null, "Invalid URL (" + method + " " + path + ")", 0);
        response.setStatus(failure.status());
        response.setContentType("application/json");
        response.getOutputStream().write(OpenAiErrors.SHAPE.body(failure, null));
    }
}
