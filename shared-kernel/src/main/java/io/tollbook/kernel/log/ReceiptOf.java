package io.tollbook.kernel.log;

import io.tollbook.kernel.Caller;
import io.tollbook.kernel.Owned;
import io.tollbook.kernel.Permits;
import io.tollbook.kernel.Query;
import io.tollbook.kernel.access.DataViewed;
import io.tollbook.kernel.access.Personal;
import io.tollbook.kernel.user.UserId;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The receipt of a charged call; empty where there is no such charge, or not of this user.
 *
 * @param position of the log row
 * @param user whose charge it must be, and who is not told which channels were tried; null for administrators
 */
@Permits({Caller.OWNER, Caller.ADMIN, Caller.AUDITOR, Caller.SYSTEM})
public record ReceiptOf(long position, @Nullable UserId user) implements Query<Optional<Receipt>>, Owned, Personal {
    @Override
    public @Nullable UserId owner() {
        return user;
    }

    @Override
    public DataViewed.What what() {
        return DataViewed.What.RECEIPT;
    }

    @Override
    public @Nullable UserId subject() {
        return user;
    }

    @Override
    public List<String> narrowedBy() {
        return List.of("event=" + position);
    }

    @Override
    public Object look() {
        return position;
    }
}
