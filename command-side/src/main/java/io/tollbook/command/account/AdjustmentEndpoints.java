package io.tollbook.command.account;

import io.tollbook.kernel.Actor;
import io.tollbook.kernel.Messages;
import io.tollbook.kernel.Reason;
import io.tollbook.kernel.Refusal;
import io.tollbook.kernel.Refused;
import io.tollbook.kernel.account.ApproveAdjustment;
import io.tollbook.kernel.account.LotId;
import io.tollbook.kernel.account.RejectAdjustment;
import io.tollbook.kernel.account.WithdrawAdjustment;
import io.tollbook.kernel.api.Envelope;
import io.tollbook.kernel.user.Role;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/** Changes of quota that need a second person, as administrators decide about them. */
@RestController
class AdjustmentEndpoints {
    record Form(@Nullable String reason) {}

    private final Messages messages;

    AdjustmentEndpoints(Messages messages) {
        this.messages = messages;
    }

    @PostMapping("/api/adjustment/{id}/approve")
    Envelope approve(@PathVariable String id, Actor actor) {
        administrator(actor);
        messages.send(new ApproveAdjustment(new LotId(id), Instant.now()), actor);
        return Envelope.done();
    }

    @PostMapping("/api/adjustment/{id}/reject")
    Envelope reject(@PathVariable String id, @RequestBody Form form, Actor actor) {
        administrator(actor);
        Reason reason = new Reason(form.reason() == null ? "" : form.reason());
        messages.send(new RejectAdjustment(new LotId(id), reason, Instant.now()), actor);
        return Envelope.done();
    }

    @PostMapping("/api/adjustment/{id}/withdraw")
    Envelope withdraw(@PathVariable String id, Actor actor) {
        administrator(actor);
        messages.send(new WithdrawAdjustment(new LotId(id), Instant.now()), actor);
        return Envelope.done();
    }

    private static void administrator(Actor actor) {
        actor.signedIn();
        if (!actor.isAtLeast(Role.ADMIN)) throw new Refused(Refusal.NOT_PERMITTED);
    }
}
