package io.tollbook.query.pricing;

import static io.tollbook.query.schema.Tables.PRICE_VERSION;

import io.tollbook.kernel.pricing.PriceDocument;
import io.tollbook.kernel.pricing.PriceVersion;
import io.tollbook.kernel.pricing.PriceVersionByNumber;
import io.tollbook.kernel.pricing.PricesInForce;
import io.tollbook.query.readmodel.Json;
import java.util.Optional;
import org.axonframework.queryhandling.QueryHandler;
import org.jooq.DSLContext;
import org.jooq.Record;
import org.springframework.stereotype.Component;

/** Answers which prices are in force, and which once were. */
@Component
class PriceQueries {
    private final DSLContext views;

    PriceQueries(DSLContext views) {
        this.views = views;
    }

    @QueryHandler
    Optional<PriceVersion> handle(PricesInForce query) {
        return views.selectFrom(PRICE_VERSION)
                .orderBy(PRICE_VERSION.VERSION.desc())
                .limit(1)
                .fetchOptional(PriceQueries::version);
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
