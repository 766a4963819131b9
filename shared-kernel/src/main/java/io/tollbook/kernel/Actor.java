package io.tollbook.kernel;

import io.tollbook.kernel.user.Role;
import io.tollbook.kernel.user.UserId;
import org.jspecify.annotations.Nullable;

/**
 * Who sends a message. Stored with each event as metadata.
 *
 * @param user the signed-in user; null for guests, the relay and the system
 * @param authentication how the user proved who they are: {@code session}, {@code access_token}, {@code none}
 * @param address the client's network address, kept sealed; null where there is none
 */
public record Actor(
        Caller kind,
        @Nullable UserId user,
        Role role,
        String authentication,
        @Nullable String address) {
    public static final Actor SYSTEM = new Actor(Caller.SYSTEM, null, Role.ROOT, "none", null);
    public static final Actor RELAY = new Actor(Caller.RELAY, null, Role.GUEST, "none", null);

    public static Actor guest(@Nullable String address) {
        return new Actor(Caller.ANYONE, null, Role.GUEST, "none", address);
    }

    public static Actor user(UserId user, Role role, String authentication, @Nullable String address) {
        Caller kind = switch (role) {
            case ROOT -> Caller.ROOT;
            case ADMIN -> Caller.ADMIN;
            case AUDITOR -> Caller.AUDITOR;
            case USER -> Caller.USER;
            case GUEST -> Caller.ANYONE;
        };
        return new Actor(kind, user, role, authentication, address);
    }

    public boolean isAtLeast(Role least) {
        return role.compareTo(least) >= 0;
    }

    /** Whether this is somebody who may see what this role sees: an auditor sees it all. */
    public boolean maySee(Role least) {
        return role == Role.AUDITOR || isAtLeast(least);
    }

    /** The signed-in user, or a refusal for everybody else. */
    public UserId signedIn() {
        if (user == null) throw new Refused(Refusal.SIGN_IN_REQUIRED);
        return user;
    }
}
