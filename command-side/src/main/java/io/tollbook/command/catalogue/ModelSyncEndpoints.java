package io.tollbook.command.catalogue;

import io.tollbook.kernel.Actor;
import io.tollbook.kernel.Messages;
import io.tollbook.kernel.Refusal;
import io.tollbook.kernel.Refused;
import io.tollbook.kernel.api.Envelope;
import io.tollbook.kernel.catalogue.Catalogue;
import io.tollbook.kernel.catalogue.CatalogueNow;
import io.tollbook.kernel.catalogue.DescribeModels;
import io.tollbook.kernel.catalogue.DescribedModel;
import io.tollbook.kernel.catalogue.ModelDescription;
import io.tollbook.kernel.catalogue.ModelRow;
import io.tollbook.kernel.catalogue.ModelRows;
import io.tollbook.kernel.catalogue.OfferedModels;
import io.tollbook.kernel.catalogue.SaveVendor;
import io.tollbook.kernel.catalogue.SiteReader;
import io.tollbook.kernel.catalogue.VendorTerms;
import io.tollbook.kernel.settings.Option;
import io.tollbook.kernel.settings.Options;
import io.tollbook.kernel.user.Role;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;

/** Takes over what another site tells of models, where root has named one. Nobody is asked before that. */
@RestController
class ModelSyncEndpoints {
    private final Messages messages;
    private final SiteReader reader;

    ModelSyncEndpoints(Messages messages, SiteReader reader) {
        this.messages = messages;
        this.reader = reader;
    }

    private static void administrator(Actor actor) {
        actor.signedIn();
        if (!actor.isAtLeast(Role.ADMIN)) throw new Refused(Refusal.NOT_PERMITTED);
    }

    private OfferedModels offered() {
        String source = Option.CATALOGUE_SOURCE
                .text(messages.ask(new Options(), Actor.SYSTEM))
                .strip();
        if (source.isEmpty())
            throw Refused.invalid(
                    "No catalogue is named: root sets its address as " + Option.CATALOGUE_SOURCE.key() + ".");
        return OfferedModels.read(reader.read(source));
    }

    /** Models that a channel serves, of which they tell and we do not. */
    private Set<String> missing(OfferedModels offered, Actor actor) {
        Set<String> missing = new TreeSet<>();
        for (ModelRow row : messages.ask(new ModelRows(), actor))
            if (row.isMissing() && offered.offers(row.name())) missing.add(row.name());
        return missing;
    }

    @GetMapping("/api/models/sync_upstream/preview")
    Envelope preview(Actor actor) {
        administrator(actor);
        OfferedModels offered = offered();
        Catalogue catalogue = messages.ask(new CatalogueNow(), actor);
        List<Map<String, Object>> conflicts = new ArrayList<>();
        for (DescribedModel model : catalogue.models()) {
            ModelDescription ours = model.description();
            List<Map<String, Object>> fields = new ArrayList<>();
            offered.differences(ours, catalogue)
                    .forEach((field, theirs) -> fields.add(Map.of(
                            "field", field, "local", OfferedModels.local(ours, field, catalogue), "upstream", theirs)));
            if (!fields.isEmpty()) conflicts.add(Map.of("model_name", ours.name(), "fields", fields));
        }
        Map<String, Object> data = new LinkedHashMap<>();
        data.put("missing", missing(offered, actor));
        data.put("conflicts", conflicts);
        return Envelope.of(data);
    }

    @PostMapping("/api/models/sync_upstream")
    Envelope apply(@RequestBody(required = false) JsonNode body, Actor actor) {
        administrator(actor);
        Map<String, Set<String>> overwrite = overwrite(body);
        OfferedModels offered = offered();
        Catalogue catalogue = messages.ask(new CatalogueNow(), actor);
        Map<String, Set<String>> chosen = new TreeMap<>();
        Set<String> updated = new TreeSet<>();
        for (DescribedModel model : catalogue.models()) {
            ModelDescription description = model.description();
            Set<String> fields = new TreeSet<>(overwrite.getOrDefault(description.name(), Set.of()));
            fields.retainAll(offered.differences(description, catalogue).keySet());
            if (fields.isEmpty()) continue;
            updated.add(description.name());
            chosen.put(description.name(), fields);
        }
        Set<String> missing = missing(offered, actor);
        missing.forEach(name -> chosen.put(name, Set.copyOf(OfferedModels.FIELDS)));
        Set<String> vendors = offered.unknownVendors(chosen.keySet(), catalogue);
        for (String vendor : vendors)
            messages.send(new SaveVendor(null, new VendorTerms(vendor, "", "", true), Instant.now()), actor);
        List<DescribeModels.Wish> wishes = offered.wishes(chosen, messages.ask(new CatalogueNow(), actor));
        for (int i = 0; i < wishes.size(); i += DescribeModels.MODELS_MAX)
            messages.send(
                    new DescribeModels(
                            wishes.subList(i, Math.min(i + DescribeModels.MODELS_MAX, wishes.size())), Instant.now()),
                    actor);
        Map<String, Object> data = new LinkedHashMap<>();
        data.put("created_models", missing.size());
        data.put("created_vendors", vendors.size());
        data.put("updated_models", updated.size());
        data.put(
                "skipped_models",
                overwrite.keySet().stream()
                        .filter(name -> !updated.contains(name))
                        .toList());
        data.put("created_list", missing);
        data.put("updated_list", updated);
        return Envelope.of(data);
    }

    private static Map<String, Set<String>> overwrite(@org.jspecify.annotations.Nullable JsonNode body) {
        Map<String, Set<String>> overwrite = new TreeMap<>();
        if (body == null) return overwrite;
        body.path("overwrite").forEach(one -> {
            Set<String> fields = new TreeSet<>();
            one.path("fields").forEach(field -> {
                if (!OfferedModels.FIELDS.contains(field.asString("")))
                    throw Refused.invalid("There is no field " + field.asString("") + " to take over; use "
                            + String.join(", ", OfferedModels.FIELDS) + ".");
                fields.add(field.asString());
            });
            overwrite.put(one.path("model_name").asString(""), fields);
        });
        return overwrite;
    }
}
