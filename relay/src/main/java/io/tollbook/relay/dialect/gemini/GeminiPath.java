package io.tollbook.relay.dialect.gemini;

import io.tollbook.kernel.Refused;
import io.tollbook.relay.dialect.RequestLine;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/** What a path of Google's API says: the model, and what is asked of it. */
public record GeminiPath(String model, String action) {
    private static final String MODELS = "/models/";
    private static final String RESOURCE = "models/";

    /** @throws Refused INVALID if it names no model */
    public static GeminiPath of(RequestLine line) {
        String path = line.path();
        int begin = path.indexOf(MODELS) + MODELS.length();
        int colon = path.lastIndexOf(':');
        if (begin < MODELS.length() || colon <= begin)
            throw Refused.invalid("The path of your request names no model.");
        return new GeminiPath(RequestLine.decoded(path.substring(begin, colon)), path.substring(colon + 1));
    }

    /** The name of a model, which may be written as a resource. */
    public static String bare(String model) {
        return model.startsWith(RESOURCE) ? model.substring(RESOURCE.length()) : model;
    }

    /** The same path at Google's, for a model of theirs. */
    public static String to(String model, String action) {
        String name = URLEncoder.encode(bare(model), StandardCharsets.UTF_8)
                .replace("+", "%20")
                .replace("%2F", "/");
        return "/v1beta/models/" + name + ":" + action;
    }
}
