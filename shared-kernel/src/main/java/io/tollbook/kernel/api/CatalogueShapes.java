package io.tollbook.kernel.api;

import io.tollbook.kernel.catalogue.DescribedModel;
import io.tollbook.kernel.catalogue.ModelDescription;
import io.tollbook.kernel.catalogue.PrefillGroup;
import io.tollbook.kernel.catalogue.Vendor;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/** Models, vendors and prefill groups in the management API's keys. */
public final class CatalogueShapes {
    private CatalogueShapes() {}

    public static Map<String, @Nullable Object> vendor(Vendor vendor) {
        Map<String, @Nullable Object> shape = new LinkedHashMap<>();
        shape.put("id", vendor.id().value());
        shape.put("name", vendor.terms().name());
        shape.put("description", vendor.terms().description());
        shape.put("icon", vendor.terms().icon());
        shape.put("status", vendor.terms().enabled() ? 1 : 0);
        shape.put("created_time", vendor.createdAt().getEpochSecond());
        shape.put("updated_time", vendor.changedAt().getEpochSecond());
        return shape;
    }

    public static Map<String, @Nullable Object> model(DescribedModel model) {
        ModelDescription description = model.description();
        Map<String, @Nullable Object> shape = new LinkedHashMap<>();
        shape.put("id", model.id().value());
        shape.put("model_name", description.name());
        shape.put("description", description.description());
        shape.put("icon", description.icon());
        shape.put("tags", String.join(",", description.tags()));
        shape.put(
                "vendor_id",
                description.vendor() == null ? 0 : description.vendor().value());
        shape.put("endpoints", description.endpoints());
        shape.put("status", description.enabled() ? 1 : 0);
        shape.put("sync_official", description.synced() ? 1 : 0);
        shape.put("name_rule", description.rule().number());
        shape.put("created_time", model.createdAt().getEpochSecond());
        shape.put("updated_time", model.changedAt().getEpochSecond());
        return shape;
    }

    public static Map<String, @Nullable Object> prefillGroup(PrefillGroup group) {
        Map<String, @Nullable Object> shape = new LinkedHashMap<>();
        shape.put("id", group.id().value());
        shape.put("name", group.terms().name());
        shape.put("type", group.terms().type().key());
        shape.put("items", JsonMapper.shared().readTree(group.terms().items()));
        shape.put("description", group.terms().description());
        shape.put("created_time", group.createdAt().getEpochSecond());
        shape.put("updated_time", group.changedAt().getEpochSecond());
        return shape;
    }
}
