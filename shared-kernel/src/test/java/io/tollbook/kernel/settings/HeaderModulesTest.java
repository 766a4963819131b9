package io.tollbook.kernel.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tollbook.kernel.Refused;
import java.math.BigDecimal;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HeaderModulesTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            ''                                                      | EVERYBODY
            {}                                                      | EVERYBODY
            {"home":false}                                          | EVERYBODY
            {"pricing":true}                                        | EVERYBODY
            {"pricing":{"enabled":true,"requireAuth":false}}        | EVERYBODY
            {"pricing":{"requireAuth":true}}                        | SIGNED_IN
            {"pricing":{"enabled":false,"requireAuth":true}}        | NOBODY
            {"pricing":false}                                       | NOBODY
            {"pricing                                               | SIGNED_IN
            """)
    void saysWhoMayOpenThePricingPage(String value, HeaderModules.Access access) {
        assertThat(HeaderModules.pricing(Map.of("HeaderNavModules", value))).isEqualTo(access);
    }

    @Test
    void everythingIsOnUntilRootSaysOtherwise() {
        assertThat(HeaderModules.pricing(Map.of())).isEqualTo(HeaderModules.Access.EVERYBODY);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{}",
                "{\"home\":true,\"pricing\":{\"enabled\":true,\"requireAuth\":true},\"rankings\":false}"
            })
    void takesSwitches(String value) {
        assertThatCode(() -> HeaderModules.check(value)).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[]",
                "{",
                "true",
                "{\"pricing\":1}",
                "{\"pricing\":{\"enabled\":\"no\"}}",
                "{\"home\":{\"enabled\":true}}"
            })
    void refusesWhatIsNoSwitch(String value) {
        assertThatThrownBy(() -> HeaderModules.check(value))
                .isInstanceOf(Refused.class)
                .hasMessageContaining("HeaderNavModules");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            USD    | 0.075    | $0.075
            USD    | 1234.5   | $1,234.50
            CNY    | 2.5      | ¥18.25
            CUSTOM | 2.5      | ¤2.50
            TOKENS | 2.5      | 1,250,000 quota
            TOKENS | 0.000001 | 0.5 quota
            """)
    void showsAPriceInTheSitesCurrency(String type, BigDecimal dollars, String shown) {
        assertThat(DisplayCurrency.of(Map.of("general_setting.quota_display_type", type))
                        .of(dollars))
                .isEqualTo(shown);
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "-1", "NaN", "", "1000000001", "1e999999999", "0.0000000000001"})
    void aRateIsAboveZero(String value) {
        assertThatThrownBy(() -> Option.USD_EXCHANGE_RATE.checked(value))
                .isInstanceOf(Refused.class)
                .hasMessageContaining("USDExchangeRate");
    }
}
