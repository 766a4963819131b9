package io.tollbook.kernel.secret;

import java.util.Optional;

/** Seals and opens. Keys live in a table outside the event store, themselves wrapped under the master key. */
public interface Vault {
    /** Purposes of fingerprints that more than one module has to agree on. */
    String API_KEY = "api-key";

    String ACCESS_TOKEN = "access-token";

    Sealed seal(String subject, String clear);

    /** Empty once the subject's key is destroyed. */
    Optional<String> open(Sealed sealed);

    /** Erases everything sealed for the subject, for ever. */
    void destroy(String subject);

    /** A keyed fingerprint (HMAC-SHA-256, hex): finds a key or name without storing it. */
    String fingerprint(String purpose, String clear);
}
