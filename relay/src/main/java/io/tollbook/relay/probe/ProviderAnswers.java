package io.tollbook.relay.probe;

import io.tollbook.kernel.Refusal;
import io.tollbook.kernel.Refused;
import io.tollbook.relay.dialect.UpstreamErrors;
import java.nio.charset.StandardCharsets;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What a provider tells of an account, path by path behind one address and under one key. */
interface ProviderAnswers {
    /** Amounts are read as they are written. */
    JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();

    /** @throws Refused PROVIDER_FAILED, saying what was wrong */
    JsonNode at(String path);

    static Refused failed(String why) {
        return new Refused(Refusal.PROVIDER_FAILED, why);
    }

    static JsonNode read(byte[] bytes) {
        try {
            JsonNode root = JSON.readTree(bytes);
            if (UpstreamErrors.isError(root))
                throw failed(UpstreamErrors.read(200, bytes, 0).message());
            if (root.isContainer()) return root;
        } catch (JacksonException e) {
            // Told below, like anything else that is no object.
        }
        String begin = new String(bytes, 0, Math.min(80, bytes.length), StandardCharsets.UTF_8);
        throw failed("The provider answered with something that is no JSON: " + UpstreamErrors.masked(begin));
    }
}
