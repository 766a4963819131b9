package io.tollbook.messages;

import io.tollbook.kernel.Actor;
import io.tollbook.kernel.Caller;
import io.tollbook.kernel.Owned;
import io.tollbook.kernel.Permits;
import io.tollbook.kernel.Refusal;
import io.tollbook.kernel.Refused;
import io.tollbook.kernel.user.Role;

/** Whether an actor may send a message, by what the message's type says. A type that says nothing is open to nobody. */
final class Permissions {
    private Permissions() {}

    /** @throws Refused SIGN_IN_REQUIRED for guests, NOT_PERMITTED for others */
    static void check(Object message, Actor actor) {
        Permits permits = message.getClass().getAnnotation(Permits.class);
        if (permits != null) for (Caller caller : permits.value()) if (isOne(caller, message, actor)) return;
        throw new Refused(actor.kind() == Caller.ANYONE ? Refusal.SIGN_IN_REQUIRED : Refusal.NOT_PERMITTED);
    }

    private static boolean isOne(Caller caller, Object message, Actor actor) {
        return switch (caller) {
            case ANYONE -> true;
            case OWNER ->
                message instanceof Owned owned
                        && actor.user() != null
                        && owned.owner().equals(actor.user());
            case USER -> actor.user() != null;
            case ADMIN -> actor.user() != null && actor.isAtLeast(Role.ADMIN);
            case ROOT -> actor.user() != null && actor.isAtLeast(Role.ROOT);
            case RELAY -> actor.kind() == Caller.RELAY || actor.kind() == Caller.SYSTEM;
            case SYSTEM -> actor.kind() == Caller.SYSTEM;
        };
    }
}
