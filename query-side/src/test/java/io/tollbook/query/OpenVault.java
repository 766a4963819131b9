package io.tollbook.query;

import io.tollbook.kernel.secret.Sealed;
import io.tollbook.kernel.secret.Vault;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** A vault that hides nothing, but forgets on demand. */
public final class OpenVault implements Vault {
    private final Set<String> destroyed = ConcurrentHashMap.newKeySet();

    public static Sealed sealed(String subject, String clear) {
        return new Sealed(subject, clear);
    }

    @Override
    public Sealed seal(String subject, String clear) {
        return sealed(subject, clear);
    }

    @Override
    public Optional<String> open(Sealed sealed) {
        return destroyed.contains(sealed.subject()) ? Optional.empty() : Optional.of(sealed.cipher());
    }

    @Override
    public void destroy(String subject) {
        destroyed.add(subject);
    }

    @Override
    public String fingerprint(String purpose, String clear) {
        return purpose + ":" + clear;
    }
}
