package io.tollbook.command.user;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.tollbook.kernel.Actor;
import io.tollbook.kernel.Ids;
import io.tollbook.kernel.Messages;
import io.tollbook.kernel.Refusal;
import io.tollbook.kernel.Refused;
import io.tollbook.kernel.account.AccountId;
import io.tollbook.kernel.account.AdjustQuota;
import io.tollbook.kernel.account.Adjusted;
import io.tollbook.kernel.account.BalanceOf;
import io.tollbook.kernel.account.LotClass;
import io.tollbook.kernel.account.LotId;
import io.tollbook.kernel.account.Money;
import io.tollbook.kernel.account.Quota;
import io.tollbook.kernel.account.RequestAdjustment;
import io.tollbook.kernel.api.Envelope;
import io.tollbook.kernel.api.Shapes;
import io.tollbook.kernel.secret.Secret;
import io.tollbook.kernel.settings.Option;
import io.tollbook.kernel.settings.Options;
import io.tollbook.kernel.user.ChangePassword;
import io.tollbook.kernel.user.ChangeRole;
import io.tollbook.kernel.user.ChangeUser;
import io.tollbook.kernel.user.DeleteUser;
import io.tollbook.kernel.user.DisableUser;
import io.tollbook.kernel.user.EnableUser;
import io.tollbook.kernel.user.RegisterUser;
import io.tollbook.kernel.user.Role;
import io.tollbook.kernel.user.Sessions;
import io.tollbook.kernel.user.UserById;
import io.tollbook.kernel.user.UserId;
import io.tollbook.kernel.user.UserProfile;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/** Users, as administrators change them. */
@RestController
class UserEndpoints {
    record Form(
            @Nullable Long id,
            @Nullable String username,
            @JsonProperty("display_name") @Nullable String displayName,
            @Nullable String password,
            @Nullable Integer role,
            @Nullable String group,
            @Nullable String remark) {}

    record Action(
            @Nullable Long id,
            @Nullable String action,
            @Nullable Long value,
            @Nullable String mode,
            @Nullable String reason,
            @JsonProperty("lot_class") @Nullable String lotClassName,
            @JsonProperty("price_paid") @Nullable BigDecimal pricePaid,
            @Nullable String currency) {
        LotClass lotClass() {
            String name = lotClassName == null ? "" : lotClassName.strip().toUpperCase(Locale.ROOT);
            // Whoever states a price sold something.
            if (name.isEmpty()) return pricePaid == null ? LotClass.COMPENSATION : LotClass.PAID;
            for (LotClass known : LotClass.values()) if (known.name().equals(name)) return known;
            throw Refused.invalid("The lot_class must be paid, promo, subscription or compensation.");
        }

        @Nullable
        Money paid() {
            if (pricePaid == null) {
                if (currency == null || currency.isBlank()) return null;
                throw Refused.invalid("A currency alone is no price: the price_paid is missing.");
            }
            if (currency == null || currency.isBlank())
                throw Refused.invalid("The currency of the price_paid is missing, like USD.");
            return Money.paid(pricePaid, currency);
        }
    }

    private final Messages messages;
    private final Sessions sessions;
    private final Ids ids;

    UserEndpoints(Messages messages, Sessions sessions, Ids ids) {
        this.messages = messages;
        this.sessions = sessions;
        this.ids = ids;
    }

    @PostMapping({"/api/user/", "/api/user"})
    Envelope create(@RequestBody Form form, Actor actor) {
        administrator(actor);
        if (form.username() == null || form.password() == null)
            throw Refused.invalid("Username and password are needed.");
        Quota grant = Quota.of(Option.QUOTA_FOR_NEW_USER.number(messages.ask(new Options(), Actor.SYSTEM)));
        messages.send(
                new RegisterUser(
                        new UserId(ids.next(Ids.Kind.USER)),
                        form.username(),
                        form.displayName() == null || form.displayName().isBlank()
                                ? form.username()
                                : form.displayName(),
                        form.role() == null || form.role() == 0 ? Role.USER : Role.of(form.role()),
                        form.group() == null || form.group().isBlank() ? "default" : form.group(),
                        sessions.hash(new Secret(form.password())),
                        grant,
                        Instant.now()),
                actor);
        return Envelope.done();
    }

    private static void administrator(Actor actor) {
        actor.signedIn();
        if (!actor.isAtLeast(Role.ADMIN)) throw new Refused(Refusal.NOT_PERMITTED);
    }

    private static UserId id(@Nullable Long id) {
        return new UserId(id == null ? 0 : id);
    }

    @PutMapping({"/api/user/", "/api/user"})
    Envelope change(@RequestBody Form form, Actor actor) {
        administrator(actor);
        UserId user = id(form.id());
        Secret hash = form.password() == null || form.password().isEmpty()
                ? null
                : sessions.hash(new Secret(form.password()));
        messages.send(
                new ChangeUser(
                        user,
                        form.username() == null || form.username().isBlank() ? null : form.username(),
                        form.displayName() == null || form.displayName().isBlank() ? null : form.displayName(),
                        form.group() == null || form.group().isBlank() ? null : form.group(),
                        form.remark()),
                actor);
        if (hash != null) {
            messages.send(new ChangePassword(user, hash), actor);
            sessions.endAll(user, null);
        }
        return Envelope.done();
    }

    @DeleteMapping("/api/user/{id}")
    Envelope delete(@PathVariable long id, Actor actor) {
        administrator(actor);
        messages.send(new DeleteUser(id(id)), actor);
        sessions.endAll(id(id), null);
        return Envelope.done();
    }

    @PostMapping("/api/user/manage")
    Envelope manage(@RequestBody Action form, Actor actor) {
        administrator(actor);
        UserId user = id(form.id());
        switch (form.action() == null ? "" : form.action()) {
            case "enable" -> messages.send(new EnableUser(user), actor, form.reason());
            case "disable" -> {
                messages.send(new DisableUser(user), actor, form.reason());
                sessions.endAll(user, null);
            }
            case "delete" -> {
                messages.send(new DeleteUser(user), actor, form.reason());
                sessions.endAll(user, null);
            }
            case "promote" -> messages.send(new ChangeRole(user, Role.ADMIN), actor, form.reason());
            case "make_auditor" -> messages.send(new ChangeRole(user, Role.AUDITOR), actor, form.reason());
            case "demote" -> messages.send(new ChangeRole(user, Role.USER), actor, form.reason());
            case "add_quota" -> {
                return told(adjust(user, form, actor));
            }
            default ->
                throw Refused.invalid(
                        "The action must be enable, disable, delete, promote, make_auditor, demote or" + " add_quota.");
        }
        UserProfile profile = messages.ask(new UserById(user), actor)
                .orElseThrow(() -> new Refused(Refusal.NOT_FOUND, "There is no such user."));
        return Envelope.of(Shapes.user(profile, messages.ask(new BalanceOf(AccountId.of(user)), actor)));
    }

    private static Envelope told(Adjusted adjusted) {
        Instant until = adjusted.awaitsApprovalUntil();
        if (until == null) return Envelope.done();
        Map<String, Object> waiting = new LinkedHashMap<>();
        waiting.put("awaits_approval", true);
        waiting.put("adjustment", adjusted.adjustment().value());
        waiting.put("expires_at", until.getEpochSecond());
        return new Envelope(
                true, "Nothing has changed yet: another administrator has to approve this change.", waiting);
    }

    private Adjusted adjust(UserId user, Action form, Actor actor) {
        if (form.value() == null) throw Refused.invalid("The value is missing.");
        AdjustQuota.Mode mode =
                switch (form.mode() == null ? "add" : form.mode().toLowerCase(Locale.ROOT)) {
                    case "add" -> AdjustQuota.Mode.ADD;
                    case "subtract" -> AdjustQuota.Mode.SUBTRACT;
                    case "override" -> AdjustQuota.Mode.OVERRIDE;
                    default -> throw Refused.invalid("The mode must be add, subtract or override.");
                };
        AdjustQuota wanted = new AdjustQuota(
                AccountId.of(user),
                new LotId(UUID.randomUUID().toString()),
                mode,
                Quota.of(form.value()),
                Instant.now(),
                form.lotClass(),
                form.paid());
        return messages.send(new RequestAdjustment(wanted), actor, form.reason());
    }
}
