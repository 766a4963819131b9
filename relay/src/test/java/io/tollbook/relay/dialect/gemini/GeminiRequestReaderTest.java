package io.tollbook.relay.dialect.gemini;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tollbook.kernel.Refused;
import io.tollbook.relay.conversation.AnswerFormat;
import io.tollbook.relay.conversation.Conversation;
import io.tollbook.relay.conversation.Part;
import io.tollbook.relay.conversation.Reasoning;
import io.tollbook.relay.conversation.Signature;
import io.tollbook.relay.conversation.Source;
import io.tollbook.relay.conversation.Tool;
import io.tollbook.relay.conversation.ToolChoice;
import io.tollbook.relay.conversation.Turn;
import io.tollbook.relay.conversation.Vendor;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class GeminiRequestReaderTest {
    private static final String HELLO = "'contents':[{'role':'user','parts':[{'text':'hello'}]}]";

    private static Conversation read(String json) {
        return GeminiRequestReader.read(json.replace('\'', '"').getBytes(StandardCharsets.UTF_8), false);
    }

    private static List<Part> model(String parts) {
        Conversation read = read("{'contents':[{'parts':[{'text':'q'}]},{'role':'model','parts':" + parts + "}]}");
        assertThat(read.turns()).hasSize(2);
        return read.turns().getLast().parts();
    }

    @Test
    void readsBothSpellingsOfEveryField() {
        Conversation camel = read("{" + HELLO + """
                ,'systemInstruction':{'parts':[{'text':'be short'}]},'generationConfig':{'temperature':0,'topP':0.5,'topK':40.0,\
                'maxOutputTokens':'100','candidateCount':2,'stopSequences':['a','b'],'presencePenalty':0.1,'frequencyPenalty':-0.2,\
                'seed':0,'responseLogprobs':true,'logprobs':3,'responseMimeType':'application/json',\
                'responseSchema':{'type':'OBJECT','properties':{'a':{'type':'STRING'}}},\
                'thinkingConfig':{'thinkingBudget':0,'includeThoughts':false}},\
                'toolConfig':{'functionCallingConfig':{'mode':'ANY','allowedFunctionNames':['f']}},\
                'tools':[{'functionDeclarations':[{'name':'f','parameters':{'type':'OBJECT'}}]}]}""");
        Conversation snake = read("{" + HELLO + """
                ,'system_instruction':{'parts':[{'text':'be short'}]},'generation_config':{'temperature':0,'top_p':0.5,'top_k':40,\
                'max_output_tokens':100,'candidate_count':2,'stop_sequences':['a','b'],'presence_penalty':0.1,'frequency_penalty':-0.2,\
                'seed':0,'response_logprobs':true,'logprobs':3,'response_mime_type':'application/json',\
                'response_schema':{'type':'OBJECT','properties':{'a':{'type':'STRING'}}},\
                'thinking_config':{'thinking_budget':0,'include_thoughts':false}},\
                'tool_config':{'function_calling_config':{'mode':'ANY','allowed_function_names':['f']}},\
                'tools':[{'function_declarations':[{'name':'f','parameters':{'type':'OBJECT'}}]}]}""");

        assertThat(snake).isEqualTo(camel);
        assertThat(camel.system()).containsExactly(new Part.Text("be short"));
        assertThat(camel.sampling().outputTokensMax()).isEqualTo(100);
        assertThat(camel.sampling().topK()).isEqualTo(40);
        assertThat(camel.sampling().answers()).isEqualTo(2);
        assertThat(camel.sampling().stops()).containsExactly("a", "b");
        assertThat(camel.sampling().topLogprobs()).isEqualTo(3);
        assertThat(camel.toolChoice()).isEqualTo(new ToolChoice(ToolChoice.Mode.REQUIRED, List.of("f")));
        assertThat(camel.format()).isNotNull();
        assertThat(camel.tools()).singleElement().isInstanceOf(Tool.Function.class);
    }

    @Test
    void trap14ZeroAndFalseAreValuesAndAbsenceIsNone() {
        Conversation zero = read("{" + HELLO
                + ",'generationConfig':{'temperature':0,'topP':0,'topK':0,'seed':0,'presencePenalty':0,"
                + "'thinkingConfig':{'thinkingBudget':0,'includeThoughts':false}}}");

        assertThat(zero.sampling().temperature()).isEqualTo(BigDecimal.ZERO);
        assertThat(zero.sampling().topP()).isEqualTo(BigDecimal.ZERO);
        assertThat(zero.sampling().topK()).isZero();
        assertThat(zero.sampling().seed()).isZero();
        assertThat(zero.sampling().presencePenalty()).isEqualTo(BigDecimal.ZERO);
        assertThat(zero.reasoning()).isEqualTo(new Reasoning(null, 0L, false, null));

        Conversation nothing = read("{" + HELLO + ",'generationConfig':{'temperature':null}}");
        assertThat(nothing.sampling()).isEqualTo(io.tollbook.relay.conversation.Sampling.UNSAID);
        assertThat(nothing.reasoning()).isNull();
        assertThat(nothing.format()).isNull();
    }

    @Test
    void trap10CallsWithoutIdsArePairedByName() {
        Conversation read = read("""
                {'contents':[{'parts':[{'text':'q'}]},
                {'role':'model','parts':[{'functionCall':{'name':'f','args':{'n':1}}},{'functionCall':{'name':'g'}},{'functionCall':{'name':'f','args':{'n':2}}}]},
                {'role':'function','parts':[{'functionResponse':{'name':'g','response':{'output':'G'}}},{'functionResponse':{'name':'f','response':{'r':1}}},{'functionResponse':{'name':'f','response':{'r':2}}}]}]}""");
        List<Part> calls = read.turns().get(1).parts();
        List<Part> results = read.turns().get(2).parts();

        assertThat(calls).extracting(call -> ((Part.ToolCall) call).id()).containsExactly("call_1", "call_2", "call_3");
        assertThat(((Part.ToolCall) calls.get(1)).arguments()).isEqualTo("{}");
        assertThat(results)
                .extracting(result -> ((Part.ToolResult) result).call())
                .containsExactly("call_2", "call_1", "call_3");
        assertThat(((Part.ToolResult) results.getFirst()).content()).containsExactly(new Part.Text("G"));
        assertThat(((Part.ToolResult) results.get(1)).content()).containsExactly(new Part.Text("{\"r\":1}"));
    }

    @Test
    void trap10CallsAreKnownByTheirIdsWhateverTheirOrder() {
        Conversation read = read("""
                {'contents':[{'parts':[{'text':'q'}]},
                {'role':'model','parts':[{'functionCall':{'id':'x','name':'f','args':{}}},{'functionCall':{'id':'y','name':'f','args':{}}}]},
                {'role':'user','parts':[{'functionResponse':{'id':'y','name':'f','response':{'error':'no'}}},{'functionResponse':{'id':'x','name':'f','response':{}}}]}]}""");
        List<Part> results = read.turns().get(2).parts();

        assertThat(results)
                .extracting(result -> ((Part.ToolResult) result).call())
                .containsExactly("y", "x");
        assertThat(((Part.ToolResult) results.getFirst()).isError()).isTrue();
        assertThat(((Part.ToolResult) results.get(1)).isError()).isFalse();
    }

    @Test
    void anIdThatComesAgainIsAnotherCall() {
        Conversation read = read("""
                {'contents':[{'parts':[{'text':'q'}]},
                {'role':'model','parts':[{'functionCall':{'id':'x','name':'f'}}]},{'role':'user','parts':[{'functionResponse':{'id':'x','name':'f','response':{}}}]},
                {'role':'model','parts':[{'functionCall':{'id':'x','name':'f'}}]},{'role':'user','parts':[{'functionResponse':{'id':'x','name':'f','response':{}}}]}]}""");

        assertThat(((Part.ToolCall) read.turns().get(1).parts().getFirst()).id())
                .isEqualTo("x");
        String again = ((Part.ToolCall) read.turns().get(3).parts().getFirst()).id();
        assertThat(again).isNotEqualTo("x");
        assertThat(((Part.ToolResult) read.turns().get(4).parts().getFirst()).call())
                .isEqualTo(again);
    }

    @Test
    void readsMediaByTheirKind() {
        List<Part> parts = read("""
                {'contents':[{'parts':[{'inline_data':{'mime_type':'image/png','data':'-_8'},'mediaResolution':{'level':'MEDIA_RESOLUTION_LOW'}},
                {'inlineData':{'mimeType':'audio/wav','data':'AAAA','displayName':'a.wav'}},
                {'fileData':{'mimeType':'application/pdf','fileUri':'https://example.com/a.pdf'}},
                {'fileData':{'fileUri':'https://www.youtube.com/watch?v=1'}},
                {'fileData':{'mimeType':'video/mp4','fileUri':'https://generativelanguage.googleapis.com/v1beta/files/x'}}]}]}""").turns().getFirst().parts();

        assertThat(parts)
                .containsExactly(
                        new Part.Media(
                                Part.Media.Kind.PICTURE, new Source.Inline("image/png", "+/8="), null, "low", null),
                        new Part.Media(
                                Part.Media.Kind.SOUND, new Source.Inline("audio/wav", "AAAA"), "a.wav", null, null),
                        new Part.Media(
                                Part.Media.Kind.DOCUMENT,
                                new Source.Address("https://example.com/a.pdf", "application/pdf"),
                                null,
                                null,
                                null),
                        new Part.Media(
                                Part.Media.Kind.FILM,
                                new Source.File(Vendor.GEMINI, "https://www.youtube.com/watch?v=1", null),
                                null,
                                null,
                                null),
                        new Part.Media(
                                Part.Media.Kind.FILM,
                                new Source.File(
                                        Vendor.GEMINI,
                                        "https://generativelanguage.googleapis.com/v1beta/files/x",
                                        "video/mp4"),
                                null,
                                null,
                                null));
    }

    @Test
    void trap5SealsOfEveryVendorComeBack() {
        Signature claude = new Signature(Vendor.CLAUDE, "c+/=");
        Signature hidden = new Signature(Vendor.RESPONSES, "r:x");
        String urlSafe = GeminiSignatures.seal(null, claude)
                .replace('+', '-')
                .replace('/', '_')
                .replace("=", "");
        List<Part> parts = model("[{'text':'first ','thought':true},{'text':'second','thought':true},"
                + "{'text':'','thought':true,'thoughtSignature':'" + urlSafe + "'},"
                + "{'text':'','thought':true,'thoughtSignature':'" + GeminiSignatures.hidden("rs_1", hidden) + "'},"
                + "{'text':'Hel'},{'text':'lo'},{'text':'','thought_signature':'own'},"
                + "{'functionCall':{'name':'f','args':{}},'thoughtSignature':'sealed'}]");

        assertThat(parts)
                .containsExactly(
                        new Part.Thinking("first second", null, claude),
                        new Part.HiddenThinking("rs_1", hidden),
                        new Part.Text("Hello", List.of(), new Signature(Vendor.GEMINI, "own"), null),
                        new Part.ToolCall("call_1", "f", "{}", new Signature(Vendor.GEMINI, "sealed"), null));
    }

    @Test
    void piecesOfAStreamThatAClientKeptAreOneTurn() {
        Conversation read = read("{'contents':[{'parts':[{'text':'q'}]},{'role':'model','parts':[{'text':'a'}]},"
                + "{'role':'model','parts':[{'text':'b'}]},{'role':'model','parts':[{'text':''}]},"
                + "{'role':'user','parts':[{'text':'c'},{'text':'d'}]}]}");

        assertThat(read.turns())
                .containsExactly(
                        new Turn(Turn.Role.USER, List.of(new Part.Text("q"))),
                        new Turn(Turn.Role.ASSISTANT, List.of(new Part.Text("ab"))),
                        new Turn(Turn.Role.USER, List.of(new Part.Text("c"), new Part.Text("d"))));
    }

    @Test
    void readsToolsOfEveryKind() {
        Conversation read = read(
                "{" + HELLO
                        + ",'tools':[{'googleSearch':{}},{'codeExecution':{}},{'functionDeclarations':[{'name':'f','description':'d',"
                        + "'parametersJsonSchema':{'type':'object','$defs':{}}}]}],'toolConfig':{'functionCallingConfig':{'mode':'NONE'}}}");

        assertThat(read.tools().get(0)).isEqualTo(new Tool.WebSearch(null, null, List.of(), List.of(), null));
        assertThat(read.tools().get(1)).isInstanceOfSatisfying(Tool.Foreign.class, foreign -> {
            assertThat(foreign.vendor()).isEqualTo(Vendor.GEMINI);
            assertThat(foreign.type()).isEqualTo("codeExecution");
        });
        assertThat(read.tools().get(2))
                .isInstanceOfSatisfying(
                        Tool.Function.class,
                        function -> assertThat(String.valueOf(function.parameters()))
                                .isEqualTo("{\"type\":\"object\",\"$defs\":{}}"));
        assertThat(read.toolChoice()).isEqualTo(new ToolChoice(ToolChoice.Mode.NONE, List.of()));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {'thinkingLevel':'HIGH','includeThoughts':true} | high | | true
            {'thinkingBudget':-1}                           |      | -1 |
            {'thinkingLevel':'THINKING_LEVEL_UNSPECIFIED'}  |      |    |
            """)
    void readsHowMuchToThink(String config, String effort, Long budget, Boolean shown) {
        assertThat(read("{" + HELLO + ",'generationConfig':{'thinkingConfig':" + config + "}}")
                        .reasoning())
                .isEqualTo(new Reasoning(effort, budget, shown, null));
    }

    @Test
    void anyJsonIsAFormatOfItsOwn() {
        assertThat(read("{" + HELLO + ",'generationConfig':{'responseMimeType':'application/json'}}")
                        .format())
                .isEqualTo(AnswerFormat.ANY_JSON);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "contents | {}",
                "contents | {'contents':[]}",
                "contents[0].role | {'contents':[{'role':'system','parts':[{'text':'x'}]}]}",
                "contents[0].parts[0] | {'contents':[{'parts':['x']}]}",
                "contents[0].parts[0].text | {'contents':[{'parts':[{'text':1}]}]}",
                "contents[0].parts[0].functionResponse | {'contents':[{'parts':[{'functionResponse':{'name':'f','response':{}}}]}]}",
                "contents[0].parts[0].functionCall.name | {'contents':[{'role':'model','parts':[{'functionCall':{}}]}]}",
                "contents[0].parts[0].inlineData.mimeType | {'contents':[{'parts':[{'inlineData':{'data':'AA'}}]}]}",
                "generationConfig.topK | {H,'generationConfig':{'topK':1.5}}",
                "generationConfig.seed | {H,'generationConfig':{'seed':'many'}}",
                "generationConfig.temperature | {H,'generationConfig':{'temperature':true}}",
                "generationConfig.responseModalities | {H,'generationConfig':{'responseModalities':['AUDIO']}}",
                "generationConfig.responseMimeType | {H,'generationConfig':{'responseMimeType':'text/x.enum'}}",
                "toolConfig.functionCallingConfig.mode | {H,'toolConfig':{'functionCallingConfig':{'mode':'SOME'}}}",
                "tools | {H,'tools':{'googleSearch':{}}}",
                "tools[0].functionDeclarations[0].name | {H,'tools':[{'functionDeclarations':[{}]}]}",
                "systemInstruction.parts[0] | {H,'systemInstruction':{'parts':[{'inlineData':{}}]}}"
            })
    void namesTheFieldThatIsWrong(String row) {
        String[] field = row.split(" \\| ");

        assertThatThrownBy(() -> read(field[1].replace("H", HELLO)))
                .isInstanceOf(Refused.class)
                .hasMessageStartingWith(field[0] + " ");
    }
}
