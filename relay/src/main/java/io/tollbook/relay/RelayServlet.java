package io.tollbook.relay;

import io.tollbook.relay.call.PaidCalls;
import io.tollbook.relay.call.TokenCounts;
import io.tollbook.relay.conversation.Failure;
import io.tollbook.relay.conversation.Vendor;
import io.tollbook.relay.dialect.Dialect;
import io.tollbook.relay.dialect.Dialects;
import io.tollbook.relay.dialect.ErrorShape;
import io.tollbook.relay.dialect.claude.ClaudeErrors;
import io.tollbook.relay.dialect.claude.ClaudeTokens;
import io.tollbook.relay.dialect.gemini.GeminiErrors;
import io.tollbook.relay.dialect.gemini.GeminiTokens;
import io.tollbook.relay.dialect.openai.OpenAiErrors;
import io.tollbook.relay.models.ClaudeModelLists;
import io.tollbook.relay.models.GeminiModelLists;
import io.tollbook.relay.models.ModelLists;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Everything below {@code /v1}, {@code /v1beta} and {@code /pg}. Outside of Spring MVC, its filters and observations, whose price a call does not need. */
final class RelayServlet extends HttpServlet {
    private static final long serialVersionUID = 1L;

    /** Google's clients ask below either version. */
    private static final Pattern GENERATE =
            Pattern.compile("/v1(?:beta)?/models/.+:(?:generateContent|streamGenerateContent)");

    private static final Pattern EMBED = Pattern.compile("/v1(?:beta)?/models/.+:(?:embedContent|batchEmbedContents)");

    private static final Pattern COUNT = Pattern.compile("/v1(?:beta)?/models/.+:countTokens");
    private static final Pattern MODELS =
            Pattern.compile("/(?<version>v1|v1beta|v1beta/openai)/models(?:/(?<model>.*))?");
    private static final Pattern GENERATE_FOR_PAGE =
            Pattern.compile("/pg/models/.+:(?:generateContent|streamGenerateContent)");

    private final transient PaidCalls calls;
    private final transient Dialects dialects;
    private final transient TokenCounts counts;
    private final transient ModelLists models;
    private final transient ClaudeModelLists claudeModels;
    private final transient GeminiModelLists geminiModels;

    RelayServlet(
            PaidCalls calls,
            Dialects dialects,
            TokenCounts counts,
            ModelLists models,
            ClaudeModelLists claudeModels,
            GeminiModelLists geminiModels) {
        this.calls = calls;
        this.dialects = dialects;
        this.counts = counts;
        this.models = models;
        this.claudeModels = claudeModels;
        this.geminiModels = geminiModels;
    }

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
        String method = request.getMethod();
        if (request.getRequestURI().startsWith("/pg/")) {
            // For the site's own pages, so no other origin is told anything.
            playground(request, response, method);
            return;
        }
        response.setHeader("Access-Control-Allow-Origin", "*");
        if (method.equals("OPTIONS")) {
            preflight(response);
            return;
        }
        String path = request.getRequestURI();
        Vendor vendor = method.equals("POST") ? asked(path) : null;
        Dialect dialect = vendor == null ? null : dialects.find(vendor);
        if (dialect != null) calls.handle(dialect, request, response);
        else if (method.equals("POST") && COUNT.matcher(path).matches())
            counts.handle(GeminiErrors.SHAPE, GeminiTokens::answer, request, response);
        else if (path.equals("/v1/messages/count_tokens") && method.equals("POST"))
            counts.handle(ClaudeErrors.SHAPE, ClaudeTokens::answer, request, response);
        else if (!method.equals("GET") || !lists(path, request, response)) refuse(response, method, path);
    }

    /** Answers with models, if the path asks for them. */
    private boolean lists(String path, HttpServletRequest request, HttpServletResponse response) throws IOException {
        Matcher asked = MODELS.matcher(path);
        if (!asked.matches()) return false;
        String version = asked.group("version");
        String model = asked.group("model");
        boolean google = version.equals("v1beta") || version.equals("v1") && GeminiModelLists.isAsked(request);
        boolean anthropic = version.equals("v1") && ClaudeModelLists.isAsked(request);
        if (anthropic && model == null) claudeModels.list(request, response);
        else if (anthropic) claudeModels.one(request, response, model);
        else if (google && model == null) geminiModels.list(request, response);
        else if (google) geminiModels.one(request, response, model);
        else if (model == null) models.list(request, response);
        else models.one(request, response, model);
        return true;
    }

    private void playground(HttpServletRequest request, HttpServletResponse response, String method)
            throws IOException {
        Vendor vendor = method.equals("POST") ? askedByPage(request.getRequestURI()) : null;
        if (vendor == null) refuse(response, method, request.getRequestURI());
        else calls.handleOfSession(dialects.of(vendor), request, response);
    }

    /** Whose dialect one of the site's own pages asks in; null if there is no such path. */
    private static @Nullable Vendor askedByPage(String path) {
        return switch (path) {
            case "/pg/chat/completions" -> Vendor.OPENAI;
            case "/pg/responses" -> Vendor.RESPONSES;
            case "/pg/messages" -> Vendor.CLAUDE;
            default -> GENERATE_FOR_PAGE.matcher(path).matches() ? Vendor.GEMINI : null;
        };
    }

    /** Whose dialect a request to this path is in; null if there is no such path. */
    private static @Nullable Vendor asked(String path) {
        return switch (path) {
            case "/v1/chat/completions" -> Vendor.OPENAI;
            case "/v1/messages" -> Vendor.CLAUDE;
            case "/v1/responses" -> Vendor.RESPONSES;
            case "/v1/responses/compact" -> Vendor.COMPACTION;
            case "/v1/completions" -> Vendor.COMPLETIONS;
            case "/v1/embeddings" -> Vendor.EMBEDDINGS;
            default -> askedOfGoogle(path);
        };
    }

    private static @Nullable Vendor askedOfGoogle(String path) {
        if (GENERATE.matcher(path).matches()) return Vendor.GEMINI;
        return EMBED.matcher(path).matches() ? Vendor.GOOGLE_EMBEDDINGS : null;
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
        ErrorShape errors = path.startsWith("/v1beta/")
                ? GeminiErrors.SHAPE
                : path.startsWith("/v1/messages") ? ClaudeErrors.SHAPE : OpenAiErrors.SHAPE;
        response.getOutputStream().write(errors.body(failure, null));
    }
}
