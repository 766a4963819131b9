package io.tollbook.database;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermission;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Set;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.tukaani.xz.XZInputStream;

/** Unpacks the PostgreSQL that comes inside the jar, once for each build of it. */
final class PostgresBinaries {
    private PostgresBinaries() {}

    static Path extract(Path data) throws IOException {
        String archive = archive();
        Path folder = data.resolve("postgres-" + checksum(archive));
        if (Files.exists(folder)) return folder;
        // Unpacked beside and then moved, so that a kill in between leaves no half of it.
        Path fresh = Files.createTempDirectory(data, "postgres-unpacking");
        try (InputStream packed = open(archive);
                TarArchiveInputStream tar = new TarArchiveInputStream(new XZInputStream(packed))) {
            for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry())
                unpack(tar, entry, fresh);
        }
        fresh.toFile().setReadable(true, false);
        fresh.toFile().setExecutable(true, false);
        Files.move(fresh, folder, StandardCopyOption.ATOMIC_MOVE);
        return folder;
    }

    private static void unpack(TarArchiveInputStream tar, TarArchiveEntry entry, Path root) throws IOException {
        Path target = root.resolve(entry.getName()).normalize();
        if (!target.startsWith(root)) throw new IOException(entry.getName() + " points outside of the archive");
        if (entry.isDirectory()) {
            Files.createDirectories(target);
            return;
        }
        Files.createDirectories(target.getParent());
        if (entry.isSymbolicLink()) {
            try {
                Files.createSymbolicLink(target, Path.of(entry.getLinkName()));
            } catch (FileAlreadyExistsException e) {
                throw new UncheckedIOException(e);
            }
            return;
        }
        Files.copy(tar, target, StandardCopyOption.REPLACE_EXISTING);
        if ((entry.getMode() & 0100) != 0) {
            Set<PosixFilePermission> permissions = EnumSet.copyOf(Files.getPosixFilePermissions(target));
            permissions.add(PosixFilePermission.OWNER_EXECUTE);
            permissions.add(PosixFilePermission.GROUP_EXECUTE);
            permissions.add(PosixFilePermission.OTHERS_EXECUTE);
            Files.setPosixFilePermissions(target, permissions);
        }
    }

    private static String archive() {
        String system = System.getProperty("os.name").toLowerCase(Locale.ROOT);
        String machine = System.getProperty("os.arch");
        boolean arm = machine.equals("aarch64");
        if (system.contains("linux")) return arm ? "/postgres-linux-arm_64.txz" : "/postgres-linux-x86_64.txz";
        if (system.contains("mac")) return arm ? "/postgres-darwin-arm_64.txz" : "/postgres-darwin-x86_64.txz";
        throw new IllegalStateException("There is no embedded PostgreSQL for " + system + "; use --db=URL.");
    }

    private static InputStream open(String archive) {
        InputStream in = PostgresBinaries.class.getResourceAsStream(archive);
        if (in == null)
            throw new IllegalStateException("This jar brings no " + archive.substring(1) + "; use --db=URL.");
        return in;
    }

    private static String checksum(String archive) throws IOException {
        try (InputStream in = open(archive)) {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            new DigestInputStream(in, digest).transferTo(java.io.OutputStream.nullOutputStream());
            return HexFormat.of().formatHex(digest.digest(), 0, 6);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
