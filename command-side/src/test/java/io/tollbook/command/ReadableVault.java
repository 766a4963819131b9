package io.tollbook.command;

import io.tollbook.kernel.secret.Sealed;
import io.tollbook.kernel.secret.Vault;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;

/** Seals to the same text each time, so that a fixture can expect an event. */
public final class ReadableVault implements Vault {
    @Override
    public Sealed seal(String subject, String clear) {
        return new Sealed(subject, "sealed " + clear);
    }

    @Override
    public Optional<String> open(Sealed sealed) {
        return Optional.of(sealed.cipher().substring("sealed ".length()));
    }

    @Override
    public void destroy(String subject) {
        throw new UnsupportedOperationException();
    }

    @Override
    public String fingerprint(String purpose, String clear) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            return HexFormat.of().formatHex(digest.digest((purpose + " " + clear).getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }
}
