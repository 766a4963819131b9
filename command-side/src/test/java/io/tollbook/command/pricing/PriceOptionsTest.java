package io.tollbook.command.pricing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tollbook.command.RecordedMessages;
import io.tollbook.kernel.Actor;
import io.tollbook.kernel.Refusal;
import io.tollbook.kernel.Refused;
import io.tollbook.kernel.pricing.ModelPrice;
import io.tollbook.kernel.pricing.OwnRatios;
import io.tollbook.kernel.pricing.PriceDocument;
import io.tollbook.kernel.pricing.PriceOutlook;
import io.tollbook.kernel.pricing.PriceSchedule;
import io.tollbook.kernel.pricing.PriceVersion;
import io.tollbook.kernel.pricing.PublishPrices;
import io.tollbook.kernel.pricing.Rounding;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PriceOptionsTest {
    private @Nullable PriceVersion inForce = new PriceVersion(
            7,
            new PriceDocument(
                    Map.of(
                            "mine", ModelPrice.perToken(new BigDecimal("2"), new BigDecimal("3")),
                            "gpt-4o", ModelPrice.perToken(new BigDecimal("1.25"), new BigDecimal("9")),
                            "picture", perCall("0.04")),
                    Map.of("default", BigDecimal.ONE),
                    Map.of(),
                    Rounding.UP,
                    4_096),
            "hash",
            "",
            Instant.EPOCH);

    private int conflicts;
    private final RecordedMessages messages = new RecordedMessages()
            .answer(
                    PriceOutlook.class,
                    query -> new PriceSchedule(inForce, List.of(), inForce == null ? 0 : inForce.version()));
    private final PriceOptions options = new PriceOptions(messages);

    @BeforeEach
    void conflict() {
        messages.handle((command, actor) -> {
            if (conflicts-- > 0) throw new Refused(Refusal.PRICE_CHANGED);
            return null;
        });
    }

    private static ModelPrice perCall(String dollars) {
        ModelPrice usual = ModelPrice.perToken(BigDecimal.ZERO, BigDecimal.ONE);
        return new ModelPrice(
                null,
                usual.completionRatio(),
                usual.cacheReadRatio(),
                usual.cacheWriteRatio(),
                usual.cacheWriteHourRatio(),
                new BigDecimal(dollars),
                null);
    }

    private PriceDocument write(String key, String json) {
        options.write(key, json, Actor.SYSTEM);
        return ((PublishPrices) messages.commands().getLast()).document();
    }

    private void refused(String key, String json, String... parts) {
        assertThatThrownBy(() -> options.write(key, json, Actor.SYSTEM)).isInstanceOfSatisfying(Refused.class, r -> {
            assertThat(r.refusal()).isEqualTo(Refusal.INVALID);
            assertThat(r.getMessage()).contains(parts);
        });
        assertThat(messages.sent()).isEmpty();
    }

    @Test
    void aModelRatioMapReplacesTheOtherWhole() {
        PriceDocument after = write("ModelRatio", "{\"mine\":0.075,\"new\":1}");

        assertThat(after.models()).containsOnlyKeys("mine", "new", "picture");
        assertThat(after.price("mine").orElseThrow().inputRatio()).isEqualTo(new BigDecimal("0.075"));
        assertThat(after.price("mine").orElseThrow().completionRatio()).isEqualTo(new BigDecimal("3"));
        assertThat(after.price("new").orElseThrow().completionRatio()).isEqualTo(BigDecimal.ONE);
        assertThat(after.rounding()).isEqualTo(Rounding.UP);
        assertThat(after.defaultMaxOutputTokens()).isEqualTo(4_096);
        assertThat(((PublishPrices) messages.commands().getLast()).basedOn()).isEqualTo(7);
        assertThat(((PublishPrices) messages.commands().getLast()).inForce()).isEqualTo(7);
    }

    @Test
    void aNewModelThatIsKnownStartsWithItsKnownRatios() {
        ModelPrice price =
                write("ModelRatio", "{\"gpt-5\":0.625}").price("gpt-5").orElseThrow();

        assertThat(price.completionRatio()).isEqualByComparingTo("8");
        assertThat(price.cacheReadRatio()).isEqualByComparingTo("0.1");
        assertThat(price.maxOutputTokens()).isEqualTo(128_000);
    }

    @Test
    void aRatioThatIsNoLongerSaidIsTheFirstAgain() {
        PriceDocument after = write("CompletionRatio", "{\"mine\":5}");

        assertThat(after.price("mine").orElseThrow().completionRatio()).isEqualByComparingTo("5");
        assertThat(after.price("gpt-4o").orElseThrow().completionRatio()).isEqualByComparingTo("4");
    }

    @Test
    void cacheRatiosAndTheHourThatFollowsThem() {
        ModelPrice read = write("CacheRatio", "{\"mine\":0.1}").price("mine").orElseThrow();
        assertThat(read.cacheReadRatio()).isEqualByComparingTo("0.1");
        assertThat(read.cacheWriteRatio()).isEqualByComparingTo("1.25");
        ModelPrice written =
                write("CreateCacheRatio", "{\"mine\":2.5}").price("mine").orElseThrow();
        assertThat(written.cacheWriteRatio()).isEqualByComparingTo("2.5");
        assertThat(written.cacheWriteHourRatio()).isEqualByComparingTo("4");
    }

    @Test
    void aPricePerCallWinsUntilItIsTakenBack() {
        assertThat(write("ModelRatio", "{\"picture\":1}")
                        .price("picture")
                        .orElseThrow()
                        .perCall())
                .isEqualByComparingTo("0.04");
        PriceDocument after = write("ModelPrice", "{\"mine\":0.5}");
        assertThat(after.models()).containsOnlyKeys("mine", "gpt-4o");
        assertThat(after.price("mine").orElseThrow().perCall()).isEqualByComparingTo("0.5");
        assertThat(after.price("mine").orElseThrow().inputRatio()).isNull();
    }

    @Test
    void groups() {
        assertThat(write("GroupRatio", "{\"default\":1,\"vip\":0.8}").groups())
                .isEqualTo(Map.of("default", BigDecimal.ONE, "vip", new BigDecimal("0.8")));
        assertThat(write("GroupGroupRatio", "{\"vip\":{\"default\":0.5}}").groupRatio("vip", "default"))
                .isEqualByComparingTo("0.5");
    }

    @Test
    void nothingIsLostToFloatingPoint() {
        assertThat(write("ModelRatio", "{\"mine\":0.123456789012}")
                        .price("mine")
                        .orElseThrow()
                        .inputRatio())
                .isEqualTo(new BigDecimal("0.123456789012"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            ModelRatio      | {"mine":-1}                | mine
            ModelRatio      | {"mine":"1"}               | mine
            ModelRatio      | {"mine":null}              | mine
            ModelRatio      | {"mine":1000001}           | mine
            ModelRatio      | {"mine":1e999999999}       | mine
            ModelRatio      | {"mine":1e-999999999}      | mine
            ModelRatio      | {"mine":0.1234567890123}   | mine
            ModelRatio      | {"mine":NaN}               | ModelRatio
            ModelRatio      | {"mine":1                  | ModelRatio
            ModelRatio      | []                         | ModelRatio
            ModelRatio      | null                       | ModelRatio
            ModelPrice      | {"mine":-0.01}             | mine
            CompletionRatio | {"mine":-1}                | mine
            CompletionRatio | {"unknown":1}              | unknown
            CacheRatio      | {"unknown":1}              | unknown
            GroupRatio      | {"vip":-1}                 | vip
            GroupGroupRatio | {"vip":1}                  | vip
            GroupGroupRatio | {"vip":{"default":-1}}     | default
            AudioRatio      | {"mine":-1}                | mine
            ImageRatio      | {"unknown":1}              | unknown
            tool_price_setting.prices | {"web_search":-1} | web_search
            tool_price_setting.prices | {"Web Search":1}  | Web Search
            billing_setting.billing_mode | {"mine":"tiered_expr"} | billing_expr
            billing_setting.billing_mode | {"mine":"free"}   | mine
            billing_setting.billing_expr | {"mine":"p *"}    | mine
            billing_setting.billing_expr | {"mine":5}        | mine
            """)
    void refusesNamingWhatIsWrong(String key, String json, String named) {
        refused(key, json, named);
    }

    @Test
    void makesTheChangeAgainOnTopOfAnotherOne() {
        conflicts = 4;
        write("GroupRatio", "{\"default\":2}");
        assertThat(messages.commands()).hasSize(1);
    }

    @Test
    void aVersionThatComesIntoForceMeanwhileIsBuiltUpon() {
        PriceVersion before = java.util.Objects.requireNonNull(inForce);
        PriceVersion planned = new PriceVersion(
                8, before.document().withTools(Map.of("web_search", BigDecimal.TEN)), "", "", Instant.EPOCH);
        messages.handle((command, actor) -> {
            inForce = planned;
            if (((PublishPrices) command).inForce() != 8) throw new Refused(Refusal.PRICE_CHANGED);
            return null;
        });
        assertThat(write("GroupRatio", "{\"default\":2}").tools()).containsOnlyKeys("web_search");
        assertThat(((PublishPrices) messages.commands().getLast()).inForce()).isEqualTo(8);
    }

    @Test
    void givesUpWhenOthersNeverStop() {
        conflicts = 100;
        assertThatThrownBy(() -> options.write("GroupRatio", "{\"default\":2}", Actor.SYSTEM))
                .isInstanceOfSatisfying(
                        Refused.class, r -> assertThat(r.refusal()).isEqualTo(Refusal.PRICE_CHANGED));
    }

    @Test
    void theFirstVersionIsMadeFromNothing() {
        inForce = null;
        assertThat(write("ModelRatio", "{\"mine\":1}").models()).containsOnlyKeys("mine");
        assertThat(((PublishPrices) messages.commands().getLast()).basedOn()).isZero();
    }

    @Test
    void resettingKeepsTheGroups() {
        options.reset(Actor.SYSTEM);

        PriceDocument after = ((PublishPrices) messages.commands().getLast()).document();
        assertThat(after.models()).isEqualTo(SeedPrices.document().models());
        assertThat(after.groups()).isEqualTo(Map.of("default", BigDecimal.ONE));
    }

    @ParameterizedTest
    @CsvSource({
        "gpt-4o, 1.25, 4, 0.5, 1.25",
        "gpt-3.5-turbo-16k, 1.5, 1.333, 1, 1.25",
        "claude-opus-4-7-xhigh, 2.5, 5, 0.1, 1.25",
        "gemini-2.5-flash, 0.15, 8.333, 1, 1.25",
        "glm-4-flash, 0, 1, 1, 1.25",
        "demo-fast, 0.25, 4, 1, 1.25",
        "demo-thinking, 1, 4, 1, 1.25",
    })
    void theFirstPricesAreThePublicLists(
            String model, BigDecimal ratio, BigDecimal completion, BigDecimal cacheRead, BigDecimal cacheWrite) {
        ModelPrice price = SeedPrices.document().price(model).orElseThrow();
        assertThat(price.inputRatio()).isEqualByComparingTo(ratio);
        assertThat(price.completionRatio()).isEqualByComparingTo(completion);
        assertThat(price.cacheReadRatio()).isEqualByComparingTo(cacheRead);
        assertThat(price.cacheWriteRatio()).isEqualByComparingTo(cacheWrite);
        assertThat(price.cacheWriteHourRatio()).isEqualByComparingTo(cacheWrite.multiply(new BigDecimal("1.6")));
    }

    @Test
    void theFirstPricesCanBePublished() {
        PriceDocument seed = SeedPrices.document();
        assertThat(CanonicalPrices.of(seed).models()).hasSize(205);
        assertThat(seed.price("dall-e-3").orElseThrow().perCall()).isEqualByComparingTo("0.04");
        assertThat(seed.groups()).containsOnlyKeys("default", "vip", "svip");
    }

    @Test
    void soundAndPicturesHavePricesOfTheirOwn() {
        assertThat(own("AudioRatio", "{\"mine\":16}").audioInput()).isEqualByComparingTo("16");
        assertThat(own("AudioCompletionRatio", "{\"mine\":2}").audioCompletion())
                .isEqualByComparingTo("2");
        assertThat(own("ImageRatio", "{\"mine\":3}").imageInput()).isEqualByComparingTo("3");
        assertThat(own("ImageRatio", "{}")).isEqualTo(OwnRatios.NONE);
    }

    private OwnRatios own(String key, String json) {
        return write(key, json).price("mine").orElseThrow().ownOrNone();
    }

    @Test
    void toolPricesAreLaidOverTheFirstOnes() {
        Map<String, BigDecimal> tools =
                write("tool_price_setting.prices", "{\"file_search\":3}").tools();
        assertThat(tools).containsEntry("file_search", new BigDecimal("3"));
        assertThat(tools).containsEntry("web_search_preview:gpt-4o*", new BigDecimal("25"));
    }

    @Test
    void anExpressionWinsAndGivesThePriceBackThatStoodBeneath() {
        PriceDocument priced =
                write("billing_setting.billing_expr", "{\"mine\":\"p * 3\",\"new\":\"p * 4\",\"gpt-4o\":\"\"}");
        assertThat(priced.price("mine").orElseThrow().expression()).hasToString("p * 3");
        assertThat(priced.price("new").orElseThrow().inputRatio()).isNull();
        assertThat(priced.price("gpt-4o").orElseThrow().expression()).isNull();

        inForce = new PriceVersion(8, priced, "hash", "", Instant.EPOCH);
        PriceDocument one = write("billing_setting.billing_mode", "{\"new\":\"tiered_expr\",\"mine\":\"ratio\"}");
        assertThat(one.price("new").orElseThrow().expression()).hasToString("p * 4");
        assertThat(one.price("mine").orElseThrow().expression()).isNull();
        assertThat(one.price("mine").orElseThrow().inputRatio()).isEqualByComparingTo("2");
        assertThat(write("billing_setting.billing_mode", "{}").models()).doesNotContainKey("new");
        // Writing back what was read changes nothing.
        assertThat(write("ModelRatio", "{\"mine\":2,\"gpt-4o\":1.25}")).isEqualTo(priced);
    }

    @Test
    void aModelPricedByTheSecondHasThatPriceInModelPrice() {
        inForce = new PriceVersion(8, SeedPrices.document(), "hash", "", Instant.EPOCH);
        PriceDocument after = write("ModelPrice", "{\"sora-2\":0.4,\"dall-e-3\":0.05}");
        assertThat(after.price("sora-2").orElseThrow().perSecond()).isEqualByComparingTo("0.4");
        assertThat(after.price("dall-e-3").orElseThrow().perCall()).isEqualByComparingTo("0.05");
        assertThat(after.models()).doesNotContainKey("sora-2-pro");
    }

    @Test
    void aWriteIsBasedOnTheNewestVersionAndIsInForceAtOnce() {
        PriceVersion planned = new PriceVersion(8, SeedPrices.document().from(Instant.MAX), "hash", "", Instant.EPOCH);
        messages.answer(PriceOutlook.class, query -> new PriceSchedule(inForce, List.of(planned), planned.version()));
        PriceDocument after = write("GroupRatio", "{\"default\":2}");
        assertThat(((PublishPrices) messages.commands().getLast()).basedOn()).isEqualTo(8);
        assertThat(after.models()).containsKey("mine");
        assertThat(after.effectiveFrom()).isNull();
    }
}
