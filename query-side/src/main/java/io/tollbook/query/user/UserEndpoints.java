package io.tollbook.query.user;

import io.tollbook.kernel.Actor;
import io.tollbook.kernel.Messages;
import io.tollbook.kernel.Page;
import io.tollbook.kernel.Paging;
import io.tollbook.kernel.Refusal;
import io.tollbook.kernel.Refused;
import io.tollbook.kernel.account.AccountId;
import io.tollbook.kernel.account.Balance;
import io.tollbook.kernel.account.BalanceOf;
import io.tollbook.kernel.account.Balances;
import io.tollbook.kernel.account.Quota;
import io.tollbook.kernel.api.Envelope;
import io.tollbook.kernel.api.PageOf;
import io.tollbook.kernel.api.Shapes;
import io.tollbook.kernel.site.ReadModels;
import io.tollbook.kernel.user.Role;
import io.tollbook.kernel.user.UserById;
import io.tollbook.kernel.user.UserId;
import io.tollbook.kernel.user.UserProfile;
import io.tollbook.kernel.user.UserStatus;
import io.tollbook.kernel.user.Users;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Users as they and administrators see them. */
@RestController("userReads")
class UserEndpoints {
    private static final int DELETED = -1;

    /** Somebody who looks at their balance has often just paid; under load they see it a moment late. */
    private static final Duration CATCH_UP = Duration.ofMillis(250);

    private final Messages messages;
    private final ReadModels readModels;

    UserEndpoints(Messages messages, ReadModels readModels) {
        this.messages = messages;
        this.readModels = readModels;
    }

    @GetMapping("/api/user/self")
    Envelope self(Actor actor) {
        UserId id = actor.signedIn();
        readModels.catchUp(CATCH_UP);
        UserProfile user = messages.ask(new UserById(id), actor).orElseThrow(() -> new Refused(Refusal.NOT_FOUND));
        Map<String, @Nullable Object> shape = Shapes.user(user, messages.ask(new BalanceOf(AccountId.of(id)), actor));
        for (String forAdministrators : List.of("password", "original_password", "remark", "DeletedAt"))
            shape.remove(forAdministrators);
        shape.put("avatar_url", "");
        shape.put("sidebar_modules", "");
        shape.put(
                "permissions",
                Map.of("sidebar_settings", true, "sidebar_modules", Map.of("admin", actor.isAtLeast(Role.ADMIN))));
        return Envelope.of(shape);
    }

    @GetMapping({"/api/user/", "/api/user"})
    Envelope list(
            @RequestParam(required = false) @Nullable Integer p,
            @RequestParam(name = "page_size", required = false) @Nullable Integer pageSize,
            Actor actor) {
        return page(new Users(null, null, null, null, PageOf.paging(p, pageSize)), actor);
    }

    @GetMapping("/api/user/search")
    Envelope search(
            @RequestParam(required = false) @Nullable String keyword,
            @RequestParam(required = false) @Nullable String group,
            @RequestParam(required = false) @Nullable Integer role,
            @RequestParam(required = false) @Nullable Integer status,
            @RequestParam(required = false) @Nullable Integer p,
            @RequestParam(name = "page_size", required = false) @Nullable Integer pageSize,
            Actor actor) {
        return page(
                new Users(
                        keyword,
                        group,
                        role == null ? null : Role.of(role),
                        status(status),
                        PageOf.paging(p, pageSize)),
                actor);
    }

    private static @Nullable UserStatus status(@Nullable Integer number) {
        if (number == null) return null;
        return switch (number) {
            case 1 -> UserStatus.ENABLED;
            case 2 -> UserStatus.DISABLED;
            case DELETED -> UserStatus.DELETED;
            default -> throw Refused.invalid("The status must be 1, 2 or -1.");
        };
    }

    private Envelope page(Users query, Actor actor) {
        actor.signedIn();
        Paging paging = query.paging();
        Page<UserProfile> users = messages.ask(query, actor);
        Map<AccountId, Balance> balances = messages.ask(
                new Balances(users.items().stream()
                        .map(user -> AccountId.of(user.id()))
                        .toList()),
                actor);
        return Envelope.of(PageOf.of(paging, users, user -> {
            AccountId account = AccountId.of(user.id());
            Balance none = new Balance(account, Quota.ZERO, Quota.ZERO, Quota.ZERO, Quota.ZERO, 0);
            return hidden(user, actor)
                    ? Shapes.user(withoutDetails(user), none)
                    : Shapes.user(user, balances.getOrDefault(account, none));
        }));
    }

    /** Administrators do not see their peers' and root's details. */
    private static boolean hidden(UserProfile user, Actor actor) {
        return !actor.maySee(Role.ROOT)
                && user.role().compareTo(actor.role()) >= 0
                && !user.id().equals(actor.user());
    }

    private static UserProfile withoutDetails(UserProfile user) {
        return new UserProfile(
                user.id(),
                user.username(),
                user.displayName(),
                user.role(),
                user.status(),
                user.group(),
                "",
                user.createdAt(),
                null);
    }

    @GetMapping("/api/user/{id:\\d+}")
    Envelope one(@PathVariable long id, Actor actor) {
        actor.signedIn();
        if (!actor.maySee(Role.ADMIN)) throw new Refused(Refusal.NOT_PERMITTED);
        UserId user = new UserId(id);
        UserProfile profile = messages.ask(new UserById(user), actor).orElseThrow(() -> new Refused(Refusal.NOT_FOUND));
        if (hidden(profile, actor)) throw new Refused(Refusal.NOT_PERMITTED);
        return Envelope.of(Shapes.user(profile, messages.ask(new BalanceOf(AccountId.of(user)), actor)));
    }
}
