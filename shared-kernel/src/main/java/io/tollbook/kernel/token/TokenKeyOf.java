package io.tollbook.kernel.token;

import io.tollbook.kernel.Caller;
import io.tollbook.kernel.Owned;
import io.tollbook.kernel.Permits;
import io.tollbook.kernel.Query;
import io.tollbook.kernel.secret.Sealed;
import io.tollbook.kernel.user.UserId;
import java.util.Optional;

/** The sealed key, for its owner to see again. */
@Permits(Caller.OWNER)
public record TokenKeyOf(UserId owner, TokenId token) implements Query<Optional<Sealed>>, Owned {}
