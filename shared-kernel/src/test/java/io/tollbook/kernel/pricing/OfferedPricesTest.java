package io.tollbook.kernel.pricing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tollbook.kernel.Refused;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OfferedPricesTest {
    private static final PriceDocument OURS = new PriceDocument(
            Map.of("gpt", ModelPrice.perToken(new BigDecimal("1.50"), new BigDecimal("4"))),
            Map.of("default", BigDecimal.ONE),
            Map.of(),
            Rounding.HALF_AWAY_FROM_ZERO,
            1_000);

    private static List<PriceDifference> differences(String json) {
        return OfferedPrices.read(json.getBytes(StandardCharsets.UTF_8)).differences(OURS);
    }

    @Test
    void tellsWhatDiffersAndNothingElse() {
        assertThat(differences("""
                {"success":true,"data":{"model_ratio":{"gpt":1.5,"new":37.5},"completion_ratio":{"gpt":3},
                "cache_ratio":{"gpt":1.0}}}"""))
                .containsExactlyInAnyOrder(
                        new PriceDifference("gpt", "completion_ratio", "4", "3", true),
                        new PriceDifference("new", "model_ratio", null, "37.5", false));
    }

    @Test
    void readsPriceListsByHowAModelIsPriced() {
        assertThat(differences("""
                {"data":[{"model_name":"gpt","quota_type":0,"model_ratio":2,"model_price":0,"completion_ratio":4},
                {"model_name":"picture","quota_type":1,"model_ratio":0,"model_price":0.04,"completion_ratio":1},
                {"model_name":"formula","billing_mode":"tiered_expr","billing_expr":"p * 3","model_ratio":1}]}"""))
                .containsExactlyInAnyOrder(
                        new PriceDifference("gpt", "model_ratio", "1.5", "2", true),
                        new PriceDifference("picture", "model_price", null, "0.04", true),
                        new PriceDifference("formula", "billing_expr", null, "p * 3", true));
    }

    @Test
    void leavesOutWhatIsNoPrice() {
        assertThat(differences("""
                {"data":{"model_ratio":{"a":-1,"b":"1","c":1e2000000,"d":1000001,"e":null,"":1,"f\\u0000":1,
                "g":0.1000000000000000055511151231257827,"h":1e-9999},"billing_expr":{"i":"p / c","j":7}}}"""))
                .extracting(PriceDifference::model, PriceDifference::offered)
                .containsExactly(org.assertj.core.groups.Tuple.tuple("g", "0.1"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "<html>", "[]", "{}", "{\"success\":false,\"data\":[]}", "{\"data\":\"x\"}", "{\"data\":"})
    void refusesWhatIsNoPriceList(String answer) {
        assertThatThrownBy(() -> differences(answer))
                .isInstanceOf(Refused.class)
                .hasMessageStartingWith("The answer");
    }

    @Test
    void takesWhatIsChosenAndKeepsTheRest() {
        PriceDocument after = OfferedPrices.applied(
                OURS,
                List.of(
                        new PriceDifference("gpt", "completion_ratio", "4", "3", true),
                        new PriceDifference("gpt", "create_cache_ratio", "1.25", "2", true),
                        new PriceDifference("new", "model_ratio", null, "0.5", true),
                        new PriceDifference("new", "audio_ratio", null, "8", true),
                        new PriceDifference("picture", "model_price", null, "0.04", true),
                        new PriceDifference("formula", "billing_expr", null, "p * 3", true)));
        ModelPrice gpt = after.models().get("gpt");
        assertThat(gpt.inputRatio()).isEqualByComparingTo("1.5");
        assertThat(gpt.completionRatio()).isEqualByComparingTo("3");
        assertThat(gpt.cacheWriteHourRatio()).isEqualByComparingTo("3.2");
        assertThat(after.models().get("new").ownOrNone().audioInput()).isEqualByComparingTo("8");
        assertThat(after.models().get("picture").perCall()).isEqualByComparingTo("0.04");
        assertThat(after.models().get("formula").expression()).hasToString("p * 3");
        assertThat(after.groups()).isEqualTo(OURS.groups());
        assertThatThrownBy(() -> OfferedPrices.applied(
                        OURS, List.of(new PriceDifference("new", "completion_ratio", null, "3", true))))
                .hasMessageContaining("new has no price yet");
    }

    @Test
    void aPriceIsMultipliedExactly() {
        ModelPrice gpt = OURS.models().get("gpt");
        assertThat(gpt.times(new BigDecimal("1.1")).inputRatio()).isEqualByComparingTo("1.65");
        assertThat(gpt.times(new BigDecimal("0.333333333333")).inputRatio()).isEqualByComparingTo("0.5");
        assertThat(gpt.times(BigDecimal.TEN).completionRatio()).isEqualByComparingTo("4");
        assertThat(gpt.pricedBy(null, null, null, Map.of("1024x1024", new BigDecimal("0.04")))
                        .times(BigDecimal.TWO)
                        .perPicture())
                .containsEntry("1024x1024", new BigDecimal("0.08"));
        assertThatThrownBy(() -> gpt.times(new BigDecimal("1000000"))).hasMessageContaining("1,000,000");
    }
}
