package io.tollbook.relay.call;

import io.tollbook.kernel.Refused;
import io.tollbook.kernel.pricing.expression.Circumstances;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What a request says to a price that is a formula. The body is only read again if the formula asks for a field. */
final class CallCircumstances implements Circumstances {
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();

    private final HttpServletRequest request;
    private final byte[] body;
    private final Instant at;
    private @Nullable JsonNode root;

    CallCircumstances(HttpServletRequest request, byte[] body, Instant at) {
        this.request = request;
        this.body = body;
        this.at = at;
    }

    @Override
    public Instant at() {
        return at;
    }

    @Override
    public @Nullable String header(String name) {
        return request.getHeader(name);
    }

    @Override
    public @Nullable Object param(String path) {
        JsonNode node = root();
        for (String step : path.split("\\."))
            node = node.isArray() && step.matches("\\d{1,6}") ? node.path(Integer.parseInt(step)) : node.path(step);
        if (node.isString()) return node.asString();
        if (node.isBoolean()) return node.booleanValue();
        if (!node.isNumber()) return null;
        try {
            return node.decimalValue();
        } catch (NumberFormatException e) {
            throw unreadable();
        }
    }

    private JsonNode root() {
        if (root == null)
            try {
                root = JSON.readTree(body);
            } catch (JacksonException | NumberFormatException e) {
                throw unreadable();
            }
        return root;
    }

    /** The price hangs on the body: read as empty, a body made for it would switch its surcharges off. */
    private static Refused unreadable() {
        return Refused.invalid("The price of this model depends on the body, which cannot be read as JSON."
                + " Send numbers of at most 1,000 digits, and nest it no deeper than 500 levels.");
    }

    @Override
    public String picture() {
        return "";
    }
}
