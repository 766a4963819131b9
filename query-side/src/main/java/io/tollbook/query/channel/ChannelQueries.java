package io.tollbook.query.channel;

import static io.tollbook.query.schema.Tables.CHANNEL;
import static io.tollbook.query.schema.Tables.CHANNEL_KEY;
import static io.tollbook.query.schema.Tables.CHANNEL_OUTAGE;
import static io.tollbook.query.schema.Tables.CHANNEL_UPSTREAM;
import static io.tollbook.query.schema.Tables.CHANNEL_USED;

import io.tollbook.kernel.Page;
import io.tollbook.kernel.account.Quota;
import io.tollbook.kernel.channel.ChannelById;
import io.tollbook.kernel.channel.ChannelId;
import io.tollbook.kernel.channel.ChannelOutages;
import io.tollbook.kernel.channel.ChannelStatus;
import io.tollbook.kernel.channel.ChannelSummary;
import io.tollbook.kernel.channel.ChannelTags;
import io.tollbook.kernel.channel.ChannelTerms;
import io.tollbook.kernel.channel.ChannelTypeCounts;
import io.tollbook.kernel.channel.Channels;
import io.tollbook.kernel.channel.KeyCounts;
import io.tollbook.kernel.channel.KeyPrint;
import io.tollbook.kernel.channel.KeyRetirement;
import io.tollbook.kernel.channel.KeySwitch;
import io.tollbook.kernel.channel.ListedOutage;
import io.tollbook.kernel.channel.ListedTag;
import io.tollbook.kernel.channel.Route;
import io.tollbook.kernel.channel.Routes;
import io.tollbook.kernel.secret.Sealed;
import io.tollbook.query.readmodel.Json;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.axonframework.queryhandling.QueryHandler;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.Record;
import org.jooq.impl.DSL;
import org.springframework.stereotype.Component;

/** Answers what is asked about channels. A deleted channel answers nothing. */
@Component
class ChannelQueries {
    private final DSLContext views;
    private final ChannelConditions conditions;
    private final KeyPrints prints;

    ChannelQueries(DSLContext views, ChannelConditions conditions, KeyPrints prints) {
        this.views = views;
        this.conditions = conditions;
        this.prints = prints;
    }

    @QueryHandler
    Page<ChannelSummary> handle(Channels query) {
        Condition condition = conditions.of(query.filter());
        Field<?> order = order(query.order());
        return new Page<>(
                summaries(views.select()
                        .from(CHANNEL)
                        .leftJoin(CHANNEL_USED)
                        .on(CHANNEL_USED.CHANNEL.eq(CHANNEL.ID))
                        .leftJoin(CHANNEL_UPSTREAM)
                        .on(CHANNEL_UPSTREAM.CHANNEL.eq(CHANNEL.ID))
                        .where(condition)
                        .orderBy(query.descending() ? order.desc().nullsLast() : order.asc(), CHANNEL.ID.desc())
                        .offset(query.paging().offset())
                        .limit(query.paging().limit())
                        .fetch()),
                views.fetchCount(CHANNEL, condition));
    }

    private static Field<?> order(Channels.Order order) {
        return switch (order) {
            case ID -> CHANNEL.ID;
            case NAME -> CHANNEL.NAME;
            case PRIORITY -> CHANNEL.PRIORITY;
            case WEIGHT -> DSL.field("({0}::jsonb ->> 'weight')::int", Integer.class, CHANNEL.TERMS);
            case USED -> CHANNEL_USED.USED;
            case BALANCE -> CHANNEL_UPSTREAM.BALANCE;
            case RESPONSE_TIME -> CHANNEL.TEST_MILLIS;
            case TEST_TIME -> CHANNEL.TESTED_AT;
        };
    }

    @QueryHandler
    Optional<ChannelSummary> handle(ChannelById query) {
        return views.select()
                .from(CHANNEL)
                .leftJoin(CHANNEL_USED)
                .on(CHANNEL_USED.CHANNEL.eq(CHANNEL.ID))
                .leftJoin(CHANNEL_UPSTREAM)
                .on(CHANNEL_UPSTREAM.CHANNEL.eq(CHANNEL.ID))
                .where(CHANNEL.ID.eq(query.channel()))
                .and(CHANNEL.DELETED.isFalse())
                .fetchOptional()
                .map(row -> summaries(List.of(row)).getFirst());
    }

    @QueryHandler
    List<Route> handle(Routes query) {
        Map<ChannelId, List<KeySwitch>> off = new HashMap<>();
        Map<ChannelId, List<KeyRetirement>> retirements = new HashMap<>();
        views.selectFrom(CHANNEL_KEY).forEach(row -> {
            KeyPrint key = new KeyPrint(row.get(CHANNEL_KEY.PRINT));
            if (row.get(CHANNEL_KEY.OFF_SINCE) != null)
                off.computeIfAbsent(row.get(CHANNEL_KEY.CHANNEL), channel -> new ArrayList<>())
                        .add(new KeySwitch(
                                key,
                                row.get(CHANNEL_KEY.AUTOMATICALLY),
                                row.get(CHANNEL_KEY.WHY),
                                row.get(CHANNEL_KEY.OFF_SINCE)));
            if (row.get(CHANNEL_KEY.RETIRES_AT) != null)
                retirements
                        .computeIfAbsent(row.get(CHANNEL_KEY.CHANNEL), channel -> new ArrayList<>())
                        .add(new KeyRetirement(key, row.get(CHANNEL_KEY.RETIRES_AT)));
        });
        return views.select(CHANNEL.ID, CHANNEL.TERMS, CHANNEL.STATUS, CHANNEL.SEALED_KEY)
                .from(CHANNEL)
                .where(CHANNEL.DELETED.isFalse())
                .orderBy(CHANNEL.ID)
                .fetch(row -> new Route(
                        row.value1(),
                        Json.read(row.value2(), ChannelTerms.class),
                        ChannelStatus.of(row.value3()),
                        Json.read(row.value4(), Sealed.class),
                        off.getOrDefault(row.value1(), List.of()),
                        retirements.getOrDefault(row.value1(), List.of())));
    }

    private List<ChannelSummary> summaries(List<? extends Record> rows) {
        List<ChannelId> ids = rows.stream().map(row -> row.get(CHANNEL.ID)).toList();
        Map<ChannelId, Map<KeyPrint, Boolean>> off = new HashMap<>();
        views.selectFrom(CHANNEL_KEY)
                .where(CHANNEL_KEY.CHANNEL.in(ids))
                .and(CHANNEL_KEY.OFF_SINCE.isNotNull())
                .forEach(row -> off.computeIfAbsent(row.get(CHANNEL_KEY.CHANNEL), channel -> new HashMap<>())
                        .put(new KeyPrint(row.get(CHANNEL_KEY.PRINT)), row.get(CHANNEL_KEY.AUTOMATICALLY)));
        return rows.stream()
                .map(row -> summary(row, off.getOrDefault(row.get(CHANNEL.ID), Map.of())))
                .toList();
    }

    private ChannelSummary summary(Record row, Map<KeyPrint, Boolean> off) {
        List<KeyPrint> keys = prints.of(row.get(CHANNEL.ID), row.get(CHANNEL.SEALED_KEY));
        int automatically = 0;
        int byHand = 0;
        for (KeyPrint key : keys) {
            Boolean itself = off.get(key);
            if (itself == null) continue;
            if (itself) automatically++;
            else byHand++;
        }
        return new ChannelSummary(
                row.get(CHANNEL.ID),
                Json.read(row.get(CHANNEL.TERMS), ChannelTerms.class),
                ChannelStatus.of(row.get(CHANNEL.STATUS)),
                row.get(CHANNEL.STATUS_REASON),
                row.get(CHANNEL.STATUS_AT),
                new KeyCounts(keys.size(), byHand, automatically),
                row.get(CHANNEL_USED.USED) == null ? Quota.ZERO : row.get(CHANNEL_USED.USED),
                row.get(CHANNEL.CREATED_AT),
                row.get(CHANNEL.TESTED_AT),
                row.get(CHANNEL.TEST_PASSED),
                row.get(CHANNEL.TEST_MILLIS),
                row.get(CHANNEL.TEST_ERROR),
                UpstreamQueries.balance(row),
                row.get(CHANNEL_UPSTREAM.BALANCE_AT));
    }

    @QueryHandler
    Map<Integer, Integer> handle(ChannelTypeCounts query) {
        Map<Integer, Integer> counts = new TreeMap<>();
        views.select(CHANNEL.TYPE, DSL.count())
                .from(CHANNEL)
                .where(conditions.of(query.filter().withType(null)))
                .groupBy(CHANNEL.TYPE)
                .forEach(row -> counts.put(row.value1(), row.value2()));
        return counts;
    }

    @QueryHandler
    Page<ListedTag> handle(ChannelTags query) {
        Condition condition = conditions.of(query.filter()).and(CHANNEL.TAG.ne(""));
        return new Page<>(
                views.select(
                                CHANNEL.TAG,
                                DSL.count(),
                                DSL.count().filterWhere(CHANNEL.STATUS.eq((short) ChannelStatus.ENABLED.number())),
                                DSL.max(CHANNEL.PRIORITY))
                        .from(CHANNEL)
                        .where(condition)
                        .groupBy(CHANNEL.TAG)
                        .orderBy(CHANNEL.TAG)
                        .offset(query.paging().offset())
                        .limit(query.paging().limit())
                        .fetch(row -> new ListedTag(row.value1(), row.value2(), row.value3(), row.value4())),
                views.select(DSL.countDistinct(CHANNEL.TAG))
                        .from(CHANNEL)
                        .where(condition)
                        .fetchSingle()
                        .value1());
    }

    @QueryHandler
    List<ListedOutage> handle(ChannelOutages query) {
        return views.select()
                .from(CHANNEL_OUTAGE)
                .join(CHANNEL)
                .on(CHANNEL.ID.eq(CHANNEL_OUTAGE.CHANNEL))
                .where(CHANNEL_OUTAGE.OUT)
                .and(CHANNEL.DELETED.isFalse())
                .orderBy(CHANNEL_OUTAGE.AT, CHANNEL_OUTAGE.CHANNEL, CHANNEL_OUTAGE.NODE)
                .fetch(row -> new ListedOutage(
                        row.get(CHANNEL_OUTAGE.CHANNEL),
                        row.get(CHANNEL_OUTAGE.NODE),
                        row.get(CHANNEL_OUTAGE.WHY),
                        row.get(CHANNEL_OUTAGE.AT)));
    }
}
