package io.tollbook.start;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/** The folder in which one Tollbook keeps everything. A lock keeps a second one out; the pid file says who has it. */
public final class DataFolder {
    /** Changes when an older Tollbook could no longer read what a newer one writes. */
    private static final String FORMAT = "1";

    private final Path path;
    private final FileChannel channel;
    private final FileLock lock;

    private DataFolder(Path path, FileChannel channel, FileLock lock) {
        this.path = path;
        this.channel = channel;
        this.lock = lock;
    }

    /** @throws CannotStart if somebody else has it, or another version wrote it */
    public static DataFolder take(Path path) {
        try {
            Files.createDirectories(path);
            FileChannel channel = FileChannel.open(
                    path.resolve("tollbook.lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            FileLock lock = tryLock(channel);
            if (lock == null) {
                channel.close();
                throw CannotStart.folderInUse("The data folder " + path + " is in use by process " + holder(path)
                        + ". Stop it, or choose another folder with --data=.");
            }
            DataFolder folder = new DataFolder(path, channel, lock);
            try {
                folder.checkFormat();
            } catch (CannotStart e) {
                folder.unlock();
                throw e;
            }
            Files.writeString(
                    folder.pidFile(), Long.toString(ProcessHandle.current().pid()));
            return folder;
        } catch (IOException e) {
            throw CannotStart.folderInUse("The data folder " + path + " cannot be written: " + e.getMessage() + ".");
        }
    }

    private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock();
        } catch (OverlappingFileLockException e) {
            return null;
        }
    }

    private static String holder(Path path) {
        try {
            return Files.readString(path.resolve("tollbook.pid")).strip();
        } catch (IOException e) {
            return "(unknown)";
        }
    }

    private void checkFormat() throws IOException {
        Path file = path.resolve("tollbook.format");
        if (!Files.exists(file)) {
            Files.writeString(file, FORMAT);
            return;
        }
        String found = Files.readString(file).strip();
        if (!found.equals(FORMAT))
            throw CannotStart.folderOfAnotherVersion("The data folder " + path + " has format " + found
                    + ", this version reads format " + FORMAT + ". Use the version that wrote it.");
    }

    private Path pidFile() {
        return path.resolve("tollbook.pid");
    }

    public Path path() {
        return path;
    }

    public void release() {
        try {
            Files.deleteIfExists(pidFile());
            unlock();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void unlock() throws IOException {
        lock.release();
        channel.close();
    }
}
