package io.tollbook.relay.dialect;

import com.knuddels.jtokkit.Encodings;
import com.knuddels.jtokkit.api.Encoding;
import com.knuddels.jtokkit.api.EncodingRegistry;
import com.knuddels.jtokkit.api.EncodingType;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/**
 * Reckons how many tokens a prompt has, while it is parsed: by its letters, on the high side; or, if it is to be counted, with
 * the model's tokenizer, but for what would take that longer than a millisecond.
 */
final class PromptText {
    /** Above this a tokenizer costs more than a millisecond. */
    static final int COUNTED_CHARS_MAX = 16 * 1024;

    /** Lazy: a vocabulary takes 30 MB, and most sites never count. */
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

    private final @Nullable StringBuilder counted;
    private long letters;
    private long marks;
    private long wideChars;
    private int overhead = REPLY_PRIMER;
    private int pictures;

    private PromptText(@Nullable StringBuilder counted) {
        this.counted = counted;
    }

    static PromptText estimated() {
        return new PromptText(null);
    }

    static PromptText counted() {
        return new PromptText(new StringBuilder(256));
    }

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
        if (counted != null && counted.length() + value.length() <= COUNTED_CHARS_MAX) {
            counted.append(value).append('\n');
            return;
        }
        int wide = 0;
        int marks = 1; // For what parts it from the next.
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (c >= 128) wide++;
            else if (!isLetterOrSpace(c)) marks++;
        }
        letters += value.length() - wide - marks + 1;
        this.marks += marks;
        wideChars += wide;
    }

    private static boolean isLetterOrSpace(char c) {
        return c == ' ' || (c | 0x20) >= 'a' && (c | 0x20) <= 'z';
    }

    private static boolean isBase64(String value) {
        for (int i = 0; i < 200; i++) {
            char c = value.charAt(i);
            boolean plain = c >= '0' && c <= '9' || c >= 'A' && c <= 'Z' || c >= 'a' && c <= 'z';
            if (!plain && c != '+' && c != '/' && c != '=' && c != '-' && c != '_') return false;
        }
        return true;
    }

    /** Three tokens for ten letters, one for each digit and mark, three for two other characters: more than text has. */
    long tokens(String model) {
        long exact = counted == null || counted.isEmpty() ? 0 : encoding(model).countTokensOrdinary(counted.toString());
        long perPicture = model.startsWith("gpt-4o-mini") ? PER_PICTURE_MINI : PER_PICTURE;
        return exact + (letters * 3 + 9) / 10 + marks + wideChars * 3 / 2 + overhead + pictures * perPicture;
    }

    private static Encoding encoding(String model) {
        boolean older = model.startsWith("gpt-4") && !model.startsWith("gpt-4o") && !model.startsWith("gpt-4.")
                || model.startsWith("gpt-3.5");
        return REGISTRY.getEncoding(older ? EncodingType.CL100K_BASE : EncodingType.O200K_BASE);
    }
}
