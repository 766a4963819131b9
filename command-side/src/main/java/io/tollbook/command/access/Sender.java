package io.tollbook.command.access;

import io.tollbook.kernel.Caller;
import io.tollbook.kernel.user.Role;
import io.tollbook.kernel.user.UserId;
import org.axonframework.messaging.MetaData;
import org.jspecify.annotations.Nullable;

/**
 * Who sent a command, as its metadata says: {@code actor}, {@code role} and {@code kind}. A command that says nothing has
 * no rights.
 */
public record Sender(Caller kind, @Nullable UserId user, Role role) {
    public static Sender of(MetaData metadata) {
        Object user = metadata.get("actor");
        return new Sender(
                Caller.valueOf(
                        metadata.getOrDefault("kind", Caller.ANYONE.name()).toString()),
                user == null ? null : new UserId(Long.parseLong(user.toString())),
                Role.valueOf(metadata.getOrDefault("role", Role.GUEST.name()).toString()));
    }

    public boolean isSystem() {
        return kind == Caller.SYSTEM;
    }

    public boolean is(UserId other) {
        return other.equals(user);
    }

    /**
     * Whether the sender may manage users of this role: root anybody, an administrator lower ones but for auditors, who
     * look at what administrators do.
     */
    public boolean manages(Role other) {
        if (isSystem() || role == Role.ROOT) return true;
        return role == Role.ADMIN && other.compareTo(Role.AUDITOR) < 0;
    }
}
