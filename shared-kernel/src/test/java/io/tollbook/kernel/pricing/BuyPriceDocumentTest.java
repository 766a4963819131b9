package io.tollbook.kernel.pricing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tollbook.kernel.Refused;
import io.tollbook.kernel.account.Meter;
import io.tollbook.kernel.account.Meters;
import io.tollbook.kernel.channel.ChannelTerms;
import io.tollbook.kernel.pricing.BuyScope.Kind;
import io.tollbook.kernel.pricing.expression.Circumstances;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BuyPriceDocumentTest {
    private static final BuyScope CHANNEL = new BuyScope(Kind.CHANNEL, "7");
    private static final BuyScope TAG = new BuyScope(Kind.TAG, "cheap");
    private static final BuyScope TYPE = new BuyScope(Kind.TYPE, "1");

    static ChannelTerms terms(int type, String tag) {
        return new ChannelTerms(
                type,
                "one",
                "https://example.com",
                List.of("gpt-4o"),
                List.of("default"),
                0,
                0,
                true,
                tag,
                "",
                "",
                Map.of(),
                Map.of());
    }

    private static BuyPrice part(BuyScope scope, String model, String factor) {
        return BuyPrice.of(scope, model, new BigDecimal(factor));
    }

    private static BuyPriceDocument document(BuyPrice... prices) {
        return new BuyPriceDocument(List.of(prices), Map.of(), null);
    }

    /** One of each scope and kind of name; the factor says which it is. */
    @ParameterizedTest
    @CsvSource(textBlock = """
            # channel, tag,   type, there,       model,      factor
                    7, cheap,    1, gpt-4o,      gpt-4o,     0.1
                    7, cheap,    1, gpt-4o-mini, gpt-4o-mini, 0.2
                    7, cheap,    1, gpt-5,       gpt-5,      0.4
                    8, cheap,    1, claude-3,    claude-3,   0.3
                    8, cheap,    1, gpt-5,       gpt-5,      0.4
                    8, '',       1, gpt-5,       gpt-5,      0.5
                    8, '',       1, llama,       llama,      0.6
                    8, '',       2, llama,       llama,      0.6
                    7, '',       2, renamed,     gpt-4o,     0.1
                    7, '',       2, gpt-4o,      renamed,    0.1
            """)
    void theNarrowestScopeAndTheLongestNameCount(
            long channel, String tag, int type, String there, String model, BigDecimal factor) {
        BuyPriceDocument document = document(
                part(BuyScope.ALL, "*", "0.6"),
                part(TYPE, "gpt-*", "0.5"),
                part(TAG, "*", "0.3"),
                part(TAG, "gpt-5*", "0.4"),
                part(CHANNEL, "gpt-4o", "0.1"),
                part(CHANNEL, "gpt-4o*", "0.2"));

        assertThat(document.price(channel, terms(type, tag), there, model))
                .map(BuyPrice::factor)
                .contains(factor);
    }

    @Test
    void theProvidersNameCountsBeforeOurs() {
        BuyPriceDocument document = document(part(CHANNEL, "ours", "0.1"), part(CHANNEL, "theirs", "0.2"));

        assertThat(document.price(7, terms(1, ""), "theirs", "ours"))
                .map(BuyPrice::factor)
                .contains(new BigDecimal("0.2"));
    }

    @Test
    void whatNobodySaidIsUnknown() {
        assertThat(document(part(CHANNEL, "*", "0.1")).price(8, terms(1, ""), "gpt", "gpt"))
                .isEqualTo(Optional.empty());
        assertThat(BuyPriceDocument.NONE.price(7, terms(1, ""), "gpt", "gpt")).isEmpty();
    }

    @Test
    void aPartOfNoPriceIsUnknown() {
        Costing costing = document(part(BuyScope.ALL, "*", "0.5"))
                .costing(3, 7, terms(1, ""), "gpt", "gpt")
                .orElseThrow();

        assertThat(costing.nanoUsd(new Meters(Map.of(Meter.INPUT, 5L)), Circumstances.NONE, null))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
            # ratio, tokens, nano-USD
                1,     1,      2000
                0.075, 1,      150
                0.0002, 1,     0
                0.00025, 1,    1
                0,     1000,   0
            """)
    void aCostIsRoundedOnceToBillionthsOfADollar(BigDecimal ratio, long tokens, long nanoUsd) {
        BuyPriceDocument document =
                document(BuyPrice.at(BuyScope.ALL, "*", ModelPrice.perToken(ratio, BigDecimal.ONE)));

        assertThat(document.costing(1, 7, terms(1, ""), "gpt", "gpt")
                        .orElseThrow()
                        .nanoUsd(new Meters(Map.of(Meter.INPUT, tokens)), Circumstances.NONE, null))
                .hasValue(nanoUsd);
    }

    @Test
    void refusesWhatCannotBe() {
        refused(() -> new BuyScope(Kind.CHANNEL, "x"), "number");
        refused(() -> new BuyScope(Kind.TYPE, "0"), "number");
        refused(() -> new BuyScope(Kind.TAG, " "), "tag");
        refused(() -> new BuyScope(Kind.ALL, "7"), "names none");
        refused(() -> part(CHANNEL, " ", "1"), "names a model");
        refused(() -> part(CHANNEL, "a*b", "1"), "star");
        refused(() -> part(CHANNEL, "a", "-0.1"), "between 0");
        refused(() -> new BuyPrice(CHANNEL, "a", null, null), "either");
        refused(
                () -> new BuyPrice(CHANNEL, "a", ModelPrice.perToken(BigDecimal.ONE, BigDecimal.ONE), BigDecimal.ONE),
                "either");
        refused(() -> document(part(CHANNEL, "a", "1"), part(CHANNEL, "a", "2")), "two buy prices");
        refused(() -> BuyPriceDocument.NONE.withTools(Map.of("Web!", BigDecimal.ONE)), "web_search");
    }

    private static void refused(org.assertj.core.api.ThrowableAssert.ThrowingCallable made, String why) {
        assertThatThrownBy(made).isInstanceOf(Refused.class).hasMessageContaining(why);
    }
}
