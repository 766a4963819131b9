package io.tollbook.query.catalogue;

import static io.tollbook.query.TestSystem.ask;
import static io.tollbook.query.TestSystem.publish;
import static org.assertj.core.api.Assertions.assertThat;

import io.tollbook.kernel.Paging;
import io.tollbook.kernel.catalogue.Catalogue;
import io.tollbook.kernel.catalogue.CatalogueNow;
import io.tollbook.kernel.catalogue.ListedModelChange;
import io.tollbook.kernel.catalogue.ModelChange;
import io.tollbook.kernel.catalogue.ModelChanges;
import io.tollbook.kernel.catalogue.ModelDescription;
import io.tollbook.kernel.catalogue.ModelId;
import io.tollbook.kernel.catalogue.ModelsDescribed;
import io.tollbook.kernel.catalogue.NameRule;
import io.tollbook.kernel.catalogue.PrefillGroup;
import io.tollbook.kernel.catalogue.PrefillGroupId;
import io.tollbook.kernel.catalogue.PrefillGroupRemoved;
import io.tollbook.kernel.catalogue.PrefillGroupSaved;
import io.tollbook.kernel.catalogue.PrefillGroups;
import io.tollbook.kernel.catalogue.PrefillTerms;
import io.tollbook.kernel.catalogue.PrefillType;
import io.tollbook.kernel.catalogue.VendorId;
import io.tollbook.kernel.catalogue.VendorRemoved;
import io.tollbook.kernel.catalogue.VendorSaved;
import io.tollbook.kernel.catalogue.VendorTerms;
import io.tollbook.kernel.user.Role;
import io.tollbook.query.TestSystem;
import io.tollbook.query.World;
import io.tollbook.query.readmodel.ReadModelNames;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class CatalogueProjectionTest {
    private final long number = TestSystem.number();
    private final VendorId vendor = new VendorId(number);
    private final ModelId model = new ModelId(number);

    private static VendorSaved saved(VendorId vendor, String name) {
        return new VendorSaved(vendor, new VendorTerms(name, "a maker", "Icon", true), World.BORN);
    }

    private static ModelsDescribed described(
            long change,
            @Nullable Long undoes,
            ModelId model,
            @Nullable ModelDescription before,
            @Nullable ModelDescription after) {
        return new ModelsDescribed(change, List.of(new ModelChange(model, before, after)), undoes, World.BORN);
    }

    private ModelDescription description() {
        return new ModelDescription(
                "mod-" + number, NameRule.PREFIX, "words", "", List.of("chat"), vendor, "[\"openai\"]", true, false);
    }

    @Test
    void whatIsToldOfAModelIsWhatWasSaidLast() {
        publish(World.user(number, "teller" + number, Role.ADMIN, "default"));
        publish(
                Map.of("actor", Long.toString(number)),
                saved(vendor, "Maker " + number),
                described(number, null, model, null, description()),
                described(
                        number + 1_000_000,
                        null,
                        model,
                        description(),
                        description().withEnabled(false)));

        for (int i = 0; i < 2; i++) {
            Catalogue catalogue = ask(new CatalogueNow());
            assertThat(catalogue.describing("mod-" + number + "-large").map(found -> found.description()))
                    .contains(description().withEnabled(false));
            assertThat(catalogue.isEnabled("mod-" + number + "-large")).isFalse();
            assertThat(catalogue.vendor(vendor).map(found -> found.models())).contains(1L);
            ListedModelChange newest = ask(new ModelChanges(Paging.first(1_000))).items().stream()
                    .filter(change -> change.change() == number + 1_000_000)
                    .findFirst()
                    .orElseThrow();
            assertThat(newest.by()).isEqualTo("teller" + number);
            assertThat(newest.models().getFirst().before()).isEqualTo(description());
            if (i == 0) TestSystem.rebuild(ReadModelNames.DIRECTORY);
        }
        publish(
                described(
                        number + 2_000_000,
                        number + 1_000_000,
                        model,
                        description().withEnabled(false),
                        description()),
                described(number + 2_000_001, null, model, description(), null),
                new VendorRemoved(vendor));
        Catalogue after = ask(new CatalogueNow());
        assertThat(after.isEnabled("mod-" + number)).isTrue();
        assertThat(after.describing("mod-" + number)).isEmpty();
        assertThat(after.vendor(vendor)).isEmpty();
        assertThat(ask(new ModelChanges(Paging.first(1_000))).items())
                .filteredOn(change -> change.change() == number + 1_000_000)
                .singleElement()
                .extracting(ListedModelChange::undoneBy)
                .isEqualTo(number + 2_000_000);
    }

    @Test
    void prefillGroupsAreListedByTypeAndName() {
        PrefillTerms terms = PrefillTerms.of("list " + number, PrefillType.TAG, List.of("chat", "vision"), "");
        publish(new PrefillGroupSaved(new PrefillGroupId(number), terms, World.BORN));

        assertThat(ask(new PrefillGroups(PrefillType.TAG)))
                .extracting(PrefillGroup::terms)
                .contains(terms);
        assertThat(ask(new PrefillGroups(PrefillType.MODEL)))
                .extracting(PrefillGroup::terms)
                .doesNotContain(terms);
        publish(new PrefillGroupRemoved(new PrefillGroupId(number)));
        assertThat(ask(new PrefillGroups(null))).extracting(PrefillGroup::terms).doesNotContain(terms);
    }
}
