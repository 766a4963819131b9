package io.tollbook.query.token;

import static io.tollbook.query.schema.Tables.TOKEN;
import static io.tollbook.query.schema.Tables.TOKEN_SPEND;
import static io.tollbook.query.schema.Tables.USER_PROFILE;

import io.tollbook.kernel.Page;
import io.tollbook.kernel.account.AccountId;
import io.tollbook.kernel.account.Quota;
import io.tollbook.kernel.secret.Sealed;
import io.tollbook.kernel.token.Admission;
import io.tollbook.kernel.token.AdmissionByKey;
import io.tollbook.kernel.token.AdmissionOfUser;
import io.tollbook.kernel.token.TokenById;
import io.tollbook.kernel.token.TokenId;
import io.tollbook.kernel.token.TokenKeyOf;
import io.tollbook.kernel.token.TokenStatus;
import io.tollbook.kernel.token.TokenSummary;
import io.tollbook.kernel.token.TokenTerms;
import io.tollbook.kernel.token.TokensOf;
import io.tollbook.kernel.user.Role;
import io.tollbook.kernel.user.UserStatus;
import io.tollbook.query.readmodel.Json;
import io.tollbook.query.readmodel.Patterns;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.axonframework.queryhandling.QueryHandler;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Record;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Answers what is asked about API keys. A deleted key answers nothing. */
@Component
class TokenQueries {
    private final DSLContext views;

    TokenQueries(DSLContext views) {
        this.views = views;
    }

    @QueryHandler
    Page<TokenSummary> handle(TokensOf query) {
        Condition condition = TOKEN.OWNER
                .eq(query.owner())
                .and(TOKEN.DELETED.isFalse())
                .and(Patterns.matches(TOKEN.NAME, query.name()));
        if (query.fingerprint() != null) condition = condition.and(TOKEN.FINGERPRINT.eq(query.fingerprint()));
        return new Page<>(
                views.select()
                        .from(TOKEN)
                        .leftJoin(TOKEN_SPEND)
                        .on(TOKEN_SPEND.TOKEN.eq(TOKEN.ID))
                        .where(condition)
                        .orderBy(TOKEN.ID.desc())
                        .offset(query.paging().offset())
                        .limit(query.paging().limit())
                        .fetch(TokenQueries::summary),
                views.fetchCount(TOKEN, condition));
    }

    @QueryHandler
    Optional<TokenSummary> handle(TokenById query) {
        return views.select()
                .from(TOKEN)
                .leftJoin(TOKEN_SPEND)
                .on(TOKEN_SPEND.TOKEN.eq(TOKEN.ID))
                .where(TOKEN.ID.eq(query.token()))
                .and(TOKEN.OWNER.eq(query.owner()))
                .and(TOKEN.DELETED.isFalse())
                .fetchOptional(TokenQueries::summary);
    }

    @QueryHandler
    Optional<Sealed> handle(TokenKeyOf query) {
        return views.select(TOKEN.SEALED_KEY)
                .from(TOKEN)
                .where(TOKEN.ID.eq(query.token()))
                .and(TOKEN.OWNER.eq(query.owner()))
                .and(TOKEN.DELETED.isFalse())
                .fetchOptional(row -> Json.read(row.value1(), Sealed.class));
    }

    @QueryHandler
    Optional<Admission> handle(AdmissionByKey query) {
        return views.select()
                .from(TOKEN)
                .join(USER_PROFILE)
                .on(USER_PROFILE.ID.eq(TOKEN.OWNER))
                .where(TOKEN.FINGERPRINT.eq(query.fingerprint()))
                .and(TOKEN.DELETED.isFalse())
                .fetchOptional(row -> new Admission(
                        row.get(TOKEN.ID),
                        row.get(TOKEN.OWNER),
                        AccountId.of(row.get(TOKEN.OWNER)),
                        row.get(TOKEN.ENABLED),
                        terms(row, row.get(TOKEN.REMAINING)),
                        status(row.get(USER_PROFILE.STATUS)),
                        Role.of(row.get(USER_PROFILE.ROLE)),
                        row.get(USER_PROFILE.USER_GROUP)));
    }

    @QueryHandler
    Optional<Admission> handle(AdmissionOfUser query) {
        return views.select()
                .from(USER_PROFILE)
                .where(USER_PROFILE.ID.eq(query.user()))
                .fetchOptional(row -> new Admission(
                        TokenId.SESSION,
                        query.user(),
                        AccountId.of(query.user()),
                        true,
                        new TokenTerms(TokenId.SESSION_NAME, null, null, false, List.of(), List.of(), "", false),
                        status(row.get(USER_PROFILE.STATUS)),
                        Role.of(row.get(USER_PROFILE.ROLE)),
                        row.get(USER_PROFILE.USER_GROUP)));
    }

    private static UserStatus status(short number) {
        for (UserStatus status : UserStatus.values()) if (status.number() == number) return status;
        throw new IllegalStateException("no user status " + number);
    }

    private static TokenSummary summary(Record row) {
        Quota used = row.get(TOKEN_SPEND.USED) == null ? Quota.ZERO : row.get(TOKEN_SPEND.USED);
        Quota remaining = remaining(row);
        TokenTerms terms = terms(row, remaining);
        return new TokenSummary(
                row.get(TOKEN.ID),
                row.get(TOKEN.OWNER),
                row.get(TOKEN.HINT),
                terms,
                status(row, remaining),
                used,
                row.get(TOKEN.CREATED_AT),
                row.get(TOKEN_SPEND.LAST_USED_AT));
    }

    /** What may still be spent, open holds taken off; null for no limit. */
    private static @Nullable Quota remaining(Record row) {
        if (row.get(TOKEN.REMAINING) == null) return null;
        Quota left = row.get(TOKEN_SPEND.REMAINING);
        if (left == null) return row.get(TOKEN.REMAINING);
        return left.minus(row.get(TOKEN_SPEND.HELD));
    }

    private static TokenStatus status(Record row, @Nullable Quota remaining) {
        if (!row.get(TOKEN.ENABLED)) return TokenStatus.DISABLED;
        Instant expiresAt = row.get(TOKEN.EXPIRES_AT);
        if (expiresAt != null && !expiresAt.isAfter(Instant.now())) return TokenStatus.EXPIRED;
        return remaining != null && !remaining.isPositive() ? TokenStatus.EXHAUSTED : TokenStatus.ENABLED;
    }

    private static TokenTerms terms(Record row, @Nullable Quota remaining) {
        return new TokenTerms(
                row.get(TOKEN.NAME),
                row.get(TOKEN.EXPIRES_AT),
                remaining == null || !remaining.isNegative() ? remaining : Quota.ZERO,
                row.get(TOKEN.MODELS_LIMITED),
                List.of(row.get(TOKEN.MODELS)),
                List.of(row.get(TOKEN.ADDRESSES)),
                row.get(TOKEN.TOKEN_GROUP),
                row.get(TOKEN.CROSS_GROUP_RETRY));
    }
}
