package io.tollbook.query.channel;

import static io.tollbook.query.schema.Tables.CHANNEL;
import static io.tollbook.query.schema.Tables.CHANNEL_KEY;

import io.tollbook.kernel.Page;
import io.tollbook.kernel.Refusal;
import io.tollbook.kernel.Refused;
import io.tollbook.kernel.channel.ChannelKeys;
import io.tollbook.kernel.channel.KeyCounts;
import io.tollbook.kernel.channel.KeyPrint;
import io.tollbook.kernel.channel.KeyState;
import io.tollbook.kernel.channel.ListedKey;
import io.tollbook.kernel.channel.ListedKeys;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.axonframework.queryhandling.QueryHandler;
import org.jooq.DSLContext;
import org.jooq.Record;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Answers what is asked about a channel's keys, without showing them. */
@Component
class ChannelKeyQueries {
    /** Below this length nothing of a key is shown: what was left would be guessed. */
    private static final int SHOWN_FROM = 20;

    private static final int SHOWN = 4;

    private final DSLContext views;
    private final KeyPrints prints;

    ChannelKeyQueries(DSLContext views, KeyPrints prints) {
        this.views = views;
        this.prints = prints;
    }

    @QueryHandler
    ListedKeys handle(ChannelKeys query) {
        String sealed = views.select(CHANNEL.SEALED_KEY)
                .from(CHANNEL)
                .where(CHANNEL.ID.eq(query.channel()))
                .and(CHANNEL.DELETED.isFalse())
                .fetchOptional(CHANNEL.SEALED_KEY)
                .orElseThrow(() -> new Refused(Refusal.NOT_FOUND, "There is no such channel."));
        Map<KeyPrint, Record> rows =
                views.selectFrom(CHANNEL_KEY).where(CHANNEL_KEY.CHANNEL.eq(query.channel())).fetch().stream()
                        .collect(Collectors.toMap(row -> new KeyPrint(row.get(CHANNEL_KEY.PRINT)), row -> row));
        List<ListedKey> all = new ArrayList<>();
        prints.clear(query.channel(), sealed)
                .forEach((print, key) -> all.add(listed(all.size(), print, key, rows.get(print))));
        List<ListedKey> fitting = all.stream()
                .filter(key -> query.state() == null || key.state() == query.state())
                .toList();
        return new ListedKeys(
                new Page<>(
                        fitting.stream()
                                .skip(query.paging().offset())
                                .limit(query.paging().limit())
                                .toList(),
                        fitting.size()),
                new KeyCounts(
                        all.size(),
                        count(all, KeyState.DISABLED_BY_HAND),
                        count(all, KeyState.DISABLED_AUTOMATICALLY)));
    }

    private static int count(List<ListedKey> keys, KeyState state) {
        return Math.toIntExact(keys.stream().filter(key -> key.state() == state).count());
    }

    private static ListedKey listed(int index, KeyPrint print, String key, @Nullable Record row) {
        String preview = preview(key);
        if (row == null) return new ListedKey(index, print, preview, KeyState.ENABLED, "", null, null);
        if (row.get(CHANNEL_KEY.OFF_SINCE) == null)
            return new ListedKey(index, print, preview, KeyState.ENABLED, "", null, row.get(CHANNEL_KEY.RETIRES_AT));
        KeyState state =
                row.get(CHANNEL_KEY.AUTOMATICALLY) ? KeyState.DISABLED_AUTOMATICALLY : KeyState.DISABLED_BY_HAND;
        return new ListedKey(
                index,
                print,
                preview,
                state,
                row.get(CHANNEL_KEY.WHY),
                row.get(CHANNEL_KEY.OFF_SINCE),
                row.get(CHANNEL_KEY.RETIRES_AT));
    }

    static String preview(String key) {
        return key.length() < SHOWN_FROM ? "…" : key.substring(0, SHOWN) + "…" + key.substring(key.length() - SHOWN);
    }
}
