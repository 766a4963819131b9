package io.tollbook.bench.gateway;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** The PostgreSQL inside a gateway's data folder. */
public final class Postgres {
    private final Path data;

    private Postgres(Path data) {
        this.data = data;
    }

    public static Postgres of(Path data) {
        return new Postgres(data);
    }

    /** Its main process; empty if it does not run. */
    public Optional<ProcessHandle> postmaster() {
        List<String> lines = pidFile();
        if (lines.isEmpty()) return Optional.empty();
        long pid = Long.parseLong(lines.getFirst().strip());
        return ProcessHandle.of(pid).filter(ProcessHandle::isAlive).filter(this::isOurs);
    }

    /** A process id is reused; the one in a stale file may be anybody's. */
    private boolean isOurs(ProcessHandle process) {
        try {
            Path folder = Path.of("/proc", Long.toString(process.pid()), "cwd").toRealPath();
            return folder.startsWith(data.toRealPath());
        } catch (IOException _) {
            return false;
        }
    }

    /** The main process and everything below it; empty if it does not run. */
    public List<ProcessHandle> processes() {
        Optional<ProcessHandle> main = postmaster();
        if (main.isEmpty()) return List.of();
        List<ProcessHandle> all = new ArrayList<>();
        all.add(main.get());
        main.get().descendants().forEach(all::add);
        return all;
    }

    /** Kills all of it as a power cut would, and waits until the main process is gone. */
    public void kill() throws Exception {
        List<ProcessHandle> all = processes();
        if (all.isEmpty()) throw new IllegalStateException("no PostgreSQL runs in " + data);
        all.forEach(ProcessHandle::destroyForcibly);
        all.getFirst().onExit().get(30, TimeUnit.SECONDS);
    }

    /** Ends it orderly if it still runs. */
    public void stop() throws Exception {
        Optional<ProcessHandle> main = postmaster();
        if (main.isEmpty()) return;
        main.get().destroy();
        main.get().onExit().get(60, TimeUnit.SECONDS);
    }

    /** For reading the stored events without the gateway. */
    public String jdbcUrl() throws IOException {
        List<String> lines = pidFile();
        if (lines.size() < 4) throw new IOException("no PostgreSQL runs in " + data);
        Path beside = cluster().orElseThrow().resolveSibling("password");
        Path password = Files.exists(beside) ? beside : data.resolve("postgres.password");
        return "jdbc:postgresql://127.0.0.1:" + lines.get(3).strip() + "/postgres?user=tollbook&password="
                + Files.readString(password).strip();
    }

    private List<String> pidFile() {
        try {
            Optional<Path> cluster = cluster();
            return cluster.isEmpty()
                    ? List.of()
                    : Files.readAllLines(cluster.get().resolve("postmaster.pid"));
        } catch (IOException _) {
            return List.of(); // It went away between the two looks.
        }
    }

    /** The folder of the running cluster; where it stands in the data folder depends on the version. */
    private Optional<Path> cluster() throws IOException {
        try (Stream<Path> files =
                Files.find(data, 3, (path, _) -> path.endsWith("postmaster.pid"), FileVisitOption.FOLLOW_LINKS)) {
            return files.map(Path::getParent).findFirst();
        } catch (UncheckedIOException _) {
            return Optional.empty(); // Files come and go in a data folder.
        }
    }

    /** Of the cluster in the data folder, as its own file says; empty if there is none. */
    public String version() throws IOException {
        try (Stream<Path> files = Files.find(data, 3, (path, _) -> path.endsWith("PG_VERSION"))) {
            Optional<Path> file = files.findFirst();
            return file.isEmpty() ? "" : Files.readString(file.get()).strip();
        }
    }
}
