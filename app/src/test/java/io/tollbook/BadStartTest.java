package io.tollbook;

import static org.assertj.core.api.Assertions.assertThat;

import io.tollbook.database.EmbeddedPostgres;
import io.tollbook.start.DataFolder;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every bad start: one clear line, its own exit code, nothing touched. */
class BadStartTest {
    @TempDir
    Path parent;

    private record Outcome(int code, String out, String err) {}

    @Test
    void tellsHowToUseIt() {
        assertThat(start("--help").out()).startsWith("Usage: ./run");
        assertThat(start("--help").code()).isZero();
        assertThat(start("--version").out()).matches("Tollbook \\d+\\.\\d+\\.\\d+\\R");
    }

    @Test
    void refusesAnUnknownOption() {
        assertRefused(start("--verbose"), 2, "Unknown option --verbose");
    }

    @Test
    void refusesAPortThatIsTaken() throws IOException {
        try (ServerSocket other = new ServerSocket(0)) {
            assertRefused(
                    start("--port=" + other.getLocalPort(), "--data=" + data()), 7, "Port " + other.getLocalPort());
        }
        assertThat(data()).doesNotExist();
    }

    @Test
    void refusesADataFolderInUse() {
        try (DataFolder _ = DataFolder.take(data())) {
            assertRefused(start("--port=0", "--data=" + data()), 3, "in use");
        }
    }

    @Test
    void refusesADataFolderOfAnotherVersion() throws IOException {
        Files.createDirectories(data());
        Files.writeString(data().resolve("tollbook.format"), "99");

        assertRefused(start("--port=0", "--data=" + data()), 4, "another version");
        assertThat(data().toFile().list()).containsExactly("tollbook.format");
    }

    @Test
    void refusesADatabaseThatDoesNotAnswer() throws IOException {
        int silent;
        try (ServerSocket socket = new ServerSocket(0)) {
            silent = socket.getLocalPort();
        }
        assertRefused(
                start("--port=0", "--data=" + data(), "--db=postgres://ann:secret@127.0.0.1:" + silent + "/tolls"),
                5,
                "cannot be reached");
        assertThat(data().resolve("postgres-18")).doesNotExist();
        assertThat(data().resolve("tollbook.pid")).doesNotExist();
    }

    @Test
    void refusesAWrongPasswordAMissingDatabaseAndANewerSchema() throws Exception {
        try (EmbeddedPostgres server =
                EmbeddedPostgres.start(parent.toRealPath().resolve("server"))) {
            String place = server.address().name();
            String password = server.address().password().reveal();

            assertRefused(
                    start("--port=0", "--data=" + data(), "--db=postgres://tollbook:guess@" + place),
                    6,
                    "wrong password");
            assertRefused(
                    start(
                            "--port=0",
                            "--data=" + data(),
                            "--db=postgres://tollbook:" + password + "@" + place.replace("/postgres", "/tolls")),
                    6,
                    "There is no database");

            try (var connection = DriverManager.getConnection(server.address().url(), "tollbook", password);
                    var statement = connection.createStatement()) {
                statement.execute("""
                        create schema events;
                        create table events.flyway_schema_history (
                            installed_rank int primary key, version varchar(50), description varchar(200) not null,
                            type varchar(20) not null, script varchar(1000) not null, checksum int,
                            installed_by varchar(100) not null, installed_on timestamp not null default now(),
                            execution_time int not null, success boolean not null);
                        insert into events.flyway_schema_history values
                            (1, '999', 'later', 'SQL', 'V999__later.sql', 1, 'tollbook', now(), 1, true)
                        """);
            }
            assertRefused(
                    start("--port=0", "--data=" + data(), "--db=postgres://tollbook:" + password + "@" + place),
                    4,
                    "another version");
        }
    }

    private Path data() {
        return parent.resolve("data");
    }

    private static void assertRefused(Outcome outcome, int code, String line) {
        assertThat(outcome.err()).startsWith("tollbook: ").contains(line).hasLineCount(1);
        assertThat(outcome.out()).isEmpty();
        assertThat(outcome.code()).isEqualTo(code);
    }

    private static Outcome start(String... arguments) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        int code = Tollbook.run(List.of(arguments), Map.of(), print(out), print(err));
        return new Outcome(code, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }

    private static PrintStream print(ByteArrayOutputStream stream) {
        return new PrintStream(stream, true, StandardCharsets.UTF_8);
    }
}
