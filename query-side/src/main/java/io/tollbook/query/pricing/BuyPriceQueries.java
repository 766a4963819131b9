package io.tollbook.query.pricing;

import static io.tollbook.query.schema.Tables.BUY_PRICE_VERSION;

import io.tollbook.kernel.pricing.BuyPriceDocument;
import io.tollbook.kernel.pricing.BuyPriceOutlook;
import io.tollbook.kernel.pricing.BuyPriceSchedule;
import io.tollbook.kernel.pricing.BuyPriceVersion;
import io.tollbook.kernel.pricing.BuyPriceVersionByNumber;
import io.tollbook.query.readmodel.Json;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.axonframework.queryhandling.QueryHandler;
import org.jooq.DSLContext;
import org.jooq.Record;
import org.jooq.impl.DSL;
import org.springframework.stereotype.Component;

/** Answers what providers take, took and will take. */
@Component
class BuyPriceQueries {
    private final DSLContext views;

    BuyPriceQueries(DSLContext views) {
        this.views = views;
    }

    @QueryHandler
    BuyPriceSchedule handle(BuyPriceOutlook query) {
        // First: what is published while this is read is then newer, and whoever publishes on top of this is told.
        Long newest = views.select(DSL.max(BUY_PRICE_VERSION.VERSION))
                .from(BUY_PRICE_VERSION)
                .fetchOne(DSL.max(BUY_PRICE_VERSION.VERSION));
        Instant now = Instant.now();
        BuyPriceVersion inForce = views.selectFrom(BUY_PRICE_VERSION)
                .where(BUY_PRICE_VERSION.EFFECTIVE_FROM.le(now))
                .orderBy(BUY_PRICE_VERSION.EFFECTIVE_FROM.desc(), BUY_PRICE_VERSION.VERSION.desc())
                .limit(1)
                .fetchOne(BuyPriceQueries::version);
        List<BuyPriceVersion> planned = views.selectFrom(BUY_PRICE_VERSION)
                .where(BUY_PRICE_VERSION.EFFECTIVE_FROM.gt(now))
                .orderBy(BUY_PRICE_VERSION.EFFECTIVE_FROM, BUY_PRICE_VERSION.VERSION)
                .fetch(BuyPriceQueries::version);
        return new BuyPriceSchedule(inForce, planned, newest == null ? 0 : newest);
    }

    @QueryHandler
    Optional<BuyPriceVersion> handle(BuyPriceVersionByNumber query) {
        return views.selectFrom(BUY_PRICE_VERSION)
                .where(BUY_PRICE_VERSION.VERSION.eq(query.version()))
                .fetchOptional(BuyPriceQueries::version);
    }

    private static BuyPriceVersion version(Record row) {
        return new BuyPriceVersion(
                row.get(BUY_PRICE_VERSION.VERSION),
                Json.read(row.get(BUY_PRICE_VERSION.DOCUMENT), BuyPriceDocument.class),
                row.get(BUY_PRICE_VERSION.HASH),
                row.get(BUY_PRICE_VERSION.NOTE),
                row.get(BUY_PRICE_VERSION.PUBLISHED_AT));
    }
}
