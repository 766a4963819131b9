package io.tollbook.relay.dialect.gemini;

import static org.assertj.core.api.Assertions.assertThat;

import io.tollbook.kernel.account.Meter;
import io.tollbook.kernel.account.Meters;
import io.tollbook.relay.conversation.Answer;
import io.tollbook.relay.conversation.AnswerEvent;
import io.tollbook.relay.conversation.Citation;
import io.tollbook.relay.conversation.Part;
import io.tollbook.relay.conversation.Signature;
import io.tollbook.relay.conversation.Source;
import io.tollbook.relay.conversation.StopReason;
import io.tollbook.relay.conversation.Vendor;
import io.tollbook.relay.dialect.AnswerFrame;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What Google's clients read. */
class GeminiAnswerWriterTest {
    private static final AnswerFrame FRAME = new AnswerFrame("call-1", "gpt", 1);
    private static final Meters CHARGED = new Meters(Map.of(
            Meter.INPUT, 10L, Meter.CACHE_READ, 4L, Meter.OUTPUT, 6L, Meter.REASONING, 3L, Meter.IMAGE_INPUT, 2L));
    private static final String USAGE =
            "{'promptTokenCount':16,'candidatesTokenCount':6,'totalTokenCount':25,'cachedContentTokenCount':4,"
                    + "'thoughtsTokenCount':3,'promptTokensDetails':[{'modality':'TEXT','tokenCount':14},{'modality':'IMAGE','tokenCount':2}]}";

    private static JsonNode json(String text) {
        return JsonMapper.shared().readTree(text.replace('\'', '"'));
    }

    private static List<JsonNode> written(AnswerEvent... events) {
        GeminiAnswerWriter writer = new GeminiAnswerWriter(FRAME, GeminiFraming.of(true));
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (AnswerEvent event : events) writer.event(event, out);
        out.writeBytes(writer.end(CHARGED));
        String stream = out.toString(StandardCharsets.UTF_8);
        assertThat(stream).endsWith("\r\n\r\n").doesNotContain("[DONE]");
        List<JsonNode> pieces = new ArrayList<>();
        for (String event : stream.split("\r\n\r\n")) {
            assertThat(event).startsWith("data: {");
            pieces.add(JsonMapper.shared().readTree(event.substring(6)));
        }
        return pieces;
    }

    private static String parts(JsonNode piece) {
        return piece.path("candidates")
                .path(0)
                .path("content")
                .path("parts")
                .toString()
                .replace('"', '\'');
    }

    @Test
    void aStreamEndsWithItsReasonAndUsage() {
        List<JsonNode> pieces = written(
                new AnswerEvent.Begun("up-1"),
                new AnswerEvent.ThinkingMore(0, "hm"),
                new AnswerEvent.TextMore(0, "Zürich"),
                new AnswerEvent.Stopped(0, StopReason.LENGTH, null));

        assertThat(pieces).hasSize(3);
        assertThat(parts(pieces.get(0))).isEqualTo("[{'text':'hm','thought':true}]");
        assertThat(pieces.get(1))
                .isEqualTo(json("{'candidates':[{'content':{'parts':[{'text':'Zürich'}],'role':'model'},'index':0}],"
                        + "'modelVersion':'gpt','responseId':'up-1'}"));
        assertThat(pieces.get(2).toString())
                .isEqualTo(
                        json("{'candidates':[{'content':{'parts':[{'text':''}],'role':'model'},'finishReason':'MAX_TOKENS',"
                                        + "'index':0}],'usageMetadata':" + USAGE
                                        + ",'modelVersion':'gpt','responseId':'up-1'}")
                                .toString());
    }

    @Test
    void trap9FragmentsOfManyCallsBecomeOneCallEach() {
        List<JsonNode> pieces = written(
                new AnswerEvent.Begun(""),
                new AnswerEvent.ToolCallBegun(0, 0, "a", "f", new Signature(Vendor.GEMINI, "own")),
                new AnswerEvent.ToolArgumentsMore(0, 0, "{\"x\""),
                new AnswerEvent.ToolCallBegun(0, 1, "b", "g", null),
                new AnswerEvent.ToolArgumentsMore(0, 1, ""),
                new AnswerEvent.ToolArgumentsMore(0, 0, ":1.5}"),
                new AnswerEvent.Stopped(0, StopReason.TOOL_CALLS, null));

        assertThat(pieces).hasSize(2);
        assertThat(parts(pieces.getFirst()))
                .isEqualTo("[{'functionCall':{'id':'a','name':'f','args':{'x':1.5}},'thoughtSignature':'own'},"
                        + "{'functionCall':{'id':'b','name':'g','args':{}}}]");
        assertThat(pieces.getLast()
                        .path("candidates")
                        .path(0)
                        .path("finishReason")
                        .asString())
                .isEqualTo("STOP");
        assertThat(pieces.getLast().path("responseId").asString()).isEqualTo("call-1");
    }

    @ParameterizedTest
    @CsvSource({"TOOL_CALLS, MALFORMED_FUNCTION_CALL", "LENGTH, MAX_TOKENS"})
    void aBrokenCallIsToldByTheReasonAndNeverGuessed(StopReason stop, String reason) {
        List<JsonNode> pieces = written(
                new AnswerEvent.ToolCallBegun(0, 0, "a", "f", null),
                new AnswerEvent.ToolArgumentsMore(0, 0, "{\"x\":"),
                new AnswerEvent.Stopped(0, stop, null));

        assertThat(pieces).hasSize(1);
        assertThat(pieces.getFirst().toString()).doesNotContain("functionCall\"");
        assertThat(pieces.getFirst()
                        .path("candidates")
                        .path(0)
                        .path("finishReason")
                        .asString())
                .isEqualTo(reason);
    }

    @Test
    void trap16AStreamThatSaidNothingEndsAsWell() {
        assertThat(written()).singleElement().satisfies(piece -> {
            assertThat(piece.path("candidates").path(0).path("finishReason").asString())
                    .isEqualTo("STOP");
            assertThat(piece.path("usageMetadata").toString())
                    .isEqualTo(json(USAGE).toString());
        });
    }

    /** Google's own clients decode a seal as Base64, and encode it in the other alphabet. */
    @ParameterizedTest
    @ValueSource(strings = {"plain", "rs:1", "+/=", "zürich"})
    void trap5SealsOfOtherVendorsSurviveGooglesClients(String value) {
        Signature signature = new Signature(Vendor.CLAUDE, value);
        JsonNode piece = written(new AnswerEvent.Sealed(0, "id-1", signature)).getFirst();
        String seal = piece.path("candidates")
                .path(0)
                .path("content")
                .path("parts")
                .path(0)
                .path("thoughtSignature")
                .asString();
        byte[] kept = java.util.Base64.getDecoder().decode(seal);

        assertThat(GeminiSignatures.read(java.util.Base64.getUrlEncoder().encodeToString(kept)))
                .isEqualTo(new GeminiSignatures.Shown("id-1", signature, false));
        assertThat(GeminiSignatures.read(GeminiSignatures.hidden(null, signature)))
                .isEqualTo(new GeminiSignatures.Shown(null, signature, true));
    }

    @Test
    void sourcesAreCountedInBytesAgain() {
        Citation citation = new Citation("https://a.example", "A", null, 7, 10, Vendor.OPENAI, json("{}"));
        Citation nowhere = new Citation("https://b.example", null, null, -1, -1, Vendor.OPENAI, json("{}"));
        JsonNode last = written(
                        new AnswerEvent.TextMore(0, "Zürich ist"),
                        new AnswerEvent.Cited(0, citation),
                        new AnswerEvent.Cited(0, nowhere))
                .getLast();

        assertThat(last.path("candidates").path(0).path("groundingMetadata"))
                .isEqualTo(
                        json(
                                "{'groundingChunks':[{'web':{'uri':'https://a.example','title':'A'}},{'web':{'uri':'https://b.example'}}],"
                                        + "'groundingSupports':[{'segment':{'startIndex':8,'endIndex':11,'text':'ist'},'groundingChunkIndices':[0]}]}"));
    }

    @Test
    void anArrayIsOneJsonDocument() {
        GeminiAnswerWriter writer = new GeminiAnswerWriter(FRAME, GeminiFraming.of(false));
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        writer.event(new AnswerEvent.TextMore(0, "a"), out);
        writer.event(new AnswerEvent.TextMore(0, "b"), out);
        out.writeBytes(writer.end(CHARGED));

        assertThat(writer.streamType()).isEqualTo("application/json");
        assertThat(JsonMapper.shared().readTree(out.toByteArray())).hasSize(3);
    }

    @Test
    void writesAWholeAnswer() {
        Answer answer = new Answer(
                "up-1",
                List.of(
                        new Answer.Candidate(
                                0,
                                List.of(
                                        new Part.Thinking("hm", null, new Signature(Vendor.GEMINI, "own")),
                                        new Part.Text("a"),
                                        new Part.Media(
                                                Part.Media.Kind.PICTURE,
                                                new Source.Inline("image/png", "AAAA"),
                                                null,
                                                null,
                                                null),
                                        new Part.ToolCall("x", "f", "{\"n\":1}")),
                                StopReason.TOOL_CALLS,
                                null,
                                json(
                                        "{'content':[{'token':'a','logprob':-1.5,'top_logprobs':[{'token':'b','logprob':-2}]}]}")),
                        new Answer.Candidate(1, List.of(new Part.Refusal("No.")), StopReason.REFUSED, null, null)));
        JsonNode written = JsonMapper.shared()
                .readTree(new GeminiAnswerWriter(FRAME, GeminiFraming.of(true)).whole(answer, CHARGED));

        assertThat(written.toString())
                .isEqualTo(
                        json("{'candidates':[{'content':{'parts':[{'text':'hm','thought':true,'thoughtSignature':'own'},{'text':'a'},"
                                        + "{'inlineData':{'mimeType':'image/png','data':'AAAA'}},{'functionCall':{'id':'x','name':'f','args':{'n':1}}}],'role':'model'},"
                                        + "'finishReason':'STOP','index':0,'logprobsResult':{'chosenCandidates':[{'token':'a','logProbability':-1.5}],"
                                        + "'topCandidates':[{'candidates':[{'token':'b','logProbability':-2}]}]}},"
                                        + "{'content':{'parts':[{'text':'No.'}],'role':'model'},'finishReason':'SAFETY','index':1}],'usageMetadata':"
                                        + USAGE + ",'modelVersion':'gpt','responseId':'up-1'}")
                                .toString());
    }

    /** What Gemini streamed, understood and written again, is the same answer. */
    @ParameterizedTest
    @ValueSource(strings = {"thinking-and-tools.sse", "grounded.sse"})
    void comesBackAsItWent(String recording) {
        GeminiAnswerReader reader = new GeminiAnswerReader();
        List<AnswerEvent> events = new ArrayList<>();
        List<JsonNode> recorded = GeminiAnswerReaderTest.events(recording);
        recorded.forEach(event -> reader.event(event, events::add));
        reader.end(events::add);
        List<JsonNode> written = written(events.toArray(AnswerEvent[]::new));

        assertThat(said(written)).isEqualTo(said(recorded));
        assertThat(grounding(written)).isEqualTo(grounding(recorded));
    }

    private static String said(List<JsonNode> pieces) {
        StringBuilder said = new StringBuilder();
        for (JsonNode piece : pieces) {
            for (JsonNode part :
                    piece.path("candidates").path(0).path("content").path("parts")) {
                if (part.has("functionCall"))
                    said.append(part.path("functionCall").path("name"))
                            .append(part.path("functionCall").path("args"))
                            .append(part.path("thoughtSignature"));
                else said.append(part.path("thought")).append(part.path("text").asString());
            }
        }
        return said.toString();
    }

    private static JsonNode grounding(List<JsonNode> pieces) {
        JsonNode grounding = pieces.getLast()
                .path("candidates")
                .path(0)
                .path("groundingMetadata")
                .path("groundingChunks");
        return grounding;
    }
}
