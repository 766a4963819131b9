package io.tollbook.query.channel;

import static io.tollbook.query.schema.Tables.CHANNEL;
import static io.tollbook.query.schema.Tables.CHANNEL_INCIDENT;
import static io.tollbook.query.schema.Tables.CHANNEL_UPSTREAM;

import io.tollbook.kernel.channel.ChannelBalance;
import io.tollbook.kernel.channel.ChannelIncident;
import io.tollbook.kernel.channel.ChannelIncidents;
import io.tollbook.kernel.channel.ChannelUpstream;
import io.tollbook.kernel.channel.ChannelUpstreams;
import io.tollbook.kernel.channel.IncidentKind;
import io.tollbook.kernel.channel.ModelDifference;
import java.util.List;
import org.axonframework.queryhandling.QueryHandler;
import org.jooq.DSLContext;
import org.jooq.Record;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Answers what providers have told of channels' accounts, and what has happened to channels by itself. */
@Component
class UpstreamQueries {
    private final DSLContext views;

    UpstreamQueries(DSLContext views) {
        this.views = views;
    }

    @QueryHandler
    List<ChannelUpstream> handle(ChannelUpstreams query) {
        return views.select()
                .from(CHANNEL_UPSTREAM)
                .where(CHANNEL_UPSTREAM.CHANNEL.in(query.channels()))
                .orderBy(CHANNEL_UPSTREAM.CHANNEL)
                .fetch(UpstreamQueries::upstream);
    }

    @QueryHandler
    List<ChannelIncident> handle(ChannelIncidents query) {
        return views.select(CHANNEL_INCIDENT.asterisk(), CHANNEL.NAME)
                .from(CHANNEL_INCIDENT)
                .join(CHANNEL)
                .on(CHANNEL.ID.eq(CHANNEL_INCIDENT.CHANNEL))
                .orderBy(CHANNEL_INCIDENT.POSITION.desc())
                .limit(query.limit())
                .fetch(row -> new ChannelIncident(
                        row.get(CHANNEL_INCIDENT.POSITION),
                        row.get(CHANNEL_INCIDENT.CHANNEL),
                        row.get(CHANNEL.NAME),
                        IncidentKind.valueOf(row.get(CHANNEL_INCIDENT.KIND)),
                        row.get(CHANNEL_INCIDENT.KEY),
                        row.get(CHANNEL_INCIDENT.WHY),
                        row.get(CHANNEL_INCIDENT.AT)));
    }

    static @Nullable ChannelBalance balance(Record row) {
        return row.get(CHANNEL_UPSTREAM.BALANCE) == null
                ? null
                : new ChannelBalance(row.get(CHANNEL_UPSTREAM.BALANCE), row.get(CHANNEL_UPSTREAM.CURRENCY));
    }

    private static ChannelUpstream upstream(Record row) {
        return new ChannelUpstream(
                row.get(CHANNEL_UPSTREAM.CHANNEL),
                balance(row),
                row.get(CHANNEL_UPSTREAM.BALANCE_AT),
                new ModelDifference(
                        List.of(row.get(CHANNEL_UPSTREAM.MODELS_ADDED)),
                        List.of(row.get(CHANNEL_UPSTREAM.MODELS_REMOVED))),
                row.get(CHANNEL_UPSTREAM.COMPARED_AT));
    }
}
