package io.tollbook.kernel.catalogue;

import io.tollbook.kernel.Refused;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What another site tells of models: its {@code /api/pricing}, or a list of models with {@code vendor_name}. What keeps no rule
 * of ours is left out, field by field.
 */
public final class OfferedModels {
    /** What can be taken over, by the management API's names. */
    public static final List<String> FIELDS = List.of("description", "icon", "tags", "vendor", "endpoints");

    private static final int MODELS_MAX = 20_000;
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final Map<String, Map<String, String>> byModel;

    private OfferedModels(Map<String, Map<String, String>> byModel) {
        this.byModel = byModel;
    }

    /** @throws Refused INVALID if this is no such list */
    public static OfferedModels read(byte[] answer) {
        JsonNode root;
        try {
            root = JSON.readTree(answer);
        } catch (JacksonException e) {
            throw Refused.invalid("The answer is no JSON.");
        }
        JsonNode data = root.path("data");
        if (!data.isArray()) throw Refused.invalid("The answer is no list of models.");
        if (data.size() > MODELS_MAX) throw Refused.invalid("The answer has more than 20,000 models.");
        Map<Long, String> vendors = new HashMap<>();
        root.path("vendors")
                .forEach(vendor -> vendors.put(
                        vendor.path("id").asLong(0), vendor.path("name").asString("")));
        Map<String, Map<String, String>> byModel = new TreeMap<>();
        data.forEach(entry -> {
            String name = entry.path("model_name").asString("").strip();
            Map<String, String> fields = new LinkedHashMap<>();
            put(fields, "description", entry.path("description").asString(""));
            put(fields, "icon", entry.path("icon").asString(""));
            put(fields, "tags", entry.path("tags").asString(""));
            String vendor = entry.path("vendor_name").asString("");
            put(
                    fields,
                    "vendor",
                    vendor.isEmpty()
                            ? vendors.getOrDefault(entry.path("vendor_id").asLong(0), "")
                            : vendor);
            JsonNode endpoints = entry.path("endpoints");
            if (!endpoints.isMissingNode() && !endpoints.isNull())
                put(fields, "endpoints", endpoints.isString() ? endpoints.asString() : endpoints.toString());
            fields.entrySet().removeIf(field -> !isValid(name, field.getKey(), field.getValue()));
            if (!fields.isEmpty()) byModel.put(name, fields);
        });
        return new OfferedModels(byModel);
    }

    private static void put(Map<String, String> fields, String field, String text) {
        if (!text.isBlank()) fields.put(field, text.strip());
    }

    private static boolean isValid(String name, String field, String value) {
        try {
            if (field.equals("vendor")) new VendorTerms(value, "", "", true);
            else with(ModelDescription.of(name), field, value, null);
            return true;
        } catch (Refused refused) {
            return false;
        }
    }

    public boolean offers(String model) {
        return byModel.containsKey(model);
    }

    /** The vendors they name for these models. */
    public Set<String> vendors(Set<String> models) {
        Set<String> names = new java.util.TreeSet<>();
        for (String model : models) {
            String vendor = byModel.getOrDefault(model, Map.of()).get("vendor");
            if (vendor != null) names.add(vendor);
        }
        return names;
    }

    /** Field to theirs, where it differs from what we tell; only of descriptions that synchronisation may change. */
    public Map<String, String> differences(ModelDescription ours, Catalogue catalogue) {
        Map<String, String> differences = new LinkedHashMap<>();
        if (!ours.synced() || ours.rule() != NameRule.EXACT) return differences;
        byModel.getOrDefault(ours.name(), Map.of()).forEach((field, theirs) -> {
            if (!theirs.equals(local(ours, field, catalogue))) differences.put(field, theirs);
        });
        return differences;
    }

    /** A field of ours as text. */
    public static String local(ModelDescription ours, String field, Catalogue catalogue) {
        return switch (field) {
            case "description" -> ours.description();
            case "icon" -> ours.icon();
            case "tags" -> String.join(",", ours.tags());
            case "endpoints" -> ours.endpoints();
            default ->
                ours.vendor() == null
                        ? ""
                        : catalogue
                                .vendor(ours.vendor())
                                .map(vendor -> vendor.terms().name())
                                .orElse("");
        };
    }

    /** Ours with these fields as they tell them. @param vendors by name in lower case */
    public ModelDescription applied(ModelDescription ours, Set<String> fields, Map<String, VendorId> vendors) {
        ModelDescription after = ours;
        for (Map.Entry<String, String> one :
                new ArrayList<>(byModel.getOrDefault(ours.name(), Map.of()).entrySet()))
            if (fields.contains(one.getKey()))
                after = with(
                        after,
                        one.getKey(),
                        one.getValue(),
                        vendors.get(one.getValue().toLowerCase(java.util.Locale.ROOT)));
        return after;
    }

    private static ModelDescription with(ModelDescription one, String field, String value, @Nullable VendorId vendor) {
        return new ModelDescription(
                one.name(),
                one.rule(),
                field.equals("description") ? value : one.description(),
                field.equals("icon") ? value : one.icon(),
                field.equals("tags") ? Arrays.asList(value.split(",")) : one.tags(),
                field.equals("vendor") && vendor != null ? vendor : one.vendor(),
                field.equals("endpoints") ? value : one.endpoints(),
                one.enabled(),
                one.synced());
    }
}
