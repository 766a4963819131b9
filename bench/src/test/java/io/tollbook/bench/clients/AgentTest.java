package io.tollbook.bench.clients;

import static org.assertj.core.api.Assertions.assertThat;

import io.tollbook.bench.vendor.OpenAiDouble.Call;
import io.tollbook.bench.vendor.Said;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class AgentTest {
    private static final String TASK = Agent.task("harbour7", "/tmp/word.txt");
    private static final Agent AGENT = new Agent();

    private static Said answer(Set<String> tools, String... results) {
        return AGENT.answer(new Heard(tools, List.of(results), TASK));
    }

    @Test
    void writesThenReadsTwiceAtOnceThenSaysWhatItSaw() {
        Set<String> tools = Set.of("Write", "Bash");

        assertThat(answer(tools).calls()).extracting(Call::name).containsExactly("Write");
        assertThat(answer(tools, "written").calls()).extracting(Call::name).containsExactly("Bash", "Bash");
        Said last = answer(tools, "written", "harbour7\n", "harbour7\n");
        assertThat(last.calls()).isEmpty();
        assertThat(last.text()).isEqualTo(Agent.done("harbour7"));
    }

    @Test
    void aReadingWithoutTheWordIsTold() {
        assertThat(answer(Set.of("Write", "Bash"), "written", "harbour7", "no such file")
                        .text())
                .isNotEqualTo(Agent.done("harbour7"))
                .contains("no such file");
    }

    @Test
    void whoAsksForATitleGetsOne() {
        assertThat(answer(Set.of()).calls()).isEmpty();
        assertThat(AGENT.answer(new Heard(Set.of("Bash"), List.of(), "Hello")).calls())
                .isEmpty();
    }

    static List<Arguments> everyDialect() {
        return List.of(
                Arguments.of((Function<JsonNode, Heard>) Heard::chat, """
                        {"tools":[{"type":"function","function":{"name":"f"}}],"messages":[{"role":"system","content":"S"},
                         {"role":"user","content":[{"type":"text","text":"hello"}]},{"role":"tool","tool_call_id":"1","content":"one"},
                         {"role":"tool","tool_call_id":"2","content":[{"type":"text","text":"two"}]}]}"""),
                Arguments.of((Function<JsonNode, Heard>) Heard::responses, """
                        {"tools":[{"type":"function","name":"f"}],"input":[{"role":"developer","content":"S"},
                         {"role":"user","content":[{"type":"input_text","text":"hello"}]},{"type":"function_call_output","output":"one"},
                         {"type":"custom_tool_call_output","output":[{"type":"input_text","text":"two"}]}]}"""),
                Arguments.of((Function<JsonNode, Heard>) Heard::claude, """
                        {"tools":[{"name":"f"}],"system":"S","messages":[{"role":"user","content":"hello"},
                         {"role":"user","content":[{"type":"tool_result","content":"one"},
                          {"type":"tool_result","content":[{"type":"text","text":"two"}]}]}]}"""),
                Arguments.of((Function<JsonNode, Heard>) Heard::gemini, """
                        {"tools":[{"functionDeclarations":[{"name":"f"}]}],"contents":[{"role":"user","parts":[{"text":"hello"}]},
                         {"role":"user","parts":[{"functionResponse":{"name":"f","response":{"output":"one"}}},
                          {"functionResponse":{"name":"f","response":{"output":"two"}}}]}]}"""));
    }

    @ParameterizedTest
    @MethodSource("everyDialect")
    void hearsTheSameInEveryDialect(Function<JsonNode, Heard> dialect, String request) {
        Heard heard = dialect.apply(JsonMapper.shared().readTree(request));

        assertThat(heard.tools()).containsExactly("f");
        assertThat(heard.words().strip()).isEqualTo("hello");
        assertThat(heard.results()).hasSize(2);
        assertThat(heard.results().get(0)).contains("one");
        assertThat(heard.results().get(1)).contains("two");
    }
}
