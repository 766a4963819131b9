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
import java.util.TreeSet;
import java.util.stream.Collectors;
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
            put(fields, "tags", tags(entry.path("tags").asString("")));
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

    /** As ours are written, so that the same tags are no difference. */
    private static String tags(String text) {
        return Arrays.stream(text.split(","))
                .map(String::strip)
                .filter(tag -> !tag.isEmpty())
                .distinct()
                .collect(Collectors.joining(","));
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

    /** The vendors they name for these models, which the catalogue does not have. */
    public Set<String> unknownVendors(Set<String> models, Catalogue catalogue) {
        Set<String> names = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
        for (String model : models) {
            String vendor = byModel.getOrDefault(model, Map.of()).get("vendor");
            if (vendor != null) names.add(vendor);
        }
        catalogue.vendors().forEach(vendor -> names.remove(vendor.terms().name()));
        return names;
    }

    /** Field to theirs, where it differs from what we tell; only of descriptions that synchronisation may change. */
    public Map<String, String> differences(ModelDescription ours, Catalogue catalogue) {
        Map<String, String> differences = new LinkedHashMap<>();
        if (!ours.synced() || ours.rule() != NameRule.EXACT) return differences;
        byModel.getOrDefault(ours.name(), Map.of()).forEach((field, theirs) -> {
            String local = local(ours, field, catalogue);
            boolean same = field.equals("vendor") ? theirs.equalsIgnoreCase(local) : theirs.equals(local);
            if (!same) differences.put(field, theirs);
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

    /**
     * The chosen fields of models as they tell them; a model that is not described gets a description of its own.
     *
     * @param chosen model to fields; nothing that synchronisation may not change
     */
    public List<DescribeModels.Wish> wishes(Map<String, Set<String>> chosen, Catalogue catalogue) {
        Map<String, VendorId> vendors = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        catalogue.vendors().forEach(vendor -> vendors.put(vendor.terms().name(), vendor.id()));
        Map<String, DescribedModel> described = new HashMap<>();
        catalogue.models().forEach(model -> described.put(model.description().name(), model));
        List<DescribeModels.Wish> wishes = new ArrayList<>();
        chosen.forEach((name, fields) -> {
            DescribedModel present = described.get(name);
            ModelDescription after = present == null ? ModelDescription.of(name) : present.description();
            for (Map.Entry<String, String> one :
                    byModel.getOrDefault(name, Map.of()).entrySet())
                if (fields.contains(one.getKey()))
                    after = with(after, one.getKey(), one.getValue(), vendors.get(one.getValue()));
            wishes.add(new DescribeModels.Wish(present == null ? null : present.id(), after));
        });
        return wishes;
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
