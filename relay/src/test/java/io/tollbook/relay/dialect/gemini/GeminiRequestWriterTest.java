package io.tollbook.relay.dialect.gemini;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tollbook.bench.upstream.gemini.RequestRules;
import io.tollbook.kernel.Refused;
import io.tollbook.relay.conversation.AnswerFormat;
import io.tollbook.relay.conversation.Conversation;
import io.tollbook.relay.conversation.Part;
import io.tollbook.relay.conversation.Reasoning;
import io.tollbook.relay.conversation.Sampling;
import io.tollbook.relay.conversation.Signature;
import io.tollbook.relay.conversation.Source;
import io.tollbook.relay.conversation.Tool;
import io.tollbook.relay.conversation.ToolChoice;
import io.tollbook.relay.conversation.Turn;
import io.tollbook.relay.conversation.Vendor;
import io.tollbook.relay.dialect.Json;
import java.math.BigDecimal;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** What is written for Gemini; all of it is what Gemini takes. */
class GeminiRequestWriterTest {
    private static final String MODEL = "gemini-2.5-flash";
    private static final Tool.Function WEATHER = new Tool.Function(
            "weather",
            "Tells the weather",
            json("{'type':'object','properties':{'city':{'type':['string','null'],'format':'city'}},"
                    + "'required':['city'],'additionalProperties':false,'$schema':'x'}"),
            true,
            null);

    private final Conversation.Draft draft = new Conversation.Draft();

    private static JsonNode json(String text) {
        return Json.MAPPER.readTree(text.replace('\'', '"'));
    }

    private void user(Part... parts) {
        draft.turns.add(new Turn(Turn.Role.USER, List.of(parts)));
    }

    private void model(Part... parts) {
        draft.turns.add(new Turn(Turn.Role.ASSISTANT, List.of(parts)));
    }

    private JsonNode written(String model) {
        JsonNode written = Json.MAPPER.readTree(GeminiRequestWriter.write(draft.done(Vendor.OPENAI), model));
        RequestRules.check(model, written);
        return written;
    }

    private static Part.ToolResult result(String call, String text) {
        return new Part.ToolResult(call, null, List.of(new Part.Text(text)), null, false, null);
    }

    @Test
    void writesASimpleQuestion() {
        draft.system.add(new Part.Text("be short"));
        user(new Part.Text("hello"));

        assertThat(written(MODEL))
                .isEqualTo(json(
                        "{'systemInstruction':{'parts':[{'text':'be short'}]},'contents':[{'role':'user','parts':[{'text':'hello'}]}],"
                                + "'safetySettings':[{'category':'HARM_CATEGORY_HARASSMENT','threshold':'OFF'},"
                                + "{'category':'HARM_CATEGORY_HATE_SPEECH','threshold':'OFF'},"
                                + "{'category':'HARM_CATEGORY_SEXUALLY_EXPLICIT','threshold':'OFF'},"
                                + "{'category':'HARM_CATEGORY_DANGEROUS_CONTENT','threshold':'OFF'}]}"));
    }

    @Test
    void aSystemAloneIsAsked() {
        draft.system.add(new Part.Text("say hello"));

        JsonNode written = written(MODEL);
        assertThat(written.path("contents")).isEqualTo(json("[{'role':'user','parts':[{'text':'say hello'}]}]"));
        assertThat(written.has("systemInstruction")).isFalse();
    }

    @Test
    void trap8NothingIsAddedToWhatIsSaid() {
        user(new Part.Text(" \"a\" "), new Part.Text("b\n"));
        user(new Part.Text(""), new Part.Text("c"));

        assertThat(written(MODEL).path("contents"))
                .isEqualTo(json("[{'role':'user','parts':[{'text':' \\\"a\\\" '},{'text':'b\\n'},{'text':'c'}]}]"));
    }

    @Test
    void parallelResultsStandTogetherInTheOrderOfTheirCalls() {
        draft.tools.add(WEATHER);
        user(new Part.Text("q"));
        model(
                new Part.Text("one moment"),
                new Part.ToolCall("b", "weather", "{\"city\":\"B\"}"),
                new Part.ToolCall("a", "weather", "{\"city\":\"A\"}"));
        user(result("a", "[1,2]"), result("b", "{\"t\":1.50}"));
        user(new Part.Text("go on"));

        assertThat(written(MODEL).path("contents"))
                .isEqualTo(
                        json("[{'role':'user','parts':[{'text':'q'}]},{'role':'model','parts':[{'text':'one moment'},"
                                + "{'functionCall':{'id':'b','name':'weather','args':{'city':'B'}}},{'functionCall':{'id':'a','name':'weather','args':{'city':'A'}}}]},"
                                + "{'role':'user','parts':[{'functionResponse':{'id':'b','name':'weather','response':{'t':1.50}}},"
                                + "{'functionResponse':{'id':'a','name':'weather','response':{'result':[1,2]}}}]},"
                                + "{'role':'user','parts':[{'text':'go on'}]}]"));
    }

    @Test
    void trap3ACallWithBrokenArgumentsStaysWithItsResult() {
        draft.tools.add(WEATHER);
        user(new Part.Text("q"));
        model(new Part.ToolCall("a", "weather", "{\"city\":"), new Part.ToolCall("b", "weather", ""));
        user(
                new Part.ToolResult("a", null, List.of(new Part.Text("bad arguments")), null, true, null),
                result("b", ""));

        JsonNode contents = written(MODEL).path("contents");
        assertThat(contents.path(1).path("parts").path(0).path("functionCall").path("args"))
                .isEqualTo(json("{'arguments':'{\\\"city\\\":'}"));
        assertThat(contents.path(1).path("parts").path(1).path("functionCall").path("args"))
                .isEqualTo(json("{}"));
        assertThat(contents.path(2)
                        .path("parts")
                        .path(0)
                        .path("functionResponse")
                        .path("response"))
                .isEqualTo(json("{'error':'bad arguments'}"));
        assertThat(contents.path(2)
                        .path("parts")
                        .path(1)
                        .path("functionResponse")
                        .path("response"))
                .isEqualTo(json("{'content':''}"));
    }

    @Test
    void aResultWithoutACallIsRefusedByItsId() {
        user(result("gone", "x"));

        assertThatThrownBy(() -> written(MODEL)).isInstanceOf(Refused.class).hasMessageContaining("gone");
    }

    @Test
    void trap5ASealComesBackOnItsCallAndNoneIsInvented() {
        Signature seal = new Signature(Vendor.GEMINI, "c2VhbC0x");
        draft.tools.add(WEATHER);
        user(new Part.Text("q"));
        model(new Part.ToolCall("a", "weather", "{}", seal, null), new Part.ToolCall("b", "weather", "{}", null, null));
        user(result("a", "1"), result("b", "2"));
        model(new Part.Thinking("hm", null, seal), new Part.ToolCall("c", "weather", "{}"));
        user(result("c", "3"));
        model(
                new Part.Thinking("Claude's", null, new Signature(Vendor.CLAUDE, "x")),
                new Part.ToolCall("d", "weather", "{}"));
        user(result("d", "4"));

        JsonNode three = written("gemini-3-pro-preview").path("contents");
        assertThat(three.path(1).path("parts").path(0).path("thoughtSignature").asString())
                .isEqualTo("c2VhbC0x");
        assertThat(three.path(1).path("parts").path(1).has("thoughtSignature")).isFalse();
        assertThat(three.path(3).path("parts").path(1).path("thoughtSignature").asString())
                .isEqualTo("c2VhbC0x");
        assertThat(three.path(5).path("parts"))
                .isEqualTo(json("[{'functionCall':{'id':'d','name':'weather','args':{}},'thoughtSignature':'"
                        + ContentsWriter.NO_SEAL + "'}]"));
        assertThat(written(MODEL).toString()).contains("c2VhbC0x").doesNotContain(ContentsWriter.NO_SEAL);
    }

    @Test
    void aSealedTextKeepsItsSealBehindWhereverAClientKeptIt() {
        Signature seal = new Signature(Vendor.GEMINI, "c2VhbC0x");
        user(new Part.Text("q"));
        model(new Part.HiddenThinking(null, seal), new Part.Text("a"));
        user(new Part.Text("q2"));
        model(new Part.Text("b", List.of(), seal, null));
        user(new Part.Text("q3"));

        JsonNode contents = written("gemini-3-flash").path("contents");
        assertThat(contents.path(1).path("parts")).isEqualTo(json("[{'text':'a','thoughtSignature':'c2VhbC0x'}]"));
        assertThat(contents.path(3).path("parts")).isEqualTo(json("[{'text':'b','thoughtSignature':'c2VhbC0x'}]"));
    }

    @Test
    void trap14SamplingIsWrittenAsItWasSaid() {
        user(new Part.Text("q"));
        draft.sampling = new Sampling(
                100L,
                BigDecimal.ZERO,
                new BigDecimal("0.1"),
                3L,
                0L,
                List.of("a", "b", "c", "d", "e"),
                BigDecimal.ZERO,
                new BigDecimal("0.5"),
                2,
                0);

        assertThat(written(MODEL).path("generationConfig"))
                .isEqualTo(
                        json(
                                "{'maxOutputTokens':100,'temperature':0,'topP':0.1,'topK':3,'seed':0,"
                                        + "'stopSequences':['a','b','c','d','e'],'frequencyPenalty':0.5,'candidateCount':2,'responseLogprobs':true}"));
        draft.sampling = Sampling.UNSAID;
        assertThat(written(MODEL).has("generationConfig")).isFalse();
    }

    @Test
    void trap11ASixthStopSequenceIsRefusedAndNotCut() {
        user(new Part.Text("q"));
        draft.sampling = new Sampling(
                null, null, null, null, null, List.of("a", "b", "c", "d", "e", "f"), null, null, null, null);

        assertThatThrownBy(() -> written(MODEL)).isInstanceOf(Refused.class).hasMessageContaining("5 stop sequences");
    }

    @Test
    void trap13FunctionsAreCleanAndEmptyOnesTakeNothing() {
        user(new Part.Text("q"));
        draft.tools.add(WEATHER);
        draft.tools.add(new Tool.Function("now", null, json("{'type':'object','properties':{}}"), null, null));
        draft.toolChoice = new ToolChoice(ToolChoice.Mode.REQUIRED, List.of("now"));

        JsonNode written = written(MODEL);
        assertThat(written.path("tools"))
                .isEqualTo(
                        json(
                                "[{'functionDeclarations':[{'name':'weather','description':'Tells the weather',"
                                        + "'parameters':{'type':'OBJECT','properties':{'city':{'nullable':true,'type':'STRING'}},'required':['city']}},{'name':'now'}]}]"));
        assertThat(written.path("toolConfig"))
                .isEqualTo(json("{'functionCallingConfig':{'mode':'ANY','allowedFunctionNames':['now']}}"));
    }

    @Test
    void whatCleaningWouldLoseGoesAsJsonSchemaWhereTheModelReadsThat() {
        JsonNode map = json("{'type':'object','additionalProperties':{'type':'string'},'$schema':'x'}");
        user(new Part.Text("q"));
        draft.tools.add(new Tool.Function("f", null, map, null, null));
        draft.format = new AnswerFormat("a", null, map, true);

        JsonNode written = written(MODEL);
        assertThat(written.path("tools")
                        .path(0)
                        .path("functionDeclarations")
                        .path(0)
                        .path("parametersJsonSchema"))
                .isEqualTo(json("{'type':'object','additionalProperties':{'type':'string'}}"));
        assertThat(written.path("generationConfig").path("responseJsonSchema"))
                .isEqualTo(json("{'type':'object','additionalProperties':{'type':'string'}}"));
        assertThat(written("gemini-2.0-flash").path("generationConfig"))
                .isEqualTo(json("{'responseMimeType':'application/json','responseSchema':{'type':'OBJECT'}}"));
    }

    @Test
    void onlySomeFunctionsAreOfferedWhereNoneMustBeCalled() {
        user(new Part.Text("q"));
        draft.tools.add(WEATHER);
        draft.tools.add(new Tool.Function("now", null, null, null, null));
        draft.toolChoice = new ToolChoice(ToolChoice.Mode.AUTO, List.of("now"));

        assertThat(written(MODEL).path("tools")).isEqualTo(json("[{'functionDeclarations':[{'name':'now'}]}]"));
    }

    @Test
    void googlesOwnToolsAreAskedByNameAndSearchByItsKind() {
        user(new Part.Text("q"));
        draft.tools.add(new Tool.Function("codeExecution", null, null, null, null));
        draft.tools.add(new Tool.WebSearch("high", 3, List.of(), List.of(), null));

        assertThat(written(MODEL).path("tools")).isEqualTo(json("[{'codeExecution':{}},{'googleSearch':{}}]"));
    }

    @Test
    void whatOnlyAnotherVendorRunsIsRefusedByName() {
        user(new Part.Text("q"));
        draft.tools.add(new Tool.Foreign(Vendor.CLAUDE, "bash_20250124", json("{}")));
        assertThatThrownBy(() -> written(MODEL)).hasMessageContaining("bash_20250124");

        draft.tools.clear();
        draft.tools.add(new Tool.WebSearch(null, null, List.of("example.com"), List.of(), null));
        assertThatThrownBy(() -> written(MODEL)).hasMessageContaining("domains");
    }

    @Test
    void writesMediaAndTakesPicturesOutOfText() {
        String dot = "iVBORw0KGgo=";
        user(
                new Part.Media(Part.Media.Kind.PICTURE, new Source.Inline("image/png", dot), null, "low", null),
                new Part.Media(
                        Part.Media.Kind.FILM,
                        new Source.File(Vendor.GEMINI, "https://youtu.be/x", null),
                        null,
                        "low",
                        null),
                new Part.Media(Part.Media.Kind.DOCUMENT, new Source.PlainText("plain"), null, "low", null));
        model(new Part.Text("See ![image](data:image/png;base64," + dot + ") and ![this](https://example.com/x.png)"));
        user(new Part.Text("thanks"));

        JsonNode written = written(MODEL);
        assertThat(written.path("contents").path(0).path("parts"))
                .isEqualTo(
                        json(
                                "[{'inlineData':{'mimeType':'image/png','data':'" + dot
                                        + "'}},{'fileData':{'mimeType':'video/webm','fileUri':'https://youtu.be/x'}},{'text':'plain'}]"));
        assertThat(written.path("contents").path(1).path("parts"))
                .isEqualTo(json("[{'text':'See '},{'inlineData':{'mimeType':'image/png','data':'" + dot
                        + "'}},{'text':' and ![this](https://example.com/x.png)'}]"));
        assertThat(written.path("generationConfig")).isEqualTo(json("{'mediaResolution':'MEDIA_RESOLUTION_LOW'}"));
    }

    @Test
    void modelsThatDrawAreAskedForBoth() {
        user(new Part.Text("draw"));

        assertThat(written("gemini-2.5-flash-image").path("generationConfig").path("responseModalities"))
                .isEqualTo(json("['TEXT','IMAGE']"));
    }

    /** Read again, all that both sides know is there. */
    @Test
    void comesBackFromGeminiAsItWent() {
        draft.system.add(new Part.Text("be short"));
        user(
                new Part.Text("q"),
                new Part.Media(Part.Media.Kind.PICTURE, new Source.Inline("image/png", "AAAA"), null, null, null));
        model(
                new Part.Text("a"),
                new Part.ToolCall("x", "weather", "{\"city\":\"Z\"}", new Signature(Vendor.GEMINI, "c2VhbC0x"), null));
        user(new Part.ToolResult("x", "weather", List.of(new Part.Text("{\"t\":1}")), json("{'t':1}"), false, null));
        draft.tools.add(new Tool.Function(
                "weather",
                "d",
                json("{'type':'object','properties':{'city':{'type':'string'}},'required':['city']}"),
                null,
                null));
        draft.tools.add(new Tool.WebSearch(null, null, List.of(), List.of(), null));
        draft.toolChoice = new ToolChoice(ToolChoice.Mode.REQUIRED, List.of("weather"));
        draft.sampling = new Sampling(
                5L, BigDecimal.ONE, BigDecimal.ONE, 1L, 7L, List.of("s"), BigDecimal.ONE, BigDecimal.ONE, 2, 3);
        draft.format =
                new AnswerFormat(null, null, json("{'type':'object','properties':{'a':{'type':'integer'}}}"), null);
        draft.reasoning = new Reasoning("high", null, true, null);
        draft.serviceTier = "flex";
        Conversation said = draft.done(Vendor.GEMINI);

        assertThat(GeminiRequestReader.read(GeminiRequestWriter.write(said, "gemini-3-flash"), false))
                .isEqualTo(said);
    }
}
