package io.tollbook.command.user;

import io.tollbook.kernel.Caller;
import io.tollbook.kernel.user.Role;
import io.tollbook.kernel.user.UserId;
import org.axonframework.messaging.MetaData;

/** Who sent a command, as its metadata says. */
public record Sender(Caller kind, Role role, long user) {
    public static Sender of(MetaData metadata) {
        return new Sender(
                Caller.valueOf((String) metadata.getOrDefault("kind", Caller.ANYONE.name())),
                Role.valueOf((String) metadata.getOrDefault("role", Role.GUEST.name())),
                Long.parseLong((String) metadata.getOrDefault("actor", "0")));
    }

    boolean isSystem() {
        return kind == Caller.SYSTEM;
    }

    boolean is(UserId other) {
        return user == other.value();
    }
}
