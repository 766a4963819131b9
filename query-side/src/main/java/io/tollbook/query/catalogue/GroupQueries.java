package io.tollbook.query.catalogue;

import static io.tollbook.query.schema.Tables.CHANNEL;
import static io.tollbook.query.schema.Tables.TOKEN;
import static io.tollbook.query.schema.Tables.USER_PROFILE;

import io.tollbook.kernel.Actor;
import io.tollbook.kernel.Messages;
import io.tollbook.kernel.catalogue.GroupRow;
import io.tollbook.kernel.catalogue.GroupRules;
import io.tollbook.kernel.catalogue.Groups;
import io.tollbook.kernel.pricing.PriceVersion;
import io.tollbook.kernel.pricing.PricesInForce;
import io.tollbook.kernel.settings.Options;
import io.tollbook.kernel.user.UserStatus;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.axonframework.queryhandling.QueryHandler;
import org.jooq.DSLContext;
import org.jooq.impl.DSL;
import org.springframework.context.annotation.Lazy;
import org.springframework.stereotype.Component;

/** Answers which groups there are, and who uses them. */
@Component
class GroupQueries {
    private final DSLContext views;
    private final Messages messages;

    GroupQueries(DSLContext views, @Lazy Messages messages) {
        this.views = views;
        this.messages = messages;
    }

    @QueryHandler
    List<GroupRow> handle(Groups query) {
        GroupRules rules = GroupRules.of(messages.ask(new Options(), Actor.SYSTEM));
        Map<String, BigDecimal> ratios = messages.ask(new PricesInForce(), Actor.SYSTEM)
                .map(PriceVersion::document)
                .map(document -> document.groups())
                .orElse(Map.of());
        Map<String, Long> channels = channels();
        Map<String, Integer> users = views.select(USER_PROFILE.USER_GROUP, DSL.count())
                .from(USER_PROFILE)
                .where(USER_PROFILE.STATUS.ne((short) UserStatus.DELETED.number()))
                .groupBy(USER_PROFILE.USER_GROUP)
                .fetchMap(USER_PROFILE.USER_GROUP, DSL.count());
        Map<String, Integer> keys = views.select(TOKEN.TOKEN_GROUP, DSL.count())
                .from(TOKEN)
                .where(TOKEN.TOKEN_GROUP.ne(""))
                .and(TOKEN.DELETED.isFalse())
                .groupBy(TOKEN.TOKEN_GROUP)
                .fetchMap(TOKEN.TOKEN_GROUP, DSL.count());
        TreeSet<String> names = new TreeSet<>(ratios.keySet());
        names.add("default");
        names.addAll(rules.named());
        names.addAll(channels.keySet());
        names.addAll(users.keySet());
        names.addAll(keys.keySet());
        List<GroupRow> rows = new ArrayList<>();
        for (String name : names)
            rows.add(new GroupRow(
                    name,
                    ratios.get(name),
                    rules.description(name),
                    rules.isOpenToAll(name),
                    List.copyOf(rules.listed(name)),
                    rules.auto().indexOf(name) + 1,
                    channels.getOrDefault(name, 0L),
                    users.getOrDefault(name, 0),
                    keys.getOrDefault(name, 0)));
        return rows;
    }

    private Map<String, Long> channels() {
        Map<String, Long> channels = new TreeMap<>();
        views.select(CHANNEL.GROUPS)
                .from(CHANNEL)
                .where(CHANNEL.DELETED.isFalse())
                .forEach(row -> {
                    for (String group : row.value1()) channels.merge(group, 1L, Long::sum);
                });
        return channels;
    }
}
