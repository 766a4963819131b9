package io.tollbook.query.catalogue;

import static io.tollbook.query.TestSystem.ask;
import static io.tollbook.query.TestSystem.publish;
import static org.assertj.core.api.Assertions.assertThat;

import io.tollbook.kernel.catalogue.GroupRow;
import io.tollbook.kernel.catalogue.Groups;
import io.tollbook.kernel.catalogue.ModelChange;
import io.tollbook.kernel.catalogue.ModelDescription;
import io.tollbook.kernel.catalogue.ModelId;
import io.tollbook.kernel.catalogue.ModelRow;
import io.tollbook.kernel.catalogue.ModelRows;
import io.tollbook.kernel.catalogue.ModelsDescribed;
import io.tollbook.kernel.catalogue.NameRule;
import io.tollbook.kernel.catalogue.VendorId;
import io.tollbook.kernel.catalogue.VendorSaved;
import io.tollbook.kernel.catalogue.VendorTerms;
import io.tollbook.kernel.pricing.ModelPrice;
import io.tollbook.kernel.pricing.PricesPublished;
import io.tollbook.kernel.settings.OptionsChanged;
import io.tollbook.kernel.user.Role;
import io.tollbook.query.TestSystem;
import io.tollbook.query.World;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class CatalogueRowsTest {
    private final long number = TestSystem.number();
    private final String priced = "row-priced-" + number;
    private final String unpriced = "row-unpriced-" + number;
    private final String ruled = "ruled-" + number + "-x";

    private static ModelChange added(long id, ModelDescription description) {
        return new ModelChange(new ModelId(id), null, description);
    }

    private void world() {
        Map<String, ModelPrice> models =
                new HashMap<>(World.prices(1).document().models());
        models.put(priced, ModelPrice.perToken(BigDecimal.ONE, BigDecimal.TWO));
        models.put(ruled, ModelPrice.perToken(BigDecimal.ONE, BigDecimal.TWO));
        publish(
                World.channel(number, "rows" + number, priced, unpriced, ruled),
                new PricesPublished(
                        1_000_000 + number * 10,
                        World.prices(1).document().withModels(models),
                        "hash",
                        "",
                        Instant.now().minus(Duration.ofHours(2)).plusMillis(1_000_000 + number * 10)),
                new VendorSaved(new VendorId(number), new VendorTerms("Row maker " + number, "", "", true), World.BORN),
                new ModelsDescribed(
                        60_000_000 + number,
                        List.of(
                                added(number, ModelDescription.of("unserved-" + number)),
                                added(
                                        number + 1_000_000,
                                        new ModelDescription(
                                                "ruled-" + number,
                                                NameRule.PREFIX,
                                                "By a rule",
                                                "Icon",
                                                List.of("a", "b"),
                                                new VendorId(number),
                                                "{\"anthropic\":\"/v1/messages\"}",
                                                true,
                                                true))),
                        null,
                        World.BORN));
    }

    private ModelRow row(String name) {
        return ask(new ModelRows()).stream()
                .filter(row -> row.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void whatNeedsCareComesFirst() {
        world();
        List<String> names = ask(new ModelRows()).stream().map(ModelRow::name).toList();
        assertThat(names.indexOf(unpriced)).isLessThan(names.indexOf(priced));
        assertThat(names.indexOf(priced)).isLessThan(names.indexOf(ruled));
        assertThat(row(unpriced)).matches(ModelRow::isUnpriced).matches(ModelRow::isMissing);
        assertThat(row(priced).isUnpriced()).isFalse();
        assertThat(row(priced).groups()).containsExactly("default", "vip");
        assertThat(row(ruled).isMissing()).isFalse();
        assertThat(row(ruled).own()).isNull();
        assertThat(row("ruled-" + number).matched()).containsExactly(ruled);
        assertThat(row("unserved-" + number).channels()).isZero();
        assertThat(row("unserved-" + number).isUnpriced()).isFalse();
    }

    @Test
    void thePublicPricesTellOfAModelUntilItIsDisabled() {
        world();
        JsonNode pricing =
                JsonMapper.shared().readTree(TestSystem.get("/api/pricing", "").body());
        JsonNode entry = entry(pricing, ruled);
        assertThat(entry.path("description").asString()).isEqualTo("By a rule");
        assertThat(entry.path("icon").asString()).isEqualTo("Icon");
        assertThat(entry.path("tags").asString()).isEqualTo("a,b");
        assertThat(entry.path("vendor_id").asLong()).isEqualTo(number);
        assertThat(entry.path("supported_endpoint_types")).hasToString("[\"anthropic\"]");
        assertThat(pricing.path("supported_endpoint")
                        .path("anthropic")
                        .path("path")
                        .asString())
                .isEqualTo("/v1/messages");
        assertThat(pricing.path("vendors").findValuesAsString("name")).contains("Row maker " + number);
        assertThat(entry(pricing, priced).has("description")).isFalse();
        assertThat(entry(pricing, priced).path("supported_endpoint_types")).hasToString("[\"openai\"]");

        publish(new ModelsDescribed(
                70_000_000 + number,
                List.of(added(number + 2_000_000, ModelDescription.of(ruled).withEnabled(false))),
                null,
                World.BORN));
        assertThat(entry(
                                JsonMapper.shared()
                                        .readTree(TestSystem.get("/api/pricing", "")
                                                .body()),
                                ruled)
                        .isMissingNode())
                .isTrue();
    }

    private static JsonNode entry(JsonNode pricing, String model) {
        for (JsonNode entry : pricing.path("data"))
            if (entry.path("model_name").asString().equals(model)) return entry;
        return JsonMapper.shared().createObjectNode().path("none");
    }

    @Test
    void groupsAreCountedByWhoUsesThem() {
        String group = "group-" + number;
        publish(
                World.user(number, "grouped" + number, Role.USER, group),
                new OptionsChanged(
                        Map.of("tollbook.group_descriptions", "{\"" + group + "\":\"Own people\"}"),
                        Map.of(),
                        World.BORN));
        GroupRow row = ask(new Groups()).stream()
                .filter(one -> one.name().equals(group))
                .findFirst()
                .orElseThrow();
        assertThat(row).isEqualTo(new GroupRow(group, null, "Own people", false, List.of(), 0, 0, 1, 0));
        publish(new OptionsChanged(Map.of("tollbook.group_descriptions", "{}"), Map.of(), World.BORN));
    }
}
