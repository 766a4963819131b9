package io.tollbook.relay.dialect.embeddings;

import io.tollbook.kernel.account.Meters;
import io.tollbook.relay.dialect.AnswerReader;
import io.tollbook.relay.dialect.ClientRequest;
import io.tollbook.relay.dialect.Dialect;
import io.tollbook.relay.dialect.Json;
import io.tollbook.relay.dialect.RequestLine;
import io.tollbook.relay.dialect.gemini.GeminiPath;
import io.tollbook.relay.metering.GeminiUsage;
import io.tollbook.relay.metering.UsageReader;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Base64;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** OpenAI's embeddings from a provider of Google's: one batch there is one request here. */
final class GeminiEmbeddings extends Embeddings {
    static final GeminiEmbeddings ONLY = new GeminiEmbeddings();

    private GeminiEmbeddings() {}

    @Override
    public boolean passes(Dialect client) {
        return client instanceof Embeddings;
    }

    @Override
    public boolean passesToProvider(String header) {
        return false;
    }

    @Override
    public String path(String model, boolean stream, @Nullable RequestLine line) {
        return GeminiPath.to(model, "batchEmbedContents");
    }

    @Override
    public Map<String, String> headers(String key) {
        return key.isEmpty() ? Map.of() : Map.of("x-goog-api-key", key);
    }

    @Override
    public UsageReader usage() {
        return new GeminiUsage();
    }

    @Override
    public AnswerReader reader() {
        return new VectorReader("embeddings");
    }

    @Override
    public byte[] passed(ClientRequest request, String upstreamModel) {
        EmbeddingsRequest asked = (EmbeddingsRequest) request;
        asked.wantsBase64();
        ObjectNode root = Json.MAPPER.createObjectNode();
        ArrayNode batch = root.putArray("requests");
        Long dimensions = asked.dimensions();
        for (String text : asked.texts()) {
            ObjectNode one = batch.addObject().put("model", "models/" + GeminiPath.bare(upstreamModel));
            one.putObject("content").putArray("parts").addObject().put("text", text);
            Json.put(one, "outputDimensionality", dimensions);
        }
        return Json.MAPPER.writeValueAsBytes(root);
    }

    @Override
    public byte[] passedBack(ClientRequest request, byte[] body, JsonNode answer, Meters charged) {
        boolean base64 = ((EmbeddingsRequest) request).wantsBase64();
        ObjectNode root = Json.MAPPER.createObjectNode().put("object", "list");
        ArrayNode data = root.putArray("data");
        for (JsonNode embedding : answer.path("embeddings")) {
            ObjectNode one = data.addObject().put("object", "embedding").put("index", data.size() - 1);
            JsonNode values = embedding.path("values");
            if (base64) one.put("embedding", packed(values));
            else one.set("embedding", values);
        }
        root.put("model", request.model());
        root.putObject("usage")
                .put("prompt_tokens", charged.promptTokens())
                .put("total_tokens", charged.promptTokens());
        return Json.MAPPER.writeValueAsBytes(root);
    }

    /** Little-endian floats, as OpenAI packs them. */
    private static String packed(JsonNode values) {
        ByteBuffer bytes = ByteBuffer.allocate(values.size() * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        for (JsonNode value : values) bytes.putFloat(value.floatValue(0f));
        return Base64.getEncoder().encodeToString(bytes.array());
    }
}
