package io.tollbook.kernel.token;

import io.tollbook.kernel.Caller;
import io.tollbook.kernel.Permits;
import io.tollbook.kernel.Query;
import java.util.Optional;

/** Whose key has this fingerprint; empty for unknown and deleted ones. */
@Permits(Caller.RELAY)
public record AdmissionByKey(String fingerprint) implements Query<Optional<Admission>> {}
