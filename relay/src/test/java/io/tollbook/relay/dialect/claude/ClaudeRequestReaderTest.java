package io.tollbook.relay.dialect.claude;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tollbook.bench.vendor.ClaudeDouble;
import io.tollbook.kernel.Refused;
import io.tollbook.relay.conversation.Conversation;
import io.tollbook.relay.conversation.Part;
import io.tollbook.relay.conversation.Reasoning;
import io.tollbook.relay.conversation.Signature;
import io.tollbook.relay.conversation.Source;
import io.tollbook.relay.conversation.Tool;
import io.tollbook.relay.conversation.ToolChoice;
import io.tollbook.relay.conversation.Vendor;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** What a Claude client asks, as everybody else understands it. */
class ClaudeRequestReaderTest {
    private static byte[] body(String more) {
        return ("{\"model\":\"claude-sonnet-4-5\",\"max_tokens\":9000" + more + "}").getBytes(StandardCharsets.UTF_8);
    }

    private static Conversation read(String more) {
        return ClaudeRequest.read(body(more)).conversation();
    }

    private static Conversation said(String content) {
        return read(",\"messages\":[{\"role\":\"user\",\"content\":" + content + "}]");
    }

    private static Conversation asking(String more) {
        return read(",\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]," + more);
    }

    /** What is read from a request and written again means the same. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"messages\":[{\"role\":\"user\",\"content\":[{\"type\":\"text\",\"text\":\"hi\",\"cache_control\":{\"type\":\"ephemeral\",\"ttl\":\"1h\"}}]}]",
                "\"system\":[{\"type\":\"text\",\"text\":\"a\"},{\"type\":\"text\",\"text\":\"b\",\"cache_control\":{\"type\":\"ephemeral\"}}],\"messages\":[{\"role\":\"user\",\"content\":[{\"type\":\"text\",\"text\":\"hi\"}]}],\"temperature\":0,\"top_k\":0,\"stop_sequences\":[\"x\"],\"metadata\":{\"user_id\":\"u\"},\"service_tier\":\"standard_only\",\"stream\":true",
                "\"messages\":[{\"role\":\"user\",\"content\":[{\"type\":\"image\",\"source\":{\"type\":\"base64\",\"media_type\":\"image/png\",\"data\":\"iVBORw0KGgo=\"}},{\"type\":\"image\",\"source\":{\"type\":\"url\",\"url\":\"https://a.example/x\"}},{\"type\":\"document\",\"source\":{\"type\":\"file\",\"file_id\":\"file_1\"},\"title\":\"t\"},{\"type\":\"document\",\"source\":{\"type\":\"text\",\"media_type\":\"text/plain\",\"data\":\"words\"}}]}]",
                "\"thinking\":{\"type\":\"enabled\",\"budget_tokens\":2000},\"tools\":[{\"name\":\"f\",\"description\":\"d\",\"input_schema\":{\"type\":\"object\",\"properties\":{\"n\":{\"type\":\"number\",\"maximum\":1e30}}},\"cache_control\":{\"type\":\"ephemeral\"}}],\"tool_choice\":{\"type\":\"auto\",\"disable_parallel_tool_use\":true},\"messages\":[{\"role\":\"user\",\"content\":[{\"type\":\"text\",\"text\":\"go\"}]},{\"role\":\"assistant\",\"content\":[THINKING,{\"type\":\"redacted_thinking\",\"data\":\"Ered\"},{\"type\":\"text\",\"text\":\"I look.\"},{\"type\":\"tool_use\",\"id\":\"toolu_1\",\"name\":\"f\",\"input\":{\"n\":1.10}},{\"type\":\"tool_use\",\"id\":\"toolu_2\",\"name\":\"f\",\"input\":{}}]},{\"role\":\"user\",\"content\":[{\"type\":\"tool_result\",\"tool_use_id\":\"toolu_2\",\"content\":[{\"type\":\"text\",\"text\":\"bad\"}],\"is_error\":true},{\"type\":\"tool_result\",\"tool_use_id\":\"toolu_1\",\"content\":[{\"type\":\"image\",\"source\":{\"type\":\"base64\",\"media_type\":\"image/jpeg\",\"data\":\"/9j/\"}}],\"cache_control\":{\"type\":\"ephemeral\"}},{\"type\":\"text\",\"text\":\"and?\"}]}]",
                "\"tools\":[{\"type\":\"web_search_20250305\",\"name\":\"web_search\",\"max_uses\":3,\"blocked_domains\":[\"x.example\"],\"user_location\":{\"city\":\"Ulm\",\"type\":\"approximate\"}},{\"type\":\"bash_20250124\",\"name\":\"bash\"}],\"tool_choice\":{\"type\":\"any\"},\"messages\":[{\"role\":\"user\",\"content\":[{\"type\":\"text\",\"text\":\"q\"}]},{\"role\":\"assistant\",\"content\":[{\"type\":\"server_tool_use\",\"id\":\"srvtoolu_1\",\"name\":\"web_search\",\"input\":{\"query\":\"q\"}},{\"type\":\"web_search_tool_result\",\"tool_use_id\":\"srvtoolu_1\",\"content\":[]},{\"type\":\"text\",\"text\":\"so\",\"citations\":[{\"type\":\"web_search_result_location\",\"url\":\"https://x.example\",\"title\":\"X\",\"cited_text\":\"c\",\"encrypted_index\":\"E1\"}]}]},{\"role\":\"user\",\"content\":[{\"type\":\"text\",\"text\":\"more\"}]}]",
                "\"output_config\":{\"format\":{\"type\":\"json_schema\",\"schema\":{\"type\":\"object\",\"properties\":{},\"additionalProperties\":false}}},\"messages\":[{\"role\":\"user\",\"content\":[{\"type\":\"text\",\"text\":\"hi\"}]}]"
            })
    void nothingIsLostOnTheWayThrough(String more) {
        ObjectNode sent = (ObjectNode)
                JsonMapper.shared().readTree(body("," + more.replace("THINKING", ClaudeDouble.thinking("hm"))));
        Conversation conversation = ClaudeRequestReader.read(sent.toString().getBytes(StandardCharsets.UTF_8));
        JsonNode again = JsonMapper.shared()
                .readTree(ClaudeRequestWriter.write(
                        conversation, sent.path("model").asString(), 1));

        assertThat(JsonMapper.shared().readTree(again.toString())).isEqualTo(sent);
    }

    @Test
    void readsTextHoweverItIsWritten() {
        Part hi = new Part.Text("hi");
        Conversation conversation = read(
                ",\"system\":\"s\",\"messages\":[{\"role\":\"user\",\"content\":\"hi\"},"
                        + "{\"role\":\"system\",\"content\":\"from now on\"},{\"role\":\"assistant\",\"content\":[{\"type\":\"text\",\"text\":\"hi\"}]}]");

        assertThat(conversation.system()).containsExactly(new Part.Text("s"), new Part.Text("from now on"));
        assertThat(conversation.turns())
                .hasSize(2)
                .allSatisfy(turn -> assertThat(turn.parts()).containsExactly(hi));
        assertThat(conversation.client()).isEqualTo(Vendor.CLAUDE);
        assertThat(conversation.stream()).isFalse();
    }

    @ParameterizedTest
    @CsvSource(nullValues = "-", delimiter = '|', textBlock = """
            "thinking":{"type":"enabled","budget_tokens":2000}                                       | -    | 2000 | -
            "thinking":{"type":"disabled"}                                                           | -    | 0    | -
            "thinking":{"type":"adaptive"}                                                           | -    | -1   | -
            "thinking":{"type":"adaptive","display":"omitted"},"output_config":{"effort":"xhigh"}    | xhigh | -1  | false
            "thinking":{"type":"adaptive","display":"summarized"}                                    | -    | -1   | true
            "output_config":{"effort":"low"}                                                         | low  | -    | -
            """)
    void readsHowMuchToThink(String more, String effort, Long budget, Boolean shown) {
        assertThat(asking(more).reasoning()).isEqualTo(new Reasoning(effort, budget, shown, null));
    }

    @Test
    void saysNothingThatTheClientDidNot() {
        Conversation conversation = asking("\"top_k\":null,\"tools\":[]");

        assertThat(conversation.reasoning()).isNull();
        assertThat(conversation.toolChoice()).isNull();
        assertThat(conversation.parallelTools()).isNull();
        assertThat(conversation.format()).isNull();
        assertThat(conversation.user()).isNull();
        assertThat(conversation.serviceTier()).isNull();
        assertThat(conversation.sampling().temperature()).isNull();
        assertThat(conversation.sampling().topK()).isNull();
        assertThat(conversation.sampling().outputTokensMax()).isEqualTo(9_000);
    }

    @Test
    void trap14ZeroAndFalseAreSaid() {
        Conversation conversation = asking("\"temperature\":0,\"top_k\":0,\"top_p\":0.0,"
                + "\"tool_choice\":{\"type\":\"tool\",\"name\":\"f\",\"disable_parallel_tool_use\":false}");

        assertThat(conversation.sampling().temperature()).isEqualByComparingTo(BigDecimal.ZERO);
        assertThat(conversation.sampling().topP()).isEqualByComparingTo(BigDecimal.ZERO);
        assertThat(conversation.sampling().topK()).isZero();
        assertThat(conversation.parallelTools()).isTrue();
        assertThat(conversation.toolChoice()).isEqualTo(new ToolChoice(ToolChoice.Mode.REQUIRED, List.of("f")));
    }

    @Test
    void trap5SealsOfOtherVendorsComeBackToWhatTheySealed() {
        Signature gemini = new Signature(Vendor.GEMINI, "abc/+=");
        Conversation conversation = read(
                ",\"messages\":[{\"role\":\"user\",\"content\":\"q\"},{\"role\":\"assistant\",\"content\":["
                        + "{\"type\":\"thinking\",\"thinking\":\"t\",\"signature\":\"\"},"
                        + "{\"type\":\"redacted_thinking\",\"data\":\"responses:rs_1 enc\"},"
                        + "{\"type\":\"text\",\"text\":\"x\"},{\"type\":\"redacted_thinking\",\"data\":\"gemini:text abc/+=\"},"
                        + "{\"type\":\"redacted_thinking\",\"data\":\"gemini:call abc/+=\"},"
                        + "{\"type\":\"tool_use\",\"id\":\"c\",\"name\":\"f\",\"input\":{}},"
                        + "{\"type\":\"tool_use\",\"id\":\"d\",\"name\":\"f\",\"input\":{}}]},"
                        + "{\"role\":\"user\",\"content\":[{\"type\":\"tool_result\",\"tool_use_id\":\"c\"},{\"type\":\"tool_result\",\"tool_use_id\":\"d\"}]}]");

        assertThat(conversation.turns().get(1).parts())
                .containsExactly(
                        new Part.Thinking("t", null, null),
                        new Part.HiddenThinking("rs_1", new Signature(Vendor.RESPONSES, "enc")),
                        new Part.Text("x", List.of(), gemini, null),
                        new Part.ToolCall("c", "f", "{}", gemini, null),
                        new Part.ToolCall("d", "f", "{}"));
    }

    @Test
    void aDocumentOfBlocksIsItsTextAndItsPictures() {
        Conversation conversation = said(
                "[{\"type\":\"document\",\"title\":\"T\",\"source\":{\"type\":\"content\",\"content\":["
                        + "{\"type\":\"text\",\"text\":\"a\"},{\"type\":\"image\",\"source\":{\"type\":\"url\",\"url\":\"https://x.example/y\"}},{\"type\":\"text\",\"text\":\"b\"}]}},"
                        + "{\"type\":\"search_result\",\"source\":\"https://s.example\",\"title\":\"S\",\"content\":[{\"type\":\"text\",\"text\":\"found\"}]}]");

        assertThat(conversation.turns().getFirst().parts())
                .containsExactly(
                        new Part.Media(Part.Media.Kind.DOCUMENT, new Source.PlainText("a\nb"), "T", null, null),
                        new Part.Media(
                                Part.Media.Kind.PICTURE,
                                new Source.Address("https://x.example/y", null),
                                null,
                                null,
                                null),
                        new Part.Media(
                                Part.Media.Kind.DOCUMENT,
                                new Source.PlainText("https://s.example\nfound"),
                                "S",
                                null,
                                null));
    }

    @Test
    void onlyTheVendorsOwnToolsAreForeign() {
        Conversation conversation = asking(
                "\"tools\":[{\"type\":\"custom\",\"name\":\"f\",\"input_schema\":{\"type\":\"object\"},\"strict\":true},"
                        + "{\"type\":\"computer_20250124\",\"name\":\"computer\"}]");

        assertThat(conversation.tools().getFirst())
                .isInstanceOfSatisfying(
                        Tool.Function.class,
                        function -> assertThat(function.strict()).isTrue());
        assertThat(conversation.tools().getLast())
                .isInstanceOfSatisfying(
                        Tool.Foreign.class, tool -> assertThat(tool.type()).isEqualTo("computer_20250124"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            "messages":[{"role":"robot","content":"x"}]                                   | messages.0.role
            "messages":[{"role":"user"}]                                                  | messages.0.content
            "messages":[{"role":"user","content":7}]                                      | messages.0.content
            "messages":[{"role":"user","content":[7]}]                                    | messages.0.content.0
            "messages":[{"role":"user","content":[{"type":"text"}]}]                      | messages.0.content.0.text
            "messages":[{"role":"user","content":[{"type":"image","source":{"type":"base64","media_type":"image/png","data":"?"}}]}] | messages.0.content.0.source.data
            "messages":[{"role":"user","content":[{"type":"image","source":{"type":"magic"}}]}] | messages.0.content.0.source.type
            "messages":[{"role":"assistant","content":[{"type":"tool_use","id":"1","name":"f","input":[]}]}] | messages.0.content.0.input
            "messages":[{"role":"user","content":[{"type":"tool_result","content":"x"}]}] | messages.0.content.0.tool_use_id
            "messages":[{"role":"user","content":"x"}],"temperature":"hot"                | temperature
            "messages":[{"role":"user","content":"x"}],"stop_sequences":{"a":1}           | stop_sequences
            "messages":[{"role":"user","content":"x"}],"tools":[{}]                       | tools.0.name
            "messages":[{"role":"user","content":"x"}],"tool_choice":{"type":"maybe"}     | tool_choice.type
            "messages":[{"role":"user","content":"x"}],"thinking":{"type":"enabled"}      | thinking.budget_tokens
            "messages":[{"role":"user","content":"x"}],"thinking":{"type":"enabled","budget_tokens":9000} | max_tokens
            "messages":[{"role":"user","content":"x"}],"output_config":{"format":{"type":"xml"}} | output_config.format.type
            "messages":[{"role":"user","content":"x"}],"mcp_servers":[{"url":"https://m.example"}] | mcp_servers
            "messages":[{"role":"user","content":"x"}],"system":7                         | system
            "messages":[{"role":"user","content":"x"}],"metadata":{"user_id":7}           | metadata.user_id
            """)
    void whatIsWrongIsNamed(String more, String field) {
        assertThatThrownBy(() -> read("," + more)).isInstanceOf(Refused.class).hasMessageContaining(field);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {"max_tokens":1,"messages":[{}]}                                     | model
            {"model":"m","messages":[{}]}                                        | max_tokens
            {"model":"m","max_tokens":0,"messages":[{}]}                         | max_tokens
            {"model":"m","max_tokens":1.5,"messages":[{}]}                       | max_tokens
            {"model":"m","max_tokens":99999999999,"messages":[{}]}               | max_tokens
            {"model":"m","max_tokens":1}                                         | messages
            {"model":"m","max_tokens":1,"messages":[]}                           | messages
            {"model":"m","max_tokens":1,"messages":"hi"}                         | messages
            {"model":"m","max_tokens":1,"messages":[{}],"stream":"yes"}          | stream
            {"model":"m","max_tokens":1,"messages":[{}],"max_tokens":2}          | twice
            {"model":"m"                                                         | parse
            """)
    void aRequestThatCannotBePricedIsRefused(String body, String field) {
        assertThatThrownBy(() -> ClaudeRequest.read(body.getBytes(StandardCharsets.UTF_8)))
                .isInstanceOf(Refused.class)
                .hasMessageContaining(field);
    }

    @Test
    void theHoldCoversEverythingThatIsSaid() {
        long bare = ClaudeRequest.read(body(",\"messages\":[{\"role\":\"user\",\"content\":\"x\"}]"))
                .promptTokensEstimated();
        String word = "w".repeat(1_000);
        for (String more : List.of(
                ",\"system\":\"" + word + "\",\"messages\":[{\"role\":\"user\",\"content\":\"x\"}]",
                ",\"messages\":[{\"role\":\"user\",\"content\":\"x" + word + "\"}]",
                ",\"messages\":[{\"role\":\"user\",\"content\":[{\"type\":\"document\",\"source\":{\"type\":\"text\",\"media_type\":\"text/plain\",\"data\":\""
                        + word + "\"}}]}]",
                ",\"messages\":[{\"role\":\"user\",\"content\":[{\"type\":\"document\",\"source\":{\"data\":\"" + word
                        + "\",\"type\":\"text\"}}]}]",
                ",\"messages\":[{\"role\":\"user\",\"content\":[{\"type\":\"document\",\"source\":{\"type\":\"content\",\"content\":[{\"type\":\"text\",\"text\":\""
                        + word + "\"}]}}]}]",
                ",\"messages\":[{\"role\":\"user\",\"content\":\"x\"}],\"tools\":[{\"name\":\"f\",\"description\":\""
                        + word + "\"}]",
                ",\"messages\":[{\"role\":\"user\",\"content\":\"x\"}],\"output_config\":{\"format\":{\"schema\":{\"title\":\""
                        + word + "\"}}}"))
            assertThat(ClaudeRequest.read(body(more)).promptTokensEstimated())
                    .as(more)
                    .isGreaterThanOrEqualTo(bare + 1_000);
    }

    @Test
    void aDocumentIsHeldForByItsSize() {
        String pdf = "J".repeat(40_000);
        String more =
                ",\"messages\":[{\"role\":\"user\",\"content\":[{\"type\":\"document\",\"source\":{\"type\":\"base64\",\"media_type\":\"application/pdf\",\"data\":\""
                        + pdf + "\"}}]}]";
        long tokens = ClaudeRequest.read(body(more)).promptTokensEstimated();

        assertThat(tokens).isBetween(20_000L, 40_000L);
        assertThat(ClaudeRequest.read(body(more)).promptTokensCounted()).isGreaterThan(19_000L);
    }
}
