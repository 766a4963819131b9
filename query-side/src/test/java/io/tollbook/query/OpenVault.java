package io.tollbook.query;

import io.tollbook.kernel.secret.Sealed;
import io.tollbook.kernel.secret.Vault;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
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
        // Prints of keys are hex digits; other purposes stay readable.
        if (!purpose.startsWith("channel-")) return purpose + ":" + clear;
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            return HexFormat.of().formatHex(digest.digest((purpose + " " + clear).getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }
}
