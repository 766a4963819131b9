package io.tollbook.query.catalogue;

import static io.tollbook.query.schema.Tables.MODEL;
import static io.tollbook.query.schema.Tables.MODEL_CHANGE;
import static io.tollbook.query.schema.Tables.PREFILL_GROUP;
import static io.tollbook.query.schema.Tables.VENDOR;

import io.tollbook.kernel.DirectoryChange.Kind;
import io.tollbook.kernel.catalogue.ModelChange;
import io.tollbook.kernel.catalogue.ModelDescription;
import io.tollbook.kernel.catalogue.ModelsDescribed;
import io.tollbook.kernel.catalogue.PrefillGroupRemoved;
import io.tollbook.kernel.catalogue.PrefillGroupSaved;
import io.tollbook.kernel.catalogue.VendorRemoved;
import io.tollbook.kernel.catalogue.VendorSaved;
import io.tollbook.query.readmodel.Batch;
import io.tollbook.query.readmodel.DirectoryWrites;
import io.tollbook.query.readmodel.Json;
import io.tollbook.query.readmodel.ReadModelNames;
import java.time.Instant;
import org.axonframework.config.ProcessingGroup;
import org.axonframework.eventhandling.EventHandler;
import org.axonframework.eventhandling.EventMessage;
import org.jooq.Query;
import org.jooq.impl.DSL;
import org.springframework.stereotype.Component;

/** Keeps {@code vendor}, {@code model}, {@code model_change} and {@code prefill_group}. */
@Component
@ProcessingGroup(ReadModelNames.DIRECTORY)
class CatalogueProjection {
    @EventHandler
    void on(VendorSaved event, Batch batch) {
        DirectoryWrites.of(batch)
                .write(
                        DSL.insertInto(VENDOR)
                                .set(VENDOR.ID, event.vendor().value())
                                .set(VENDOR.NAME, event.terms().name())
                                .set(VENDOR.TERMS, Json.write(event.terms()))
                                .set(VENDOR.CREATED_AT, event.at())
                                .set(VENDOR.CHANGED_AT, event.at())
                                .onConflict(VENDOR.ID)
                                .doUpdate()
                                .set(VENDOR.NAME, event.terms().name())
                                .set(VENDOR.TERMS, Json.write(event.terms()))
                                .set(VENDOR.CHANGED_AT, event.at()),
                        Kind.MODEL,
                        0);
    }

    @EventHandler
    void on(VendorRemoved event, Batch batch) {
        DirectoryWrites.of(batch)
                .write(DSL.deleteFrom(VENDOR).where(VENDOR.ID.eq(event.vendor().value())), Kind.MODEL, 0);
    }

    @EventHandler
    void on(ModelsDescribed event, EventMessage<?> message, Batch batch) {
        DirectoryWrites writes = DirectoryWrites.of(batch);
        for (ModelChange change : event.models()) writes.write(query(change, event.at()), Kind.MODEL, 0);
        String actor = String.valueOf(message.getMetaData().getOrDefault("actor", "0"));
        writes.quietly(DSL.insertInto(MODEL_CHANGE)
                .set(MODEL_CHANGE.NUMBER, event.change())
                .set(MODEL_CHANGE.ACTOR, Long.parseLong(actor))
                .set(MODEL_CHANGE.MODELS, Json.write(event.models()))
                .set(MODEL_CHANGE.UNDOES, event.undoes())
                .set(MODEL_CHANGE.CHANGED_AT, event.at())
                .onConflictDoNothing());
        if (event.undoes() != null)
            writes.quietly(DSL.update(MODEL_CHANGE)
                    .set(MODEL_CHANGE.UNDONE_BY, event.change())
                    .where(MODEL_CHANGE.NUMBER.eq(event.undoes())));
    }

    private static Query query(ModelChange change, Instant at) {
        long id = change.model().value();
        ModelDescription after = change.after();
        if (after == null) return DSL.deleteFrom(MODEL).where(MODEL.ID.eq(id));
        Long vendor = after.vendor() == null ? null : after.vendor().value();
        return DSL.insertInto(MODEL)
                .set(MODEL.ID, id)
                .set(MODEL.NAME, after.name())
                .set(MODEL.VENDOR, vendor)
                .set(MODEL.ENABLED, after.enabled())
                .set(MODEL.SYNCED, after.synced())
                .set(MODEL.TERMS, Json.write(after))
                .set(MODEL.CREATED_AT, at)
                .set(MODEL.CHANGED_AT, at)
                .onConflict(MODEL.ID)
                .doUpdate()
                .set(MODEL.NAME, after.name())
                .set(MODEL.VENDOR, vendor)
                .set(MODEL.ENABLED, after.enabled())
                .set(MODEL.SYNCED, after.synced())
                .set(MODEL.TERMS, Json.write(after))
                .set(MODEL.CHANGED_AT, at);
    }

    @EventHandler
    void on(PrefillGroupSaved event, Batch batch) {
        DirectoryWrites.of(batch)
                .write(
                        DSL.insertInto(PREFILL_GROUP)
                                .set(PREFILL_GROUP.ID, event.group().value())
                                .set(PREFILL_GROUP.NAME, event.terms().name())
                                .set(PREFILL_GROUP.TYPE, event.terms().type().key())
                                .set(PREFILL_GROUP.TERMS, Json.write(event.terms()))
                                .set(PREFILL_GROUP.CREATED_AT, event.at())
                                .set(PREFILL_GROUP.CHANGED_AT, event.at())
                                .onConflict(PREFILL_GROUP.ID)
                                .doUpdate()
                                .set(PREFILL_GROUP.NAME, event.terms().name())
                                .set(PREFILL_GROUP.TYPE, event.terms().type().key())
                                .set(PREFILL_GROUP.TERMS, Json.write(event.terms()))
                                .set(PREFILL_GROUP.CHANGED_AT, event.at()),
                        Kind.MODEL,
                        0);
    }

    @EventHandler
    void on(PrefillGroupRemoved event, Batch batch) {
        DirectoryWrites.of(batch)
                .write(
                        DSL.deleteFrom(PREFILL_GROUP)
                                .where(PREFILL_GROUP.ID.eq(event.group().value())),
                        Kind.MODEL,
                        0);
    }
}
