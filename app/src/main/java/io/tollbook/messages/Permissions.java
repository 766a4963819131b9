package io.tollbook.messages;

import io.tollbook.kernel.Actor;
import io.tollbook.kernel.Caller;
import io.tollbook.kernel.Command;
import io.tollbook.kernel.Owned;
import io.tollbook.kernel.Permits;
import io.tollbook.kernel.Refusal;
import io.tollbook.kernel.Refused;
import io.tollbook.kernel.user.Role;
import java.util.Objects;

/** Whether an actor may send a message, by what the message's type says. A type that says nothing is open to nobody. */
final class Permissions {
    private Permissions() {}

    /** @throws Refused SIGN_IN_REQUIRED for guests, READ_ONLY for an auditor's commands, NOT_PERMITTED otherwise */
    static void check(Object message, Actor actor) {
        Permits permits = message.getClass().getAnnotation(Permits.class);
        if (permits != null) for (Caller caller : permits.value()) if (isOne(caller, message, actor)) return;
        if (actor.kind() == Caller.AUDITOR && message instanceof Command) throw new Refused(Refusal.READ_ONLY);
        throw new Refused(actor.kind() == Caller.ANYONE ? Refusal.SIGN_IN_REQUIRED : Refusal.NOT_PERMITTED);
    }

    private static boolean isOne(Caller caller, Object message, Actor actor) {
        if (actor.kind() == Caller.AUDITOR) return admitsAuditor(caller, message, actor);
        return switch (caller) {
            case ANYONE -> true;
            case OWNER ->
                message instanceof Owned owned
                        && actor.user() != null
                        && actor.user().equals(owned.owner());
            case USER -> actor.user() != null;
            case AUDITOR -> false;
            case ADMIN -> actor.user() != null && actor.isAtLeast(Role.ADMIN);
            case ROOT -> actor.user() != null && actor.isAtLeast(Role.ROOT);
            case RELAY -> actor.kind() == Caller.RELAY || actor.kind() == Caller.SYSTEM;
            case SYSTEM -> actor.kind() == Caller.SYSTEM;
        };
    }

    private static boolean admitsAuditor(Caller caller, Object message, Actor auditor) {
        if (!(message instanceof Command)) return caller == Caller.AUDITOR || caller == Caller.ANYONE;
        return caller == Caller.AUDITOR
                && !(message instanceof Owned owned && !Objects.equals(owned.owner(), auditor.user()));
    }
}
