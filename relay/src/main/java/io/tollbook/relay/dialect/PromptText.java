package io.tollbook.relay.dialect;

import com.knuddels.jtokkit.Encodings;
import com.knuddels.jtokkit.api.Encoding;
import com.knuddels.jtokkit.api.EncodingRegistry;
import com.knuddels.jtokkit.api.EncodingType;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/**
 * Reckons how many tokens a prompt has, while it is parsed: by its bytes, as no tokenizer makes two tokens of one; or, if it is
 * to be counted, with the model's tokenizer, as far as that ends in time. So a hold may be too large and is never too small,
 * whatever somebody writes to make it so.
 */
public final class PromptText {
    /** About 16 ms of a tokenizer. What is beyond is taken by its bytes. */
    static final int COUNTED_CHARS_MAX = 256 * 1024;

    /** Lazy: a vocabulary takes 30 MB, and most sites never count. */
    private static final EncodingRegistry REGISTRY = Encodings.newLazyEncodingRegistry();

    private static final int PER_MESSAGE = 3;
    private static final int PER_TOOL = 8;
    private static final int REPLY_PRIMER = 3;
    /** A high-detail picture: 85 + 170 for each of at most 8 tiles. */
    private static final int PER_PICTURE = 1_445;
    /** The same for gpt-4o-mini: 2,833 + 5,667 a tile. */
    private static final int PER_PICTURE_MINI = 48_169;

    /** The largest picture that Claude's newer models do not make smaller first. */
    private static final int PER_PICTURE_CLAUDE = 4_784;

    private static final int PER_SOUND = 256;
    private static final int PER_FILE = 4_096;
    private static final int PER_FILM = 8_192;
    /** 32 tokens a second of at least 24 kbit. */
    private static final int SOUND_BYTES_PER_TOKEN = 90;
    /** 300 tokens a second of at least 100 kbit. */
    private static final int FILM_BYTES_PER_TOKEN = 40;
    /** A document inside a request: a token for two of its letters in Base64, but no more than 100 pages of 4,000. */
    private static final int BASE64_PER_TOKEN = 2;

    private static final int DOCUMENT_MAX = 400_000;

    private final @Nullable StringBuilder counted;
    private long bytes;
    private long overhead = REPLY_PRIMER;
    private int pictures;

    private PromptText(@Nullable StringBuilder counted) {
        this.counted = counted;
    }

    public static PromptText estimated() {
        return new PromptText(null);
    }

    public static PromptText counted() {
        return new PromptText(new StringBuilder(256));
    }

    /** One more message. */
    public void message() {
        overhead += PER_MESSAGE;
    }

    /**
     * One more medium by its type.
     *
     * @param letters of its Base64; 0 where it is only named
     */
    public void medium(String mediaType, long letters) {
        long size = letters / 4 * 3;
        String type = mediaType.toLowerCase(Locale.ROOT);
        if (type.startsWith("image/")) pictures++;
        else if (type.startsWith("audio/")) bytes += Math.max(PER_SOUND, soundTokens(letters));
        else if (type.startsWith("video/")) bytes += Math.max(PER_FILM, size / FILM_BYTES_PER_TOKEN);
        else if (type.startsWith("text/") || type.endsWith("json") || type.endsWith("xml"))
            bytes += letters == 0 ? PER_FILE : size;
        else bytes += PER_FILE;
    }

    /** @return how many messages there are */
    public int readMessages(JsonParser parser) {
        int messages = 0;
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            messages++;
            overhead += PER_MESSAGE;
            readText(parser, true);
        }
        return messages;
    }

    public void readTools(JsonParser parser) {
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
    public void readText(JsonParser parser) {
        readText(parser, false);
    }

    private void readText(JsonParser parser, boolean isMessage) {
        int depth = 0;
        while (true) {
            JsonToken token = parser.currentToken();
            switch (token) {
                case START_OBJECT, START_ARRAY -> depth++;
                case END_OBJECT, END_ARRAY -> depth--;
                case PROPERTY_NAME -> {
                    String field = parser.currentName();
                    if (isMessage && isValuesOfTools(field)) {
                        add(field);
                        parser.nextToken();
                        readText(parser, false);
                    } else if (!isMessage || !field.equals("source")) {
                        name(field);
                    } else if (parser.nextToken() == JsonToken.START_OBJECT) {
                        readSource(parser);
                    } else {
                        continue;
                    }
                }
                default -> {
                    // A picture, a sound or a file has its own price, by its kind.
                    String field = parser.currentName();
                    if (!isMessage || !isMedium(field)) add(parser.getString());
                    else if (field.equals("data")) overhead += soundTokens(parser.getStringLength());
                    else if (field.equals("file_data"))
                        overhead += Math.min(parser.getStringLength() / BASE64_PER_TOKEN, DOCUMENT_MAX);
                }
            }
            if (depth == 0) return;
            if (parser.nextToken() == null) return;
        }
    }

    private static long soundTokens(long letters) {
        return letters / 4 * 3 / SOUND_BYTES_PER_TOKEN;
    }

    private String string(JsonParser parser) {
        if (!parser.currentToken().isStructStart()) return parser.getString();
        readText(parser, false);
        return "";
    }

    /** What a tool is called with and gives back as JSON; no field in there is a medium, whatever its name. */
    private static boolean isValuesOfTools(String field) {
        return field.equals("input") || field.equals("args") || field.equals("response");
    }

    /** What Claude calls a source: a medium, or text after all. */
    private void readSource(JsonParser parser) {
        String type = "";
        String mediaType = "";
        long length = 0;
        String text = "";
        while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
            String field = parser.currentName();
            JsonToken value = parser.nextToken();
            switch (field) {
                case "type" -> type = string(parser);
                case "media_type" -> mediaType = string(parser);
                case "content" -> readText(parser, true);
                case "data" -> {
                    if (value == JsonToken.VALUE_STRING && type.equals("base64")) {
                        long from = parser.currentTokenLocation().getByteOffset();
                        parser.finishToken();
                        length = parser.currentLocation().getByteOffset() - from;
                    } else if (value == JsonToken.VALUE_STRING) {
                        text = parser.getString();
                    } else {
                        readText(parser, true);
                    }
                }
                default -> readText(parser, true);
            }
        }
        if (!type.equals("base64")) {
            add(text);
            if (!type.equals("text") && !type.equals("content")) overhead += PER_FILE;
        } else if (mediaType.startsWith("image/")) {
            pictures++;
        } else {
            length = Math.max(length, text.length());
            overhead += Math.clamp(length / BASE64_PER_TOKEN, PER_FILE, DOCUMENT_MAX);
        }
    }

    private void name(String field) {
        switch (field) {
            // As OpenAI and Gemini call them.
            case "image_url", "inlineData", "inline_data" -> pictures++;
            case "input_audio" -> overhead += PER_SOUND;
            case "file", "file_data", "fileData" -> overhead += PER_FILE;
            case "role", "content", "parts", "type", "text", "url", "detail" -> {
                // The frame of a message; its tokens are in the overhead.
            }
            default -> add(field);
        }
    }

    private static boolean isMedium(@Nullable String field) {
        if (field == null) return false;
        return switch (field) {
            case "url", "image_url", "data", "file_data" -> true;
            default -> false;
        };
    }

    private void add(String value) {
        if (counted != null && counted.length() + value.length() <= COUNTED_CHARS_MAX) {
            counted.append(value).append('\n');
            return;
        }
        bytes += 1; // For what parts it from the next.
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            // In UTF-8; half a surrogate pair is two of its four bytes.
            bytes += c < 0x80 ? 1 : c < 0x800 || Character.isSurrogate(c) ? 2 : 3;
        }
    }

    public long tokens(String model) {
        long exact = counted == null || counted.isEmpty() ? 0 : encoding(model).countTokensOrdinary(counted.toString());
        long perPicture = model.startsWith("gpt-4o-mini")
                ? PER_PICTURE_MINI
                : model.contains("claude") ? PER_PICTURE_CLAUDE : PER_PICTURE;
        return exact + bytes + overhead + pictures * perPicture;
    }

    private static Encoding encoding(String model) {
        boolean older = model.startsWith("gpt-4") && !model.startsWith("gpt-4o") && !model.startsWith("gpt-4.")
                || model.startsWith("gpt-3.5");
        return REGISTRY.getEncoding(older ? EncodingType.CL100K_BASE : EncodingType.O200K_BASE);
    }
}
