package io.tollbook.command.user;

import io.tollbook.kernel.secret.Secret;
import io.tollbook.kernel.user.Usernames;
import java.util.concurrent.Semaphore;
import org.springframework.security.crypto.argon2.Argon2PasswordEncoder;

/** Argon2id. Two at a time, since each takes 16 MB and a core for a moment: a flood of sign-ins cannot take all of either. */
final class Passwords {
    private static final int AT_ONCE = 2;

    private final Argon2PasswordEncoder argon2 = Argon2PasswordEncoder.defaultsForSpringSecurity_v5_8();
    private final Semaphore slots = new Semaphore(AT_ONCE);
    /** What unknown names are compared with, so that they take as long as known ones. */
    private final String decoy = argon2.encode("nobody has this password");

    Secret hash(Secret password) {
        Usernames.checkPassword(password.reveal());
        slots.acquireUninterruptibly();
        try {
            return new Secret(argon2.encode(password.reveal()));
        } finally {
            slots.release();
        }
    }

    boolean matches(Secret password, String hash) {
        if (password.reveal().length() > Usernames.PASSWORD_MAX) return false;
        slots.acquireUninterruptibly();
        try {
            return argon2.matches(password.reveal(), hash);
        } finally {
            slots.release();
        }
    }

    /** Takes as long as a comparison and never succeeds. */
    void pretend(Secret password) {
        matches(password, decoy);
    }
}
