package io.tollbook.command.account;

import io.tollbook.kernel.Actor;
import io.tollbook.kernel.Messages;
import io.tollbook.kernel.Reason;
import io.tollbook.kernel.Refusal;
import io.tollbook.kernel.Refused;
import io.tollbook.kernel.account.AccountId;
import io.tollbook.kernel.account.HoldId;
import io.tollbook.kernel.account.Quota;
import io.tollbook.kernel.account.ReleaseOpenHold;
import io.tollbook.kernel.account.ReopenCall;
import io.tollbook.kernel.account.Resolution;
import io.tollbook.kernel.account.ResolveCall;
import io.tollbook.kernel.api.Envelope;
import io.tollbook.kernel.user.Role;
import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/** Open holds and unresolved calls, as administrators end them. */
@RestController
class CallEndpoints {
    record Form(
            @Nullable Long account,
            @Nullable String resolution,
            @Nullable Long quota,
            @Nullable String reason) {
        AccountId accountId() {
            return new AccountId(account == null ? 0 : account);
        }

        Reason why() {
            return new Reason(reason == null ? "" : reason);
        }
    }

    private final Messages messages;

    CallEndpoints(Messages messages) {
        this.messages = messages;
    }

    @PostMapping("/api/hold/{hold}/release")
    Envelope release(@PathVariable String hold, @RequestBody Form form, Actor actor) {
        administrator(actor);
        messages.send(new ReleaseOpenHold(form.accountId(), new HoldId(hold), form.why(), Instant.now()), actor);
        return Envelope.done();
    }

    @PostMapping("/api/unresolved/{hold}/resolve")
    Envelope resolve(@PathVariable String hold, @RequestBody Form form, Actor actor) {
        administrator(actor);
        messages.send(
                new ResolveCall(
                        form.accountId(),
                        new HoldId(hold),
                        resolution(form.resolution()),
                        Quota.of(form.quota() == null ? 0 : form.quota()),
                        form.why(),
                        Instant.now()),
                actor);
        return Envelope.done();
    }

    private static Resolution resolution(@Nullable String word) {
        return switch (word == null ? "" : word.toLowerCase(Locale.ROOT)) {
            case "charge" -> Resolution.CHARGED;
            case "write_off" -> Resolution.WRITTEN_OFF;
            case "leave" -> Resolution.LEFT_WITH_CUSTOMER;
            default -> throw Refused.invalid("The resolution must be charge, write_off or leave.");
        };
    }

    @PostMapping("/api/unresolved/{hold}/reopen")
    Envelope reopen(@PathVariable String hold, @RequestBody Form form, Actor actor) {
        administrator(actor);
        messages.send(new ReopenCall(form.accountId(), new HoldId(hold), form.why(), Instant.now()), actor);
        return Envelope.done();
    }

    private static void administrator(Actor actor) {
        actor.signedIn();
        if (!actor.isAtLeast(Role.ADMIN)) throw new Refused(Refusal.NOT_PERMITTED);
    }
}
