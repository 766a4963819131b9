package io.tollbook.command.catalogue;

import static org.assertj.core.api.Assertions.assertThat;

import io.tollbook.command.RecordedMessages;
import io.tollbook.command.api.Api;
import io.tollbook.kernel.Actor;
import io.tollbook.kernel.catalogue.Catalogue;
import io.tollbook.kernel.catalogue.CatalogueNow;
import io.tollbook.kernel.catalogue.DescribeModels;
import io.tollbook.kernel.catalogue.DescribedModel;
import io.tollbook.kernel.catalogue.ModelDescription;
import io.tollbook.kernel.catalogue.ModelId;
import io.tollbook.kernel.catalogue.NameRule;
import io.tollbook.kernel.catalogue.PrefillGroup;
import io.tollbook.kernel.catalogue.PrefillGroupId;
import io.tollbook.kernel.catalogue.PrefillGroups;
import io.tollbook.kernel.catalogue.PrefillTerms;
import io.tollbook.kernel.catalogue.PrefillType;
import io.tollbook.kernel.catalogue.SavePrefillGroup;
import io.tollbook.kernel.catalogue.SaveVendor;
import io.tollbook.kernel.catalogue.Vendor;
import io.tollbook.kernel.catalogue.VendorId;
import io.tollbook.kernel.catalogue.VendorTerms;
import io.tollbook.kernel.user.Role;
import io.tollbook.kernel.user.UserId;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CatalogueEndpointsTest {
    private static final ModelDescription GPT = new ModelDescription(
            "gpt", NameRule.PREFIX, "words", "Icon", List.of("chat"), new VendorId(1), "[\"openai\"]", true, false);
    private static final Catalogue CATALOGUE = new Catalogue(
            List.of(new Vendor(
                    new VendorId(1), new VendorTerms("OpenAI", "words", "", true), 1, Instant.EPOCH, Instant.EPOCH)),
            List.of(new DescribedModel(new ModelId(1), GPT, Instant.EPOCH, Instant.EPOCH)));

    private final RecordedMessages messages = new RecordedMessages()
            .answer(CatalogueNow.class, query -> CATALOGUE)
            .answer(
                    PrefillGroups.class,
                    query -> List.of(new PrefillGroup(
                            new PrefillGroupId(1),
                            PrefillTerms.of("list", PrefillType.MODEL, List.of("gpt"), ""),
                            Instant.EPOCH,
                            Instant.EPOCH)));
    private final Api api =
            new Api(new CatalogueEndpoints(messages)).as(Actor.user(new UserId(2), Role.ADMIN, "session", null));

    CatalogueEndpointsTest() {
        messages.handle((command, actor) -> switch (command) {
            case DescribeModels describe -> new DescribeModels.Described(2, List.of(new ModelId(1)));
            case SaveVendor save -> new VendorId(1);
            case SavePrefillGroup save -> new PrefillGroupId(1);
            default -> throw new AssertionError(command);
        });
    }

    private ModelDescription sent() {
        return ((DescribeModels) messages.commands().getLast())
                .models()
                .getFirst()
                .description();
    }

    @Test
    void aModelIsDescribedWithAllItsFields() {
        api.post("/api/models/", """
                        {"model_name":"o1","description":"d","icon":"I","tags":"a, b,","vendor_id":1,"endpoints":"[\\"openai\\"]",
                        "status":0,"sync_official":0,"name_rule":3}""").succeeds();
        assertThat(sent())
                .isEqualTo(new ModelDescription(
                        "o1",
                        NameRule.SUFFIX,
                        "d",
                        "I",
                        List.of("a", "b"),
                        new VendorId(1),
                        "[\"openai\"]",
                        false,
                        false));
    }

    @Test
    void whatIsNotSaidStays() {
        api.put("/api/models/", "{\"id\":1,\"description\":\"other\"}").succeeds();
        assertThat(sent())
                .isEqualTo(new ModelDescription(
                        "gpt",
                        NameRule.PREFIX,
                        "other",
                        "Icon",
                        List.of("chat"),
                        new VendorId(1),
                        "[\"openai\"]",
                        true,
                        false));
        api.put("/api/models/?status_only=true", "{\"id\":1,\"status\":0,\"description\":\"not this\"}")
                .succeeds();
        assertThat(sent()).isEqualTo(GPT.withEnabled(false));
        api.put("/api/models/", "{\"id\":1,\"vendor_id\":0,\"tags\":\"\"}").succeeds();
        assertThat(sent()).isEqualTo(GPT.withVendor(null).withTags(List.of()));
        api.put("/api/vendors/", "{\"id\":1,\"status\":0}").succeeds();
        assertThat(((SaveVendor) messages.commands().getLast()).terms())
                .isEqualTo(new VendorTerms("OpenAI", "words", "", false));
        api.put("/api/prefill_group/", "{\"id\":1,\"items\":[\"x\"]}").succeeds();
        assertThat(((SavePrefillGroup) messages.commands().getLast()).terms().items())
                .isEqualTo("[\"x\"]");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            /api/models/        | {}                                        | model's name
            /api/models/        | {"model_name":7}                          | model_name
            /api/models/        | {"model_name":"a","name_rule":9}          | name rule 9
            /api/models/        | {"model_name":"a","endpoints":"x"}        | endpoints
            /api/models/        | {"model_name":"a","vendor_id":"x"}        | vendor_id
            /api/models/        | {"model_name":"a","vendor_id":-1}         | vendor
            /api/models/        | {"model_name":"a","status":"x"}           | status
            /api/vendors/       | {}                                        | vendor's name
            /api/prefill_group/ | {"name":"a"}                              | type
            /api/prefill_group/ | {"type":"model"}                          | name
            /api/prefill_group/ | {"name":"a","type":"model","items":"{}"}  | list of texts
            """)
    void refusesWhatBreaksARuleByItsName(String path, String body, String part) {
        api.post(path, body).fails(200, part);
        assertThat(messages.commands()).isEmpty();
    }

    @Test
    void refusesWhatIsNotThere() {
        api.put("/api/models/", "{\"description\":\"d\"}").fails(200, "id is missing");
        api.put("/api/models/", "{\"id\":9}").fails(200, "no model 9");
        api.put("/api/vendors/", "{\"id\":9}").fails(200, "no vendor 9");
        api.put("/api/prefill_group/", "{\"id\":9}").fails(200, "no such prefill group");
    }

    @Test
    void isForAdministrators() {
        api.as(Actor.user(new UserId(3), Role.USER, "session", null));
        api.post("/api/models/", "{\"model_name\":\"a\"}").fails(200, "may not");
        api.delete("/api/vendors/1").fails(200, "may not");
        api.as(Actor.user(new UserId(4), Role.AUDITOR, "session", null));
        api.post("/api/prefill_group/", "{}").fails(200, "may not");
    }
}
