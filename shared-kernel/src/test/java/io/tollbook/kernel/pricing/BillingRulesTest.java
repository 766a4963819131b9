package io.tollbook.kernel.pricing;

import static org.assertj.core.api.Assertions.assertThat;

import io.tollbook.kernel.pricing.expression.Expression;
import io.tollbook.kernel.settings.DisplayCurrency;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BillingRulesTest {
    private static final ModelPrice PLAIN = ModelPrice.perToken(new BigDecimal("1.25"), new BigDecimal("4"));
    private static final Map<String, BigDecimal> GROUPS =
            Map.of("default", BigDecimal.ONE, "vip", new BigDecimal("0.8"), "gift", BigDecimal.ZERO);

    private static PriceDocument document(String model, ModelPrice price, Rounding rounding) {
        return new PriceDocument(
                Map.of(model, price),
                GROUPS,
                Map.of("staff", Map.of("vip", new BigDecimal("0.5"))),
                rounding,
                4_096,
                Map.of(
                        "web_search",
                        BigDecimal.TEN,
                        "web_search:gpt*",
                        new BigDecimal("25"),
                        "file_search",
                        new BigDecimal("2.5"),
                        "google_search",
                        BigDecimal.ZERO),
                null);
    }

    private static Map<String, String> rules(String model, ModelPrice price) {
        return rules(document(model, price, Rounding.HALF_AWAY_FROM_ZERO), model, "default", List.of("default"));
    }

    private static Map<String, String> rules(
            PriceDocument document, String model, String userGroup, List<String> groups) {
        return BillingRules.of(document, model, userGroup, groups, DisplayCurrency.USD).stream()
                .collect(Collectors.toMap(BillingRules.Rule::subject, rule -> String.join(" ", rule.sentences())));
    }

    private static BigDecimal decimal(String text) {
        return new BigDecimal(text);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            Prompt   | What you send costs $2.50 per 1M tokens.
            Cache    | Tokens that the provider reads from its cache cost $2.50 per 1M, which is the price of the prompt. \
            Tokens written to the cache cost $3.125 per 1M for five minutes and $5.00 per 1M for an hour.
            Answer   | What comes back costs $10.00 per 1M tokens, which is 4 times the price of the prompt.
            Thinking | Tokens spent on thinking cost what the answer costs.
            Sound    | Tokens of sound cost what text costs, in the prompt and in the answer.
            Pictures | Tokens of pictures cost what text costs, in the prompt and in the answer.
            Counting | The provider counts the tokens. Each is in one kind only, so nothing is paid twice.
            Groups   | A key in the group “default” pays all this × 1.
            Rounding | Everything is added up exactly and rounded once, half up, to a whole quota: 500,000 quota are 1 USD. \
            A call that costs anything costs 1 quota at least, which is $0.000002.
            Hold     | While a call runs, the most it can cost is set aside, and what it did not cost is given back. \
            Where a call does not say how long the answer may be, 4,096 tokens are reckoned with.
            """)
    void tellsAPriceByTokens(String subject, String words) {
        assertThat(rules("plain", PLAIN)).containsEntry(subject, words);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            Cache    | Tokens that the provider reads from its cache cost $0.25 per 1M, which is 0.1 times the price of the prompt. \
            Tokens written to the cache cost $0.00 per 1M, for five minutes or an hour.
            Thinking | Tokens spent on thinking cost $15.00 per 1M.
            Sound    | Tokens of sound in the prompt cost $40.00 per 1M. Tokens of sound in the answer cost $80.00 per 1M.
            Pictures | Tokens of pictures in the prompt cost $7.50 per 1M. Tokens of pictures in the answer cost what the answer costs.
            """)
    void tellsPricesOfTheirOwn(String subject, String words) {
        ModelPrice price = PLAIN.withRatios(decimal("4"), decimal("0.1"), BigDecimal.ZERO, BigDecimal.ZERO)
                .withOwn(new OwnRatios(decimal("6"), decimal("16"), decimal("2"), decimal("3"), null));
        assertThat(rules("own", price)).containsEntry(subject, words);
    }

    @Test
    void tellsLongPrompts() {
        ModelPrice price = PLAIN.withTiers(List.of(
                new ContextTier(32_000, BigDecimal.ONE, decimal("1.5")),
                new ContextTier(200_000, decimal("2"), decimal("0.5"))));
        assertThat(rules("long", price))
                .containsEntry(
                        "Long prompts",
                        "When the whole prompt, cached or not, has more than 32,000 tokens, everything in the prompt costs"
                                + " the same and everything in the answer 1.5 times as much, for the whole call. When the"
                                + " whole prompt, cached or not, has more than 200,000 tokens, everything in the prompt"
                                + " costs 2 times as much and everything in the answer 0.5 times as much, for the whole"
                                + " call. Of several the highest that is passed counts.");
        assertThat(rules("plain", PLAIN)).doesNotContainKey("Long prompts");
    }

    @Test
    void tellsPricesByThePiece() {
        assertThat(rules("call", PLAIN.pricedBy(null, decimal("0.04"), null, Map.of())))
                .containsEntry(
                        "Each call",
                        "A call costs $0.04, however long the prompt and the answer are. A call that was not answered"
                                + " costs nothing.")
                .doesNotContainKeys("Prompt", "Counting", "Long prompts");
        assertThat(rules("film", PLAIN.pricedBy(null, null, decimal("0.3"), Map.of())))
                .containsEntry(
                        "Each second",
                        "A second of the sound or film that is made costs $0.30. An answer without seconds, like a chat,"
                                + " counts as one.");
        assertThat(rules(
                        "drawing",
                        PLAIN.pricedBy(
                                null,
                                null,
                                null,
                                Map.of(
                                        "1024x1024", decimal("0.04"),
                                        "1024x1024/high", decimal("0.17"),
                                        "512x512", decimal("0.02")))))
                .containsEntry(
                        "Each picture",
                        "A picture of 1024x1024 in any other quality costs $0.04. A picture of 1024x1024 in quality high"
                                + " costs $0.17. A picture of 512x512 costs $0.02. What is not listed, or a call that does"
                                + " not say what it wants, costs what the dearest does: $0.17. An answer without pictures,"
                                + " like a chat, counts as one.");
    }

    @Test
    void tellsToolsByTheNameThatCounts() {
        assertThat(rules("plain", PLAIN))
                .containsEntry("Tools", "Each web search costs $0.01 on top. Each file search costs $0.0025 on top.");
        assertThat(rules("gpt-4o", PLAIN).get("Tools"))
                .startsWith("Each web search costs $0.025 on top, the price for models named “gpt*”.");
    }

    @Test
    void tellsGroupsAndWhatAMemberHasInstead() {
        PriceDocument document = document("plain", PLAIN, Rounding.UP);
        assertThat(rules(document, "plain", "staff", List.of("vip", "default", "gift")))
                .containsEntry(
                        "Groups",
                        "A key in the group “default” pays all this × 1. A key in the group “gift” pays nothing. A key in"
                                + " the group “vip” pays all this × 0.5: as a member of “staff” you have that instead of"
                                + " × 0.8.");
        assertThat(rules(document, "plain", "default", List.of("vip")))
                .containsEntry("Groups", "A key in the group “vip” pays all this × 0.8.");
        assertThat(rules(document, "plain", "default", List.of("vip")).get("Rounding"))
                .contains("rounded once, up,");
    }

    @Test
    void tellsWhatIsFreeSharedOrNotPriced() {
        assertThat(rules("free", ModelPrice.perToken(BigDecimal.ZERO, BigDecimal.ONE)))
                .containsEntry("Tokens", "Tokens of this model cost nothing.")
                .doesNotContainKey("Prompt");
        PriceDocument shared = document("gpt-4-gizmo-*", PLAIN, Rounding.UP);
        assertThat(rules(shared, "gpt-4-gizmo-g-1", "default", List.of("default")))
                .containsEntry("Name", "It has the price that all models named “gpt-4-gizmo-*” share.");
        assertThat(rules(shared, "other", "default", List.of("default"))).isEmpty();
    }

    @Test
    void tellsAmountsInTheSitesCurrency() {
        DisplayCurrency yuan =
                DisplayCurrency.of(Map.of("general_setting.quota_display_type", "CNY", "USDExchangeRate", "7.2"));
        assertThat(BillingRules.of(document("plain", PLAIN, Rounding.UP), "plain", "default", List.of("default"), yuan))
                .first()
                .isEqualTo(new BillingRules.Rule("Prompt", List.of("What you send costs ¥18.00 per 1M tokens.")));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            p * 2.5 + c * 15                  | $2.50 per 1M tokens of the prompt + $15.00 per 1M tokens of the answer.
            p * 3 + cr * 0.3 + c * 15         | $3.00 per 1M tokens of the rest of the prompt + $0.30 per 1M tokens read from the cache + $15.00 per 1M tokens of the answer.
            p * 3 + cr * 3                    | $3.00 per 1M tokens of the whole prompt.
            len * 2 / 3                       | $0.666666666667 per 1M tokens of the prompt.
            p * 3 + cc * 4 + cc1h * 6         | $3.00 per 1M tokens of the rest of the prompt + $4.00 per 1M tokens written to the cache for 5 minutes + $6.00 per 1M tokens written to the cache for an hour.
            p + img * 5 + ai * 7 + img_o * 9 + ao * 8 + c | $1.00 per 1M tokens of the rest of the prompt + $5.00 per 1M tokens of pictures in the prompt + $7.00 per 1M tokens of sound in the prompt + $1.00 per 1M tokens of the rest of the answer + $9.00 per 1M tokens of pictures in the answer + $8.00 per 1M tokens of sound in the answer.
            p * 3 + 50000                     | $3.00 per 1M tokens of the prompt + $0.05 a call.
            p * 3 - 10                        | $3.00 per 1M tokens of the prompt − $0.00001 a call.
            c * 0                             | Nothing.
            max(p * 3, 1000)                  | The larger of [$3.00 per 1M tokens of the prompt] and [$0.001 a call].
            min(p, c) * 4                     | 4 times [the smaller of [$1.00 per 1M tokens of the prompt] and [$1.00 per 1M tokens of the answer]].
            ceil(p / 1000) * 20               | 20 times [(the number of tokens of the prompt ÷ 1,000) rounded up, in US dollars per 1M].
            p * c                             | (the number of tokens of the prompt × the number of tokens of the answer), in US dollars per 1M.
            tier("base", p * 2)               | $2.00 per 1M tokens of the prompt (called “base”).
            """)
    void tellsAFormula(String formula, String words) {
        assertThat(String.join(" ", Expression.of(formula).words(DisplayCurrency.USD::of)))
                .isEqualTo(words);
    }

    @ParameterizedTest
    @CsvSource(delimiterString = "→", textBlock = """
            len <= 200000 ? tier("short", p * 3) : tier("long", p * 6) → If the whole prompt is at most 200,000 tokens, $3.00 per 1M tokens of the prompt (called “short”). Otherwise, $6.00 per 1M tokens of the prompt (called “long”).
            len < 8 ? p : len < 16 ? p * 2 : p * 3 → If the whole prompt is less than 8 tokens, $1.00 per 1M tokens of the prompt. Otherwise, if the whole prompt is less than 16 tokens, $2.00 per 1M tokens of the prompt. Otherwise, $3.00 per 1M tokens of the prompt.
            p * 3 ||| when(header("anthropic-beta") has "fast") * 6 → $3.00 per 1M tokens of the prompt. If the header “anthropic-beta” contains “fast”, all of this is multiplied by 6.
            p ||| when(param("stream") == true) * 2 ||| when(hour("UTC") >= 18 && weekday() != 0) * 0.5 → $1.00 per 1M tokens of the prompt. If “stream” in the request is true, all of this is multiplied by 2. If the hour of the day (UTC) is at least 18 and the day of the week from Sunday = 0 (UTC) is not 0, all of this is multiplied by 0.5.
            !(param("tier") != nil) || p > 5 && c > 6 ? 1 : 2 → If not (“tier” in the request is given) or (the number of tokens of the prompt is more than 5 and the number of tokens of the answer is more than 6), $0.000001 a call. Otherwise, $0.000002 a call.
            p * (param("n") == 2 ? 2 : 1) → $1.00 per 1M tokens of the prompt. If “n” in the request is 2, all of this is multiplied by 2.
            p + (param("q") == "hd" ? 5 : 3) → $1.00 per 1M tokens of the prompt plus either $0.000005 a call if “q” in the request is “hd” or else $0.000003 a call.
            """)
    void tellsTheCasesOfAFormula(String formula, String words) {
        assertThat(String.join(" ", Expression.of(formula).words(DisplayCurrency.USD::of)))
                .isEqualTo(words);
    }

    @Test
    void tellsAFormulaBeforeAnythingBeneathIt() {
        assertThat(rules("formula", PLAIN.withExpression(Expression.of("p * 3"))))
                .containsEntry("Formula", "$3.00 per 1M tokens of the prompt.")
                .doesNotContainKey("Prompt");
    }

    @Test
    void whatIsCutDownToAViewerChargesTheSameAndTellsNothingOfOthers() {
        PriceDocument whole = document("gpt-4o", PLAIN, Rounding.UP)
                .withModels(Map.of("gpt-4o", PLAIN, "secret-model", PLAIN))
                .withGroups(Map.of("default", decimal("2"), "secret", BigDecimal.ONE))
                .withGroupOverrides(Map.of(
                        "default", Map.of("default", decimal("0.3"), "secret", BigDecimal.ONE),
                        "partner", Map.of("default", decimal("0.1"))))
                .withTools(Map.of("web_search", BigDecimal.TEN, "web_search:secret-model", BigDecimal.ONE));
        PriceDocument cut = whole.only(List.of("gpt-4o"), "default", List.of("default"));
        assertThat(cut.models()).containsOnlyKeys("gpt-4o");
        assertThat(cut.groups()).containsOnlyKeys("default");
        assertThat(cut.groupOverrides()).isEqualTo(Map.of("default", Map.of("default", decimal("0.3"))));
        assertThat(cut.tools()).containsOnlyKeys("web_search");
        assertThat(cut.groupRatio("default", "default")).isEqualTo(whole.groupRatio("default", "default"));
        assertThat(cut.price("secret-model")).isEmpty();
    }
}
