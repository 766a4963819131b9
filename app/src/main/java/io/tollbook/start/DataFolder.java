package io.tollbook.start;

import static io.tollbook.start.CannotStart.Reason.FOLDER_IN_USE;
import static io.tollbook.start.CannotStart.Reason.FOLDER_UNUSABLE;
import static io.tollbook.start.CannotStart.Reason.OTHER_VERSION;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The folder that holds everything a Tollbook keeps, taken by one living process at a time. The operating system gives
 * the lock back when the process dies, however it dies; {@code tollbook.pid} tells people and scripts which process it is.
 */
public final class DataFolder implements AutoCloseable {
    /** The layout of the folder. It grows when an older Tollbook could not read a newer folder. */
    static final int FORMAT = 1;

    private static final Set<String> EXPECTED = Set.of("lost+found", "master.key");

    private final Path folder;
    private final FileChannel lock;

    private DataFolder(Path folder, FileChannel lock) {
        this.folder = folder;
        this.lock = lock;
    }

    /** Takes the folder, or says why it cannot be taken and leaves it as it was. */
    public static DataFolder take(Path folder) {
        try {
            if (Files.exists(folder) && !Files.isDirectory(folder))
                throw new CannotStart(FOLDER_UNUSABLE, "The data folder " + folder + " is a file.");
            checkFormat(folder);
            create(folder);
            FileChannel lock = lock(folder);
            DataFolder taken = new DataFolder(folder.toRealPath(), lock);
            taken.write("tollbook.format", FORMAT + "\n");
            taken.write("tollbook.pid", ProcessHandle.current().pid() + "\n");
            return taken;
        } catch (IOException e) {
            throw new CannotStart(
                    FOLDER_UNUSABLE, "The data folder " + folder + " cannot be used: " + e.getMessage(), e);
        }
    }

    private static void checkFormat(Path folder) throws IOException {
        Path format = folder.resolve("tollbook.format");
        if (Files.notExists(format)) {
            if (isForeign(folder))
                throw new CannotStart(
                        FOLDER_UNUSABLE, "The folder " + folder + " holds other things; name an empty or new one.");
            return;
        }
        String written = Files.readString(format).strip();
        if (!written.equals(Integer.toString(FORMAT)))
            throw new CannotStart(
                    OTHER_VERSION,
                    "The data folder " + folder + " was written by another version of Tollbook (format " + written
                            + ", this one reads " + FORMAT + ").");
    }

    /** Guards a home or project folder against being filled by a slip of the pen. A key may be put there beforehand. */
    private static boolean isForeign(Path folder) throws IOException {
        if (Files.notExists(folder)) return false;
        try (var entries = Files.list(folder)) {
            return entries.map(entry -> entry.getFileName().toString())
                    .anyMatch(name -> !name.startsWith("tollbook.") && !EXPECTED.contains(name));
        }
    }

    private static void create(Path folder) throws IOException {
        if (Files.exists(folder)) return;
        Path parent = folder.toAbsolutePath().getParent();
        if (parent != null) Files.createDirectories(parent);
        Files.createDirectory(
                folder, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    }

    private static FileChannel lock(Path folder) throws IOException {
        FileChannel channel =
                FileChannel.open(folder.resolve("tollbook.lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        try {
            if (channel.tryLock() != null) return channel;
        } catch (OverlappingFileLockException e) {
            // Taken within this very process: the same answer as for another one.
        } catch (IOException e) {
            channel.close();
            throw e;
        }
        channel.close();
        throw new CannotStart(
                FOLDER_IN_USE, "The data folder " + folder + " is in use by another Tollbook" + holder(folder) + ".");
    }

    private static String holder(Path folder) throws IOException {
        Path pid = folder.resolve("tollbook.pid");
        return Files.isReadable(pid) ? " (process " + Files.readString(pid).strip() + ")" : "";
    }

    /** Whole or not at all: a reader never meets half a file. */
    private void write(String name, String text) throws IOException {
        Path part = folder.resolve("tollbook.part");
        Files.writeString(part, text);
        Files.move(part, folder.resolve(name), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    public Path path() {
        return folder;
    }

    /** The folder of the own PostgreSQL, or a refusal if another major version left one here. */
    public Path postgres(int major) {
        String name = "postgres-" + major;
        try (var entries = Files.newDirectoryStream(folder, "postgres-*")) {
            for (Path entry : entries)
                if (!entry.getFileName().toString().equals(name))
                    throw new CannotStart(
                            OTHER_VERSION,
                            "The data folder " + folder + " holds a database of " + entry.getFileName()
                                    + ", this Tollbook brings " + name + ".");
        } catch (IOException e) {
            throw new CannotStart(FOLDER_UNUSABLE, "The data folder " + folder + " cannot be read.", e);
        }
        return folder.resolve(name);
    }

    @Override
    public void close() {
        @Nullable IOException failure = null;
        try {
            Files.deleteIfExists(folder.resolve("tollbook.pid"));
        } catch (IOException e) {
            failure = e;
        }
        try {
            lock.close();
        } catch (IOException e) {
            failure = e;
        }
        if (failure != null) throw new java.io.UncheckedIOException(failure);
    }
}
