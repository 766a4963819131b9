package io.tollbook.relay.dialect.responses;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tollbook.kernel.Refused;
import io.tollbook.relay.conversation.Conversation;
import io.tollbook.relay.conversation.Part;
import io.tollbook.relay.conversation.Signature;
import io.tollbook.relay.conversation.Source;
import io.tollbook.relay.conversation.Tool;
import io.tollbook.relay.conversation.ToolChoice;
import io.tollbook.relay.conversation.Turn;
import io.tollbook.relay.conversation.Vendor;
import java.math.BigDecimal;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

class ResponsesRequestReaderTest {
    private static Conversation read(String json) {
        return ResponsesRequestReader.read(JsonMapper.shared().readTree(json));
    }

    private static List<Turn> turns(String items) {
        return read("{\"input\":[" + items + "]}").turns();
    }

    private static List<Part> content(String parts) {
        return turns("{\"role\":\"user\",\"content\":[" + parts + "]}")
                .getFirst()
                .parts();
    }

    @Test
    void readsAnInputOfText() {
        Conversation conversation = read("{\"instructions\":\"Be short.\",\"input\":\"hello\"}");

        assertThat(conversation.client()).isEqualTo(Vendor.RESPONSES);
        assertThat(conversation.system()).containsExactly(new Part.Text("Be short."));
        assertThat(conversation.turns()).containsExactly(new Turn(Turn.Role.USER, List.of(new Part.Text("hello"))));
    }

    @Test
    void instructionsStandBeforeSystemAndDeveloperMessages() {
        Conversation conversation = read("""
                {"instructions":"A","input":[{"role":"developer","content":"B"},{"role":"user","content":"x"},
                 {"type":"message","role":"system","content":[{"type":"input_text","text":"C"}]}]}""");

        assertThat(conversation.system()).containsExactly(new Part.Text("A"), new Part.Text("B"), new Part.Text("C"));
        assertThat(conversation.turns()).hasSize(1);
    }

    /** What stands between two of the user's is one turn, and parallel results are one (trap 4). */
    @Test
    void itemsBecomeTurns() {
        List<Turn> turns = turns("""
                {"role":"user","content":"both?"},
                {"type":"reasoning","id":"rs_1","summary":[{"type":"summary_text","text":"A."},{"type":"summary_text","text":"B."}],"encrypted_content":"sealed"},
                {"type":"message","id":"msg_1","role":"assistant","status":"completed","content":[{"type":"output_text","text":"I look.","annotations":[]}]},
                {"type":"function_call","id":"fc_1","call_id":"c1","name":"f","arguments":"{\\"x\\":1}"},
                {"type":"function_call","call_id":"c2","name":"f","arguments":""},
                {"type":"function_call_output","call_id":"c2","output":"two"},
                {"type":"function_call_output","call_id":"c1","output":[{"type":"input_text","text":"one"},{"type":"input_image","image_url":"https://a.example/p.png"}]},
                {"role":"user","content":"thanks"}""");

        assertThat(turns)
                .extracting(Turn::role)
                .containsExactly(Turn.Role.USER, Turn.Role.ASSISTANT, Turn.Role.USER, Turn.Role.USER);
        assertThat(turns.get(1).parts())
                .containsExactly(
                        new Part.Thinking("A.\n\nB.", "rs_1", new Signature(Vendor.RESPONSES, "sealed")),
                        new Part.Text("I look."),
                        new Part.ToolCall("c1", "f", "{\"x\":1}"),
                        new Part.ToolCall("c2", "f", "{}"));
        assertThat(turns.get(2).parts())
                .extracting(part -> ((Part.ToolResult) part).call())
                .containsExactly("c2", "c1");
        assertThat(((Part.ToolResult) turns.get(2).parts().get(1)).content()).hasSize(2);
    }

    @Test
    void readsPicturesFilesAndSound() {
        List<Part> parts = content("""
                {"type":"input_image","image_url":"data:image/png;base64,QUJD","detail":"low"},
                {"type":"input_image","image_url":"https://a.example/p.png"},
                {"type":"input_image","file_id":"file-1"},
                {"type":"input_file","filename":"a.pdf","file_data":"data:application/pdf;base64,QUJD"},
                {"type":"input_file","file_url":"https://a.example/a.pdf"},
                {"type":"input_audio","input_audio":{"data":"QUJD","format":"mp3"}}""");

        assertThat(parts)
                .extracting(part -> ((Part.Media) part).source())
                .containsExactly(
                        new Source.Inline("image/png", "QUJD"),
                        new Source.Address("https://a.example/p.png", null),
                        new Source.File(Vendor.OPENAI, "file-1", null),
                        new Source.Inline("application/pdf", "QUJD"),
                        new Source.Address("https://a.example/a.pdf", null),
                        new Source.Inline("audio/mpeg", "QUJD"));
        assertThat(((Part.Media) parts.getFirst()).detail()).isEqualTo("low");
        assertThat(((Part.Media) parts.get(3)).name()).isEqualTo("a.pdf");
    }

    @Test
    void readsThinkingThatMayNotBeRead() {
        List<Part> parts = turns("""
                {"type":"reasoning","id":"rs_1","summary":[],"encrypted_content":"sealed"},
                {"type":"reasoning","id":"rs_2","summary":[]},
                {"role":"assistant","content":"x"}""").getFirst().parts();

        assertThat(parts)
                .containsExactly(
                        new Part.HiddenThinking("rs_1", new Signature(Vendor.RESPONSES, "sealed")), new Part.Text("x"));
    }

    /** Trap 14: zero and false are values. */
    @Test
    void whatIsZeroOrFalseIsSaid() {
        Conversation conversation = read("""
                {"input":"x","temperature":0,"top_p":0.0,"top_logprobs":0,"store":false,"parallel_tool_calls":false,
                 "max_output_tokens":64,"include":["message.output_text.logprobs"]}""");

        assertThat(conversation.sampling().temperature()).isEqualByComparingTo(BigDecimal.ZERO);
        assertThat(conversation.sampling().topP()).isEqualByComparingTo(BigDecimal.ZERO);
        assertThat(conversation.sampling().topLogprobs()).isZero();
        assertThat(conversation.sampling().outputTokensMax()).isEqualTo(64);
        assertThat(conversation.store()).isFalse();
        assertThat(conversation.parallelTools()).isFalse();
        Conversation unsaid = read("{\"input\":\"x\",\"temperature\":null}");
        assertThat(unsaid.sampling().temperature()).isNull();
        assertThat(unsaid.sampling().topLogprobs()).isNull();
        assertThat(unsaid.store()).isNull();
        assertThat(unsaid.parallelTools()).isNull();
        assertThat(unsaid.reasoning()).isNull();
    }

    @Test
    void readsTheOtherFields() {
        Conversation conversation = read("""
                {"input":"x","stream":true,"reasoning":{"effort":"high","summary":"auto"},"safety_identifier":"u1",
                 "service_tier":"flex","prompt_cache_key":"k","metadata":{"a":"b"},
                 "text":{"verbosity":"low","format":{"type":"json_schema","name":"n","schema":{"type":"object"},"strict":true}}}""");

        assertThat(conversation.stream()).isTrue();
        assertThat(conversation.reasoning().effort()).isEqualTo("high");
        assertThat(conversation.reasoning().shown()).isTrue();
        assertThat(conversation.user()).isEqualTo("u1");
        assertThat(conversation.serviceTier()).isEqualTo("flex");
        assertThat(conversation.promptCacheKey()).isEqualTo("k");
        assertThat(conversation.metadata()).containsEntry("a", "b");
        assertThat(conversation.verbosity()).isEqualTo("low");
        assertThat(conversation.format().name()).isEqualTo("n");
        assertThat(conversation.format().strict()).isTrue();
    }

    @Test
    void readsTools() {
        Conversation conversation = read("""
                {"input":"x","max_tool_calls":3,"tools":[
                 {"type":"function","name":"f","description":"d","parameters":{"type":"object"},"strict":false},
                 {"type":"web_search_preview","search_context_size":"low","user_location":{"type":"approximate","city":"Oslo"},"filters":{"allowed_domains":["a.example"]}},
                 {"type":"custom","name":"apply_patch","description":"Edits.","format":{"type":"grammar","syntax":"lark","definition":"start: X"}},
                 {"type":"file_search","vector_store_ids":["v"]}]}""");

        assertThat(conversation.tools().get(0)).isInstanceOfSatisfying(Tool.Function.class, function -> {
            assertThat(function.name()).isEqualTo("f");
            assertThat(function.strict()).isFalse();
        });
        assertThat(conversation.tools().get(1)).isInstanceOfSatisfying(Tool.WebSearch.class, search -> {
            assertThat(search.contextSize()).isEqualTo("low");
            assertThat(search.usesMax()).isEqualTo(3);
            assertThat(search.allowedDomains()).containsExactly("a.example");
            assertThat(search.location().path("city").asString()).isEqualTo("Oslo");
        });
        assertThat(conversation.tools().get(2)).isInstanceOfSatisfying(Tool.Function.class, function -> {
            assertThat(function.parameters().at("/properties/input/type").asString())
                    .isEqualTo("string");
            assertThat(function.description()).contains("Edits.", "lark", "start: X");
        });
        assertThat(conversation.tools().get(3))
                .isInstanceOfSatisfying(
                        Tool.Foreign.class,
                        foreign -> assertThat(foreign.type()).isEqualTo("file_search"));
    }

    /** Codex brings its tools so: some below a name, others only once it has searched for them. */
    @Test
    void toolsOfANamespaceAndThoseFoundAreFunctionsWithItsNameInFront() {
        Conversation conversation = read("""
                {"tools":[{"type":"namespace","name":"crew","description":"All of them.","tools":[
                  {"type":"function","name":"close","parameters":{"type":"object"}},{"type":"custom","name":"tell"}]},
                  {"type":"tool_search","execution":"client","description":"Finds.","parameters":{"type":"object"}},
                  {"type":"function","name":"there"}],
                 "input":[{"role":"user","content":"x"},
                  {"type":"function_call","call_id":"c1","namespace":"crew","name":"close","arguments":"{}"},
                  {"type":"tool_search_call","call_id":"c2","execution":"client","arguments":{"query":"mail"}},
                  {"type":"function_call_output","call_id":"c1","output":"closed"},
                  {"type":"tool_search_output","call_id":"c2","execution":"client","status":"completed","tools":[
                   {"type":"namespace","name":"mail","tools":[{"type":"function","name":"send"}]},{"type":"function","name":"there"}]}]}""");

        assertThat(conversation.tools())
                .extracting(tool -> ((Tool.Function) tool).name())
                .containsExactly("crew__close", "crew__tell", "tool_search", "there", "mail__send");
        assertThat(conversation.turns().get(1).parts())
                .containsExactly(
                        new Part.ToolCall("c1", "crew__close", "{}"),
                        new Part.ToolCall("c2", "tool_search", "{\"query\":\"mail\"}"));
        assertThat(conversation.turns().get(2).parts())
                .extracting(part -> ((Part.ToolResult) part).call())
                .containsExactly("c1", "c2");
        assertThat(conversation.turns().get(2).parts().get(1).toString()).contains("\"name\":\"send\"");
    }

    /** OpenAI would search; a model that is told of all tools need not. */
    @Test
    void aSearchThatOpenAiMakesIsLeftOut() {
        Conversation conversation = read("""
                {"tools":[{"type":"tool_search"},{"type":"function","name":"f","defer_loading":true}],
                 "input":[{"role":"user","content":"x"},{"type":"tool_search_call","execution":"server","arguments":{}},
                  {"type":"tool_search_output","execution":"server","tools":[{"type":"function","name":"f"}]}]}""");

        assertThat(conversation.tools()).singleElement().isInstanceOf(Tool.Function.class);
        assertThat(conversation.turns()).hasSize(1);
    }

    @Test
    void aNameOfANamespaceIsNoLongerThanProvidersTake() {
        assertThat(ClientTools.flat("", "f")).isEqualTo("f");
        assertThat(ClientTools.flat("n".repeat(58), "last")).hasSize(64).doesNotStartWith("_");
        assertThat(ClientTools.flat("n".repeat(59), "last"))
                .hasSize(64)
                .startsWith("_n")
                .endsWith("__last");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            "auto"                                                              | AUTO     |
            "none"                                                              | NONE     |
            "required"                                                          | REQUIRED |
            {"type":"function","name":"f"}                                      | REQUIRED | f
            {"type":"custom","name":"f"}                                        | REQUIRED | f
            {"type":"allowed_tools","mode":"auto","tools":[{"type":"function","name":"f"}]} | AUTO | f
            """)
    void readsWhichToolIsChosen(String choice, ToolChoice.Mode mode, String name) {
        ToolChoice read =
                read("{\"input\":\"x\",\"tool_choice\":" + choice + "}").toolChoice();

        assertThat(read).isEqualTo(new ToolChoice(mode, name == null ? List.of() : List.of(name)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"previous_response_id", "conversation", "prompt"})
    void whatOpenAiKeepsNobodyElseHas(String field) {
        assertThatThrownBy(() -> read("{\"input\":\"x\",\"" + field + "\":\"id_1\"}"))
                .isInstanceOf(Refused.class)
                .hasMessageStartingWith(field + " needs a channel that speaks the Responses API itself");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {"type":"item_reference","id":"msg_1"}                           | input[0].type needs a channel that speaks the Responses API itself; none serves this model.
            {"type":"computer_call","id":"cu_1"}                             | input[0].type needs a channel that speaks the Responses API itself; none serves this model.
            {"role":"tool","content":"x"}                                    | input[0].role must be user, assistant, system or developer
            {"role":"user"}                                                  | Missing required parameter: 'input[0].content'.
            {"role":"user","content":7}                                      | input[0].content must be an array
            {"role":"user","content":[{"type":"text_input","text":"x"}]}     | input[0].content[0].type needs a channel that speaks the Responses API itself; none serves this model.
            {"role":"user","content":[{"type":"input_image","image_url":"data:image/png;base64,***"}]} | input[0].content[0].image_url is not in base64
            {"role":"user","content":[{"type":"input_text","text":7}]}       | input[0].content[0].text must be a string
            {"type":"function_call","name":"f","arguments":"{}"}             | Missing required parameter: 'input[0].call_id'.
            {"type":"function_call","call_id":"c","name":"f","arguments":"{}"} | input[0]: No tool output found for function call c.
            {"type":"function_call_output","call_id":"c","output":"x"}       | input[0].call_id: No tool call found for function call output with call_id c.
            """)
    void refusesAnItemNamingIt(String item, String why) {
        assertThatThrownBy(() -> turns(item)).isInstanceOf(Refused.class).hasMessage(why);
    }
}
