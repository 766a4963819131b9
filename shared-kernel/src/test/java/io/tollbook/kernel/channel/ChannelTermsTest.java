package io.tollbook.kernel.channel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tollbook.kernel.Refused;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ChannelTermsTest {
    @Test
    void followsAMappingToItsEnd() {
        ChannelTerms terms = terms("https://a.example", Map.of("a", "b", "b", "c", "d", "d"));

        assertThat(terms.upstreamModel("a")).isEqualTo("c");
        assertThat(terms.upstreamModel("d")).isEqualTo("d");
        assertThat(terms.upstreamModel("e")).isEqualTo("e");
    }

    @Test
    void refusesAMappingThatGoesInACircle() {
        assertThatThrownBy(() -> terms("https://a.example", Map.of("a", "b", "b", "c", "c", "a")))
                .isInstanceOf(Refused.class)
                .hasMessageContaining("circle");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"ftp://a.example", "https://", "nonsense", "https://a.example?x=1", "https://u:p@a.example"})
    void refusesABaseUrlThatIsNone(String address) {
        assertThatThrownBy(() -> terms(address, Map.of())).isInstanceOf(Refused.class);
    }

    @Test
    void takesPrivateAddressesAndDropsTrailingSlashes() {
        assertThat(terms("http://127.0.0.1:11434//", Map.of()).baseUrl()).isEqualTo("http://127.0.0.1:11434");
    }

    private static ChannelTerms terms(String baseUrl, Map<String, String> mapping) {
        return new ChannelTerms(
                1, "name", baseUrl, List.of("gpt"), List.of("default"), 0, 1, true, "", "", "", mapping, Map.of());
    }
}
