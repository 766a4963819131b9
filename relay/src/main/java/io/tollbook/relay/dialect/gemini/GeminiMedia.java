package io.tollbook.relay.dialect.gemini;

import io.tollbook.kernel.Refused;
import io.tollbook.relay.conversation.Part;
import io.tollbook.relay.conversation.Source;
import io.tollbook.relay.conversation.Vendor;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Pictures, sounds, films and documents as parts of a content. */
final class GeminiMedia {
    /** In time that grows with the text and no faster, whatever somebody writes. */
    private static final Pattern PICTURE =
            Pattern.compile("!\\[[^\\[\\]]*+]\\(data:(image/[^;,\\s()]{1,64});base64,([A-Za-z0-9+/=_-]*+)\\)");

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
        for (Matcher found = PICTURE.matcher(text); found.find(); done = found.end()) {
            if (found.start() > done) words.accept(text.substring(done, found.start()));
            ObjectNode part = JsonMapper.shared().createObjectNode();
            part.putObject("inlineData").put("mimeType", found.group(1)).put("data", found.group(2));
            picture.accept(part);
        }
        if (done < text.length()) words.accept(text.substring(done));
    }
}
