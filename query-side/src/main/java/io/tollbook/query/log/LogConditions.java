package io.tollbook.query.log;

import static io.tollbook.query.schema.Tables.HOURLY_TOTAL;
import static io.tollbook.query.schema.Tables.HOURLY_USAGE;
import static io.tollbook.query.schema.Tables.MARGIN;
import static io.tollbook.query.schema.Tables.TOKEN;
import static io.tollbook.query.schema.Tables.USAGE_LOG;
import static io.tollbook.query.schema.Tables.USER_PROFILE;

import io.tollbook.kernel.log.LogFilter;
import io.tollbook.kernel.log.LogKind;
import io.tollbook.kernel.log.Others;
import io.tollbook.kernel.token.TokenId;
import io.tollbook.kernel.user.UserId;
import io.tollbook.query.readmodel.Patterns;
import io.tollbook.query.readmodel.StoredEvents;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;

/**
 * What a filter asks of log rows. Names of keys and users become ids first, so that PostgreSQL knows how many rows to expect
 * and chooses the index that leaves the fewest.
 */
public final class LogConditions {
    /** How far the times of neighbouring positions may be out of order when several nodes write. */
    private static final Duration OUT_OF_ORDER = Duration.ofMinutes(1);

    private static final Duration LONGEST_CALL = Duration.ofHours(1);
    private static final Pattern TIMED_REQUEST = Pattern.compile("[0-9a-f]{27}");
    /** A name that fits more keys than this stays a question to the table of keys. */
    private static final int IDS_MAX = 1_000;

    private final DSLContext views;

    public LogConditions(DSLContext views) {
        this.views = views;
    }

    /** All of the filter. */
    public Condition rows(LogFilter filter) {
        LogFilter near = nearRequest(filter);
        return anyTime(near).and(range(near.from(), near.to()));
    }

    /** All of the filter but its time. */
    Condition anyTime(LogFilter filter) {
        Condition condition = calls(
                filter, USAGE_LOG.USER_ID, USAGE_LOG.TOKEN, USAGE_LOG.CHANNEL, USAGE_LOG.MODEL, USAGE_LOG.MODEL_GROUP);
        if (filter.kind() != LogKind.ALL)
            condition = condition.and(
                    USAGE_LOG.KIND.eq(DSL.inline((short) filter.kind().number())));
        // Says the same once more, in the words of the index of other kinds.
        if (filter.kind() != LogKind.ALL && filter.kind() != LogKind.CONSUME)
            condition = condition.and(USAGE_LOG.KIND.ne(DSL.inline((short) LogKind.CONSUME.number())));
        condition = condition.and(ofOneOwner(filter));
        // What is no call has no key either.
        if (given(filter.tokenName()) && namesSessions(filter))
            condition = condition
                    .and(USAGE_LOG.KIND.in((short) LogKind.CONSUME.number(), (short) LogKind.ERROR.number()))
                    .and(USAGE_LOG.USER_ID.ne(0L));
        if (given(filter.request())) condition = condition.and(USAGE_LOG.REQUEST.eq(filter.request()));
        if (given(filter.upstreamRequest()))
            condition = condition.and(USAGE_LOG.UPSTREAM_REQUEST.eq(filter.upstreamRequest()));
        return mayBeRare(filter) ? condition.and(USAGE_LOG.POSITION.gt(DSL.inline(0L))) : condition;
    }

    /**
     * Whether the sums per block help to find it. All positions are above zero; that they are asked for lets PostgreSQL expect
     * a rare value in few blocks, because they stand in order there.
     */
    private static boolean mayBeRare(LogFilter filter) {
        return given(filter.model())
                || given(filter.group())
                || filter.channel() != null
                || filter.token() != null
                || given(filter.tokenName())
                || given(filter.request())
                || given(filter.upstreamRequest());
    }

    /** What the sums per hour know as well as the rows do. */
    public Condition hours(LogFilter filter) {
        return calls(
                filter,
                HOURLY_USAGE.USER_ID,
                HOURLY_USAGE.TOKEN,
                HOURLY_USAGE.CHANNEL,
                HOURLY_USAGE.MODEL,
                HOURLY_USAGE.MODEL_GROUP);
    }

    /** Whether the sums of everybody together say it. */
    public static boolean isAboutEverybody(LogFilter filter) {
        return filter.user() == null
                && filter.token() == null
                && !given(filter.tokenName())
                && !given(filter.username())
                && filter.without().users().isEmpty()
                && filter.without().tokens().isEmpty();
    }

    /** What those know, from the fewest rows that do. @param apart whether channels or groups are told apart */
    public Condition totals(LogFilter filter, boolean apart) {
        boolean byModel = !apart
                && filter.channel() == null
                && !given(filter.group())
                && filter.without().channels().isEmpty()
                && filter.without().groups().isEmpty();
        return HOURLY_TOTAL
                .GRAIN
                .eq(DSL.inline((short) (byModel ? 1 : 2)))
                .and(calls(
                        filter,
                        DSL.inline(0L),
                        DSL.inline(0L),
                        HOURLY_TOTAL.CHANNEL,
                        HOURLY_TOTAL.MODEL,
                        HOURLY_TOTAL.MODEL_GROUP));
    }

    /** What the sums of costs know; they are not told apart by key. */
    public Condition quarters(LogFilter filter) {
        return calls(filter, MARGIN.USER_ID, DSL.inline(0L), MARGIN.CHANNEL, MARGIN.MODEL, MARGIN.MODEL_GROUP);
    }

    public static boolean isKnownPerHour(LogFilter filter) {
        return !given(filter.request()) && !given(filter.upstreamRequest());
    }

    private Condition calls(
            LogFilter filter,
            Field<Long> user,
            Field<Long> token,
            Field<Long> channel,
            Field<String> model,
            Field<String> group) {
        Condition condition = DSL.noCondition();
        if (filter.user() != null)
            condition = condition.and(user.eq(filter.user().value()));
        condition = condition.and(Patterns.matches(model, filter.model()));
        if (filter.token() != null)
            condition = condition.and(token.eq(filter.token().value()));
        if (given(filter.tokenName())) condition = condition.and(ofTokens(filter, token));
        if (given(filter.username()))
            condition = condition.and(among(
                    user,
                    DSL.select(USER_PROFILE.ID.coerce(Long.class))
                            .from(USER_PROFILE)
                            .where(Patterns.matches(USER_PROFILE.USERNAME, filter.username()))));
        if (given(filter.group())) condition = condition.and(Patterns.matches(group, filter.group()));
        if (filter.channel() != null)
            condition = condition.and(channel.eq(filter.channel().value()));
        Others without = filter.without();
        return condition
                .and(notIn(user, without.users()))
                .and(notIn(token, without.tokens()))
                .and(notIn(channel, without.channels()))
                .and(notIn(model, without.models()))
                .and(notIn(group, without.groups()));
    }

    private static <T> Condition notIn(Field<T> field, Set<T> values) {
        return values.isEmpty() ? DSL.noCondition() : field.notIn(values);
    }

    private Condition ofTokens(LogFilter filter, Field<Long> token) {
        Condition named = Patterns.matches(TOKEN.NAME, filter.tokenName());
        if (filter.user() != null) named = named.and(TOKEN.OWNER.eq(filter.user()));
        Condition keys =
                among(token, DSL.select(TOKEN.ID.coerce(Long.class)).from(TOKEN).where(named));
        return namesSessions(filter) ? keys.or(token.eq(TokenId.SESSION.value())) : keys;
    }

    private static boolean namesSessions(LogFilter filter) {
        return Patterns.fits(TokenId.SESSION_NAME, filter.tokenName());
    }

    /** The rows of a key are its owner's, and those are indexed. An index of keys would cost every call something. */
    private Condition ofOneOwner(LogFilter filter) {
        if (filter.user() != null || filter.token() == null && !given(filter.tokenName())) return DSL.noCondition();
        if (filter.token() == null && namesSessions(filter)) return DSL.noCondition();
        Condition tokens = Patterns.matches(TOKEN.NAME, filter.tokenName());
        if (filter.token() != null) tokens = tokens.and(TOKEN.ID.eq(filter.token()));
        List<UserId> owners = views.selectDistinct(TOKEN.OWNER)
                .from(TOKEN)
                .where(tokens)
                .limit(2)
                .fetch(TOKEN.OWNER);
        return owners.size() == 1 ? USAGE_LOG.USER_ID.eq(owners.getFirst().value()) : DSL.noCondition();
    }

    private Condition among(Field<Long> field, org.jooq.Select<org.jooq.Record1<Long>> ids) {
        List<Long> found = views.fetch(DSL.select().from(ids.asTable("ids")).limit(IDS_MAX + 1))
                .getValues(0, Long.class);
        return switch (found.size()) {
            case 0 -> DSL.falseCondition();
            case 1 -> field.eq(found.getFirst());
            default -> found.size() <= IDS_MAX ? field.in(found) : field.in(ids);
        };
    }

    /**
     * A request's id begins with its time, so its row is looked for from there to the end of the longest call, if it is
     * there at all. The id is not indexed: each call would pay for it.
     */
    private LogFilter nearRequest(LogFilter filter) {
        String request = filter.request();
        if (request == null || filter.from() != null || filter.to() != null) return filter;
        if (!TIMED_REQUEST.matcher(request).matches()) return filter;
        Instant start = Instant.ofEpochMilli(Long.parseLong(request.substring(0, 11), 16));
        LogFilter near = filter.between(start.minus(OUT_OF_ORDER), start.plus(LONGEST_CALL));
        Condition there = anyTime(near).and(range(near.from(), near.to()));
        return views.fetchExists(views.selectOne().from(USAGE_LOG).where(there)) ? near : filter;
    }

    /** Both ends belong to it. */
    Condition range(@Nullable Instant from, @Nullable Instant to) {
        Condition condition = DSL.noCondition();
        if (from != null) condition = condition.and(since(from));
        if (to != null) condition = condition.and(until(to));
        return condition;
    }

    /** The time itself has no index; positions rise with it, so they say where to look. */
    private Condition since(Instant from) {
        return USAGE_LOG
                .AT
                .ge(from)
                .and(USAGE_LOG.POSITION.gt(StoredEvents.lastBefore(views, from.minus(OUT_OF_ORDER))));
    }

    private Condition until(Instant to) {
        Condition condition = USAGE_LOG.AT.le(to);
        Instant surelyLater = to.plus(OUT_OF_ORDER);
        if (surelyLater.isAfter(Instant.now())) return condition;
        return condition.and(USAGE_LOG.POSITION.le(StoredEvents.lastBefore(views, surelyLater)));
    }

    private static boolean given(@Nullable String text) {
        return text != null && !text.isBlank();
    }
}
