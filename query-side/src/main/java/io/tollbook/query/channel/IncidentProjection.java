package io.tollbook.query.channel;

import static io.tollbook.query.schema.Tables.CHANNEL_INCIDENT;

import io.tollbook.kernel.channel.ChannelDeleted;
import io.tollbook.kernel.channel.ChannelDisabled;
import io.tollbook.kernel.channel.ChannelEnabled;
import io.tollbook.kernel.channel.ChannelId;
import io.tollbook.kernel.channel.ChannelIncidents;
import io.tollbook.kernel.channel.ChannelKeyDisabled;
import io.tollbook.kernel.channel.ChannelKeyEnabled;
import io.tollbook.kernel.channel.ChannelOutage;
import io.tollbook.kernel.channel.IncidentKind;
import io.tollbook.query.readmodel.Batch;
import io.tollbook.query.readmodel.DirectoryWrites;
import io.tollbook.query.readmodel.ReadModelNames;
import org.axonframework.config.ProcessingGroup;
import org.axonframework.eventhandling.EventHandler;
import org.axonframework.eventhandling.TrackedEventMessage;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Keeps {@code channel_incident}: what no person did. Of old ones, no more than a page shows. */
@Component
@ProcessingGroup(ReadModelNames.DIRECTORY)
class IncidentProjection {
    @EventHandler
    void on(ChannelDisabled event, TrackedEventMessage<?> message, Batch batch) {
        if (event.automatically() && isByItself(message))
            add(batch, message, event.channel(), IncidentKind.DISABLED, null, event.why());
    }

    @EventHandler
    void on(ChannelEnabled event, TrackedEventMessage<?> message, Batch batch) {
        if (isByItself(message)) add(batch, message, event.channel(), IncidentKind.ENABLED, null, "a test went well");
    }

    @EventHandler
    void on(ChannelKeyDisabled event, TrackedEventMessage<?> message, Batch batch) {
        if (event.automatically())
            add(
                    batch,
                    message,
                    event.channel(),
                    IncidentKind.KEY_DISABLED,
                    event.key().toString(),
                    event.why());
    }

    @EventHandler
    void on(ChannelKeyEnabled event, TrackedEventMessage<?> message, Batch batch) {
        if (isByItself(message))
            add(
                    batch,
                    message,
                    event.channel(),
                    IncidentKind.KEY_ENABLED,
                    event.key().toString(),
                    "a test went well");
    }

    @EventHandler
    void on(ChannelOutage event, TrackedEventMessage<?> message, Batch batch) {
        IncidentKind kind = event.out() ? IncidentKind.OUT : IncidentKind.BACK;
        add(batch, message, event.channel(), kind, null, event.why());
    }

    @EventHandler
    void on(ChannelDeleted event, Batch batch) {
        DirectoryWrites.of(batch)
                .quietly(DSL.deleteFrom(CHANNEL_INCIDENT).where(CHANNEL_INCIDENT.CHANNEL.eq(event.channel())));
    }

    private static boolean isByItself(TrackedEventMessage<?> message) {
        return message.getMetaData().getOrDefault("actor", "").toString().isEmpty();
    }

    private static void add(
            Batch batch,
            TrackedEventMessage<?> message,
            ChannelId channel,
            IncidentKind kind,
            @Nullable String key,
            String why) {
        long position = message.trackingToken().position().orElseThrow();
        DirectoryWrites writes = DirectoryWrites.of(batch);
        writes.quietly(DSL.insertInto(CHANNEL_INCIDENT)
                .set(CHANNEL_INCIDENT.POSITION, position)
                .set(CHANNEL_INCIDENT.CHANNEL, channel)
                .set(CHANNEL_INCIDENT.KIND, kind.name())
                .set(CHANNEL_INCIDENT.KEY, key)
                .set(CHANNEL_INCIDENT.WHY, why)
                .set(CHANNEL_INCIDENT.AT, message.getTimestamp())
                .onConflictDoNothing());
        writes.quietly(DSL.deleteFrom(CHANNEL_INCIDENT)
                .where(CHANNEL_INCIDENT.POSITION.le(DSL.field(DSL.select(CHANNEL_INCIDENT.POSITION)
                        .from(CHANNEL_INCIDENT)
                        .orderBy(CHANNEL_INCIDENT.POSITION.desc())
                        .offset(ChannelIncidents.KEPT)
                        .limit(1)))));
    }
}
