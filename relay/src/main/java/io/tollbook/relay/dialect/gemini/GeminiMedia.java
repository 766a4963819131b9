package io.tollbook.relay.dialect.gemini;

import io.tollbook.kernel.Refused;
import io.tollbook.relay.conversation.Part;
import io.tollbook.relay.conversation.Source;
import io.tollbook.relay.conversation.Vendor;
import java.util.Locale;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Pictures, sounds, films and documents as parts of a content. */
final class GeminiMedia {
    private static final String PICTURE_BEGIN = "](data:";

    private GeminiMedia() {}

    static Part.Media inline(String mediaType, String data, @Nullable String name, @Nullable String detail) {
        Source source = new Source.Inline(mediaType, GeminiSignatures.standard(data));
        return new Part.Media(kind(mediaType), source, name, detail, null);
    }

    static Part.Media file(Field file, @Nullable String detail) {
        String uri = file.get("fileUri").required();
        String type = file.get("mimeType").text();
        Source source = isGoogles(uri) ? new Source.File(Vendor.GEMINI, uri, type) : new Source.Address(uri, type);
        String name = file.get("displayName").text();
        return new Part.Media(kind(type == null ? guessed(uri) : type), source, name, detail, null);
    }

    /** What lies at Google, and films there, can be had by nobody else. */
    private static boolean isGoogles(String uri) {
        return !uri.startsWith("http://") && !uri.startsWith("https://")
                || uri.contains("//generativelanguage.googleapis.com/")
                || isFilmPage(uri);
    }

    private static boolean isFilmPage(String uri) {
        return uri.matches("https?://(www\\.|m\\.)?(youtube\\.com|youtu\\.be)/.*");
    }

    private static String guessed(String uri) {
        if (isFilmPage(uri)) return "video/*";
        String path = uri.replaceAll("[?#].*", "").toLowerCase(Locale.ROOT);
        if (path.matches(".*\\.(png|jpe?g|webp|gif|heic|heif)")) return "image/*";
        if (path.matches(".*\\.(mp3|wav|aac|ogg|flac|aiff)")) return "audio/*";
        return path.matches(".*\\.(mp4|mov|mpe?g|avi|wmv|webm|flv|3gpp)") ? "video/*" : "application/octet-stream";
    }

    static Part.Media.Kind kind(String mediaType) {
        String type = mediaType.toLowerCase(Locale.ROOT);
        if (type.startsWith("image/")) return Part.Media.Kind.PICTURE;
        if (type.startsWith("audio/")) return Part.Media.Kind.SOUND;
        return type.startsWith("video/") ? Part.Media.Kind.FILM : Part.Media.Kind.DOCUMENT;
    }

    static ObjectNode part(Part.Media media) {
        ObjectNode part = JsonMapper.shared().createObjectNode();
        switch (media.source()) {
            case Source.Inline inline ->
                part.putObject("inlineData").put("mimeType", inline.mediaType()).put("data", inline.data());
            case Source.Address address -> file(part, address.url(), address.mediaType());
            case Source.PlainText text -> part.put("text", text.text());
            case Source.File file -> {
                if (file.vendor() != Vendor.GEMINI)
                    throw Refused.invalid("The file " + file.id() + " is kept by another provider than the model's.");
                file(part, file.id(), file.mediaType());
            }
        }
        return part;
    }

    private static void file(ObjectNode part, String uri, @Nullable String mediaType) {
        ObjectNode file = part.putObject("fileData");
        if (mediaType != null) file.put("mimeType", mediaType);
        else if (isFilmPage(uri)) file.put("mimeType", "video/webm");
        file.put("fileUri", uri);
    }

    /**
     * Cuts a text where pictures stand in it as Markdown with their data inside. A client of OpenAI's keeps a drawn picture
     * like that, and as text it would be a hundred times as long.
     */
    static void cut(String text, Consumer<String> words, Consumer<ObjectNode> picture) {
        int done = 0;
        int at = text.indexOf(PICTURE_BEGIN);
        while (at >= 0) {
            int mark = text.lastIndexOf("![", at);
            int comma = text.indexOf(";base64,", at);
            int end = text.indexOf(')', at);
            String type = comma < 0 ? "" : text.substring(at + PICTURE_BEGIN.length(), comma);
            if (mark >= done && comma < end && type.startsWith("image/") && type.indexOf(' ') < 0) {
                if (mark > done) words.accept(text.substring(done, mark));
                ObjectNode part = JsonMapper.shared().createObjectNode();
                part.putObject("inlineData")
                        .put("mimeType", type)
                        .put("data", text.substring(comma + ";base64,".length(), end));
                picture.accept(part);
                done = end + 1;
            }
            at = text.indexOf(PICTURE_BEGIN, at + 1);
        }
        if (done < text.length()) words.accept(done == 0 ? text : text.substring(done));
    }
}
