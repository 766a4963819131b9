package io.tollbook.kernel.log;

import io.tollbook.kernel.Caller;
import io.tollbook.kernel.Owned;
import io.tollbook.kernel.Permits;
import io.tollbook.kernel.Query;
import io.tollbook.kernel.user.UserId;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The receipt of a charged call; empty where there is no such charge, or not of this user.
 *
 * @param position of the log row
 * @param user whose charge it must be, and who is not told which channels were tried; null for administrators
 */
@Permits({Caller.OWNER, Caller.ADMIN, Caller.AUDITOR, Caller.SYSTEM})
public record ReceiptOf(long position, @Nullable UserId user) implements Query<Optional<Receipt>>, Owned {
    @Override
    public UserId owner() {
        return user == null ? new UserId(Long.MAX_VALUE) : user;
    }
}
