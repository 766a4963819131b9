package io.tollbook.kernel.token;

import io.tollbook.kernel.Caller;
import io.tollbook.kernel.Permits;
import io.tollbook.kernel.Query;
import io.tollbook.kernel.user.UserId;
import java.util.Optional;

/** As whom a signed-in user calls without a key: with {@link TokenId#SESSION} and no limits but their own. */
@Permits(Caller.RELAY)
public record AdmissionOfUser(UserId user) implements Query<Optional<Admission>> {}
