package io.tollbook.relay.dialect.responses;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

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
import java.math.BigDecimal;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;

class ResponsesRequestWriterTest {
    private static final JsonMapper JSON = JsonMapper.shared();

    private static JsonNode written(Vendor client, String model, Consumer<Conversation.Draft> said) {
        Conversation.Draft draft = new Conversation.Draft();
        said.accept(draft);
        return JSON.readTree(ResponsesRequestWriter.write(draft.done(client), model));
    }

    private static JsonNode written(Consumer<Conversation.Draft> said) {
        return written(Vendor.OPENAI, "gpt-4.1", said);
    }

    private static ArrayNode input(Turn... turns) {
        return (ArrayNode) written(draft -> draft.turns.addAll(List.of(turns))).path("input");
    }

    private static Turn assistant(Part... parts) {
        return new Turn(Turn.Role.ASSISTANT, List.of(parts));
    }

    private static Turn user(Part... parts) {
        return new Turn(Turn.Role.USER, List.of(parts));
    }

    @Test
    void writesTurnsAsItems() {
        ArrayNode input = input(
                user(new Part.Text("both?")),
                assistant(
                        new Part.Thinking("A.", "rs_1", new Signature(Vendor.RESPONSES, "sealed")),
                        new Part.Text("I look."),
                        new Part.ToolCall("c1", "f", "{\"x\":1}"),
                        new Part.ToolCall("c2", "f", "{broken")),
                user(
                        new Part.ToolResult("c2", null, List.of(new Part.Text("two")), null, false, null),
                        new Part.ToolResult("c1", null, List.of(new Part.Text("one")), null, true, null),
                        new Part.Text("thanks")));

        assertThat(input).isEqualTo(JSON.readTree("""
                [{"type":"message","role":"user","content":[{"type":"input_text","text":"both?"}]},
                 {"type":"reasoning","id":"rs_1","summary":[{"type":"summary_text","text":"A."}],"encrypted_content":"sealed"},
                 {"type":"message","role":"assistant","content":[{"type":"output_text","text":"I look."}]},
                 {"type":"function_call","call_id":"c1","name":"f","arguments":"{\\"x\\":1}"},
                 {"type":"function_call","call_id":"c2","name":"f","arguments":"{broken"},
                 {"type":"function_call_output","call_id":"c2","output":"two"},
                 {"type":"function_call_output","call_id":"c1","output":"Error: one"},
                 {"type":"message","role":"user","content":[{"type":"input_text","text":"thanks"}]}]"""));
    }

    @Test
    void foreignThinkingAndThinkingThatNothingCameOfIsNotShown() {
        ArrayNode input = input(
                assistant(
                        new Part.Thinking("A.", null, new Signature(Vendor.CLAUDE, "theirs")),
                        new Part.Thinking("B.", null, null),
                        new Part.HiddenThinking(null, new Signature(Vendor.GEMINI, "theirs")),
                        new Part.Text("x"),
                        new Part.HiddenThinking("rs_2", new Signature(Vendor.RESPONSES, "mine"))),
                user(new Part.Text("y")));

        assertThat(input).extracting(item -> item.path("type").asString()).containsExactly("message", "message");
    }

    @Test
    void writesMedia() {
        ArrayNode input = input(user(
                media(Part.Media.Kind.PICTURE, new Source.Inline("image/png", "QUJD")),
                media(Part.Media.Kind.PICTURE, new Source.Address("https://a.example/p", null)),
                media(Part.Media.Kind.DOCUMENT, new Source.Inline("application/pdf", "QUJD")),
                media(Part.Media.Kind.DOCUMENT, new Source.Address("https://a.example/d", null)),
                media(Part.Media.Kind.DOCUMENT, new Source.PlainText("text")),
                media(Part.Media.Kind.SOUND, new Source.Inline("audio/mpeg", "QUJD"))));

        assertThat(input.get(0).path("content")).isEqualTo(JSON.readTree("""
                [{"type":"input_image","image_url":"data:image/png;base64,QUJD","detail":"auto"},
                 {"type":"input_image","image_url":"https://a.example/p","detail":"auto"},
                 {"type":"input_file","filename":"document.pdf","file_data":"data:application/pdf;base64,QUJD"},
                 {"type":"input_file","file_url":"https://a.example/d"},
                 {"type":"input_text","text":"text"},
                 {"type":"input_audio","input_audio":{"data":"QUJD","format":"mp3"}}]"""));
    }

    private static Part.Media media(Part.Media.Kind kind, Source source) {
        return new Part.Media(kind, source, null, null, null);
    }

    @Test
    void aResultMayHoldPictures() {
        ArrayNode input = input(user(new Part.ToolResult(
                "c1",
                null,
                List.of(new Part.Text("see"), media(Part.Media.Kind.PICTURE, new Source.Inline("image/png", "QUJD"))),
                null,
                false,
                null)));

        assertThat(input.get(0).path("output"))
                .extracting(part -> part.path("type").asString())
                .containsExactly("input_text", "input_image");
    }

    @Test
    void writesToolsFlatAndSaysThatTheyAreNotStrict() {
        JsonNode request = written(draft -> {
            draft.tools.add(new Tool.Function("f", "d", JSON.readTree("{\"type\":\"object\"}"), null, null));
            draft.tools.add(new Tool.Function("g", null, null, true, null));
            draft.tools.add(new Tool.WebSearch(
                    "low", 5, List.of("a.example"), List.of(), JSON.readTree("{\"city\":\"Oslo\"}")));
            draft.parallelTools = false;
        });

        assertThat(request.path("tools")).isEqualTo(JSON.readTree("""
                [{"type":"function","name":"f","description":"d","parameters":{"type":"object"},"strict":false},
                 {"type":"function","name":"g","parameters":{"type":"object","properties":{}},"strict":true},
                 {"type":"web_search","search_context_size":"low","filters":{"allowed_domains":["a.example"]},
                  "user_location":{"type":"approximate","city":"Oslo"}}]"""));
        assertThat(request.path("parallel_tool_calls").asBoolean(true)).isFalse();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            AUTO     |     | "auto"
            NONE     |     | "none"
            REQUIRED |     | "required"
            REQUIRED | f   | {"type":"function","name":"f"}
            AUTO     | f,g | {"type":"allowed_tools","mode":"auto","tools":[{"type":"function","name":"f"},{"type":"function","name":"g"}]}
            """)
    void writesWhichToolIsChosen(ToolChoice.Mode mode, String names, String choice) {
        List<String> named = names == null ? List.of() : List.of(names.split(","));

        assertThat(ResponsesTools.written(new ToolChoice(mode, named))).isEqualTo(JSON.readTree(choice));
    }

    @Test
    void writesTheOtherFields() {
        JsonNode request = written(draft -> {
            draft.stream = true;
            draft.system.add(new Part.Text("A"));
            draft.system.add(new Part.Text("B"));
            draft.sampling = new Sampling(
                    5L, BigDecimal.ZERO, new BigDecimal("0.5"), 40L, 7L, List.of(), BigDecimal.ONE, null, 1, 2);
            draft.format = new AnswerFormat(null, "d", JSON.readTree("{\"type\":\"object\"}"), null);
            draft.user = "u";
            draft.serviceTier = "flex";
            draft.verbosity = "low";
            draft.promptCacheKey = "k";
            draft.metadata.put("a", "b");
        });

        assertThat(request).isEqualTo(JSON.readTree("""
                {"model":"gpt-4.1","instructions":"A\\n\\nB","input":[],"max_output_tokens":16,"temperature":0,"top_p":0.5,
                 "top_logprobs":2,"include":["message.output_text.logprobs"],
                 "text":{"verbosity":"low","format":{"type":"json_schema","name":"answer","description":"d","schema":{"type":"object"},"strict":false}},
                 "user":"u","service_tier":"flex","prompt_cache_key":"k","metadata":{"a":"b"},"store":false,"stream":true}"""));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', nullValues = "-", textBlock = """
            # model   | effort | budget | reasoning                                 | sealed
            gpt-4.1   | -      | -      | -                                         | false
            o3        | -      | -      | -                                         | true
            o3        | high   | -      | {"effort":"high","summary":"detailed"}    | true
            o3        | -      | 4096   | {"effort":"medium","summary":"detailed"}  | true
            gpt-5.1   | none   | -      | {"effort":"none"}                         | false
            gpt-5     | none   | -      | {"effort":"minimal"}                      | false
            """)
    void asksForThinkingAndForItsSeal(String model, String effort, Long budget, String reasoning, boolean sealed) {
        JsonNode request = written(Vendor.CLAUDE, model, draft -> {
            if (effort != null || budget != null) draft.reasoning = new Reasoning(effort, budget, null, null);
        });

        assertThat(request.path("reasoning").toString()).isEqualTo(reasoning == null ? "" : reasoning);
        assertThat(request.path("include").toString().contains("reasoning.encrypted_content"))
                .isEqualTo(sealed);
    }

    @Test
    void refusesWhatWouldChangeTheAnswer() {
        assertThatThrownBy(() -> written(draft ->
                        draft.sampling = new Sampling(null, null, null, null, null, List.of(), null, null, 2, null)))
                .isInstanceOf(Refused.class)
                .hasMessageStartingWith("n must be 1");
        assertThatThrownBy(() -> written(draft -> draft.sampling =
                        new Sampling(null, null, null, null, null, List.of("END"), null, null, null, null)))
                .isInstanceOf(Refused.class)
                .hasMessageStartingWith("stop");
        assertThatThrownBy(() -> written(draft ->
                        draft.tools.add(new Tool.Foreign(Vendor.CLAUDE, "bash_20250124", JSON.readTree("{}")))))
                .isInstanceOf(Refused.class)
                .hasMessageContaining("bash_20250124");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {"input":[{"type":"message","role":"user","content":[{"type":"input_text","text":"hi"}]}],"instructions":"Be short.","max_output_tokens":64,"temperature":0,"top_p":0.5,"store":true,"metadata":{"a":"b"},"parallel_tool_calls":false,"tools":[{"type":"function","name":"f","parameters":{"type":"object"}}],"tool_choice":{"type":"function","name":"f"}}
            {"input":[{"type":"reasoning","id":"rs_1","summary":[],"encrypted_content":"s"},{"type":"message","role":"assistant","content":[{"type":"output_text","text":"x"}]},{"type":"message","role":"user","content":[{"type":"input_image","image_url":"https://a.example/p","detail":"high"}]}],"include":["reasoning.encrypted_content"],"text":{"verbosity":"low","format":{"type":"json_schema","name":"n","schema":{"type":"object"},"strict":true}},"service_tier":"flex","prompt_cache_key":"k","user":"u"}
            {"input":[{"type":"web_search_call","id":"ws_1","status":"completed"},{"type":"message","role":"assistant","content":[{"type":"refusal","refusal":"No."}]}],"tools":[{"type":"mcp","server_label":"l"}],"reasoning":{"effort":"low","summary":"auto"},"include":["reasoning.encrypted_content"],"stream":true}
            """)
    void whatWasReadIsWrittenTheSame(String request) {
        Conversation conversation = ResponsesRequestReader.read(JSON.readTree(request));
        JsonNode again = JSON.readTree(ResponsesRequestWriter.write(conversation, "m"));

        ((tools.jackson.databind.node.ObjectNode) again).remove("model");
        assertThat(again).isEqualTo(JSON.readTree(request));
    }
}
