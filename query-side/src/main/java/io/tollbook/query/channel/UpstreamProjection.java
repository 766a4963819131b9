package io.tollbook.query.channel;

import static io.tollbook.query.schema.Tables.CHANNEL_UPSTREAM;

import io.tollbook.kernel.channel.ChannelBalanceTold;
import io.tollbook.kernel.channel.ChannelDeleted;
import io.tollbook.kernel.channel.ChannelModelsCompared;
import io.tollbook.query.readmodel.Batch;
import io.tollbook.query.readmodel.DirectoryWrites;
import io.tollbook.query.readmodel.ReadModelNames;
import org.axonframework.config.ProcessingGroup;
import org.axonframework.eventhandling.EventHandler;
import org.jooq.impl.DSL;
import org.springframework.stereotype.Component;

/** Keeps {@code channel_upstream}, what providers have told last. */
@Component
@ProcessingGroup(ReadModelNames.DIRECTORY)
class UpstreamProjection {
    @EventHandler
    void on(ChannelBalanceTold event, Batch batch) {
        DirectoryWrites.of(batch)
                .quietly(DSL.insertInto(CHANNEL_UPSTREAM)
                        .set(CHANNEL_UPSTREAM.CHANNEL, event.channel())
                        .set(CHANNEL_UPSTREAM.BALANCE, event.amount())
                        .set(CHANNEL_UPSTREAM.CURRENCY, event.currency())
                        .set(CHANNEL_UPSTREAM.BALANCE_AT, event.at())
                        .onDuplicateKeyUpdate()
                        .set(CHANNEL_UPSTREAM.BALANCE, event.amount())
                        .set(CHANNEL_UPSTREAM.CURRENCY, event.currency())
                        .set(CHANNEL_UPSTREAM.BALANCE_AT, event.at()));
    }

    @EventHandler
    void on(ChannelModelsCompared event, Batch batch) {
        String[] added = event.added().toArray(String[]::new);
        String[] removed = event.removed().toArray(String[]::new);
        DirectoryWrites.of(batch)
                .quietly(DSL.insertInto(CHANNEL_UPSTREAM)
                        .set(CHANNEL_UPSTREAM.CHANNEL, event.channel())
                        .set(CHANNEL_UPSTREAM.MODELS_ADDED, added)
                        .set(CHANNEL_UPSTREAM.MODELS_REMOVED, removed)
                        .set(CHANNEL_UPSTREAM.COMPARED_AT, event.at())
                        .onDuplicateKeyUpdate()
                        .set(CHANNEL_UPSTREAM.MODELS_ADDED, added)
                        .set(CHANNEL_UPSTREAM.MODELS_REMOVED, removed)
                        .set(CHANNEL_UPSTREAM.COMPARED_AT, event.at()));
    }

    @EventHandler
    void on(ChannelDeleted event, Batch batch) {
        DirectoryWrites.of(batch)
                .quietly(DSL.deleteFrom(CHANNEL_UPSTREAM).where(CHANNEL_UPSTREAM.CHANNEL.eq(event.channel())));
    }
}
