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
import io.tollbook.kernel.catalogue.ModelRow;
import io.tollbook.kernel.catalogue.ModelRows;
import io.tollbook.kernel.catalogue.NameRule;
import io.tollbook.kernel.catalogue.SaveVendor;
import io.tollbook.kernel.catalogue.Vendor;
import io.tollbook.kernel.catalogue.VendorId;
import io.tollbook.kernel.catalogue.VendorTerms;
import io.tollbook.kernel.settings.Options;
import io.tollbook.kernel.user.Role;
import io.tollbook.kernel.user.UserId;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class ModelSyncEndpointsTest {
    private static final String THEIRS = """
            {"success":true,"vendors":[{"id":7,"name":"openai"},{"id":8,"name":"New Maker"}],"data":[
            {"model_name":"gpt","description":"theirs","tags":"chat, vision,","vendor_id":7,"endpoints":"x"},
            {"model_name":"kept","description":"theirs"},
            {"model_name":"fresh","description":"new words","vendor_id":8},
            {"model_name":"not-served","description":"new words"},
            {"model_name":"","description":"nameless"},
            {"model_name":"long","description":"%s"}]}""".formatted("d".repeat(5_001));

    private final Map<String, String> options =
            new HashMap<>(Map.of("tollbook.catalogue_source", "https://catalogue.example/models.json"));
    private final List<Vendor> vendors = new ArrayList<>(List.of(
            new Vendor(new VendorId(1), new VendorTerms("OpenAI", "", "", true), 2, Instant.EPOCH, Instant.EPOCH)));
    private final RecordedMessages messages = new RecordedMessages()
            .answer(Options.class, query -> options)
            .answer(CatalogueNow.class, query -> catalogue())
            .answer(ModelRows.class, query -> List.of(served("fresh"), served("unknown"), served("long")));
    private final Api api = new Api(
                    new ModelSyncEndpoints(messages, address -> THEIRS.getBytes(StandardCharsets.UTF_8)))
            .as(Actor.user(new UserId(2), Role.ADMIN, "session", null));

    ModelSyncEndpointsTest() {
        messages.handle((command, actor) -> {
            if (!(command instanceof SaveVendor save)) return new DescribeModels.Described(1, List.of());
            vendors.add(new Vendor(new VendorId(9), save.terms(), 0, Instant.EPOCH, Instant.EPOCH));
            return new VendorId(9);
        });
    }

    private static ModelRow served(String name) {
        return new ModelRow(name, null, null, null, 1, List.of("default"), List.of());
    }

    private static DescribedModel described(long id, String name, boolean synced) {
        return new DescribedModel(
                new ModelId(id),
                new ModelDescription(
                        name, NameRule.EXACT, "ours", "", List.of("chat"), new VendorId(1), "", true, synced),
                Instant.EPOCH,
                Instant.EPOCH);
    }

    private Catalogue catalogue() {
        return new Catalogue(vendors, List.of(described(1, "gpt", true), described(2, "kept", false)));
    }

    @Test
    void showsWhatIsMissingAndWhatDiffers() {
        JsonNode data = api.get("/api/models/sync_upstream/preview?locale=en")
                .succeeds()
                .data();
        assertThat(data.path("missing")).hasToString("[\"fresh\"]");
        assertThat(data.path("conflicts")).hasSize(1);
        JsonNode conflict = data.path("conflicts").get(0);
        assertThat(conflict.path("model_name").asString()).isEqualTo("gpt");
        assertThat(conflict.path("fields").findValuesAsString("field")).containsExactly("description", "tags");
        assertThat(conflict.path("fields").findValuesAsString("local")).containsExactly("ours", "chat");
    }

    @Test
    void takesOverWhatIsMissingAndWhatIsNamed() {
        JsonNode data = api.post(
                        "/api/models/sync_upstream",
                        "{\"overwrite\":[{\"model_name\":\"gpt\",\"fields\":[\"description\",\"vendor\"]},"
                                + "{\"model_name\":\"kept\",\"fields\":[\"description\"]}]}")
                .succeeds()
                .data();
        assertThat(data)
                .hasToString("{\"created_models\":1,\"created_vendors\":1,\"updated_models\":1,"
                        + "\"skipped_models\":[\"kept\"],\"created_list\":[\"fresh\"],\"updated_list\":[\"gpt\"]}");
        DescribeModels sent = (DescribeModels) messages.commands().getLast();
        assertThat(sent.models()).hasSize(2);
        ModelDescription fresh = sent.models().getFirst().description();
        assertThat(fresh)
                .isEqualTo(new ModelDescription(
                        "fresh", NameRule.EXACT, "new words", "", List.of(), new VendorId(9), "", true, true));
        ModelDescription gpt = sent.models().getLast().description();
        // Their name of the vendor is ours in another case.
        assertThat(gpt)
                .isEqualTo(new ModelDescription(
                        "gpt", NameRule.EXACT, "theirs", "", List.of("chat"), new VendorId(1), "", true, true));
    }

    @Test
    void asksNobodyUntilRootHasNamedACatalogue() {
        options.clear();
        api.get("/api/models/sync_upstream/preview").fails(400, "tollbook.catalogue_source");
        api.post("/api/models/sync_upstream", "{}").fails(200, "tollbook.catalogue_source");
        assertThat(messages.commands()).isEmpty();
    }

    @Test
    void refusesFieldsThatAreNone() {
        api.post("/api/models/sync_upstream", "{\"overwrite\":[{\"model_name\":\"gpt\",\"fields\":[\"price\"]}]}")
                .fails(200, "price");
        api.as(Actor.user(new UserId(4), Role.AUDITOR, "session", null));
        api.post("/api/models/sync_upstream", "{}").fails(200, "may not");
    }
}
