package io.tollbook.command.catalogue;

import io.tollbook.kernel.Refused;
import io.tollbook.kernel.catalogue.ModelDescription;
import io.tollbook.kernel.catalogue.NameRule;
import io.tollbook.kernel.catalogue.VendorId;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** A model, vendor or prefill group as the management API sends it. What it does not say stays as it was. */
record ModelForm(JsonNode body) {
    long id() {
        JsonNode id = body.path("id");
        if (!id.isIntegralNumber() || !id.canConvertToLong() || id.longValue() <= 0)
            throw Refused.invalid("The id is missing.");
        return id.longValue();
    }

    String text(String field, String otherwise) {
        JsonNode value = body.path(field);
        if (value.isMissingNode() || value.isNull()) return otherwise;
        if (!value.isString()) throw Refused.invalid("The field " + field + " must be a text.");
        return value.asString();
    }

    /** A number that means yes or no. */
    boolean flag(String field, boolean otherwise) {
        JsonNode value = body.path(field);
        if (value.isMissingNode() || value.isNull()) return otherwise;
        if (value.isBoolean()) return value.booleanValue();
        return whole(value, field) == 1;
    }

    private static long whole(JsonNode value, String field) {
        if (value.isIntegralNumber() && value.canConvertToLong()) return value.longValue();
        throw Refused.invalid("The field " + field + " must be a whole number.");
    }

    /** A JSON text, or the JSON itself. */
    String json(String field, String otherwise) {
        JsonNode value = body.path(field);
        if (value.isMissingNode() || value.isNull()) return otherwise;
        return value.isString() ? value.asString() : value.toString();
    }

    ModelDescription description(ModelDescription before) {
        return new ModelDescription(
                text("model_name", before.name()),
                rule(before.rule()),
                text("description", before.description()),
                text("icon", before.icon()),
                tags(before.tags()),
                vendor(before),
                json("endpoints", before.endpoints()),
                flag("status", before.enabled()),
                flag("sync_official", before.synced()));
    }

    private NameRule rule(NameRule otherwise) {
        JsonNode value = body.path("name_rule");
        if (value.isMissingNode() || value.isNull()) return otherwise;
        return NameRule.of((int) Math.clamp(whole(value, "name_rule"), -1, Integer.MAX_VALUE));
    }

    private List<String> tags(List<String> otherwise) {
        JsonNode value = body.path("tags");
        if (value.isMissingNode() || value.isNull()) return otherwise;
        return List.of(text("tags", "").split(","));
    }

    private @org.jspecify.annotations.Nullable VendorId vendor(ModelDescription before) {
        JsonNode value = body.path("vendor_id");
        if (value.isMissingNode() || value.isNull()) return before.vendor();
        long id = whole(value, "vendor_id");
        return id == 0 ? null : new VendorId(id);
    }
}
