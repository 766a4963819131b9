package io.tollbook.kernel.catalogue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tollbook.kernel.Refused;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CatalogueTest {
    private static DescribedModel described(long id, String name, NameRule rule, boolean enabled) {
        return new DescribedModel(
                new ModelId(id),
                new ModelDescription(name, rule, "", "", List.of(), null, "", enabled, true),
                Instant.EPOCH,
                Instant.EPOCH);
    }

    private static final Catalogue RULES = new Catalogue(
            List.of(),
            List.of(
                    described(1, "gpt-4o-mini", NameRule.EXACT, true),
                    described(2, "gpt", NameRule.PREFIX, true),
                    described(3, "gpt-4o", NameRule.PREFIX, false),
                    described(4, "o", NameRule.CONTAINS, true),
                    described(5, "-4o-x", NameRule.SUFFIX, true),
                    described(6, "-4o-x", NameRule.CONTAINS, true)));

    @ParameterizedTest
    @CsvSource(textBlock = """
            # model,      described by
            gpt-4o-mini,  1
            gpt-5,        2
            gpt-4o,       3
            gpt-4o-mini-, 3
            sonnet,       4
            my-4o-x,      6
            claude,
            """)
    void whatSaysTheMostOfTheNameWins(String model, Long id) {
        assertThat(RULES.describing(model).map(found -> found.id().value()).orElse(null))
                .isEqualTo(id);
        assertThat(RULES.isEnabled(model)).isEqualTo(!Long.valueOf(3).equals(id));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "x",
                "1",
                "[1]",
                "[\"nowhere\"]",
                "{\"openai\":1}",
                "{\"own\":{}}",
                "{\"own\":\"path\"}",
                "{\"own\":\"/a b\"}",
                "{\"own\":{\"path\":\"/a\",\"method\":\"FETCH\"}}",
                "{\"\":\"/a\"}"
            })
    void endpointsThatAreNoneAreRefused(String text) {
        assertThatThrownBy(() -> Endpoints.of(text)).isInstanceOf(Refused.class).hasMessageContaining("endpoint");
    }

    @Test
    void endpointsAreKindsWithPaths() {
        assertThat(Endpoints.of("[\"anthropic\",\"openai\"]").keySet()).containsExactly("anthropic", "openai");
        assertThat(Endpoints.of("{\"own\":{\"path\":\"/own\",\"method\":\"get\"},\"openai\":{}}"))
                .isEqualTo(Map.of(
                        "own", new Endpoint("/own", "GET"), "openai", new Endpoint("/v1/chat/completions", "POST")));
        assertThat(Endpoints.of(" ")).isEmpty();
    }

    @Test
    void descriptionsKeepTheirBounds() {
        assertThat(ModelDescription.of(" gpt ").name()).isEqualTo("gpt");
        assertThat(ModelDescription.of("m".repeat(128)).name()).hasSize(128);
        for (String name : new String[] {"", " ", "m".repeat(129), "a\u0000b"})
            assertThatThrownBy(() -> ModelDescription.of(name)).hasMessageContaining("model's name");
        ModelDescription gpt = ModelDescription.of("gpt");
        assertThat(gpt.withTags(List.of(" a ", "", "a", "b")).tags()).containsExactly("a", "b");
        assertThatThrownBy(() -> gpt.withTags(List.of("a,b"))).hasMessageContaining("comma");
        assertThat(gpt.withTags(List.of("a".repeat(127), "b".repeat(127))).tags())
                .hasSize(2);
        assertThatThrownBy(() -> gpt.withTags(List.of("a".repeat(128), "b".repeat(127))))
                .hasMessageContaining("255");
        assertThatThrownBy(() -> new ModelDescription(
                        "gpt", NameRule.EXACT, "d".repeat(5_001), "", List.of(), null, "", true, true))
                .hasMessageContaining("5,000");
        assertThatThrownBy(() -> NameRule.of(4)).hasMessageContaining("name rule 4");
    }

    @Test
    void prefillItemsAreTexts() {
        assertThat(new PrefillTerms("a", PrefillType.MODEL, "[\"x\", \"y\"]", "").names())
                .containsExactly("x", "y");
        assertThat(new PrefillTerms("a", PrefillType.ENDPOINT, "{\"openai\":\"/v1/x\"}", "").names())
                .containsExactly("openai");
        for (String items : new String[] {"{}", "[1]", "[\"\"]", "x"})
            assertThatThrownBy(() -> new PrefillTerms("a", PrefillType.TAG, items, ""))
                    .hasMessageContaining("list of texts");
        assertThatThrownBy(() -> PrefillType.of("price")).hasMessageContaining("price");
    }

    @Test
    void groupsAreOpenToAllToSomeOrToNobody() {
        GroupRules rules = GroupRules.of(Map.of(
                "UserUsableGroups", "{\"default\":\"Default\",\"vip\":\"VIP\"}",
                "group_ratio_setting.group_special_usable_group",
                        "{\"staff\":{\"+:lab\":\"Lab\",\"beta\":\"Beta\",\"-:vip\":\"\"}}",
                "tollbook.group_descriptions", "{\"own\":\"Own people\"}",
                "AutoGroups", "[\"lab\",\"vip\",\"default\"]"));

        assertThat(rules.usable("default").keySet()).containsExactly("default", "vip");
        assertThat(rules.usable("staff"))
                .isEqualTo(Map.of("default", "Default", "lab", "Lab", "beta", "Beta", "staff", "staff"));
        assertThat(rules.usable("own")).containsEntry("own", "Own people");
        assertThat(rules.auto("staff")).containsExactly("lab", "default");
        assertThat(rules.auto("default")).containsExactly("vip", "default");
        assertThat(rules.listed("lab")).isEqualTo(Set.of("staff"));
        assertThat(rules.named()).containsExactlyInAnyOrder("default", "vip", "lab", "beta", "own", "staff");
    }

    @Test
    void aGroupsAccessIsWrittenInOnePlace() {
        Map<String, String> options = Map.of();
        GroupRules rules = GroupRules.of(options);
        options = rules.with("lab", "Lab", false, Set.of("staff", "vip"));
        assertThat(GroupRules.of(options).listed("lab")).containsExactlyInAnyOrder("staff", "vip");
        assertThat(GroupRules.of(options).isOpenToAll("default")).isTrue();
        options = GroupRules.of(options).with("lab", "For all", true, Set.of());
        assertThat(GroupRules.of(options).listed("lab")).isEmpty();
        assertThat(GroupRules.of(options).usable("anybody")).containsEntry("lab", "For all");
        options = GroupRules.of(options).with("lab", "Closed", false, Set.of());
        assertThat(GroupRules.of(options).usable("anybody")).doesNotContainKey("lab");
        assertThat(GroupRules.of(options).description("lab")).isEqualTo("Closed");
    }

    @Test
    void aSlipInAnOptionClosesNothing() {
        GroupRules rules = GroupRules.of(Map.of("UserUsableGroups", "{", "AutoGroups", "{}"));
        assertThat(rules.usable("default")).containsOnlyKeys("default");
        assertThat(rules.auto("default")).isEmpty();
    }
}
