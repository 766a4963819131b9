package io.tollbook.relay.dialect.openai;

import io.tollbook.kernel.account.Meters;
import io.tollbook.relay.conversation.Answer;
import io.tollbook.relay.conversation.AnswerEvent;
import io.tollbook.relay.conversation.Part;
import io.tollbook.relay.conversation.StopReason;
import io.tollbook.relay.dialect.AnswerFrame;
import io.tollbook.relay.dialect.AnswerWriter;
import io.tollbook.relay.dialect.Json;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Writes the text that a chat's answer has, and nothing else of it: completions know no more. */
final class CompletionsAnswerWriter implements AnswerWriter {
    private static final byte[] DONE = "data: [DONE]\n\n".getBytes(StandardCharsets.US_ASCII);

    private final AnswerFrame frame;
    private final String echoed;
    private final boolean usageWanted;
    /** Candidates that have begun, and how they stopped. */
    private final Map<Integer, StopReason> candidates = new TreeMap<>();

    /** @param echoed what each text begins with; empty for nothing */
    CompletionsAnswerWriter(AnswerFrame frame, String echoed, boolean usageWanted) {
        this.frame = frame;
        this.echoed = echoed;
        this.usageWanted = usageWanted;
    }

    private ObjectNode root() {
        return Json.MAPPER
                .createObjectNode()
                .put("id", "cmpl-" + frame.id())
                .put("object", "text_completion")
                .put("created", frame.createdSeconds())
                .put("model", frame.model());
    }

    private static void choice(ArrayNode choices, int index, String text, @Nullable String finish) {
        choices.addObject()
                .put("text", text)
                .put("index", index)
                .putNull("logprobs")
                .put("finish_reason", finish);
    }

    @Override
    public byte[] whole(Answer answer, Meters charged) {
        ObjectNode root = root();
        ArrayNode choices = root.putArray("choices");
        for (Answer.Candidate candidate : answer.candidates()) {
            StringBuilder text = new StringBuilder(echoed);
            for (Part part : candidate.parts()) if (part instanceof Part.Text said) text.append(said.text());
            choice(choices, candidate.index(), text.toString(), word(candidate.stop()));
        }
        root.set("usage", OpenAiAnswerWriter.usage(charged));
        return Json.MAPPER.writeValueAsBytes(root);
    }

    private static String word(StopReason stop) {
        return switch (stop) {
            case LENGTH -> "length";
            case REFUSED -> "content_filter";
            case FINISHED, STOP_SEQUENCE, TOOL_CALLS, PAUSED -> "stop";
        };
    }

    @Override
    public void event(AnswerEvent event, ByteArrayOutputStream out) {
        switch (event) {
            case AnswerEvent.TextMore more -> text(more.candidate(), more.text(), null, out);
            case AnswerEvent.Stopped stopped -> {
                begin(stopped.candidate(), out);
                candidates.put(stopped.candidate(), stopped.reason());
            }
            default -> {}
        }
    }

    private void begin(int candidate, ByteArrayOutputStream out) {
        if (candidates.putIfAbsent(candidate, StopReason.FINISHED) == null && !echoed.isEmpty())
            text(candidate, echoed, null, out);
    }

    private void text(int candidate, String text, @Nullable String finish, ByteArrayOutputStream out) {
        begin(candidate, out);
        ObjectNode chunk = root();
        choice(chunk.putArray("choices"), candidate, text, finish);
        write(chunk, out);
    }

    private static void write(ObjectNode chunk, ByteArrayOutputStream out) {
        out.writeBytes("data: ".getBytes(StandardCharsets.US_ASCII));
        out.writeBytes(Json.MAPPER.writeValueAsBytes(chunk));
        out.writeBytes("\n\n".getBytes(StandardCharsets.US_ASCII));
    }

    @Override
    public byte[] end(Meters charged) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(512);
        if (candidates.isEmpty()) begin(0, out);
        candidates.forEach((candidate, stop) -> text(candidate, "", word(stop), out));
        if (usageWanted) {
            ObjectNode last = root();
            last.putArray("choices");
            last.set("usage", OpenAiAnswerWriter.usage(charged));
            write(last, out);
        }
        out.writeBytes(DONE);
        return out.toByteArray();
    }
}
