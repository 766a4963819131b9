package io.tollbook.relay;

import io.tollbook.relay.call.ChatCalls;
import io.tollbook.relay.dialect.OpenAiErrors;
import io.tollbook.relay.models.ModelLists;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** Everything below {@code /v1}. Outside of Spring MVC, its filters and observations, whose price a call does not need. */
final class RelayServlet extends HttpServlet {
    private static final long serialVersionUID = 1L;

    private final transient ChatCalls chats;
    private final transient ModelLists models;

    RelayServlet(ChatCalls chats, ModelLists models) {
        this.chats = chats;
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
        if (path.equals("/v1/chat/completions") && method.equals("POST")) chats.handle(request, response);
        else if (path.equals("/v1/models") && method.equals("GET")) models.list(request, response);
        else if (path.startsWith("/v1/models/") && method.equals("GET"))
            models.one(request, response, path.substring("/v1/models/".length()));
        else refuse(response, method, path);
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
        OpenAiErrors.Failure failure = known
                ? OpenAiErrors.own(501, "api_not_implemented", "This API is not implemented.")
                : new OpenAiErrors.Failure(
                        404, "invalid_request_error", "", null, "Invalid URL (" + method + " " + path + ")", 0);
        response.setStatus(failure.status());
        response.setContentType("application/json");
        response.getOutputStream().write(OpenAiErrors.body(failure));
    }
}
