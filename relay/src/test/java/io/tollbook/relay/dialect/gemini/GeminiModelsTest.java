package io.tollbook.relay.dialect.gemini;

import static org.assertj.core.api.Assertions.assertThat;

import io.tollbook.relay.conversation.Reasoning;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

class GeminiModelsTest {
    @ParameterizedTest
    @CsvSource(nullValues = "-", delimiter = '|', textBlock = """
            # model                 | effort | budget | shown | config
            gemini-2.5-flash        | low    | -      | -     | {'thinkingBudget':1024,'includeThoughts':true}
            gemini-2.5-flash        | none   | -      | -     | {'thinkingBudget':0}
            gemini-2.5-flash        | max    | -      | false | {'thinkingBudget':24576,'includeThoughts':false}
            gemini-2.5-flash        | -      | 99999  | true  | {'thinkingBudget':24576,'includeThoughts':true}
            gemini-2.5-flash        | -      | -1     | -     | {'thinkingBudget':-1,'includeThoughts':true}
            gemini-2.5-flash        | -      | -      | true  | {'includeThoughts':true}
            gemini-2.5-pro          | none   | -      | -     | {'thinkingBudget':128}
            gemini-2.5-pro          | max    | -      | -     | {'thinkingBudget':32768,'includeThoughts':true}
            gemini-2.5-pro          | -      | 127    | -     | {'thinkingBudget':128,'includeThoughts':true}
            gemini-2.5-flash-lite   | -      | 1      | -     | {'thinkingBudget':512,'includeThoughts':true}
            gemini-2.5-flash-lite   | -      | 0      | -     | {'thinkingBudget':0}
            gemini-3-pro-preview    | medium | -      | -     | {'thinkingLevel':'HIGH','includeThoughts':true}
            gemini-3-pro-preview    | none   | -      | -     | {'thinkingLevel':'LOW'}
            gemini-3-flash          | minimal| -      | -     | {'thinkingLevel':'MINIMAL','includeThoughts':true}
            gemini-3-flash          | -      | 4096   | true  | {'thinkingLevel':'MEDIUM','includeThoughts':true}
            gemini-3-flash          | -      | -1     | -     | {'includeThoughts':true}
            gemini-2.0-flash        | high   | -      | true  | -
            gemini-2.5-flash-image  | high   | -      | true  | -
            """)
    void thinksAsMuchAsTheModelCan(String model, String effort, Long budget, Boolean shown, String config) {
        JsonNode thinking = GeminiModels.thinking(new Reasoning(effort, budget, shown, null), model);

        if (config == null) assertThat(thinking).isNull();
        else assertThat(String.valueOf(thinking)).isEqualTo(config.replace('\'', '"'));
    }

    @Test
    void whatNobodySaysIsNotWritten() {
        assertThat(GeminiModels.thinking(null, "gemini-2.5-pro")).isNull();
        assertThat(GeminiModels.thinking(new Reasoning(null, null, null, null), "gemini-2.5-pro"))
                .isNull();
    }
}
