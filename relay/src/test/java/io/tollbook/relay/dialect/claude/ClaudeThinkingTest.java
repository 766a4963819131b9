package io.tollbook.relay.dialect.claude;

import static io.tollbook.relay.dialect.claude.Written.CALL_A;
import static io.tollbook.relay.dialect.claude.Written.SONNET;
import static io.tollbook.relay.dialect.claude.Written.WEATHER;
import static io.tollbook.relay.dialect.claude.Written.json;
import static io.tollbook.relay.dialect.claude.Written.model;
import static io.tollbook.relay.dialect.claude.Written.result;
import static io.tollbook.relay.dialect.claude.Written.text;
import static io.tollbook.relay.dialect.claude.Written.turns;
import static io.tollbook.relay.dialect.claude.Written.types;
import static io.tollbook.relay.dialect.claude.Written.user;
import static io.tollbook.relay.dialect.claude.Written.written;
import static org.assertj.core.api.Assertions.assertThat;

import io.tollbook.bench.vendor.ClaudeDouble;
import io.tollbook.bench.vendor.ClaudeRules;
import io.tollbook.relay.conversation.Part;
import io.tollbook.relay.conversation.Reasoning;
import io.tollbook.relay.conversation.Sampling;
import io.tollbook.relay.conversation.Signature;
import io.tollbook.relay.conversation.ToolChoice;
import io.tollbook.relay.conversation.Vendor;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** How much other vendors' clients have Claude think: each request is shown to rules as strict as Anthropic's. */
class ClaudeThinkingTest {
    @Test
    void trap5OwnSealsGoBackAndOthersDoNot() {
        Part.Thinking own = new Part.Thinking("hm", null, new Signature(Vendor.CLAUDE, ClaudeRules.signature("hm")));
        JsonNode messages = turns(
                user(text("?")),
                model(
                        own,
                        new Part.HiddenThinking(null, new Signature(Vendor.CLAUDE, "Ered1")),
                        new Part.Thinking("unsealed", null, null),
                        new Part.Thinking("foreign", null, new Signature(Vendor.GEMINI, "x")),
                        new Part.HiddenThinking("rs_1", new Signature(Vendor.RESPONSES, "y")),
                        CALL_A),
                user(result("call_a", "wet")));

        assertThat(types(messages.path(1))).isEqualTo("thinking,redacted_thinking,tool_use");
        assertThat(messages.path(1).path("content").path(0)).isEqualTo(json(ClaudeDouble.thinking("hm")));
    }

    @ParameterizedTest
    @CsvSource(nullValues = "-", textBlock = """
            # model,             effort,  budget, max_tokens, thinking,  budget written, effort written
            claude-sonnet-4-5,   low,     -,      8000,       enabled,   1280,  -
            claude-sonnet-4-5,   medium,  -,      8000,       enabled,   2048,  -
            claude-sonnet-4-5,   high,    -,      8000,       enabled,   4096,  -
            claude-sonnet-4-5,   high,    -,      4096,       enabled,   3276,  -
            claude-sonnet-4-5,   high,    -,      1025,       enabled,   1024,  -
            claude-sonnet-4-5,   high,    -,      1024,       -,         -,     -
            claude-sonnet-4-5,   -,       5000,   8000,       enabled,   5000,  -
            claude-sonnet-4-5,   -,       1,      8000,       enabled,   1024,  -
            claude-sonnet-4-5,   -,       9000,   8000,       enabled,   6400,  -
            claude-sonnet-4-5,   -,       -1,     8000,       enabled,   6400,  -
            claude-sonnet-4-5,   -,       0,      8000,       -,         -,     -
            claude-sonnet-4-5,   none,    -,      8000,       -,         -,     -
            claude-sonnet-4-5,   -,       -,      8000,       -,         -,     -
            claude-sonnet-4-5-thinking, -, -,     8000,       enabled,   6400,  -
            claude-3-7-sonnet-20250219-thinking, -, -, 1500,  enabled,   1280,  -
            claude-sonnet-4-5-thinking, none, -,  8000,       -,         -,     -
            claude-opus-4-6,     low,     -,      500,        adaptive,  -,     low
            claude-opus-4-6,     xhigh,   -,      8000,       adaptive,  -,     max
            claude-opus-4-7,     xhigh,   -,      8000,       adaptive,  -,     xhigh
            claude-opus-4-7,     minimal, -,      8000,       adaptive,  -,     low
            claude-opus-4-7,     -,       -1,     8000,       adaptive,  -,     -
            claude-opus-4-7,     -,       4096,   8000,       adaptive,  -,     medium
            claude-opus-4-8-thinking, -,  -,      8000,       adaptive,  -,     high
            claude-opus-4-6-thinking, -,  -,      8000,       adaptive,  -,     -
            claude-opus-4-6-high, -,      -,      8000,       adaptive,  -,     high
            claude-opus-4-8-max, -,       -,      8000,       adaptive,  -,     max
            claude-sonnet-5,     medium,  -,      8000,       adaptive,  -,     medium
            """)
    void trap6ThinkingFitsTheModelAndTheLimit(
            String model,
            @Nullable String effort,
            @Nullable Long budget,
            long tokensMax,
            @Nullable String type,
            @Nullable Long writtenBudget,
            @Nullable String writtenEffort) {
        JsonNode root = written(model, draft -> {
            draft.sampling = new Sampling(
                    tokensMax,
                    new BigDecimal("0.5"),
                    new BigDecimal("0.9"),
                    5L,
                    null,
                    List.of(),
                    null,
                    null,
                    null,
                    null);
            if (effort != null || budget != null) draft.reasoning = new Reasoning(effort, budget, null, null);
        });

        assertThat(root.path("thinking").path("type").asString(null)).isEqualTo(type);
        assertThat(root.path("thinking").path("budget_tokens").asLong(0))
                .isEqualTo(writtenBudget == null ? 0 : writtenBudget);
        assertThat(root.path("output_config").path("effort").asString(null)).isEqualTo(writtenEffort);
        assertThat(root.path("max_tokens").asLong()).isEqualTo(tokensMax);
        assertThat(root.path("model").asString())
                .doesNotEndWith("-thinking")
                .doesNotEndWith("-max")
                .doesNotEndWith("-high");
        assertThat(root.has("temperature")).isEqualTo(type == null && !model.contains("opus-4-7"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"kimi-k2-thinking", "moonshotai/kimi-k2-thinking"})
    void aModelThatIsCalledSoKeepsItsName(String name) {
        JsonNode root = written(name, draft -> {});

        assertThat(root.path("model").asString()).isEqualTo(name);
        assertThat(root.has("thinking")).isFalse();
    }

    @Test
    void thinksNotWhereACallMustBeOrWasShownWithoutThought() {
        JsonNode must = written(SONNET, draft -> {
            draft.tools.add(WEATHER);
            draft.toolChoice = new ToolChoice(ToolChoice.Mode.REQUIRED, List.of());
            draft.reasoning = new Reasoning("high", null, null, null);
        });
        JsonNode unthought = written(SONNET, draft -> {
            draft.tools.add(WEATHER);
            draft.turns.add(model(CALL_A));
            draft.turns.add(user(result("call_a", "wet")));
            draft.reasoning = new Reasoning("high", null, null, null);
        });

        assertThat(must.has("thinking")).isFalse();
        assertThat(unthought.has("thinking")).isFalse();
    }

    @ParameterizedTest
    @CsvSource({"claude-3-5-haiku-latest, true, true", SONNET + ", true, false", "claude-opus-4-7, false, false"})
    void samplingIsWhatTheModelTakes(String model, boolean temperature, boolean topP) {
        JsonNode root = written(
                model,
                draft -> draft.sampling = new Sampling(
                        9L, new BigDecimal("1.5"), new BigDecimal("0.5"), null, 3L, List.of(), null, null, 1, null));

        assertThat(root.has("temperature")).isEqualTo(temperature);
        if (temperature) assertThat(root.path("temperature").decimalValue()).isEqualByComparingTo("1");
        assertThat(root.has("top_p")).isEqualTo(topP);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', nullValues = "-", textBlock = """
            # mapped to                  | more                                  | sent
            claude-sonnet-4-5-thinking   | ,"temperature":0.5,"top_k": 5         | {"model":"claude-sonnet-4-5","max_tokens":2000,"messages":[{}],"temperature":null,"top_k": null,"thinking":{"type":"enabled","budget_tokens":1600}}
            claude-sonnet-4-5-thinking   | ,"thinking":{"type":"disabled"}       | {"model":"claude-sonnet-4-5","max_tokens":2000,"messages":[{}],"thinking":{"type":"disabled"}}
            claude-sonnet-4-5-thinking   | ,"tool_choice":{"type":"any"}         | {"model":"claude-sonnet-4-5","max_tokens":2000,"messages":[{}],"tool_choice":{"type":"any"}}
            claude-opus-4-7-high         | ,"tool_choice":{"name":"f","type":"tool"} | {"model":"claude-opus-4-7","max_tokens":2000,"messages":[{}],"tool_choice":{"name":"f","type":"tool"}}
            claude-opus-4-7-high         | ,"tool_choice":{"type":"auto"}        | {"model":"claude-opus-4-7","max_tokens":2000,"messages":[{}],"tool_choice":{"type":"auto"},"thinking":{"type":"adaptive"},"output_config":{"effort":"high"}}
            claude-opus-4-7-thinking     | -                                     | {"model":"claude-opus-4-7","max_tokens":2000,"messages":[{}],"thinking":{"type":"adaptive"},"output_config":{"effort":"high"}}
            claude-opus-4-6-low          | ,"output_config":{"format":null}      | {"model":"claude-opus-4-6","max_tokens":2000,"messages":[{}],"output_config":{"format":null},"thinking":{"type":"adaptive"}}
            claude-sonnet-4-5            | ,"temperature":0.50                   | {"model":"claude-sonnet-4-5","max_tokens":2000,"messages":[{}],"temperature":0.50}
            kimi-k2-thinking             | -                                     | {"model":"kimi-k2-thinking","max_tokens":2000,"messages":[{}]}
            """)
    void aSuffixOfTheNameIsSaidInFieldsToItsOwnVendorToo(String upstreamModel, @Nullable String more, String sent) {
        String body = "{\"model\":\"mine\",\"max_tokens\":2000,\"messages\":[{}]" + (more == null ? "" : more) + "}";

        assertThat(new String(
                        ClaudeRequest.read(body.getBytes(StandardCharsets.UTF_8))
                                .upstreamBody(upstreamModel),
                        StandardCharsets.UTF_8))
                .isEqualTo(sent);
    }
}
