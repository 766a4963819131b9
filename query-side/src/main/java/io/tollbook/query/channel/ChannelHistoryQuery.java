package io.tollbook.query.channel;

import static io.tollbook.query.readmodel.StoredEvents.EVENT;
import static io.tollbook.query.readmodel.StoredEvents.METADATA;
import static io.tollbook.query.readmodel.StoredEvents.NAME;
import static io.tollbook.query.readmodel.StoredEvents.PAYLOAD;
import static io.tollbook.query.readmodel.StoredEvents.RECORDED_AT;
import static io.tollbook.query.readmodel.StoredEvents.SEQUENCE;
import static io.tollbook.query.readmodel.StoredEvents.STREAM;
import static io.tollbook.query.schema.Tables.USER_PROFILE;

import io.tollbook.kernel.EventName;
import io.tollbook.kernel.Page;
import io.tollbook.kernel.channel.ChannelChanged;
import io.tollbook.kernel.channel.ChannelCreated;
import io.tollbook.kernel.channel.ChannelDeleted;
import io.tollbook.kernel.channel.ChannelDifference;
import io.tollbook.kernel.channel.ChannelDisabled;
import io.tollbook.kernel.channel.ChannelEnabled;
import io.tollbook.kernel.channel.ChannelEvent;
import io.tollbook.kernel.channel.ChannelHistory;
import io.tollbook.kernel.channel.ChannelKeyDisabled;
import io.tollbook.kernel.channel.ChannelKeyEnabled;
import io.tollbook.kernel.channel.ChannelKeyRetired;
import io.tollbook.kernel.channel.ChannelKeysRevealed;
import io.tollbook.kernel.channel.ChannelOutage;
import io.tollbook.kernel.channel.ChannelTerms;
import io.tollbook.kernel.channel.ChannelTested;
import io.tollbook.kernel.channel.FieldChange;
import io.tollbook.kernel.channel.HistoryEntry;
import io.tollbook.kernel.user.UserId;
import io.tollbook.query.readmodel.Json;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.axonframework.queryhandling.QueryHandler;
import org.jooq.DSLContext;
import org.jooq.Record;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** A channel's history, from its stored events: each change with what it replaced. */
@Component
class ChannelHistoryQuery {
    /** Enough for years of changes; a flapping channel's oldest outages fall out. */
    private static final int EVENTS_MAX = 2_000;

    private static final Map<String, Class<?>> EVENTS = Arrays.stream(ChannelEvent.class.getPermittedSubclasses())
            .collect(
                    Collectors.toMap(type -> type.getAnnotation(EventName.class).value(), type -> type));

    private final DSLContext views;

    ChannelHistoryQuery(DSLContext views) {
        this.views = views;
    }

    @QueryHandler
    Page<HistoryEntry> handle(ChannelHistory query) {
        List<Record> rows = new ArrayList<>(views.select(NAME, RECORDED_AT, PAYLOAD, METADATA)
                .from(EVENT)
                .where(STREAM.eq(query.channel().toString()))
                .and(NAME.in(EVENTS.keySet()))
                .orderBy(SEQUENCE.desc())
                .limit(EVENTS_MAX)
                .fetch());
        Map<Long, String> names = new HashMap<>();
        ChannelTerms terms = null;
        List<HistoryEntry> entries = new ArrayList<>();
        for (Record row : rows.reversed()) {
            Object event = Json.read(row.get(PAYLOAD), Objects.requireNonNull(EVENTS.get(row.get(NAME))));
            ChannelTerms before = terms;
            if (event instanceof ChannelCreated created) terms = created.terms();
            if (event instanceof ChannelChanged changed) terms = changed.terms();
            List<FieldChange> changes =
                    before == null || terms == null ? List.of() : ChannelDifference.between(before, terms);
            entries.add(new HistoryEntry(
                    row.get(RECORDED_AT).toInstant(), by(row.get(METADATA), names), words(event), changes));
        }
        return new Page<>(
                entries.reversed().stream()
                        .skip(query.paging().offset())
                        .limit(query.paging().limit())
                        .toList(),
                entries.size());
    }

    private static String words(Object event) {
        return switch (event) {
            case ChannelCreated created -> "Created";
            case ChannelChanged changed -> changed.key() == null ? "Changed" : "Changed, with its keys";
            case ChannelEnabled enabled -> "Enabled";
            case ChannelDisabled disabled -> "Disabled" + because(disabled.why());
            case ChannelDeleted deleted -> "Deleted";
            case ChannelTested tested ->
                tested.passed()
                        ? "Test of " + tested.model() + " passed in " + tested.millis() + " ms"
                        : "Test of " + tested.model() + " failed" + because(tested.error());
            case ChannelKeyDisabled off -> "Key " + off.key() + " disabled" + because(off.why());
            case ChannelKeyEnabled on -> "Key " + on.key() + " enabled";
            case ChannelKeyRetired retired ->
                retired.until() == null
                        ? "Key " + retired.key() + " stays"
                        : "Key " + retired.key() + " is used until " + retired.until();
            case ChannelKeysRevealed revealed -> "Keys shown in clear";
            case ChannelOutage outage ->
                (outage.out() ? "Passed over by node " : "Used again by node ") + outage.node() + because(outage.why());
            default -> "";
        };
    }

    private static String because(String why) {
        return why.isEmpty() ? "" : ": " + why;
    }

    private String by(String metadata, Map<Long, String> names) {
        @Nullable Object actor = Json.read(metadata, Map.class).get("actor");
        if (actor == null || actor.toString().isEmpty()) return "";
        long user = Long.parseLong(actor.toString());
        return names.computeIfAbsent(
                user,
                id -> views.select(USER_PROFILE.USERNAME)
                        .from(USER_PROFILE)
                        .where(USER_PROFILE.ID.eq(new UserId(id)))
                        .fetchOptional(USER_PROFILE.USERNAME)
                        .orElse("user " + id));
    }
}
