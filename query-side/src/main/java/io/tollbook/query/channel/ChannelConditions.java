package io.tollbook.query.channel;

import static io.tollbook.query.schema.Tables.CHANNEL;

import io.tollbook.kernel.channel.ChannelFilter;
import io.tollbook.kernel.channel.ChannelId;
import io.tollbook.query.readmodel.Patterns;
import java.util.List;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.springframework.stereotype.Component;

/** What a filter asks of channels. */
@Component
class ChannelConditions {
    /** No key is shorter, and nobody looks for a channel by a longer part of its name without a space. */
    private static final int KEY_LEAST = 12;

    private final DSLContext views;
    private final KeyPrints prints;

    ChannelConditions(DSLContext views, KeyPrints prints) {
        this.views = views;
        this.prints = prints;
    }

    Condition of(ChannelFilter filter) {
        Condition condition = CHANNEL.DELETED.isFalse();
        if (given(filter.keyword()))
            condition = condition.and(keyword(filter.keyword().strip()));
        if (given(filter.model()))
            condition = condition.and(
                    CHANNEL.MODELS.contains(new String[] {filter.model().strip()}));
        if (given(filter.group())) condition = condition.and(CHANNEL.GROUPS.contains(new String[] {filter.group()}));
        if (!filter.statuses().isEmpty())
            condition = condition.and(CHANNEL.STATUS.in(filter.statuses().stream()
                    .map(status -> (short) status.number())
                    .toList()));
        if (filter.type() != null) condition = condition.and(CHANNEL.TYPE.eq(filter.type()));
        if (filter.tag() != null) condition = condition.and(CHANNEL.TAG.eq(filter.tag()));
        return condition;
    }

    private static boolean given(@org.jspecify.annotations.Nullable String text) {
        return text != null && !text.isBlank();
    }

    private Condition keyword(String keyword) {
        Condition byText = Patterns.contains(CHANNEL.NAME, keyword)
                .or(Patterns.contains(CHANNEL.BASE_URL, keyword))
                .or(Patterns.contains(CHANNEL.TAG, keyword));
        if (keyword.matches("[1-9]\\d{0,17}")) return byText.or(CHANNEL.ID.eq(new ChannelId(Long.parseLong(keyword))));
        if (keyword.length() < KEY_LEAST || keyword.indexOf(' ') >= 0) return byText;
        List<ChannelId> byKey = withKey(keyword);
        return byKey.isEmpty() ? byText : byText.or(CHANNEL.ID.in(byKey));
    }

    /** A key has another print in each channel, so each is asked; what they have is remembered. */
    private List<ChannelId> withKey(String key) {
        return views
                .select(CHANNEL.ID, CHANNEL.SEALED_KEY)
                .from(CHANNEL)
                .where(CHANNEL.DELETED.isFalse())
                .fetch()
                .stream()
                .filter(row -> prints.of(row.value1(), row.value2()).contains(prints.print(row.value1(), key)))
                .map(row -> row.value1())
                .toList();
    }
}
