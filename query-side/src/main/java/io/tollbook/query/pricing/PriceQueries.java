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
import java.util.List;
import java.util.Optional;
import org.axonframework.queryhandling.QueryHandler;
import org.jooq.DSLContext;
import org.jooq.Record;
import org.jooq.impl.DSL;
import org.springframework.stereotype.Component;

/** Answers which prices are in force, which once were and which will be. */
@Component
class PriceQueries {
    private final DSLContext views;

    PriceQueries(DSLContext views) {
        this.views = views;
    }

    @QueryHandler
    Optional<PriceVersion> handle(PricesInForce query) {
        return inForce(Instant.now());
    }

    /** Of two versions with the same moment the newer counts. */
    private Optional<PriceVersion> inForce(Instant moment) {
        return views.selectFrom(PRICE_VERSION)
                .where(PRICE_VERSION.EFFECTIVE_FROM.le(moment))
                .orderBy(PRICE_VERSION.EFFECTIVE_FROM.desc(), PRICE_VERSION.VERSION.desc())
                .limit(1)
                .fetchOptional(PriceQueries::version);
    }

    @QueryHandler
    PriceSchedule handle(PriceOutlook query) {
        Instant now = Instant.now();
        List<PriceVersion> planned = views.selectFrom(PRICE_VERSION)
                .where(PRICE_VERSION.EFFECTIVE_FROM.gt(now))
                .orderBy(PRICE_VERSION.EFFECTIVE_FROM, PRICE_VERSION.VERSION)
                .fetch(PriceQueries::version);
        Long newest = views.select(DSL.max(PRICE_VERSION.VERSION))
                .from(PRICE_VERSION)
                .fetchOne(DSL.max(PRICE_VERSION.VERSION));
        return new PriceSchedule(inForce(now).orElse(null), planned, newest == null ? 0 : newest);
    }

    @QueryHandler
    Optional<PriceVersion> handle(PriceVersionByNumber query) {
        return views.selectFrom(PRICE_VERSION)
                .where(PRICE_VERSION.VERSION.eq(query.version()))
                .fetchOptional(PriceQueries::version);
    }

    private static PriceVersion version(Record row) {
        return new PriceVersion(
                row.get(PRICE_VERSION.VERSION),
                Json.read(row.get(PRICE_VERSION.DOCUMENT), PriceDocument.class),
                row.get(PRICE_VERSION.HASH),
                row.get(PRICE_VERSION.NOTE),
                row.get(PRICE_VERSION.PUBLISHED_AT));
    }
}
