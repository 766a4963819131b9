package io.tollbook.relay.affinity;

import io.tollbook.kernel.token.Admission;
import io.tollbook.relay.dialect.ClientRequest;
import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;

/** What rules may look at of a call. */
public record CallView(HttpServletRequest request, ClientRequest asked, Admission by, String group) {
    String model() {
        return asked.model();
    }

    String path() {
        return request.getRequestURI();
    }

    String userAgent() {
        String agent = request.getHeader("User-Agent");
        return agent == null ? "" : agent;
    }

    @Nullable
    String value(AffinityRule.Source source) {
        return switch (source.kind()) {
            case BODY -> asked.valueAt(source.name());
            case HEADER -> request.getHeader(source.name());
            case CALLER ->
                switch (source.name()) {
                    case "id", "user_id" -> Long.toString(by.user().value());
                    case "token_id" -> Long.toString(by.token().value());
                    case "group", "using_group" -> group;
                    default -> null;
                };
        };
    }
}
