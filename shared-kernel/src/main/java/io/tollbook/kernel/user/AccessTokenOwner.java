package io.tollbook.kernel.user;

import io.tollbook.kernel.Caller;
import io.tollbook.kernel.Permits;
import io.tollbook.kernel.Query;
import java.util.Optional;

/** Whose management token has this fingerprint. */
@Permits(Caller.SYSTEM)
public record AccessTokenOwner(String fingerprint) implements Query<Optional<UserId>> {}
