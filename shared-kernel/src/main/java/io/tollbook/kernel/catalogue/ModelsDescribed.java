package io.tollbook.kernel.catalogue;

import io.tollbook.kernel.EventName;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Descriptions are added, changed or taken out, with what they were before.
 *
 * @param change counted from 1
 * @param undoes the change it takes back; null if it is none of that kind
 */
@EventName("catalogue.models-described")
public record ModelsDescribed(
        long change, List<ModelChange> models, @Nullable Long undoes, Instant at) implements CatalogueEvent {
    public ModelsDescribed {
        models = List.copyOf(models);
    }
}
