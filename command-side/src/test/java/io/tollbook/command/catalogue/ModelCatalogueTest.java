package io.tollbook.command.catalogue;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tollbook.command.Remembered;
import io.tollbook.kernel.Refusal;
import io.tollbook.kernel.Refused;
import io.tollbook.kernel.catalogue.CatalogueCommand;
import io.tollbook.kernel.catalogue.DescribeModels;
import io.tollbook.kernel.catalogue.DescribeModels.Described;
import io.tollbook.kernel.catalogue.DescribeModels.Wish;
import io.tollbook.kernel.catalogue.ForgetModels;
import io.tollbook.kernel.catalogue.ModelChange;
import io.tollbook.kernel.catalogue.ModelDescription;
import io.tollbook.kernel.catalogue.ModelId;
import io.tollbook.kernel.catalogue.ModelsDescribed;
import io.tollbook.kernel.catalogue.NameRule;
import io.tollbook.kernel.catalogue.PrefillGroupId;
import io.tollbook.kernel.catalogue.PrefillGroupRemoved;
import io.tollbook.kernel.catalogue.PrefillGroupSaved;
import io.tollbook.kernel.catalogue.PrefillTerms;
import io.tollbook.kernel.catalogue.PrefillType;
import io.tollbook.kernel.catalogue.RemovePrefillGroup;
import io.tollbook.kernel.catalogue.RemoveVendor;
import io.tollbook.kernel.catalogue.SavePrefillGroup;
import io.tollbook.kernel.catalogue.SaveVendor;
import io.tollbook.kernel.catalogue.UndoModelChange;
import io.tollbook.kernel.catalogue.VendorId;
import io.tollbook.kernel.catalogue.VendorRemoved;
import io.tollbook.kernel.catalogue.VendorSaved;
import io.tollbook.kernel.catalogue.VendorTerms;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.axonframework.test.aggregate.AggregateTestFixture;
import org.axonframework.test.aggregate.ResultValidator;
import org.hamcrest.CustomTypeSafeMatcher;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ModelCatalogueTest {
    private static final Instant NOW = Instant.parse("2030-01-01T12:00:00Z");
    private static final VendorId V1 = new VendorId(1);
    private static final VendorTerms OPENAI = new VendorTerms("OpenAI", "", "", true);
    private static final VendorSaved OPENAI_SAVED = new VendorSaved(V1, OPENAI, NOW);
    private static final ModelDescription GPT = ModelDescription.of("gpt");
    private static final ModelDescription O1 = ModelDescription.of("o1");
    private static final PrefillTerms TAGS = PrefillTerms.of("tags", PrefillType.TAG, List.of("chat"), "");

    private final AggregateTestFixture<ModelCatalogue> catalogue = new AggregateTestFixture<>(ModelCatalogue.class);

    private static ModelChange change(long model, @Nullable ModelDescription before, @Nullable ModelDescription after) {
        return new ModelChange(new ModelId(model), before, after);
    }

    private static ModelsDescribed described(long number, ModelChange... changes) {
        return new ModelsDescribed(number, List.of(changes), null, NOW);
    }

    private static DescribeModels describe(Wish... wishes) {
        return new DescribeModels(List.of(wishes), NOW);
    }

    private static Wish fresh(ModelDescription description) {
        return new Wish(null, description);
    }

    private static Wish change(long model, ModelDescription description) {
        return new Wish(new ModelId(model), description);
    }

    private static void refused(ResultValidator<ModelCatalogue> result, Refusal refusal, String part) {
        result.expectNoEvents().expectException(new CustomTypeSafeMatcher<Refused>(refusal + " with " + part) {
            @Override
            protected boolean matchesSafely(Refused refused) {
                return refused.refusal() == refusal
                        && String.valueOf(refused.getMessage()).contains(part);
            }
        });
    }

    @Test
    void manyChangesAreNotReadAgainForTheNext() {
        Remembered.check(ModelCatalogue.class, CatalogueCommand.CATALOGUE, i -> switch (i % 3) {
            case 0 -> new SaveVendor(null, new VendorTerms("vendor " + i, "", "", true), NOW);
            case 1 ->
                describe(fresh(new ModelDescription(
                        "model-" + i, NameRule.PREFIX, "", "", List.of("chat"), V1, "", true, true)));
            default ->
                new SavePrefillGroup(null, PrefillTerms.of("tags " + i, PrefillType.TAG, List.of("chat"), ""), NOW);
        });
    }

    @Test
    void namesThatLookAlikeAreAlike() {
        refused(
                catalogue.given(OPENAI_SAVED).when(new SaveVendor(null, new VendorTerms("ｏpenAI", "", "", true), NOW)),
                Refusal.INVALID,
                "called OpenAI already");
        catalogue
                .given(OPENAI_SAVED)
                .when(new SaveVendor(null, new VendorTerms("OpenAI 2", "", "", true), NOW))
                .expectSuccessfulHandlerExecution();
        for (String hidden : List.of("Open\u200BAI", "Open\uE000AI", "Open\u2028AI")) {
            VendorTerms vendor = new VendorTerms(hidden, "", "", true);
            PrefillTerms group = PrefillTerms.of(hidden, PrefillType.TAG, List.of("chat"), "");
            assertThatThrownBy(() -> new SaveVendor(null, vendor, NOW)).hasMessageContaining("invisible");
            assertThatThrownBy(() -> new SavePrefillGroup(null, group, NOW)).hasMessageContaining("invisible");
        }
    }

    @Test
    void undoesNoFurtherBackThanThereIsRoom() {
        List<Object> many = new java.util.ArrayList<>();
        for (int change = 1; change <= 21; change++) {
            List<ModelChange> models = new java.util.ArrayList<>();
            for (int i = 0; i < 1_000; i++) {
                long model = (change - 1) * 1_000L + i + 1;
                models.add(change(model, null, ModelDescription.of("m" + model)));
            }
            if (change == 21) models = models.subList(0, 1);
            many.add(new ModelsDescribed(change, models, null, NOW));
        }
        refused(catalogue.given(many).when(new UndoModelChange(1, NOW)), Refusal.NOT_FOUND, "none of the last");
        catalogue.given(many).when(new UndoModelChange(2, NOW)).expectSuccessfulHandlerExecution();
    }

    @Test
    void numbersVendorsAndGivesNoNumberTwice() {
        catalogue
                .givenNoPriorActivity()
                .when(new SaveVendor(null, OPENAI, NOW))
                .expectResultMessagePayload(V1)
                .expectEvents(OPENAI_SAVED);
        VendorTerms other = new VendorTerms("Other", "", "", true);
        catalogue
                .given(OPENAI_SAVED, new VendorRemoved(V1))
                .when(new SaveVendor(null, other, NOW))
                .expectEvents(new VendorSaved(new VendorId(2), other, NOW));
    }

    @Test
    void aVendorsNameIsItsOwnWhateverItsCase() {
        refused(
                catalogue.given(OPENAI_SAVED).when(new SaveVendor(null, new VendorTerms("openai", "", "", true), NOW)),
                Refusal.INVALID,
                "vendor called OpenAI");
        catalogue
                .given(OPENAI_SAVED)
                .when(new SaveVendor(V1, new VendorTerms("openai", "", "", true), NOW))
                .expectEvents(new VendorSaved(V1, new VendorTerms("openai", "", "", true), NOW));
        catalogue.given(OPENAI_SAVED).when(new SaveVendor(V1, OPENAI, NOW)).expectNoEvents();
        refused(
                catalogue.given(OPENAI_SAVED).when(new SaveVendor(new VendorId(2), OPENAI, NOW)),
                Refusal.NOT_FOUND,
                "2");
    }

    @Test
    void aVendorInUseStays() {
        ModelsDescribed using = described(1, change(1, null, GPT.withVendor(V1)));
        refused(catalogue.given(OPENAI_SAVED, using).when(new RemoveVendor(V1)), Refusal.INVALID, "1 model.");
        catalogue
                .given(OPENAI_SAVED, using, described(2, change(1, GPT.withVendor(V1), GPT)))
                .when(new RemoveVendor(V1))
                .expectEvents(new VendorRemoved(V1));
        refused(catalogue.given(OPENAI_SAVED).when(new RemoveVendor(new VendorId(9))), Refusal.NOT_FOUND, "9");
    }

    @Test
    void describesManyAsOneChange() {
        catalogue
                .given(described(1, change(1, null, GPT)))
                .when(describe(change(1, GPT.withEnabled(false)), fresh(O1)))
                .expectResultMessagePayload(new Described(2, List.of(new ModelId(1), new ModelId(2))))
                .expectEvents(described(2, change(1, GPT, GPT.withEnabled(false)), change(2, null, O1)));
    }

    @Test
    void whatIsToldAlreadyIsNoChange() {
        catalogue
                .given(described(1, change(1, null, GPT)))
                .when(describe(change(1, GPT)))
                .expectResultMessagePayload(new Described(0, List.of(new ModelId(1))))
                .expectNoEvents();
    }

    @Test
    void aNameIsDescribedOnce() {
        ModelsDescribed both = described(1, change(1, null, GPT), change(2, null, O1));
        ModelDescription prefix = new ModelDescription("gpt", NameRule.PREFIX, "", "", List.of(), null, "", true, true);
        refused(catalogue.given(both).when(describe(fresh(GPT))), Refusal.INVALID, "gpt is described already");
        refused(catalogue.given(both).when(describe(fresh(prefix))), Refusal.INVALID, "gpt is described already");
        refused(catalogue.given(both).when(describe(change(2, GPT))), Refusal.INVALID, "gpt is described already");
        refused(
                catalogue
                        .given(both)
                        .when(describe(change(2, O1.withEnabled(false)), change(2, O1.withTags(List.of("a"))))),
                Refusal.INVALID,
                "twice");
        refused(
                catalogue.givenNoPriorActivity().when(describe(fresh(GPT), fresh(GPT))),
                Refusal.INVALID,
                "gpt is described already");
        // Two names may change places.
        catalogue
                .given(both)
                .when(describe(change(1, O1), change(2, GPT)))
                .expectEvents(described(2, change(1, GPT, O1), change(2, O1, GPT)));
    }

    @Test
    void refusesVendorsAndModelsThatAreNot() {
        refused(
                catalogue.givenNoPriorActivity().when(describe(fresh(GPT.withVendor(V1)))),
                Refusal.INVALID,
                "gpt: there is no vendor 1");
        refused(catalogue.givenNoPriorActivity().when(describe(change(5, GPT))), Refusal.NOT_FOUND, "5");
        refused(
                catalogue.givenNoPriorActivity().when(new ForgetModels(List.of(new ModelId(5)), NOW)),
                Refusal.NOT_FOUND,
                "5");
    }

    @Test
    void rulesHaveARoomOfTheirOwn() {
        List<ModelChange> full = new ArrayList<>();
        for (int i = 1; i <= 1_000; i++)
            full.add(change(
                    i, null, new ModelDescription("p" + i, NameRule.PREFIX, "", "", List.of(), null, "", true, true)));
        ModelsDescribed given = new ModelsDescribed(1, full, null, NOW);
        refused(
                catalogue
                        .given(given)
                        .when(describe(fresh(new ModelDescription(
                                "one more", NameRule.SUFFIX, "", "", List.of(), null, "", true, true)))),
                Refusal.INVALID,
                "1,000");
        catalogue.given(given).when(describe(fresh(GPT))).expectEvents(described(2, change(1_001, null, GPT)));
    }

    @Test
    void forgetsAndBringsBack() {
        ModelsDescribed made = described(1, change(1, null, GPT), change(2, null, O1));
        ModelsDescribed gone = described(2, change(1, GPT, null), change(2, O1, null));
        catalogue
                .given(made)
                .when(new ForgetModels(List.of(new ModelId(1), new ModelId(2)), NOW))
                .expectResultMessagePayload(2L)
                .expectEvents(gone);
        catalogue
                .given(made, gone)
                .when(new UndoModelChange(2, NOW))
                .expectResultMessagePayload(3L)
                .expectEvents(new ModelsDescribed(3, List.of(change(1, null, GPT), change(2, null, O1)), 2L, NOW));
    }

    @Test
    void undoIsForWhatStillStands() {
        ModelsDescribed made = described(1, change(1, null, GPT));
        ModelsDescribed off = described(2, change(1, GPT, GPT.withEnabled(false)));
        ModelsDescribed tagged = described(
                3, change(1, GPT.withEnabled(false), GPT.withEnabled(false).withTags(List.of("a"))));
        catalogue
                .given(made, off)
                .when(new UndoModelChange(2, NOW))
                .expectEvents(new ModelsDescribed(3, List.of(change(1, GPT.withEnabled(false), GPT)), 2L, NOW));
        refused(
                catalogue.given(made, off, tagged).when(new UndoModelChange(2, NOW)),
                Refusal.INVALID,
                "gpt was changed again since");
        refused(catalogue.given(made).when(new UndoModelChange(7, NOW)), Refusal.NOT_FOUND, "7");
    }

    @Test
    void undoBringsNoNameBackThatAnotherHasNow() {
        refused(
                catalogue
                        .given(
                                described(1, change(1, null, GPT)),
                                described(2, change(1, GPT, null)),
                                described(3, change(2, null, GPT)))
                        .when(new UndoModelChange(2, NOW)),
                Refusal.INVALID,
                "gpt is described already");
        refused(
                catalogue
                        .given(
                                OPENAI_SAVED,
                                described(1, change(1, null, GPT.withVendor(V1))),
                                described(2, change(1, GPT.withVendor(V1), GPT)),
                                new VendorRemoved(V1))
                        .when(new UndoModelChange(2, NOW)),
                Refusal.INVALID,
                "there is no vendor 1");
    }

    @Test
    void keepsPrefillGroupsByName() {
        PrefillGroupId first = new PrefillGroupId(1);
        PrefillGroupSaved saved = new PrefillGroupSaved(first, TAGS, NOW);
        catalogue
                .givenNoPriorActivity()
                .when(new SavePrefillGroup(null, TAGS, NOW))
                .expectResultMessagePayload(first)
                .expectEvents(saved);
        catalogue.given(saved).when(new SavePrefillGroup(first, TAGS, NOW)).expectNoEvents();
        refused(
                catalogue
                        .given(saved)
                        .when(new SavePrefillGroup(
                                null, PrefillTerms.of("TAGS", PrefillType.MODEL, List.of(), ""), NOW)),
                Refusal.INVALID,
                "called tags");
        catalogue.given(saved).when(new RemovePrefillGroup(first)).expectEvents(new PrefillGroupRemoved(first));
        refused(catalogue.givenNoPriorActivity().when(new RemovePrefillGroup(first)), Refusal.NOT_FOUND, "prefill");
        refused(
                catalogue.givenNoPriorActivity().when(new SavePrefillGroup(first, TAGS, NOW)),
                Refusal.NOT_FOUND,
                "prefill");
    }
}
