package io.tollbook.command.secret;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.google.crypto.tink.Aead;
import com.google.crypto.tink.subtle.AesGcmJce;
import io.tollbook.kernel.secret.Sealed;
import io.tollbook.kernel.secret.Vault;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Optional;
import java.util.function.UnaryOperator;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Seals under one random key per subject. These keys stand in {@code events.subject_key}, wrapped under the master key;
 * the subject's name is bound into every cipher, so none can be moved to somebody else.
 *
 * <p>A row of its own, sealed at the first start, tells a wrong master key before anything is opened with it.
 */
final class SubjectVault implements Vault {
    static final String CHECK = "master-key-check";
    private static final byte[] CHECK_TEXT = "tollbook".getBytes(StandardCharsets.US_ASCII);
    private static final int KEYS_MAX = 10_000;

    private final JdbcClient jdbc;
    private final Aead wrapping;
    private final SecretKeySpec fingerprinting;
    private final SecureRandom random = new SecureRandom();
    /** Expires so that a key destroyed on another node is soon forgotten here too. */
    private final Cache<String, Aead> keys = Caffeine.newBuilder()
            .maximumSize(KEYS_MAX)
            .expireAfterWrite(Duration.ofMinutes(10))
            .build();

    private SubjectVault(JdbcClient jdbc, MasterKey master) {
        this.jdbc = jdbc;
        this.wrapping = aead(master.derive("tollbook wrapping 1"));
        this.fingerprinting = new SecretKeySpec(master.derive("tollbook fingerprints 1"), "HmacSHA256");
    }

    /** @throws MasterKeyException if the key is missing, malformed or not the one of this database */
    static SubjectVault open(JdbcClient jdbc, Path data, UnaryOperator<@Nullable String> environment) {
        boolean sealedBefore = wrapped(jdbc, CHECK).isPresent();
        MasterKey master = MasterKey.load(environment.apply(MasterKey.VARIABLE), data, sealedBefore);
        SubjectVault vault = new SubjectVault(jdbc, master);
        vault.check();
        return vault;
    }

    private void check() {
        try {
            byte[] check = wrapped(jdbc, CHECK).orElseGet(() -> insert(CHECK, CHECK_TEXT));
            wrapping.decrypt(check, bytes(CHECK));
        } catch (GeneralSecurityException e) {
            throw new MasterKeyException(
                    "The master key is not the one this database was sealed with. Set " + MasterKey.VARIABLE + " or "
                            + MasterKey.FILE + " in the data folder to the earlier key.",
                    e);
        }
    }

    /** Loads or makes the subject's key, so that sealing for it later needs no database. */
    void prepare(String subject) {
        key(subject);
    }

    @Override
    public Sealed seal(String subject, String clear) {
        try {
            byte[] cipher = key(subject).encrypt(bytes(clear), bytes(subject));
            return new Sealed(subject, Base64.getEncoder().encodeToString(cipher));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("cannot seal for " + subject, e);
        }
    }

    @Override
    public Optional<String> open(Sealed sealed) {
        String subject = sealed.subject();
        Aead key = keys.getIfPresent(subject);
        if (key == null) {
            Optional<byte[]> stored = wrapped(jdbc, subject);
            if (stored.isEmpty()) return Optional.empty();
            key = keys.get(subject, s -> unwrapped(s, stored.get()));
        }
        try {
            byte[] cipher = Base64.getDecoder().decode(sealed.cipher());
            return Optional.of(new String(key.decrypt(cipher, bytes(subject)), StandardCharsets.UTF_8));
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            throw new IllegalStateException("what was sealed for " + subject + " is damaged", e);
        }
    }

    @Override
    public void destroy(String subject) {
        jdbc.sql("delete from events.subject_key where subject = ?")
                .param(subject)
                .update();
        keys.invalidate(subject);
    }

    @Override
    public String fingerprint(String purpose, String clear) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(fingerprinting);
            mac.update(bytes(purpose));
            mac.update((byte) 0);
            return HexFormat.of().formatHex(mac.doFinal(bytes(clear)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private Aead key(String subject) {
        Aead present = keys.getIfPresent(subject);
        if (present != null) return present;
        byte[] stored = wrapped(jdbc, subject).orElseGet(() -> insert(subject, fresh()));
        return keys.get(subject, s -> unwrapped(s, stored));
    }

    private byte[] fresh() {
        byte[] key = new byte[MasterKey.BYTES];
        random.nextBytes(key);
        return key;
    }

    /** Another node may have been faster; then its row counts. */
    private byte[] insert(String subject, byte[] clear) {
        try {
            jdbc.sql("insert into events.subject_key (subject, wrapped) values (?, ?) on conflict do nothing")
                    .param(subject)
                    .param(wrapping.encrypt(clear, bytes(subject)))
                    .update();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("cannot wrap the key of " + subject, e);
        }
        return wrapped(jdbc, subject).orElseThrow(() -> new IllegalStateException("no key was kept for " + subject));
    }

    private Aead unwrapped(String subject, byte[] stored) {
        try {
            return aead(wrapping.decrypt(stored, bytes(subject)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("the key of " + subject + " is damaged", e);
        }
    }

    private static Optional<byte[]> wrapped(JdbcClient jdbc, String subject) {
        return jdbc.sql("select wrapped from events.subject_key where subject = ?")
                .param(subject)
                .query(byte[].class)
                .optional();
    }

    private static Aead aead(byte[] key) {
        try {
            return new AesGcmJce(key);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
