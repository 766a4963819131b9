package io.tollbook.kernel.channel.override;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tollbook.kernel.Refused;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OverridesTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {                                                     | not JSON: line 1
            []                                                    | must be a JSON object
            {"operations":{}}                                     | operations must be a list
            {"operations":[7]}                                    | operations[0] must be an object
            {"operations":[{"mode":"set","path":"a","value":1},{"mode":"jump"}]} | operations[1].mode: there is no mode "jump"
            {"operations":[{"mode":"set","value":1}]}             | operations[0].path is missing, which set needs
            {"operations":[{"mode":"set","path":"a"}]}            | operations[0].value is missing, which set needs
            {"operations":[{"mode":"move","from":"a"}]}           | operations[0].to is missing
            {"operations":[{"mode":"delete","path":"a","x":1}]}   | operations[0] has no field x
            {"operations":[{"mode":"regex_replace","path":"a","from":"("}]} | operations[0].from is no regular expression
            {"operations":[{"mode":"sync_fields","from":"a","to":"header:b"}]} | operations[0].from must look like
            {"operations":[{"mode":"delete","path":"a","logic":"XOR"}]} | operations[0].logic must be AND or OR
            {"operations":[{"mode":"delete","path":"a","conditions":[{"value":1}]}]} | conditions[0].path is missing
            {"operations":[{"mode":"delete","path":"a","conditions":[{"path":"b","mode":"like","value":1}]}]} | conditions[0].mode
            {"operations":[{"mode":"delete","path":"a","conditions":[{"path":"b","mode":"gt","value":"1"}]}]} | conditions[0].value must be a number
            """)
    void saysWhatIsWrongAndWhere(String json, String part) {
        assertThatThrownBy(() -> Overrides.parse(json))
                .isInstanceOf(Refused.class)
                .hasMessageContaining(part);
    }

    @Test
    void readsWhatIsThere() {
        Overrides overrides = Overrides.parse("{\"seed\":1,\"operations\":[{\"mode\":\"delete\",\"path\":\"a\"}]}");
        assertThat(overrides.fields()).containsOnlyKeys("seed");
        assertThat(overrides.operations()).extracting(OverrideOperation::mode).containsExactly(OverrideMode.DELETE);
        assertThat(Overrides.parse(" ").isEmpty()).isTrue();
        assertThat(Overrides.parse("\"{\\\"seed\\\":1}\"").fields()).containsOnlyKeys("seed");
    }

    @Test
    void statusesAreErrors() {
        assertThat(StatusCodes.checked("{\"429\":503,\"500\":\"502\"}"))
                .containsEntry(429, 503)
                .containsEntry(500, 502);
        for (String wrong : new String[] {"{\"200\":500}", "{\"500\":200}", "{\"a\":1}", "[]", "{"})
            assertThatThrownBy(() -> StatusCodes.checked(wrong)).isInstanceOf(Refused.class);
    }
}
