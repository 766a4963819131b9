package io.tollbook.database;

import io.tollbook.start.CannotStart;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A PostgreSQL of our own in the data folder, with fsync and synchronous_commit on. It runs in a session of its own, so a
 * Ctrl-C at the terminal reaches only us and we stop it last. One that outlived a killed Tollbook is stopped first; one that
 * dies while we live is started again.
 */
public final class EmbeddedPostgres {
    private static final Logger log = LoggerFactory.getLogger(EmbeddedPostgres.class);
    private static final String MAJOR = "18";
    private static final String USER = "tollbook";

    private final Path binaries;
    private final Path cluster;
    private final Path logFile;
    private final String password;
    private final int port;
    private volatile boolean stopping;

    private EmbeddedPostgres(Path binaries, Path cluster, Path logFile, String password, int port) {
        this.binaries = binaries;
        this.cluster = cluster;
        this.logFile = logFile;
        this.password = password;
        this.port = port;
    }

    /** Starts it, making the cluster first if the folder has none. */
    public static EmbeddedPostgres start(Path data) {
        try {
            Path cluster = data.resolve("postgres");
            checkVersion(cluster);
            Path binaries = PostgresBinaries.extract(data);
            String password = password(data.resolve("postgres.password"));
            EmbeddedPostgres postgres =
                    new EmbeddedPostgres(binaries, cluster, data.resolve("postgres.log"), password, freePort());
            try {
                if (!Files.exists(cluster.resolve("PG_VERSION"))) postgres.initialise(data);
                else postgres.stopLeftBehind();
                postgres.launch();
            } catch (IllegalStateException e) {
                throw CannotStart.databaseUnreachable("The embedded PostgreSQL does not start: " + postgres.lastWords(e)
                        + " See " + postgres.logFile);
            }
            Thread.ofPlatform().name("postgres-watch").daemon().start(postgres::watch);
            return postgres;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The last line of its log, which says more than the tool that waited for it. */
    private String lastWords(IllegalStateException fault) {
        try {
            return Files.exists(logFile)
                    ? Files.readAllLines(logFile).getLast()
                    : String.valueOf(fault.getMessage()).lines().reduce("", (first, second) -> second);
        } catch (IOException | RuntimeException e) {
            return String.valueOf(fault.getMessage());
        }
    }

    private static void checkVersion(Path cluster) throws IOException {
        Path file = cluster.resolve("PG_VERSION");
        if (!Files.exists(file)) return;
        String version = Files.readString(file).strip();
        if (!version.equals(MAJOR))
            throw CannotStart.folderOfAnotherVersion("The data folder holds a PostgreSQL " + version
                    + " cluster, this version brings PostgreSQL " + MAJOR + ". Use the version that wrote it.");
    }

    private static String password(Path file) throws IOException {
        if (Files.exists(file)) return Files.readString(file).strip();
        byte[] random = new byte[24];
        new SecureRandom().nextBytes(random);
        String password = HexFormat.of().formatHex(random);
        Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.writeString(file, password);
        return password;
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private void initialise(Path data) {
        run(
                "initdb",
                "-D",
                cluster.toString(),
                "-U",
                USER,
                "-E",
                "UTF8",
                "--locale=C",
                "-A",
                "scram-sha-256",
                "--pwfile=" + data.resolve("postgres.password"));
    }

    private void stopLeftBehind() {
        if (postmaster() == null) return;
        log.info("Stopping the PostgreSQL that a killed Tollbook left behind");
        run("pg_ctl", "stop", "-D", cluster.toString(), "-m", "fast", "-w", "-t", "60");
    }

    private void launch() {
        List<String> settings = List.of(
                "-p " + port,
                "-c listen_addresses=127.0.0.1",
                "-c unix_socket_directories=",
                "-c fsync=on",
                "-c synchronous_commit=on",
                "-c full_page_writes=on",
                "-c max_connections=60",
                "-c shared_buffers=96MB",
                "-c wal_buffers=16MB",
                "-c max_wal_size=2GB",
                "-c checkpoint_timeout=15min",
                "-c work_mem=8MB",
                "-c maintenance_work_mem=64MB",
                "-c autovacuum_max_workers=2",
                "-c max_worker_processes=4",
                "-c max_parallel_workers_per_gather=0",
                "-c io_method=sync",
                "-c jit=off",
                "-c log_min_messages=warning");
        run(
                "pg_ctl",
                "start",
                "-D",
                cluster.toString(),
                "-l",
                logFile.toString(),
                "-w",
                "-t",
                "120",
                "-o",
                String.join(" ", settings));
    }

    /** Starts it again whenever it is gone, so that a killed database is an outage of a second and not the end. */
    private void watch() {
        while (!stopping) {
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(250));
            if (stopping || postmaster() != null) continue;
            log.warn("PostgreSQL is gone; starting it again");
            try {
                synchronized (this) {
                    if (!stopping) launch();
                }
                log.info("PostgreSQL is back");
            } catch (IllegalStateException e) {
                log.error("PostgreSQL could not be started again; trying once more", e);
            }
        }
    }

    /** The main process, null if it does not run. */
    private @org.jspecify.annotations.Nullable ProcessHandle postmaster() {
        try {
            Path file = cluster.resolve("postmaster.pid");
            if (!Files.exists(file)) return null;
            long pid = Long.parseLong(Files.readAllLines(file).getFirst().strip());
            return ProcessHandle.of(pid)
                    .filter(ProcessHandle::isAlive)
                    .filter(process -> process.info()
                            .command()
                            .map(command -> command.endsWith("postgres"))
                            .orElse(true))
                    .orElse(null);
        } catch (IOException | RuntimeException e) {
            return null;
        }
    }

    public DatabaseAddress address() {
        return new DatabaseAddress("jdbc:postgresql://127.0.0.1:" + port + "/postgres", USER, password);
    }

    /** Stops it after everybody else has. */
    public void stop() {
        stopping = true;
        synchronized (this) {
            if (postmaster() != null) run("pg_ctl", "stop", "-D", cluster.toString(), "-m", "fast", "-w", "-t", "60");
        }
    }

    private void run(String program, String... arguments) {
        List<String> command = new ArrayList<>();
        // PostgreSQL refuses to run as root; in a user namespace of its own it is nobody, with our files.
        if (isRoot()) command.addAll(List.of("unshare", "-U"));
        command.add(binaries.resolve("bin").resolve(program).toString());
        command.addAll(List.of(arguments));
        try {
            Path output = Files.createTempFile(program, ".out");
            Process process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(output.toFile())
                    .start();
            boolean ended = process.waitFor(150, TimeUnit.SECONDS);
            String said = Files.readString(output);
            Files.delete(output);
            if (!ended || process.exitValue() != 0)
                throw new IllegalStateException(program + " failed: " + said.strip());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static boolean isRoot() {
        return "root".equals(System.getProperty("user.name"));
    }
}
