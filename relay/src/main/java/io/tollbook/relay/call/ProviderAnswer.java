package io.tollbook.relay.call;

import io.tollbook.relay.dialect.UpstreamErrors;
import java.io.IOException;
import java.io.InputStream;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.Header;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Reads what a provider answers beside its dialect: headers, and bodies that may be anything. */
final class ProviderAnswer {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final int REQUEST_ID_MAX = 128;

    private ProviderAnswer() {}

    /** Seconds; 0 if it does not say. */
    static int retryAfter(ClassicHttpResponse answer) {
        Header header = answer.getFirstHeader("Retry-After");
        return header == null ? 0 : UpstreamErrors.retryAfter(header.getValue().strip());
    }

    /** The provider's own id of the request; null if it gave none. */
    static @Nullable String requestId(ClassicHttpResponse answer) {
        Header header = answer.getFirstHeader("x-request-id");
        if (header == null) header = answer.getFirstHeader("request-id");
        String value = header == null ? null : header.getValue();
        return value == null || value.length() <= REQUEST_ID_MAX ? value : value.substring(0, REQUEST_ID_MAX);
    }

    static byte[] upTo(InputStream in, int most) {
        try {
            return in.readNBytes(most);
        } catch (IOException e) {
            return new byte[0];
        }
    }

    /** Null for what is no JSON. */
    static @Nullable JsonNode tree(byte[] body) {
        try {
            return JSON.readTree(body);
        } catch (JacksonException e) {
            return null;
        }
    }
}
