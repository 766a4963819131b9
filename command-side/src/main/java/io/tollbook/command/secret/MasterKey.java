package io.tollbook.command.secret;

import com.google.crypto.tink.subtle.Hkdf;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The one key that the operator keeps. Every other key is wrapped under it or derived from it. */
final class MasterKey {
    static final String VARIABLE = "TOLLBOOK_MASTER_KEY";
    static final String FILE = "master.key";
    static final int BYTES = 32;

    private final byte[] key;

    private MasterKey(byte[] key) {
        this.key = key;
    }

    /** A key for one purpose. Keys of different purposes tell nothing about each other. */
    byte[] derive(String purpose) {
        try {
            return Hkdf.computeHkdf("HmacSha256", key, new byte[0], purpose.getBytes(StandardCharsets.UTF_8), BYTES);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    static MasterKey of(String base64, String origin) {
        try {
            byte[] bytes = Base64.getDecoder().decode(base64.strip());
            if (bytes.length == BYTES) return new MasterKey(bytes);
        } catch (IllegalArgumentException e) {
            // Falls through to the same answer as a key of the wrong length.
        }
        throw new MasterKeyException(
                "The master key in " + origin + " is not 32 bytes in Base64. Make one with: openssl rand -base64 32");
    }

    /**
     * The key from the environment, else from the data folder.
     *
     * @param sealedBefore whether anything was ever sealed; if so, a missing key is not replaced by a fresh one
     */
    static MasterKey load(@Nullable String fromEnvironment, Path data, boolean sealedBefore) {
        if (fromEnvironment != null && !fromEnvironment.isBlank()) return of(fromEnvironment, VARIABLE);
        Path file = data.resolve(FILE);
        try {
            if (!Files.exists(file)) {
                if (sealedBefore)
                    throw new MasterKeyException(
                            "The master key is missing. The database holds secrets sealed with it: " + "set " + VARIABLE
                                    + " or put back " + file + ".");
                create(file);
            }
            return of(Files.readString(file, StandardCharsets.US_ASCII), file.toString());
        } catch (IOException e) {
            throw new MasterKeyException("The master key in " + file + " cannot be read: " + e.getMessage(), e);
        }
    }

    private static void create(Path file) throws IOException {
        byte[] bytes = new byte[BYTES];
        new SecureRandom().nextBytes(bytes);
        Files.createDirectories(file.toAbsolutePath().getParent());
        boolean posix = Files.getFileStore(file.toAbsolutePath().getParent()).supportsFileAttributeView("posix");
        FileAttribute<?>[] ownerOnly = posix
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
                }
                : new FileAttribute<?>[0];
        try (var channel = Files.newByteChannel(
                file, Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE), ownerOnly)) {
            channel.write(StandardCharsets.US_ASCII.encode(Base64.getEncoder().encodeToString(bytes) + "\n"));
        } catch (FileAlreadyExistsException e) {
            // Another process was faster; its key counts.
        }
    }
}
