package io.tollbook.database;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import io.tollbook.start.CannotStart;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedPostgresTest {
    /** Made once, since making a cluster takes longer than everything that is tested here. */
    @TempDir
    static Path shared;

    @TempDir
    Path own;

    private static Path folder() throws IOException {
        return folder(shared);
    }

    private static Path folder(Path parent) throws IOException {
        return parent.toRealPath().resolve("postgres-18");
    }

    @Test
    void keepsItsPromises() throws Exception {
        try (EmbeddedPostgres server = EmbeddedPostgres.start(folder())) {
            assertThat(text(server.address(), "show fsync")).isEqualTo("on");
            assertThat(text(server.address(), "show synchronous_commit")).isEqualTo("on");
            assertThat(text(server.address(), "show full_page_writes")).isEqualTo("on");
            assertThat(text(server.address(), "show listen_addresses")).isEqualTo("127.0.0.1");
            assertThat(text(server.address(), "show server_encoding")).isEqualTo("UTF8");
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder().resolve("password"))))
                    .isEqualTo("rw-------");
        }
    }

    @Test
    void keepsEverythingAcrossAnOrderlyStop() throws Exception {
        try (EmbeddedPostgres server = EmbeddedPostgres.start(folder())) {
            execute(server.address(), "create table if not exists kept as select 42 as answer");
        }
        try (EmbeddedPostgres server = EmbeddedPostgres.start(folder())) {
            assertThat(text(server.address(), "select answer from kept")).isEqualTo("42");
        }
    }

    @Test
    void comesBackAtTheSameAddressWhenKilled() throws Exception {
        try (EmbeddedPostgres server = EmbeddedPostgres.start(folder())) {
            DatabaseAddress address = server.address();
            execute(address, "create table if not exists kept as select 42 as answer");
            long first = server.pid();

            ProcessHandle.of(first).orElseThrow().destroyForcibly();

            await().atMost(Duration.ofSeconds(60))
                    .ignoreExceptions()
                    .until(() -> server.pid() != first
                            && text(address, "select answer from kept").equals("42"));
        }
    }

    @Test
    void stopsTheServerThatAKilledTollbookLeft() throws Exception {
        Process killed = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin/java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        LeavesItsServer.class.getName(),
                        folder().toString())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        long left;
        try (BufferedReader says = killed.inputReader()) {
            left = Long.parseLong(says.readLine());
            killed.destroyForcibly().waitFor(30, SECONDS);
        }
        assertThat(runs(left)).isTrue();

        try (EmbeddedPostgres server = EmbeddedPostgres.start(folder())) {
            await().atMost(Duration.ofSeconds(30)).until(() -> !runs(left));
            assertThat(text(server.address(), "select answer from kept")).isEqualTo("42");
        }
    }

    /** One that ended but is still listed, because nobody asked for its exit code, has no program any more. */
    private static boolean runs(long pid) {
        return ProcessHandle.of(pid)
                .flatMap(process -> process.info().command())
                .isPresent();
    }

    /** A process that is killed before it can stop its server. */
    static final class LeavesItsServer {
        private LeavesItsServer() {}

        @SuppressWarnings("resource")
        public static void main(String[] arguments) throws Exception {
            EmbeddedPostgres server = EmbeddedPostgres.start(Path.of(arguments[0]));
            execute(server.address(), "create table if not exists kept as select 42 as answer");
            System.out.println(server.pid());
            new java.util.concurrent.CountDownLatch(1).await();
        }
    }

    @Test
    void isNotFooledByAFileThatNamesAnotherProcess() throws Exception {
        EmbeddedPostgres.start(folder()).close();
        Files.writeString(
                folder().resolve("cluster/postmaster.pid"),
                ProcessHandle.current().pid() + "\n" + folder().resolve("cluster")
                        + "\n1\n1\n\n127.0.0.1\n0 0\nready\n");

        try (EmbeddedPostgres server = EmbeddedPostgres.start(folder())) {
            assertThat(text(server.address(), "select 1")).isEqualTo("1");
        }
    }

    @Test
    void beginsAnewWhereAFirstStartWasKilled() throws Exception {
        Files.createDirectories(folder(own).resolve("cluster.part"));
        Files.createDirectories(folder(own).resolve("part-1"));
        Files.writeString(folder(own).resolve("cluster.part/PG_VERSION"), "18\n");

        EmbeddedPostgres.start(folder(own)).close();

        assertThat(folder(own).resolve("cluster.part")).doesNotExist();
        assertThat(folder(own).resolve("part-1")).doesNotExist();
    }

    @Test
    void refusesAClusterOfAnotherVersion() throws Exception {
        Files.createDirectories(folder(own).resolve("cluster"));
        Files.writeString(folder(own).resolve("cluster/PG_VERSION"), "17\n");

        CannotStart refusal = catchThrowableOfType(CannotStart.class, () -> EmbeddedPostgres.start(folder(own)));

        assertThat(refusal.reason()).isEqualTo(CannotStart.Reason.OTHER_VERSION);
    }

    @Test
    void refusesAStranger() throws Exception {
        try (EmbeddedPostgres server = EmbeddedPostgres.start(folder())) {
            DatabaseAddress stranger = new DatabaseAddress(
                    server.address().url(),
                    "own",
                    server.address().user(),
                    new io.tollbook.kernel.secret.Secret("guess"));

            SQLException refusal = catchThrowableOfType(SQLException.class, () -> text(stranger, "select 1"));

            assertThat(refusal.getSQLState()).isEqualTo("28P01");
        }
    }

    private static String text(DatabaseAddress address, String sql) throws SQLException {
        try (Connection connection = connect(address);
                var statement = connection.createStatement();
                var result = statement.executeQuery(sql)) {
            result.next();
            return result.getString(1);
        }
    }

    private static void execute(DatabaseAddress address, String sql) throws SQLException {
        try (Connection connection = connect(address);
                var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static Connection connect(DatabaseAddress address) throws SQLException {
        return DriverManager.getConnection(
                address.url(), address.user(), address.password().reveal());
    }
}
