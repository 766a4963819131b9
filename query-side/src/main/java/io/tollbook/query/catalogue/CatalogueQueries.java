package io.tollbook.query.catalogue;

import static io.tollbook.query.schema.Tables.MODEL;
import static io.tollbook.query.schema.Tables.MODEL_CHANGE;
import static io.tollbook.query.schema.Tables.PREFILL_GROUP;
import static io.tollbook.query.schema.Tables.USER_PROFILE;
import static io.tollbook.query.schema.Tables.VENDOR;

import io.tollbook.kernel.Page;
import io.tollbook.kernel.catalogue.Catalogue;
import io.tollbook.kernel.catalogue.CatalogueNow;
import io.tollbook.kernel.catalogue.DescribedModel;
import io.tollbook.kernel.catalogue.ListedModelChange;
import io.tollbook.kernel.catalogue.ModelChange;
import io.tollbook.kernel.catalogue.ModelChanges;
import io.tollbook.kernel.catalogue.ModelDescription;
import io.tollbook.kernel.catalogue.ModelId;
import io.tollbook.kernel.catalogue.PrefillGroup;
import io.tollbook.kernel.catalogue.PrefillGroupId;
import io.tollbook.kernel.catalogue.PrefillGroups;
import io.tollbook.kernel.catalogue.PrefillTerms;
import io.tollbook.kernel.catalogue.Vendor;
import io.tollbook.kernel.catalogue.VendorId;
import io.tollbook.kernel.catalogue.VendorTerms;
import io.tollbook.query.readmodel.Json;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.axonframework.queryhandling.QueryHandler;
import org.jooq.DSLContext;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.core.type.TypeReference;

/** Answers what is told of models and vendors, and what was done to it. */
@Component
class CatalogueQueries {
    private static final TypeReference<List<ModelChange>> CHANGES = new TypeReference<>() {};

    private final DSLContext views;
    private volatile @Nullable Known known;

    private record Known(long newest, int count, List<DescribedModel> models) {}

    CatalogueQueries(DSLContext views) {
        this.views = views;
    }

    @QueryHandler
    Catalogue handle(CatalogueNow query) {
        List<DescribedModel> models = models();
        Map<VendorId, Long> counts = models.stream()
                .map(model -> model.description().vendor())
                .filter(Objects::nonNull)
                .collect(Collectors.groupingBy(vendor -> vendor, Collectors.counting()));
        List<Vendor> vendors = views.selectFrom(VENDOR)
                .orderBy(DSL.lower(VENDOR.NAME), VENDOR.ID)
                .fetch(row -> {
                    VendorId id = new VendorId(row.get(VENDOR.ID));
                    return new Vendor(
                            id,
                            Json.read(row.get(VENDOR.TERMS), VendorTerms.class),
                            counts.getOrDefault(id, 0L),
                            row.get(VENDOR.CREATED_AT),
                            row.get(VENDOR.CHANGED_AT));
                });
        return new Catalogue(vendors, models);
    }

    /** Anybody may ask for the price page, and every change of a description has a number: they are read once for each. */
    private List<DescribedModel> models() {
        var state = views.select(DSL.max(MODEL_CHANGE.NUMBER), DSL.count())
                .from(MODEL_CHANGE)
                .fetchSingle();
        long newest = state.value1() == null ? 0 : state.value1();
        Known present = known;
        if (present != null && present.newest == newest && present.count == state.value2()) return present.models;
        List<DescribedModel> models = views.selectFrom(MODEL)
                .orderBy(MODEL.ID)
                .fetch(row -> new DescribedModel(
                        new ModelId(row.get(MODEL.ID)),
                        Json.read(row.get(MODEL.TERMS), ModelDescription.class),
                        row.get(MODEL.CREATED_AT),
                        row.get(MODEL.CHANGED_AT)));
        known = new Known(newest, state.value2(), models);
        return models;
    }

    @QueryHandler
    Page<ListedModelChange> handle(ModelChanges query) {
        return new Page<>(
                views.select(
                                MODEL_CHANGE.NUMBER,
                                MODEL_CHANGE.CHANGED_AT,
                                USER_PROFILE.USERNAME,
                                MODEL_CHANGE.MODELS,
                                MODEL_CHANGE.UNDOES,
                                MODEL_CHANGE.UNDONE_BY)
                        .from(MODEL_CHANGE)
                        .leftJoin(USER_PROFILE)
                        .on(USER_PROFILE.ID.coerce(Long.class).eq(MODEL_CHANGE.ACTOR))
                        .orderBy(MODEL_CHANGE.NUMBER.desc())
                        .offset(query.paging().offset())
                        .limit(query.paging().limit())
                        .fetch(row -> new ListedModelChange(
                                row.value1(),
                                row.value2(),
                                Objects.requireNonNullElse(row.value3(), ""),
                                Json.read(row.value4(), CHANGES),
                                row.value5(),
                                row.value6())),
                views.fetchCount(MODEL_CHANGE));
    }

    @QueryHandler
    List<PrefillGroup> handle(PrefillGroups query) {
        return views.selectFrom(PREFILL_GROUP)
                .where(
                        query.type() == null
                                ? DSL.noCondition()
                                : PREFILL_GROUP.TYPE.eq(query.type().key()))
                .orderBy(DSL.lower(PREFILL_GROUP.NAME), PREFILL_GROUP.ID)
                .fetch(row -> new PrefillGroup(
                        new PrefillGroupId(row.get(PREFILL_GROUP.ID)),
                        Json.read(row.get(PREFILL_GROUP.TERMS), PrefillTerms.class),
                        row.get(PREFILL_GROUP.CREATED_AT),
                        row.get(PREFILL_GROUP.CHANGED_AT)));
    }
}
