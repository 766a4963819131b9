package io.tollbook.relay.dialect;

import com.knuddels.jtokkit.Encodings;
import com.knuddels.jtokkit.api.Encoding;
import com.knuddels.jtokkit.api.EncodingRegistry;
import com.knuddels.jtokkit.api.EncodingType;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/**
 * Gathers what a prompt says while it is parsed, and counts it. Short text is counted with the model's tokenizer; long text,
 * which would take milliseconds, by its letters, on the high side: a hold may be too large, never too small.
 */
final class PromptText {
    /** Above this a tokenizer costs more than a millisecond. */
    static final int COUNTED_CHARS_MAX = 16 * 1024;

    private static final EncodingRegistry REGISTRY = Encodings.newLazyEncodingRegistry();
    private static final int PER_MESSAGE = 3;
    private static final int PER_TOOL = 8;
    private static final int REPLY_PRIMER = 3;
    /** A high-detail picture: 85 + 170 for each of at most 8 tiles. */
    private static final int PER_PICTURE = 1_445;
    /** The same for gpt-4o-mini: 2,833 + 5,667 a tile. */
    private static final int PER_PICTURE_MINI = 48_169;

    private static final int PER_SOUND = 256;
    private static final int PER_FILE = 4_096;

    private final StringBuilder text = new StringBuilder(256);
    private long longChars;
    private long longWideChars;
    private int overhead = REPLY_PRIMER;
    private int pictures;

    /** @return how many messages there are */
    int readMessages(JsonParser parser) {
        int messages = 0;
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            messages++;
            overhead += PER_MESSAGE;
            readText(parser);
        }
        return messages;
    }

    void readTools(JsonParser parser) {
        if (parser.currentToken() != JsonToken.START_ARRAY) {
            readText(parser);
            return;
        }
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            overhead += PER_TOOL;
            readText(parser);
        }
    }

    /** Takes in every string and number of the present value, and the names of its fields. */
    void readText(JsonParser parser) {
        int depth = 0;
        while (true) {
            JsonToken token = parser.currentToken();
            switch (token) {
                case START_OBJECT, START_ARRAY -> depth++;
                case END_OBJECT, END_ARRAY -> depth--;
                case PROPERTY_NAME -> name(parser.currentName());
                case VALUE_STRING -> add(parser.getString());
                default -> add(parser.getString());
            }
            if (depth == 0) return;
            if (parser.nextToken() == null) return;
        }
    }

    private void name(String field) {
        switch (field) {
            case "image_url" -> pictures++;
            case "input_audio" -> overhead += PER_SOUND;
            case "file", "file_data" -> overhead += PER_FILE;
            case "role", "content", "type", "text", "url", "detail" -> {
                // The frame of a message; its tokens are in the overhead.
            }
            default -> add(field);
        }
    }

    private void add(String value) {
        if (value.startsWith("data:") || value.length() > 4_000 && value.indexOf(' ') < 0 && isBase64(value)) return;
        if (text.length() + value.length() <= COUNTED_CHARS_MAX) {
            text.append(value).append('\n');
            return;
        }
        for (int i = 0; i < value.length(); i++) {
            if (value.charAt(i) < 128) longChars++;
            else longWideChars++;
        }
    }

    private static boolean isBase64(String value) {
        for (int i = 0; i < 200; i++) {
            char c = value.charAt(i);
            boolean plain = c >= '0' && c <= '9' || c >= 'A' && c <= 'Z' || c >= 'a' && c <= 'z';
            if (!plain && c != '+' && c != '/' && c != '=' && c != '-' && c != '_') return false;
        }
        return true;
    }

    long tokens(String model) {
        long counted = text.isEmpty() ? 0 : encoding(model).countTokensOrdinary(text.toString());
        long perPicture = model.startsWith("gpt-4o-mini") ? PER_PICTURE_MINI : PER_PICTURE;
        return counted + longChars * 2 / 5 + longWideChars * 3 / 2 + overhead + pictures * perPicture;
    }

    private static Encoding encoding(String model) {
        boolean older = model.startsWith("gpt-4") && !model.startsWith("gpt-4o") && !model.startsWith("gpt-4.")
                || model.startsWith("gpt-3.5");
        return REGISTRY.getEncoding(older ? EncodingType.CL100K_BASE : EncodingType.O200K_BASE);
    }
}
