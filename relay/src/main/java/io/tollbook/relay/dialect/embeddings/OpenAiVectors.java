package io.tollbook.relay.dialect.embeddings;

import io.tollbook.kernel.account.Meters;
import io.tollbook.relay.dialect.AnswerReader;
import io.tollbook.relay.dialect.ClientRequest;
import io.tollbook.relay.dialect.Dialect;
import io.tollbook.relay.dialect.Json;
import io.tollbook.relay.dialect.RequestLine;
import io.tollbook.relay.dialect.openai.OpenAi;
import io.tollbook.relay.metering.OpenAiUsage;
import io.tollbook.relay.metering.UsageReader;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Google's embeddings from a provider of OpenAI's kind. What a text is for, and its title, such a provider does not ask. */
final class OpenAiVectors extends GoogleEmbeddings {
    static final OpenAiVectors ONLY = new OpenAiVectors();

    private final OpenAi openAi = new OpenAi();

    private OpenAiVectors() {}

    @Override
    public boolean passes(Dialect client) {
        return client instanceof GoogleEmbeddings;
    }

    @Override
    public boolean passesToProvider(String header) {
        return false;
    }

    @Override
    public String path(String model, boolean stream, @Nullable RequestLine line) {
        return "/v1/embeddings";
    }

    @Override
    public Map<String, String> headers(String key) {
        return openAi.headers(key);
    }

    @Override
    public UsageReader usage() {
        return new OpenAiUsage();
    }

    @Override
    public AnswerReader reader() {
        return new VectorReader("data");
    }

    @Override
    public byte[] passed(ClientRequest request, String upstreamModel) {
        GoogleEmbeddingsRequest asked = (GoogleEmbeddingsRequest) request;
        ObjectNode root = Json.MAPPER.createObjectNode().put("model", upstreamModel);
        ArrayNode input = root.putArray("input");
        for (String text : asked.inputs()) input.add(text);
        Json.put(root, "dimensions", asked.dimensions());
        return Json.MAPPER.writeValueAsBytes(root.put("encoding_format", "float"));
    }

    @Override
    public byte[] passedBack(ClientRequest request, byte[] body, JsonNode answer, Meters charged) {
        Map<Integer, JsonNode> vectors = new TreeMap<>();
        for (JsonNode one : answer.path("data"))
            vectors.put(one.path("index").intValue(vectors.size()), one.path("embedding"));
        ObjectNode root = Json.MAPPER.createObjectNode();
        if (((GoogleEmbeddingsRequest) request).isBatch()) {
            ArrayNode all = root.putArray("embeddings");
            vectors.values().forEach(values -> all.addObject().set("values", values));
        } else vectors.values().forEach(values -> root.putObject("embedding").set("values", values));
        return Json.MAPPER.writeValueAsBytes(root);
    }
}
