package io.tollbook.query.pricing;

import static io.tollbook.query.schema.Tables.PRICE_VERSION;

import io.tollbook.kernel.pricing.PriceDocument;
import io.tollbook.kernel.pricing.PriceOutlook;
import io.tollbook.kernel.pricing.PriceSchedule;
import io.tollbook.kernel.pricing.PriceVersion;
import io.tollbook.kernel.pricing.PriceVersionByNumber;
import io.tollbook.kernel.pricing.PricesInForce;
import io.tollbook.query.readmodel.Json;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.axonframework.queryhandling.QueryHandler;
import org.jooq.DSLContext;
import org.jooq.Record;
import org.jooq.SelectJoinStep;
import org.jooq.impl.DSL;
import org.springframework.stereotype.Component;

/** Answers which prices are in force, which once were and which will be. */
@Component
class PriceQueries {
    private static final int REMEMBERED_MAX = 16;

    private final DSLContext views;
    /** Documents never change and may be large, and everybody may ask for the prices in force: each is read once. */
    private final Map<Long, PriceDocument> documents =
            Collections.synchronizedMap(new LinkedHashMap<>(32, 0.75f, true) {
                @Override
                protected boolean removeEldestEntry(Map.Entry<Long, PriceDocument> eldest) {
                    return size() > REMEMBERED_MAX;
                }
            });

    PriceQueries(DSLContext views) {
        this.views = views;
    }

    @QueryHandler
    Optional<PriceVersion> handle(PricesInForce query) {
        return inForce(Instant.now());
    }

    /** Of two versions with the same moment the newer counts. */
    private Optional<PriceVersion> inForce(Instant moment) {
        return versions()
                .where(PRICE_VERSION.EFFECTIVE_FROM.le(moment))
                .orderBy(PRICE_VERSION.EFFECTIVE_FROM.desc(), PRICE_VERSION.VERSION.desc())
                .limit(1)
                .fetchOptional(this::version);
    }

    @QueryHandler
    PriceSchedule handle(PriceOutlook query) {
        // First: what is published while this is read is then newer, and whoever publishes on top of this is told.
        Long newest = views.select(DSL.max(PRICE_VERSION.VERSION))
                .from(PRICE_VERSION)
                .fetchOne(DSL.max(PRICE_VERSION.VERSION));
        Instant now = Instant.now();
        List<PriceVersion> planned = versions()
                .where(PRICE_VERSION.EFFECTIVE_FROM.gt(now))
                .orderBy(PRICE_VERSION.EFFECTIVE_FROM, PRICE_VERSION.VERSION)
                .fetch(this::version);
        return new PriceSchedule(inForce(now).orElse(null), planned, newest == null ? 0 : newest);
    }

    @QueryHandler
    Optional<PriceVersion> handle(PriceVersionByNumber query) {
        return versions().where(PRICE_VERSION.VERSION.eq(query.version())).fetchOptional(this::version);
    }

    private SelectJoinStep<? extends Record> versions() {
        return views.select(PRICE_VERSION.VERSION, PRICE_VERSION.HASH, PRICE_VERSION.NOTE, PRICE_VERSION.PUBLISHED_AT)
                .from(PRICE_VERSION);
    }

    private PriceDocument document(long version) {
        PriceDocument known = documents.get(version);
        if (known != null) return known;
        PriceDocument read = Json.read(
                views.select(PRICE_VERSION.DOCUMENT)
                        .from(PRICE_VERSION)
                        .where(PRICE_VERSION.VERSION.eq(version))
                        .fetchSingle(PRICE_VERSION.DOCUMENT),
                PriceDocument.class);
        documents.put(version, read);
        return read;
    }

    private PriceVersion version(Record row) {
        return new PriceVersion(
                row.get(PRICE_VERSION.VERSION),
                document(row.get(PRICE_VERSION.VERSION)),
                row.get(PRICE_VERSION.HASH),
                row.get(PRICE_VERSION.NOTE),
                row.get(PRICE_VERSION.PUBLISHED_AT));
    }
}
