package io.tollbook.database;

import static io.tollbook.start.CannotStart.Reason.DATABASE_UNREACHABLE;
import static io.tollbook.start.CannotStart.Reason.OTHER_VERSION;

import io.tollbook.kernel.secret.Secret;
import io.tollbook.start.CannotStart;
import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An own PostgreSQL in the data folder, so that one command is enough to begin.
 *
 * <p>Promise: what was committed is on the disk, whatever is killed. fsync, synchronous_commit and full_page_writes are
 * on, and are said on the command line, where no edited file can take them back. The server listens on loopback only and
 * asks for a random password that only this folder's owner can read.
 *
 * <p>It runs in a session of its own, so that Ctrl-C reaches Tollbook alone, which then stops it last. If the server dies
 * while Tollbook runs, a watcher starts it again; if Tollbook dies, the server stays and is stopped, cleanly, by the next
 * start, which by then owns the data folder.
 */
public final class EmbeddedPostgres implements AutoCloseable {
    public static final int MAJOR = 18;

    private static final Logger log = LoggerFactory.getLogger(EmbeddedPostgres.class);
    private static final String NAME = "tollbook";
    private static final long LOG_BYTES_MAX = 10 * 1024 * 1024;
    private static final Duration RECOVERY_MAX = Duration.ofMinutes(30);
    private static final Duration STOP_MAX = Duration.ofSeconds(60);
    private static final long PAUSE_FIRST_MILLIS = 100;
    private static final long PAUSE_MAX_MILLIS = 5_000;

    /**
     * For two cores and 700 MB for all processes. A checkpoint every quarter of an hour keeps full-page images rare; 2 GB
     * of log bound what has to be replayed after a crash. No I/O workers: group commits are few and large.
     */
    private static final List<String> SETTINGS = List.of(
            "listen_addresses=127.0.0.1",
            "unix_socket_directories=",
            "fsync=on",
            "synchronous_commit=on",
            "full_page_writes=on",
            "max_connections=60",
            "shared_buffers=64MB",
            "wal_buffers=8MB",
            "effective_cache_size=512MB",
            "work_mem=8MB",
            "maintenance_work_mem=64MB",
            "checkpoint_timeout=15min",
            "min_wal_size=256MB",
            "max_wal_size=2GB",
            "io_method=sync",
            "random_page_cost=1.1",
            "max_worker_processes=4",
            "max_logical_replication_workers=0",
            "max_parallel_workers_per_gather=0",
            "jit=off",
            "autovacuum=on",
            "autovacuum_max_workers=2",
            "autovacuum_naptime=20s",
            "timezone=UTC",
            "log_timezone=UTC",
            "log_checkpoints=off",
            "log_min_messages=warning",
            "log_line_prefix=%m ",
            "idle_in_transaction_session_timeout=5min");

    private final Path folder;
    private final Path programs;
    private final Path cluster;
    private final Secret password;
    private final int port;
    private final CountDownLatch closing = new CountDownLatch(1);
    private final Thread watcher;
    private volatile Process server;

    private EmbeddedPostgres(Path folder, Path programs, Secret password, int port) {
        this.folder = folder;
        this.programs = programs;
        this.cluster = folder.resolve("cluster");
        this.password = password;
        this.port = port;
        this.server = launch();
        this.watcher = Thread.ofPlatform().daemon().name("postgres-watcher").unstarted(this::watch);
    }

    /**
     * Starts the server, making it first if the folder is new, and returns once it takes connections.
     *
     * @param folder its own folder within the data folder, already guarded against other processes
     */
    public static EmbeddedPostgres start(Path folder) {
        try {
            Path programs = PostgresBinaries.unpack(folder);
            Path cluster = folder.resolve("cluster");
            if (Files.notExists(cluster)) create(folder, programs, cluster);
            checkVersion(cluster);
            stopLeftOver(folder, programs, cluster);
            PostgresBinaries.deleteOthers(folder, programs);
            shortenLog(folder.resolve("postgres.log"));
            Secret password =
                    new Secret(Files.readString(folder.resolve("password")).strip());
            EmbeddedPostgres started = new EmbeddedPostgres(folder, programs, password, port(folder));
            try {
                started.awaitReady(started.server);
            } catch (RuntimeException e) {
                started.close();
                throw e;
            }
            started.watcher.start();
            return started;
        } catch (IOException e) {
            throw new CannotStart(
                    DATABASE_UNREACHABLE, "PostgreSQL in " + folder + " cannot be started: " + e.getMessage(), e);
        }
    }

    /** Where to connect. It stays the same while this server lives, restarts included. */
    public DatabaseAddress address() {
        String name = "127.0.0.1:" + port + "/postgres";
        return new DatabaseAddress("jdbc:postgresql://" + name, name, NAME, password);
    }

    /** The server's process. */
    public long pid() {
        return server.pid();
    }

    private static void create(Path folder, Path programs, Path cluster) throws IOException {
        Path password = folder.resolve("password");
        byte[] random = new byte[24];
        new SecureRandom().nextBytes(random);
        Files.deleteIfExists(password);
        Files.createFile(password, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.writeString(password, HexFormat.of().formatHex(random) + "\n");
        // Under another name until it is complete: a start that was killed leaves no half database behind.
        Path part = folder.resolve("cluster.part");
        if (Files.exists(part)) PostgresBinaries.delete(part);
        run(
                folder,
                programs,
                "initdb",
                "--pgdata=" + part,
                "--username=" + NAME,
                "--pwfile=" + password,
                "--auth=scram-sha-256",
                "--encoding=UTF8",
                "--locale-provider=builtin",
                "--builtin-locale=C.UTF-8",
                "--locale=C",
                "--no-instructions");
        Files.move(part, cluster, StandardCopyOption.ATOMIC_MOVE);
    }

    private static void checkVersion(Path cluster) throws IOException {
        String version = Files.readString(cluster.resolve("PG_VERSION")).strip();
        if (!version.equals(Integer.toString(MAJOR)))
            throw new CannotStart(
                    OTHER_VERSION,
                    "The database in " + cluster + " was written by PostgreSQL " + version + ", this Tollbook brings "
                            + MAJOR + ".");
    }

    private static void stopLeftOver(Path folder, Path programs, Path cluster) throws IOException {
        Long pid = postmaster(cluster);
        if (pid != null) {
            log.info("Stopping the PostgreSQL that an earlier Tollbook left running (process {})", pid);
            try {
                stop(folder, programs, cluster, "fast");
            } catch (CannotStart e) {
                stop(folder, programs, cluster, "immediate");
            }
        }
    }

    /** The server of this cluster according to its own file, if that process lives and is a server of this folder. */
    private static @Nullable Long postmaster(Path cluster) throws IOException {
        List<String> lines = postmasterFile(cluster);
        if (lines.isEmpty() || !lines.getFirst().strip().matches("\\d+")) return null;
        long pid = Long.parseLong(lines.getFirst().strip());
        return ProcessHandle.of(pid).filter(process -> isOurs(process, cluster)).isPresent() ? pid : null;
    }

    private static List<String> postmasterFile(Path cluster) throws IOException {
        Path file = cluster.resolve("postmaster.pid");
        return Files.exists(file) ? Files.readAllLines(file) : List.of();
    }

    /** The programs lie in the data folder, so whoever runs them works on this cluster. */
    private static boolean isOurs(ProcessHandle process, Path cluster) {
        String programs = cluster.resolveSibling("programs-").toString();
        return process.isAlive()
                && process.info()
                        .command()
                        .filter(command -> command.startsWith(programs))
                        .isPresent();
    }

    /**
     * Removes the file that a killed server left. PostgreSQL would do so itself, but takes any living process of that
     * number for a server, and in a container numbers come again soon. Children that outlive their server still write,
     * so they are awaited first.
     */
    private static void clearStale(Path cluster) throws IOException {
        if (postmasterFile(cluster).isEmpty() || postmaster(cluster) != null) return;
        List<ProcessHandle> children = ProcessHandle.allProcesses()
                .filter(process -> isOurs(process, cluster))
                .toList();
        for (ProcessHandle child : children) {
            try {
                child.onExit().get(STOP_MAX.toSeconds(), TimeUnit.SECONDS);
            } catch (TimeoutException e) {
                throw new CannotStart(
                        DATABASE_UNREACHABLE,
                        "Process " + child.pid() + " of an ended PostgreSQL still runs in " + cluster,
                        e);
            } catch (ExecutionException e) {
                throw new IOException(e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IOException("interrupted while waiting for process " + child.pid(), e);
            }
        }
        Files.deleteIfExists(cluster.resolve("postmaster.pid"));
    }

    private static void stop(Path folder, Path programs, Path cluster, String mode) throws IOException {
        run(
                folder,
                programs,
                "pg_ctl",
                "stop",
                "--pgdata=" + cluster,
                "--mode=" + mode,
                "--timeout=" + STOP_MAX.toSeconds(),
                "--wait",
                "--silent");
    }

    /** The port of the last time, if it is still free. */
    private static int port(Path folder) throws IOException {
        Path file = folder.resolve("port");
        InetAddress loopback = InetAddress.ofLiteral("127.0.0.1");
        if (Files.exists(file)) {
            int last = Integer.parseInt(Files.readString(file).strip());
            try (ServerSocket socket = new ServerSocket()) {
                socket.bind(new InetSocketAddress(loopback, last));
                return last;
            } catch (IOException e) {
                log.info("Port {} is taken by another program; PostgreSQL moves to a free one", last);
            }
        }
        try (ServerSocket socket = new ServerSocket(0, 1, loopback)) {
            Files.writeString(file, socket.getLocalPort() + "\n");
            return socket.getLocalPort();
        }
    }

    private static void shortenLog(Path file) throws IOException {
        if (Files.exists(file) && Files.size(file) > LOG_BYTES_MAX)
            Files.move(file, file.resolveSibling("postgres.log.1"), StandardCopyOption.REPLACE_EXISTING);
    }

    private Process launch() {
        List<String> command = new ArrayList<>(ownSession());
        command.addAll(asOrdinaryUser());
        command.add(programs.resolve("bin/postgres").toString());
        command.add("-D");
        command.add(cluster.toString());
        for (String setting : SETTINGS) {
            command.add("-c");
            command.add(setting);
        }
        command.add("-c");
        command.add("port=" + port);
        File output = folder.resolve("postgres.log").toFile();
        try {
            clearStale(cluster);
            return builder(folder, command)
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(output))
                    .start();
        } catch (IOException e) {
            throw new CannotStart(DATABASE_UNREACHABLE, "PostgreSQL cannot be run: " + e.getMessage(), e);
        }
    }

    private void awaitReady(Process process) {
        long end = System.nanoTime() + RECOVERY_MAX.toNanos();
        long slow = System.nanoTime() + Duration.ofSeconds(5).toNanos();
        boolean told = false;
        try {
            while (!isReady(process)) {
                if (process.waitFor(20, TimeUnit.MILLISECONDS))
                    throw new CannotStart(DATABASE_UNREACHABLE, "PostgreSQL does not start: " + lastWords());
                if (!told && System.nanoTime() > slow) {
                    log.info("PostgreSQL is repeating what its log holds since the last checkpoint");
                    told = true;
                }
                if (System.nanoTime() > end)
                    throw new CannotStart(DATABASE_UNREACHABLE, "PostgreSQL did not get ready: " + lastWords());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while PostgreSQL started", e);
        }
    }

    /** The server itself writes into its file when it takes connections. */
    private boolean isReady(Process process) {
        try {
            List<String> lines = postmasterFile(cluster);
            return lines.size() > 7
                    && lines.getFirst().strip().equals(Long.toString(process.pid()))
                    && lines.get(7).strip().equals("ready");
        } catch (IOException e) {
            return false; // Being written just now.
        }
    }

    private String lastWords() {
        try {
            List<String> lines = Files.readAllLines(folder.resolve("postgres.log"));
            List<String> telling = lines.stream()
                    .filter(line -> line.contains("FATAL:") || line.contains("PANIC:") || line.contains("unshare:"))
                    .toList();
            if (!telling.isEmpty()) return telling.getLast();
            return lines.isEmpty() ? "it said nothing" : lines.getLast();
        } catch (IOException e) {
            return "see " + folder.resolve("postgres.log");
        }
    }

    private void watch() {
        long pause = PAUSE_FIRST_MILLIS;
        try {
            while (true) {
                server.waitFor();
                if (closing.getCount() == 0) return;
                log.error("PostgreSQL ended by itself with code {}; starting it again", server.exitValue());
                if (closing.await(pause, TimeUnit.MILLISECONDS)) return;
                long before = System.nanoTime();
                if (restart()) {
                    server.waitFor(PAUSE_MAX_MILLIS, TimeUnit.MILLISECONDS);
                }
                boolean lasted = System.nanoTime() - before > TimeUnit.MILLISECONDS.toNanos(PAUSE_MAX_MILLIS);
                pause = lasted ? PAUSE_FIRST_MILLIS : Math.min(PAUSE_MAX_MILLIS, pause * 2);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private boolean restart() {
        try {
            synchronized (closing) {
                if (closing.getCount() == 0) return false;
                server = launch();
            }
            awaitReady(server);
            log.info("PostgreSQL runs again (process {})", server.pid());
            return true;
        } catch (CannotStart e) {
            log.error("{}", e.line());
            return false;
        }
    }

    /** Stops the server after a last checkpoint. Everybody who writes must have stopped before. */
    @Override
    public void close() {
        synchronized (closing) {
            closing.countDown();
        }
        if (!server.isAlive()) return;
        try {
            try {
                stop(folder, programs, cluster, "fast");
            } catch (CannotStart e) {
                log.warn("{}", e.line());
                stop(folder, programs, cluster, "immediate");
            }
        } catch (IOException | CannotStart e) {
            log.error("PostgreSQL could not be stopped; ending it. Nothing committed is lost", e);
            server.destroyForcibly();
        }
        try {
            server.waitFor(STOP_MAX.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void run(Path folder, Path programs, String program, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(asOrdinaryUser());
        command.add(programs.resolve("bin").resolve(program).toString());
        command.addAll(List.of(arguments));
        Path output = Files.createTempFile(folder, program, ".out");
        try {
            Process process =
                    builder(folder, command).redirectOutput(output.toFile()).start();
            int code = process.waitFor();
            if (code != 0) {
                String said = Files.readString(output).strip();
                throw new CannotStart(
                        DATABASE_UNREACHABLE,
                        said.contains("unshare")
                                ? "PostgreSQL does not run as root, and this machine does not let root step down; start"
                                        + " Tollbook as another user, or use your own PostgreSQL with --db=URL."
                                : program + " failed: " + said.substring(Math.max(0, said.length() - 600)));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while waiting for " + program, e);
        } finally {
            Files.deleteIfExists(output);
        }
    }

    private static ProcessBuilder builder(Path folder, List<String> command) {
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectInput(ProcessBuilder.Redirect.from(new File("/dev/null")));
        // Settings of another PostgreSQL in the operator's shell must not reach this one.
        builder.environment().keySet().removeIf(name -> name.startsWith("PG") || name.startsWith("LC_"));
        builder.environment().put("LC_ALL", "C");
        return builder;
    }

    private static List<String> ownSession() {
        return isMac() ? List.of("perl", "-MPOSIX", "-e", "POSIX::setsid(); exec @ARGV or die") : List.of("setsid");
    }

    /** PostgreSQL refuses to run as root; in a user namespace of its own it is nobody and still owns its files. */
    private static List<String> asOrdinaryUser() {
        return "root".equals(System.getProperty("user.name")) && !isMac() ? List.of("unshare", "-U") : List.of();
    }

    private static boolean isMac() {
        return System.getProperty("os.name").startsWith("Mac");
    }
}
