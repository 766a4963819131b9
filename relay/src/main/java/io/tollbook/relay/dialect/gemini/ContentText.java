package io.tollbook.relay.dialect.gemini;

import io.tollbook.kernel.Refused;
import io.tollbook.relay.dialect.PromptText;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/** What a content of Google's adds to a prompt: its texts, and its media by their kind. */
public final class ContentText {
    private final PromptText prompt;

    public ContentText(PromptText prompt) {
        this.prompt = prompt;
    }

    /** Takes in a content, which is the parser's present token. */
    public void read(JsonParser parser, String path) {
        object(parser, path);
        prompt.message();
        while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
            String name = parser.currentName();
            parser.nextToken();
            if (name.equals("parts")) parts(parser, path + ".parts");
            else parser.skipChildren();
        }
    }

    static void object(JsonParser parser, String path) {
        if (parser.currentToken() != JsonToken.START_OBJECT) throw Refused.invalid(path + " must be an object");
    }

    private void parts(JsonParser parser, String path) {
        if (parser.currentToken() == JsonToken.VALUE_NULL) return;
        if (parser.currentToken() == JsonToken.START_OBJECT) {
            part(parser, path);
            return;
        }
        if (parser.currentToken() != JsonToken.START_ARRAY) throw Refused.invalid(path + " must be an array");
        for (int i = 0; parser.nextToken() != JsonToken.END_ARRAY; i++) part(parser, path + "[" + i + "]");
    }

    private void part(JsonParser parser, String path) {
        object(parser, path);
        while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
            String name = Field.camel(parser.currentName());
            parser.nextToken();
            switch (name) {
                case "inlineData", "fileData" -> medium(parser);
                case "functionResponse" -> response(parser, path + "." + name);
                default -> prompt.readText(parser);
            }
        }
    }

    /** What a function says is text, whatever its fields are called; pictures may stand beside it. */
    private void response(JsonParser parser, String path) {
        if (parser.currentToken() != JsonToken.START_OBJECT) {
            prompt.readText(parser);
            return;
        }
        while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
            String name = parser.currentName();
            parser.nextToken();
            if (name.equals("parts")) parts(parser, path + ".parts");
            else prompt.readText(parser);
        }
    }

    private void medium(JsonParser parser) {
        if (parser.currentToken() != JsonToken.START_OBJECT) {
            prompt.readText(parser);
            return;
        }
        String type = "";
        long letters = 0;
        while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
            String name = Field.camel(parser.currentName());
            parser.nextToken();
            if (!parser.currentToken().isScalarValue()) prompt.readText(parser);
            else if (name.equals("mimeType")) type = parser.getString();
            else if (name.equals("data")) letters = parser.getStringLength();
        }
        prompt.medium(type, letters);
    }
}
