package io.tollbook.query.pricing;

import static io.tollbook.query.schema.Tables.BUY_PRICE_VERSION;
import static io.tollbook.query.schema.Tables.PRICE_VERSION;

import io.tollbook.kernel.DirectoryChange.Kind;
import io.tollbook.kernel.pricing.BuyPricesPublished;
import io.tollbook.kernel.pricing.PricesPublished;
import io.tollbook.query.readmodel.Batch;
import io.tollbook.query.readmodel.DirectoryWrites;
import io.tollbook.query.readmodel.Json;
import io.tollbook.query.readmodel.ReadModelNames;
import org.axonframework.config.ProcessingGroup;
import org.axonframework.eventhandling.EventHandler;
import org.jooq.impl.DSL;
import org.springframework.stereotype.Component;

/** Keeps {@code price_version} and {@code buy_price_version}. */
@Component
@ProcessingGroup(ReadModelNames.DIRECTORY)
class PriceProjection {
    @EventHandler
    void on(PricesPublished event, Batch batch) {
        DirectoryWrites.of(batch)
                .write(
                        DSL.insertInto(PRICE_VERSION)
                                .set(PRICE_VERSION.VERSION, event.version())
                                .set(PRICE_VERSION.DOCUMENT, Json.write(event.document()))
                                .set(PRICE_VERSION.HASH, event.hash())
                                .set(PRICE_VERSION.NOTE, event.note())
                                .set(PRICE_VERSION.PUBLISHED_AT, event.at())
                                .set(PRICE_VERSION.EFFECTIVE_FROM, event.effectiveFrom())
                                .onConflictDoNothing(),
                        Kind.PRICE,
                        event.version());
    }

    /** They change with the prices: whoever keeps either forgets both. */
    @EventHandler
    void on(BuyPricesPublished event, Batch batch) {
        DirectoryWrites.of(batch)
                .write(
                        DSL.insertInto(BUY_PRICE_VERSION)
                                .set(BUY_PRICE_VERSION.VERSION, event.version())
                                .set(BUY_PRICE_VERSION.DOCUMENT, Json.write(event.document()))
                                .set(BUY_PRICE_VERSION.HASH, event.hash())
                                .set(BUY_PRICE_VERSION.NOTE, event.note())
                                .set(BUY_PRICE_VERSION.PUBLISHED_AT, event.at())
                                .set(BUY_PRICE_VERSION.EFFECTIVE_FROM, event.effectiveFrom())
                                .onConflictDoNothing(),
                        Kind.PRICE,
                        event.version());
    }
}
