package io.tollbook.query.log;

import io.tollbook.kernel.catalogue.ModelChange;
import io.tollbook.kernel.catalogue.ModelDescription;
import io.tollbook.kernel.catalogue.ModelsDescribed;
import io.tollbook.kernel.catalogue.PrefillGroupRemoved;
import io.tollbook.kernel.catalogue.PrefillGroupSaved;
import io.tollbook.kernel.catalogue.VendorRemoved;
import io.tollbook.kernel.catalogue.VendorSaved;
import io.tollbook.kernel.log.LogKind;
import io.tollbook.query.readmodel.Batch;
import io.tollbook.query.readmodel.ReadModelNames;
import java.util.List;
import java.util.Map;
import org.axonframework.config.ProcessingGroup;
import org.axonframework.eventhandling.EventHandler;
import org.axonframework.eventhandling.TrackedEventMessage;
import org.springframework.stereotype.Component;

/** Writes a log row for each change of the catalogue, in its doer's log. */
@Component
@ProcessingGroup(ReadModelNames.USAGE_LOG)
class CatalogueActProjection {
    private static final int NAMES_MAX = 5;

    private final Months months;

    CatalogueActProjection(Months months) {
        this.months = months;
    }

    @EventHandler
    void on(ModelsDescribed event, TrackedEventMessage<?> message, Batch batch) {
        List<String> names = event.models().stream()
                .map(CatalogueActProjection::name)
                .limit(NAMES_MAX)
                .toList();
        int more = event.models().size() - names.size();
        String which = String.join(", ", names) + (more > 0 ? " and " + more + " more" : "");
        boolean added = event.models().stream().allMatch(change -> change.before() == null);
        boolean removed = event.models().stream().allMatch(change -> change.after() == null);
        String what = event.undoes() != null
                ? "Change " + event.undoes() + " of models undone: "
                : removed ? "Models taken out of the catalogue: " : added ? "Models described: " : "Models changed: ";
        String action = removed ? "model.delete" : added ? "model.create" : "model.update";
        add(
                batch,
                message,
                what + which,
                Operation.of(
                        action,
                        Map.of("change", event.change(), "count", event.models().size(), "names", names)));
    }

    private static String name(ModelChange change) {
        ModelDescription one = change.after() != null ? change.after() : change.before();
        return one == null ? "" : one.name();
    }

    @EventHandler
    void on(VendorSaved event, TrackedEventMessage<?> message, Batch batch) {
        add(
                batch,
                message,
                "Vendor saved: " + event.terms().name(),
                Operation.of(
                        "vendor.update",
                        Map.of(
                                "id",
                                event.vendor().value(),
                                "name",
                                event.terms().name())));
    }

    @EventHandler
    void on(VendorRemoved event, TrackedEventMessage<?> message, Batch batch) {
        add(
                batch,
                message,
                "Vendor " + event.vendor() + " removed",
                Operation.of("vendor.delete", Map.of("id", event.vendor().value())));
    }

    @EventHandler
    void on(PrefillGroupSaved event, TrackedEventMessage<?> message, Batch batch) {
        add(
                batch,
                message,
                "Prefill group saved: " + event.terms().name(),
                Operation.of(
                        "prefill_group.update",
                        Map.of(
                                "id",
                                event.group().value(),
                                "name",
                                event.terms().name())));
    }

    @EventHandler
    void on(PrefillGroupRemoved event, TrackedEventMessage<?> message, Batch batch) {
        add(
                batch,
                message,
                "Prefill group " + event.group() + " removed",
                Operation.of("prefill_group.delete", Map.of("id", event.group().value())));
    }

    private void add(Batch batch, TrackedEventMessage<?> message, String content, Operation operation) {
        batch.changes(UsageRows.class, () -> new UsageRows(months))
                .add(UsageRow.act(
                        message.trackingToken().position().orElseThrow(),
                        message.getTimestamp(),
                        LogKind.MANAGE,
                        Operation.actor(message),
                        content,
                        operation.json(message)));
    }
}
