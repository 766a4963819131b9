package io.tollbook.kernel.token;

import io.tollbook.kernel.Caller;
import io.tollbook.kernel.Owned;
import io.tollbook.kernel.Permits;
import io.tollbook.kernel.Query;
import io.tollbook.kernel.access.DataViewed;
import io.tollbook.kernel.access.Personal;
import io.tollbook.kernel.user.UserId;
import java.util.Optional;

/** One key of one user; empty for somebody else's. */
@Permits({Caller.OWNER, Caller.AUDITOR, Caller.SYSTEM})
public record TokenById(UserId owner, TokenId token) implements Query<Optional<TokenSummary>>, Owned, Personal {
    @Override
    public DataViewed.What what() {
        return DataViewed.What.KEYS;
    }

    @Override
    public UserId subject() {
        return owner;
    }
}
