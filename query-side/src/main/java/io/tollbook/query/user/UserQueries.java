package io.tollbook.query.user;

import static io.tollbook.query.schema.Tables.USER_PROFILE;

import io.tollbook.kernel.Page;
import io.tollbook.kernel.secret.Sealed;
import io.tollbook.kernel.user.AccessTokenOwner;
import io.tollbook.kernel.user.Credentials;
import io.tollbook.kernel.user.CredentialsOf;
import io.tollbook.kernel.user.Role;
import io.tollbook.kernel.user.UserById;
import io.tollbook.kernel.user.UserId;
import io.tollbook.kernel.user.UserProfile;
import io.tollbook.kernel.user.UserStatus;
import io.tollbook.kernel.user.Usernames;
import io.tollbook.kernel.user.Users;
import io.tollbook.query.readmodel.Json;
import io.tollbook.query.readmodel.Patterns;
import java.util.Optional;
import org.axonframework.queryhandling.QueryHandler;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Record;
import org.jooq.impl.DSL;
import org.springframework.stereotype.Component;

/** Answers what is asked about users. */
@Component
class UserQueries {
    private final DSLContext views;

    UserQueries(DSLContext views) {
        this.views = views;
    }

    @QueryHandler
    Optional<UserProfile> handle(UserById query) {
        return views.selectFrom(USER_PROFILE)
                .where(USER_PROFILE.ID.eq(query.user()))
                .fetchOptional(UserQueries::profile);
    }

    @QueryHandler
    Page<UserProfile> handle(Users query) {
        Condition condition = DSL.noCondition();
        if (query.keyword() != null && !query.keyword().isBlank()) condition = condition.and(keyword(query.keyword()));
        if (query.group() != null && !query.group().isBlank())
            condition = condition.and(USER_PROFILE.USER_GROUP.eq(query.group()));
        if (query.role() != null)
            condition = condition.and(USER_PROFILE.ROLE.eq((short) query.role().number()));
        if (query.status() != null)
            condition =
                    condition.and(USER_PROFILE.STATUS.eq((short) query.status().number()));
        return new Page<>(
                views.selectFrom(USER_PROFILE)
                        .where(condition)
                        .orderBy(USER_PROFILE.ID.desc())
                        .offset(query.paging().offset())
                        .limit(query.paging().limit())
                        .fetch(UserQueries::profile),
                views.fetchCount(USER_PROFILE, condition));
    }

    private static Condition keyword(String keyword) {
        Condition byName = Patterns.contains(USER_PROFILE.USERNAME, keyword)
                .or(Patterns.contains(USER_PROFILE.DISPLAY_NAME, keyword));
        return keyword.matches("[1-9]\\d{0,17}")
                ? byName.or(USER_PROFILE.ID.eq(new UserId(Long.parseLong(keyword))))
                : byName;
    }

    @QueryHandler
    Optional<Credentials> handle(CredentialsOf query) {
        return views.selectFrom(USER_PROFILE)
                .where(USER_PROFILE.CANONICAL.eq(Usernames.canonical(query.username())))
                .orderBy(USER_PROFILE.ID.desc())
                .limit(1)
                .fetchOptional(row -> new Credentials(
                        profile(row),
                        row.get(USER_PROFILE.PASSWORD_HASH) == null
                                ? null
                                : Json.read(row.get(USER_PROFILE.PASSWORD_HASH), Sealed.class)));
    }

    @QueryHandler
    Optional<UserId> handle(AccessTokenOwner query) {
        return views.select(USER_PROFILE.ID)
                .from(USER_PROFILE)
                .where(USER_PROFILE.ACCESS_FINGERPRINT.eq(query.fingerprint()))
                .fetchOptional(USER_PROFILE.ID);
    }

    private static UserProfile profile(Record row) {
        return new UserProfile(
                row.get(USER_PROFILE.ID),
                row.get(USER_PROFILE.USERNAME),
                row.get(USER_PROFILE.DISPLAY_NAME),
                Role.of(row.get(USER_PROFILE.ROLE)),
                status(row.get(USER_PROFILE.STATUS)),
                row.get(USER_PROFILE.USER_GROUP),
                row.get(USER_PROFILE.REMARK),
                row.get(USER_PROFILE.CREATED_AT),
                row.get(USER_PROFILE.LAST_SIGN_IN_AT));
    }

    static UserStatus status(short number) {
        for (UserStatus status : UserStatus.values()) if (status.number() == number) return status;
        throw new IllegalStateException("no user status " + number);
    }
}
