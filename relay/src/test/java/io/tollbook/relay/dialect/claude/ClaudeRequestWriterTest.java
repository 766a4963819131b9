package io.tollbook.relay.dialect.claude;

import static io.tollbook.relay.dialect.claude.Written.CALL_A;
import static io.tollbook.relay.dialect.claude.Written.SONNET;
import static io.tollbook.relay.dialect.claude.Written.WEATHER;
import static io.tollbook.relay.dialect.claude.Written.json;
import static io.tollbook.relay.dialect.claude.Written.model;
import static io.tollbook.relay.dialect.claude.Written.result;
import static io.tollbook.relay.dialect.claude.Written.text;
import static io.tollbook.relay.dialect.claude.Written.user;
import static io.tollbook.relay.dialect.claude.Written.written;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tollbook.kernel.Refused;
import io.tollbook.relay.conversation.AnswerFormat;
import io.tollbook.relay.conversation.Conversation;
import io.tollbook.relay.conversation.Part;
import io.tollbook.relay.conversation.Sampling;
import io.tollbook.relay.conversation.Source;
import io.tollbook.relay.conversation.Tool;
import io.tollbook.relay.conversation.ToolChoice;
import io.tollbook.relay.conversation.Vendor;
import java.math.BigDecimal;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** Requests of other vendors' clients, as Anthropic takes them: each is shown to rules that are as strict. */
class ClaudeRequestWriterTest {
    @Test
    void everyTurnHasItsPlace() {
        JsonNode root = written(SONNET, draft -> {
            draft.system.add(text("Be brief."));
            draft.system.add(text(" "));
            draft.turns.add(model(text("Hi.")));
            draft.turns.add(user(text("And now?")));
            draft.user = "ann";
            draft.serviceTier = "default";
            draft.stream = true;
            draft.sampling =
                    new Sampling(100L, new BigDecimal("0"), null, 0L, null, List.of("STOP"), null, null, null, null);
        });

        assertThat(root).isEqualTo(json("""
                {"model":"claude-sonnet-4-5","max_tokens":100,"system":[{"type":"text","text":"Be brief."}],
                "messages":[{"role":"user","content":[{"type":"text","text":"Hello"}]},
                {"role":"assistant","content":[{"type":"text","text":"Hi."}]},
                {"role":"user","content":[{"type":"text","text":"And now?"}]}],
                "stop_sequences":["STOP"],"temperature":0,"top_k":0,
                "metadata":{"user_id":"ann"},"service_tier":"standard_only","stream":true}"""));
    }

    @Test
    void aLimitNobodySetIsTheModelsOwn() {
        assertThat(written(SONNET, draft -> {}).path("max_tokens").asInt()).isEqualTo(8_192);
    }

    @ParameterizedTest
    @CsvSource(nullValues = "-", delimiter = '|', textBlock = """
            # mode  | names     | parallel | written
            AUTO     | -         | -        | {"type":"auto"}
            AUTO     | -         | true     | {"type":"auto","disable_parallel_tool_use":false}
            -        | -         | false    | {"type":"auto","disable_parallel_tool_use":true}
            REQUIRED | -         | -        | {"type":"any"}
            REQUIRED | -         | false    | {"type":"any","disable_parallel_tool_use":true}
            REQUIRED | weather   | -        | {"type":"tool","name":"weather"}
            NONE     | -         | false    | {"type":"none"}
            -        | -         | -        | -
            """)
    void toolsAreChosenAsAsked(
            ToolChoice.@Nullable Mode mode,
            @Nullable String name,
            @Nullable Boolean parallel,
            @Nullable String choice) {
        JsonNode root = written(SONNET, draft -> {
            draft.tools.add(WEATHER);
            draft.tools.add(new Tool.Function("nothing", null, null, null, null));
            if (mode != null) draft.toolChoice = new ToolChoice(mode, name == null ? List.of() : List.of(name));
            draft.parallelTools = parallel;
        });

        assertThat(root.path("tool_choice").isMissingNode() ? null : root.path("tool_choice"))
                .isEqualTo(choice == null ? null : json(choice));
        if (name == null)
            assertThat(root.path("tools").path(1))
                    .isEqualTo(json("{\"name\":\"nothing\",\"input_schema\":{\"type\":\"object\",\"properties\":{}}}"));
    }

    @Test
    void oldCallsHaveTheirToolsThoughNoneAreGiven() {
        JsonNode root = written(SONNET, draft -> {
            draft.turns.add(model(CALL_A));
            draft.turns.add(user(result("call_a", "wet")));
        });

        assertThat(root.path("tools").findValuesAsString("name")).containsExactly("weather");
        assertThat(root.path("tool_choice").path("type").asString()).isEqualTo("none");
    }

    @Test
    void anAnswersSchemaIsClosedAndItsLimitsAreTold() {
        JsonNode root = written(SONNET, draft -> draft.format = new AnswerFormat("person", null, json("""
                        {"$schema":"x","type":"object","properties":{"age":{"type":"integer","minimum":0,"description":"Years"},
                        "minimum":{"type":"string","nullable":true}},"required":["age"]}"""), true));

        assertThat(root.path("output_config")).isEqualTo(json("""
                {"format":{"type":"json_schema","schema":{"type":"object","properties":{
                "age":{"type":"integer","description":"Years (minimum: 0)"},"minimum":{"type":["string","null"]}},
                "required":["age"],"additionalProperties":false}}}"""));
    }

    @Test
    void anOlderModelIsToldInWordsHowToAnswer() {
        AnswerFormat format = new AnswerFormat(null, null, json("{\"type\":\"object\"}"), true);
        JsonNode old = written("claude-3-5-haiku-latest", draft -> draft.format = format);
        JsonNode any = written(SONNET, draft -> draft.format = AnswerFormat.ANY_JSON);

        assertThat(old.path("system").path(0).path("text").asString()).contains("{\"type\":\"object\"}");
        assertThat(any.path("system").path(0).path("text").asString()).contains("JSON");
    }

    @Test
    void aSearchIsTheVendorsOwn() {
        JsonNode root = written(
                SONNET,
                draft -> draft.tools.add(new Tool.WebSearch(
                        "low", null, List.of("a.example"), List.of("b.example"), json("{\"city\":\"Ulm\"}"))));

        assertThat(root.path("tools").path(0)).isEqualTo(json("""
                {"type":"web_search_20250305","name":"web_search","max_uses":1,"allowed_domains":["a.example"],
                "user_location":{"city":"Ulm","type":"approximate"}}"""));
    }

    private static void refused(String named, Consumer<Conversation.Draft> filling) {
        assertThatThrownBy(() -> written(SONNET, filling))
                .isInstanceOf(Refused.class)
                .hasMessageContaining(named);
    }

    @Test
    void whatClaudeCannotDoIsRefusedByName() {
        refused(
                "(n)",
                draft -> draft.sampling = new Sampling(1L, null, null, null, null, List.of(), null, null, 2, null));
        refused(
                "logprobs",
                draft -> draft.sampling = new Sampling(1L, null, null, null, null, List.of(), null, null, null, 0));
        refused(
                "stop",
                draft -> draft.sampling =
                        new Sampling(1L, null, null, null, null, List.of("\n"), null, null, null, null));
        refused(
                "code_interpreter",
                draft -> draft.tools.add(new Tool.Foreign(Vendor.RESPONSES, "code_interpreter", json("{}"))));
        refused(
                "image/heic",
                draft -> draft.turns.add(user(new Part.Media(
                        Part.Media.Kind.PICTURE, new Source.Inline("image/heic", "AAAA"), null, null, null))));
        refused(
                "sound",
                draft -> draft.turns.add(user(new Part.Media(
                        Part.Media.Kind.SOUND, new Source.Inline("audio/wav", "AAAA"), null, null, null))));
        refused(
                "file-1",
                draft -> draft.turns.add(user(new Part.Media(
                        Part.Media.Kind.DOCUMENT, new Source.File(Vendor.OPENAI, "file-1", null), null, null, null))));
    }

    @Test
    void trap14ZeroIsAValue() {
        JsonNode root = written(
                SONNET,
                draft -> draft.sampling =
                        new Sampling(5L, BigDecimal.ZERO, null, 0L, 0L, List.of(), BigDecimal.ZERO, null, 1, null));

        assertThat(root.path("temperature").decimalValue()).isZero();
        assertThat(root.path("top_k").asInt(-1)).isZero();
    }
}
