package io.tollbook.relay.demo;

import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** OpenAI's embeddings. Texts that share words lie near each other; that is all there is to them. */
final class DemoEmbeddings extends DemoDialect {
    private static final int DIMENSIONS = 64;
    private static final int DIMENSIONS_MAX = 4_096;

    DemoEmbeddings(DemoModel model) {
        super(model);
    }

    @Override
    @Nullable
    String key(HttpServletRequest request) {
        return DemoOpenAi.bearer(request);
    }

    @Override
    ObjectNode error(int status, String message) {
        return DemoOpenAi.errorOf(status, message);
    }

    @Override
    void answer(String path, HttpServletRequest request, JsonNode body, DemoAnswer answer) throws IOException {
        JsonNode input = body.path("input");
        if (input.isMissingNode() || input.isNull() || input.isArray() && input.isEmpty())
            throw DemoFault.missing("input");
        // An array of numbers is one text, already cut into tokens.
        boolean single = input.isString() || input.isArray() && input.get(0).isNumber();
        List<String> texts = single ? List.of(input.isString() ? input.asString() : input.toString()) : texts(input);
        int dimensions = dimensions(body.path("dimensions").asInt(DIMENSIONS));
        boolean packed = body.path("encoding_format").asString("float").equals("base64");
        ObjectNode root = object().put("object", "list");
        ArrayNode data = root.putArray("data");
        long tokens = 0;
        for (String text : texts) {
            float[] vector = vector(text, dimensions);
            ObjectNode one = data.addObject().put("object", "embedding").put("index", data.size() - 1);
            if (packed) one.put("embedding", packed(vector));
            else one.set("embedding", numbers(vector));
            tokens += DemoModel.words(text).size();
        }
        root.put("model", body.path("model").asString("demo-embedding"));
        root.putObject("usage").put("prompt_tokens", tokens).put("total_tokens", tokens);
        answer.id("x-request-id", "embd-demo-" + next());
        answer.whole(root);
    }

    private static List<String> texts(JsonNode input) {
        List<String> texts = new java.util.ArrayList<>();
        for (JsonNode one : input) texts.add(one.isString() ? one.asString() : one.toString());
        return texts;
    }

    private static int dimensions(int asked) {
        if (asked < 1 || asked > DIMENSIONS_MAX)
            throw new DemoFault(400, "'dimensions' must be between 1 and " + DIMENSIONS_MAX + ".");
        return asked;
    }

    /** A direction; each word pulls it its own way. */
    static float[] vector(String text, int dimensions) {
        double[] sum = new double[dimensions];
        for (String word : text.toLowerCase(Locale.ROOT).split("[^\\p{L}\\p{N}]+")) {
            java.util.Random pull = new java.util.Random(word.hashCode());
            for (int i = 0; i < dimensions; i++) sum[i] += pull.nextGaussian();
        }
        double length = 0;
        for (double one : sum) length += one * one;
        length = Math.sqrt(length);
        float[] vector = new float[dimensions];
        for (int i = 0; i < dimensions; i++) vector[i] = (float) (sum[i] / length);
        return vector;
    }

    static ArrayNode numbers(float[] vector) {
        ArrayNode numbers = JSON.createArrayNode();
        for (float one : vector) numbers.add(one);
        return numbers;
    }

    private static String packed(float[] vector) {
        ByteBuffer bytes = ByteBuffer.allocate(vector.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        for (float one : vector) bytes.putFloat(one);
        return Base64.getEncoder().encodeToString(bytes.array());
    }
}
