package io.tollbook.relay.dialect.responses;

import io.tollbook.kernel.Refused;
import io.tollbook.relay.conversation.Citation;
import io.tollbook.relay.conversation.Part;
import io.tollbook.relay.conversation.Part.Media.Kind;
import io.tollbook.relay.conversation.Source;
import io.tollbook.relay.conversation.Vendor;
import io.tollbook.relay.dialect.DataUrl;
import java.util.ArrayList;
import java.util.List;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** What a message or a tool's output holds: text, refusals, pictures, sound and files. */
final class ResponsesContent {
    private ResponsesContent() {}

    /** @param name of the field, which is a string or a list of parts */
    static List<Part> read(Fields item, String name) {
        if (!item.has(name)) throw item.missing(name);
        if (item.get(name).isString()) return List.of(new Part.Text(item.needText(name)));
        List<Part> parts = new ArrayList<>();
        for (Fields part : item.objects(name)) parts.add(part(part));
        return parts;
    }

    private static Part part(Fields part) {
        String type = part.needText("type");
        return switch (type) {
            case "input_text", "output_text", "text" ->
                new Part.Text(part.needText("text"), citations(part.get("annotations")), null, null);
            case "refusal" -> new Part.Refusal(part.needText("refusal"));
            case "input_image" ->
                new Part.Media(
                        Kind.PICTURE, source(part, "image_url", "file_url", null), null, part.text("detail"), null);
            case "input_file" -> {
                String name = part.text("filename");
                yield new Part.Media(
                        Kind.DOCUMENT, source(part, "file_data", "file_url", "application/pdf"), name, null, null);
            }
            case "input_audio" -> sound(part);
            default -> throw part.nativeOnly("type");
        };
    }

    private static Part sound(Fields part) {
        Fields audio = part.has("input_audio") ? part.object("input_audio") : part;
        String format = audio.needText("format");
        return new Part.Media(
                Kind.SOUND,
                new Source.Inline(
                        format.equals("mp3") ? "audio/mpeg" : "audio/" + format,
                        DataUrl.checked(audio.needText("data"), audio.path("data"))),
                null,
                null,
                null);
    }

    /** @param plain the type of Base64 that does not say its own; null where an address is meant */
    private static Source source(Fields part, String name, String otherName, @Nullable String plain) {
        if (part.has("file_id")) return new Source.File(Vendor.OPENAI, part.needText("file_id"), null);
        if (!part.has(name) && part.has(otherName))
            return DataUrl.source(part.needText(otherName), part.path(otherName));
        String value = part.needText(name);
        if (plain != null && !value.startsWith("data:"))
            return new Source.Inline(plain, DataUrl.checked(value, part.path(name)));
        return DataUrl.source(value, part.path(name));
    }

    static Part.Media picture(JsonNode item, String data) {
        String format = item.path("output_format").stringValue("png");
        return new Part.Media(Kind.PICTURE, new Source.Inline("image/" + format, data), null, null, null);
    }

    static List<Citation> citations(JsonNode annotations) {
        List<Citation> citations = new ArrayList<>();
        for (JsonNode annotation : annotations) {
            Citation citation = citation(annotation);
            if (citation != null) citations.add(citation);
        }
        return citations;
    }

    /** What cites a page; files of the vendor's mean nothing elsewhere. */
    static @Nullable Citation citation(JsonNode annotation) {
        if (!annotation.path("type").stringValue("").equals("url_citation")) return null;
        return new Citation(
                annotation.path("url").stringValue(null),
                annotation.path("title").stringValue(null),
                null,
                annotation.path("start_index").intValue(-1),
                annotation.path("end_index").intValue(-1),
                Vendor.RESPONSES,
                annotation);
    }

    /** A reasoning item's text: what was summed up, else what was thought, part by part. */
    static String thoughts(JsonNode item) {
        StringJoiner text = new StringJoiner("\n\n");
        JsonNode parts = item.path("summary").isEmpty() ? item.path("content") : item.path("summary");
        for (JsonNode part : parts) text.add(part.path("text").stringValue(""));
        return text.toString();
    }

    /** A part of a user's message or of a tool's output. */
    static ObjectNode written(Part.Media media) {
        ObjectNode out = JsonNodeFactory.instance.objectNode();
        switch (media.kind()) {
            case PICTURE -> {
                out.put("type", "input_image");
                switch (media.source()) {
                    case Source.Inline inline -> out.put("image_url", DataUrl.of(inline));
                    case Source.Address address -> out.put("image_url", address.url());
                    case Source.File file -> out.put("file_id", id(file));
                    case Source.PlainText text -> throw new IllegalStateException("a picture of text");
                }
                out.put("detail", media.detail() == null ? "auto" : media.detail());
            }
            case DOCUMENT -> {
                if (media.source() instanceof Source.PlainText(String text))
                    return out.put("type", "input_text").put("text", text);
                out.put("type", "input_file");
                switch (media.source()) {
                    case Source.Inline inline ->
                        out.put("filename", media.name() == null ? "document.pdf" : media.name())
                                .put("file_data", DataUrl.of(inline));
                    case Source.Address address -> out.put("file_url", address.url());
                    case Source.File file -> out.put("file_id", id(file));
                    case Source.PlainText text -> {}
                }
            }
            case SOUND -> sound(media, out);
            case FILM -> throw Refused.invalid("This model takes no film.");
        }
        return out;
    }

    private static void sound(Part.Media media, ObjectNode out) {
        if (!(media.source() instanceof Source.Inline(String type, String data)))
            throw Refused.invalid("This model takes sound only inside the request.");
        String format = type.substring(type.indexOf('/') + 1);
        out.put("type", "input_audio")
                .putObject("input_audio")
                .put("data", data)
                .put("format", format.equals("mpeg") ? "mp3" : format.replace("x-", ""));
    }

    private static String id(Source.File file) {
        if (file.vendor() == Vendor.OPENAI || file.vendor() == Vendor.RESPONSES) return file.id();
        throw Refused.invalid("The file " + file.id() + " is kept by another vendor than the model's.");
    }
}
