package io.tollbook.command.user;

import io.tollbook.kernel.Refusal;
import io.tollbook.kernel.Refused;
import io.tollbook.kernel.secret.Secret;
import io.tollbook.kernel.user.Usernames;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.security.crypto.argon2.Argon2PasswordEncoder;

/** Argon2id. Two at a time, since each takes 19 MB and a core for a moment: a flood of sign-ins cannot take all of either. */
final class Passwords {
    private static final int AT_ONCE = 2;
    private static final int WAIT_SECONDS = 5;

    private static final int SALT_BYTES = 16;
    private static final int HASH_BYTES = 32;
    private static final int LANES = 1;
    private static final int MEMORY_KIB = 19_456;
    private static final int PASSES = 2;

    /** What unknown names are compared with, so that they take as long as known ones. No password has this hash. */
    private static final String DECOY = "$argon2id$v=19$m=" + MEMORY_KIB + ",t=" + PASSES + ",p=" + LANES
            + "$c29tZXNhbHRzb21lc2FsdA$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";

    private final Argon2PasswordEncoder argon2 =
            new Argon2PasswordEncoder(SALT_BYTES, HASH_BYTES, LANES, MEMORY_KIB, PASSES);
    private final Semaphore slots = new Semaphore(AT_ONCE);

    Secret hash(Secret password) {
        Usernames.checkPassword(password.reveal());
        return inSlot(() -> new Secret(argon2.encode(password.reveal())));
    }

    /** @param hash null for somebody who has no password or does not exist: takes as long and never matches */
    boolean matches(Secret password, @Nullable String hash) {
        // A text longer than any password is no reason to hash it, whoever it is said to belong to.
        if (password.reveal().length() > Usernames.PASSWORD_MAX) return false;
        boolean same = inSlot(() -> argon2.matches(password.reveal(), hash == null ? DECOY : hash));
        return same && hash != null;
    }

    private <T> T inSlot(Supplier<T> work) {
        try {
            if (!slots.tryAcquire(WAIT_SECONDS, TimeUnit.SECONDS)) throw new Refused(Refusal.OVERLOADED);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Refused(Refusal.OVERLOADED);
        }
        try {
            return work.get();
        } finally {
            slots.release();
        }
    }
}
