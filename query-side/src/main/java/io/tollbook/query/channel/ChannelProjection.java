package io.tollbook.query.channel;

import static io.tollbook.query.schema.Tables.CHANNEL;
import static io.tollbook.query.schema.Tables.CHANNEL_KEY;
import static io.tollbook.query.schema.Tables.CHANNEL_OUTAGE;

import io.tollbook.kernel.DirectoryChange.Kind;
import io.tollbook.kernel.channel.ChannelChanged;
import io.tollbook.kernel.channel.ChannelCreated;
import io.tollbook.kernel.channel.ChannelDeleted;
import io.tollbook.kernel.channel.ChannelDisabled;
import io.tollbook.kernel.channel.ChannelEnabled;
import io.tollbook.kernel.channel.ChannelId;
import io.tollbook.kernel.channel.ChannelKeyDisabled;
import io.tollbook.kernel.channel.ChannelKeyEnabled;
import io.tollbook.kernel.channel.ChannelKeyRetired;
import io.tollbook.kernel.channel.ChannelOutage;
import io.tollbook.kernel.channel.ChannelStatus;
import io.tollbook.kernel.channel.ChannelTerms;
import io.tollbook.kernel.channel.ChannelTested;
import io.tollbook.query.readmodel.Batch;
import io.tollbook.query.readmodel.DirectoryWrites;
import io.tollbook.query.readmodel.Json;
import io.tollbook.query.readmodel.ReadModelNames;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.axonframework.config.ProcessingGroup;
import org.axonframework.eventhandling.EventHandler;
import org.axonframework.eventhandling.Timestamp;
import org.jooq.Field;
import org.jooq.Query;
import org.jooq.impl.DSL;
import org.springframework.stereotype.Component;

/** Keeps {@code channel}. Deleted channels stay for their names in the log, without their keys. */
@Component
@ProcessingGroup(ReadModelNames.DIRECTORY)
class ChannelProjection {
    @EventHandler
    void on(ChannelCreated event, Batch batch) {
        write(
                batch,
                event.channel(),
                DSL.insertInto(CHANNEL)
                        .set(CHANNEL.ID, event.channel())
                        .set(CHANNEL.SEALED_KEY, Json.write(event.key()))
                        .set(CHANNEL.STATUS, (short) ChannelStatus.ENABLED.number())
                        .set(CHANNEL.STATUS_REASON, "")
                        .set(CHANNEL.DELETED, false)
                        .set(CHANNEL.CREATED_AT, event.at())
                        .set(CHANNEL.TEST_PASSED, false)
                        .set(CHANNEL.TEST_MILLIS, 0L)
                        .set(CHANNEL.TEST_ERROR, "")
                        .set(columns(event.terms()))
                        .onConflictDoNothing());
    }

    @EventHandler
    void on(ChannelChanged event, Batch batch) {
        Map<Field<?>, Object> changes = columns(event.terms());
        if (event.key() != null) changes.put(CHANNEL.SEALED_KEY, Json.write(event.key()));
        update(batch, event.channel(), changes);
    }

    @EventHandler
    void on(ChannelEnabled event, @Timestamp Instant at, Batch batch) {
        status(batch, event.channel(), ChannelStatus.ENABLED, "", at);
    }

    @EventHandler
    void on(ChannelDisabled event, @Timestamp Instant at, Batch batch) {
        ChannelStatus status =
                event.automatically() ? ChannelStatus.DISABLED_AUTOMATICALLY : ChannelStatus.DISABLED_BY_HAND;
        status(batch, event.channel(), status, event.why(), at);
    }

    @EventHandler
    void on(ChannelDeleted event, Batch batch) {
        update(batch, event.channel(), Map.of(CHANNEL.DELETED, true, CHANNEL.SEALED_KEY, ""));
    }

    @EventHandler
    void on(ChannelTested event, Batch batch) {
        DirectoryWrites.of(batch)
                .quietly(DSL.update(CHANNEL)
                        .set(CHANNEL.TESTED_AT, event.at())
                        .set(CHANNEL.TEST_PASSED, event.passed())
                        .set(CHANNEL.TEST_MILLIS, event.millis())
                        .set(CHANNEL.TEST_ERROR, event.error())
                        .where(CHANNEL.ID.eq(event.channel())));
    }

    @EventHandler
    void on(ChannelKeyDisabled event, Batch batch) {
        write(
                batch,
                event.channel(),
                DSL.insertInto(CHANNEL_KEY)
                        .set(CHANNEL_KEY.CHANNEL, event.channel())
                        .set(CHANNEL_KEY.PRINT, event.key().value())
                        .set(CHANNEL_KEY.AUTOMATICALLY, event.automatically())
                        .set(CHANNEL_KEY.WHY, event.why())
                        .set(CHANNEL_KEY.OFF_SINCE, event.at())
                        .onDuplicateKeyUpdate()
                        .set(CHANNEL_KEY.AUTOMATICALLY, event.automatically())
                        .set(CHANNEL_KEY.WHY, event.why())
                        .set(CHANNEL_KEY.OFF_SINCE, event.at()));
    }

    @EventHandler
    void on(ChannelKeyEnabled event, Batch batch) {
        write(
                batch,
                event.channel(),
                DSL.update(CHANNEL_KEY)
                        .setNull(CHANNEL_KEY.OFF_SINCE)
                        .where(CHANNEL_KEY.CHANNEL.eq(event.channel()))
                        .and(CHANNEL_KEY.PRINT.eq(event.key().value())));
    }

    @EventHandler
    void on(ChannelKeyRetired event, Batch batch) {
        write(
                batch,
                event.channel(),
                DSL.insertInto(CHANNEL_KEY)
                        .set(CHANNEL_KEY.CHANNEL, event.channel())
                        .set(CHANNEL_KEY.PRINT, event.key().value())
                        .set(CHANNEL_KEY.AUTOMATICALLY, false)
                        .set(CHANNEL_KEY.WHY, "")
                        .set(CHANNEL_KEY.RETIRES_AT, event.until())
                        .onDuplicateKeyUpdate()
                        .set(CHANNEL_KEY.RETIRES_AT, event.until()));
    }

    @EventHandler
    void on(ChannelOutage event, Batch batch) {
        DirectoryWrites.of(batch)
                .quietly(DSL.insertInto(CHANNEL_OUTAGE)
                        .set(CHANNEL_OUTAGE.CHANNEL, event.channel())
                        .set(CHANNEL_OUTAGE.NODE, event.node())
                        .set(CHANNEL_OUTAGE.OUT, event.out())
                        .set(CHANNEL_OUTAGE.WHY, event.why())
                        .set(CHANNEL_OUTAGE.AT, event.at())
                        .onDuplicateKeyUpdate()
                        .set(CHANNEL_OUTAGE.OUT, event.out())
                        .set(CHANNEL_OUTAGE.WHY, event.why())
                        .set(CHANNEL_OUTAGE.AT, event.at()));
    }

    private static Map<Field<?>, Object> columns(ChannelTerms terms) {
        Map<Field<?>, Object> columns = new HashMap<>();
        columns.put(CHANNEL.TYPE, terms.type());
        columns.put(CHANNEL.NAME, terms.name());
        columns.put(CHANNEL.BASE_URL, terms.baseUrl());
        columns.put(CHANNEL.MODELS, terms.models().toArray(String[]::new));
        columns.put(CHANNEL.GROUPS, terms.groups().toArray(String[]::new));
        columns.put(CHANNEL.PRIORITY, terms.priority());
        columns.put(CHANNEL.TAG, terms.tag());
        columns.put(CHANNEL.TERMS, Json.write(terms));
        return columns;
    }

    private static void status(Batch batch, ChannelId channel, ChannelStatus status, String reason, Instant at) {
        update(
                batch,
                channel,
                Map.of(CHANNEL.STATUS, (short) status.number(), CHANNEL.STATUS_REASON, reason, CHANNEL.STATUS_AT, at));
    }

    private static void update(Batch batch, ChannelId channel, Map<Field<?>, Object> changes) {
        write(batch, channel, DSL.update(CHANNEL).set(changes).where(CHANNEL.ID.eq(channel)));
    }

    private static void write(Batch batch, ChannelId channel, Query query) {
        DirectoryWrites.of(batch).write(query, Kind.CHANNEL, channel.value());
    }
}
