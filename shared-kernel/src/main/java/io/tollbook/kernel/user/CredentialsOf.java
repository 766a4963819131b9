package io.tollbook.kernel.user;

import io.tollbook.kernel.Caller;
import io.tollbook.kernel.Permits;
import io.tollbook.kernel.Query;
import java.util.Optional;

/** Looks a user up by username, whatever its case. */
@Permits(Caller.SYSTEM)
public record CredentialsOf(String username) implements Query<Optional<Credentials>> {}
