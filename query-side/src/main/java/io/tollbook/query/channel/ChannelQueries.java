package io.tollbook.query.channel;

import static io.tollbook.query.schema.Tables.CHANNEL;
import static io.tollbook.query.schema.Tables.CHANNEL_KEY;
import static io.tollbook.query.schema.Tables.CHANNEL_USED;

import io.tollbook.kernel.Page;
import io.tollbook.kernel.account.Quota;
import io.tollbook.kernel.channel.ChannelById;
import io.tollbook.kernel.channel.ChannelId;
import io.tollbook.kernel.channel.ChannelStatus;
import io.tollbook.kernel.channel.ChannelSummary;
import io.tollbook.kernel.channel.ChannelTerms;
import io.tollbook.kernel.channel.Channels;
import io.tollbook.kernel.channel.KeyPrint;
import io.tollbook.kernel.channel.KeyRetirement;
import io.tollbook.kernel.channel.KeySwitch;
import io.tollbook.kernel.channel.Route;
import io.tollbook.kernel.channel.Routes;
import io.tollbook.kernel.secret.Sealed;
import io.tollbook.query.readmodel.Json;
import io.tollbook.query.readmodel.Patterns;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.axonframework.queryhandling.QueryHandler;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.Record;
import org.springframework.stereotype.Component;

/** Answers what is asked about channels. A deleted channel answers nothing. */
@Component
class ChannelQueries {
    private final DSLContext views;

    ChannelQueries(DSLContext views) {
        this.views = views;
    }

    @QueryHandler
    Page<ChannelSummary> handle(Channels query) {
        Condition condition = CHANNEL.DELETED.isFalse();
        if (query.keyword() != null && !query.keyword().isBlank()) condition = condition.and(keyword(query.keyword()));
        if (query.model() != null && !query.model().isBlank())
            condition = condition.and(CHANNEL.MODELS.contains(new String[] {query.model()}));
        if (query.group() != null && !query.group().isBlank())
            condition = condition.and(CHANNEL.GROUPS.contains(new String[] {query.group()}));
        if (query.enabled() != null) {
            short enabled = (short) ChannelStatus.ENABLED.number();
            condition = condition.and(query.enabled() ? CHANNEL.STATUS.eq(enabled) : CHANNEL.STATUS.ne(enabled));
        }
        if (query.type() != null) condition = condition.and(CHANNEL.TYPE.eq(query.type()));
        Field<?> order = order(query.order());
        return new Page<>(
                views.select()
                        .from(CHANNEL)
                        .leftJoin(CHANNEL_USED)
                        .on(CHANNEL_USED.CHANNEL.eq(CHANNEL.ID))
                        .where(condition)
                        .orderBy(query.descending() ? order.desc().nullsLast() : order.asc(), CHANNEL.ID.desc())
                        .offset(query.paging().offset())
                        .limit(query.paging().limit())
                        .fetch(ChannelQueries::summary),
                views.fetchCount(CHANNEL, condition));
    }

    private static Field<?> order(Channels.Order order) {
        return switch (order) {
            case ID -> CHANNEL.ID;
            case NAME -> CHANNEL.NAME;
            case PRIORITY -> CHANNEL.PRIORITY;
            case RESPONSE_TIME -> CHANNEL.TEST_MILLIS;
            case TEST_TIME -> CHANNEL.TESTED_AT;
        };
    }

    private static Condition keyword(String keyword) {
        Condition byText = Patterns.contains(CHANNEL.NAME, keyword).or(Patterns.contains(CHANNEL.BASE_URL, keyword));
        return keyword.matches("[1-9]\\d{0,17}")
                ? byText.or(CHANNEL.ID.eq(new ChannelId(Long.parseLong(keyword))))
                : byText;
    }

    @QueryHandler
    Optional<ChannelSummary> handle(ChannelById query) {
        return views.select()
                .from(CHANNEL)
                .leftJoin(CHANNEL_USED)
                .on(CHANNEL_USED.CHANNEL.eq(CHANNEL.ID))
                .where(CHANNEL.ID.eq(query.channel()))
                .and(CHANNEL.DELETED.isFalse())
                .fetchOptional(ChannelQueries::summary);
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

    private static ChannelSummary summary(Record row) {
        return new ChannelSummary(
                row.get(CHANNEL.ID),
                Json.read(row.get(CHANNEL.TERMS), ChannelTerms.class),
                ChannelStatus.of(row.get(CHANNEL.STATUS)),
                row.get(CHANNEL.STATUS_REASON),
                row.get(CHANNEL_USED.USED) == null ? Quota.ZERO : row.get(CHANNEL_USED.USED),
                row.get(CHANNEL.CREATED_AT),
                row.get(CHANNEL.TESTED_AT),
                row.get(CHANNEL.TEST_PASSED),
                row.get(CHANNEL.TEST_MILLIS));
    }
}
