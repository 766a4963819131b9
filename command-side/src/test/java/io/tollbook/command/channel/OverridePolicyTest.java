package io.tollbook.command.channel;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tollbook.kernel.Refused;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OverridePolicyTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '^', textBlock = """
            setting             | {"proxy":"socks5://proxy:1080"}
            settings            | {"max_concurrency":0,"requests_per_minute":1000000}
            param_override      | {"temperature":0.7,"user":"x"}
            header_override     | {"Authorization":"Bearer {api_key}","X-Org":"research-2024","*":"","re:^x-.*":""}
            header_override     | {"X-Api-Key":"{api_key}","X-Session":"{client_header:X-Session}","anthropic-beta":"prompt-caching-2024-07-31"}
            multi_key_mode      | polling
            """)
    void takes(String field, String json) {
        assertThatCode(() -> OverridePolicy.check(field, json)).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '^', textBlock = """
            setting             | {"proxy":                             | setting is not JSON: line 1, column
            settings            | []                                    | settings must be a JSON object
            settings            | {"a":1,"a":2}                         | settings is not JSON: line 1
            settings            | {"max_concurrency":-1}                | max_concurrency must be a whole number
            settings            | {"key_requests_per_minute":1000001}   | key_requests_per_minute must be
            settings            | {"requests_per_minute":"many"}        | requests_per_minute must be
            param_override      | "text"                                | param_override must be a JSON object
            header_override     | {"Authorization":"Bearer sk-1"}       | Authorization seems to hold a credential
            header_override     | {"X-Auth-Token":"x"}                  | X-Auth-Token seems to hold a credential
            header_override     | {"X-Other":"sk-proj-0123"}            | X-Other seems to hold a credential
            header_override     | {"X-Other":"a1b2c3d4e5f6a7b8c9d0e1f2"} | X-Other seems to hold a credential
            header_override     | {"X-Other":1}                         | the value of X-Other must be a text
            header_override     | {"X Other":"y"}                       | “X Other” is no name of a header
            header_override     | {"re:(":"" }                          | a pattern that is none
            multi_key_mode      | sometimes                             | random or polling
            """)
    void refuses(String field, String json, String why) {
        assertThatThrownBy(() -> OverridePolicy.check(field, json))
                .isInstanceOf(Refused.class)
                .hasMessageContaining(why);
    }

    @Test
    void namesTheLine() {
        assertThatThrownBy(() -> OverridePolicy.check("param_override", "{\n  \"a\": 1,\n  b\n}"))
                .isInstanceOf(Refused.class)
                .hasMessageContaining("line 3");
    }
}
