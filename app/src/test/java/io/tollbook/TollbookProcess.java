package io.tollbook;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;

/** A Tollbook in a process of its own, to be stopped and killed. */
final class TollbookProcess implements AutoCloseable {
    private static final HttpClient HTTP = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(5))
            .build();

    /** The second compiler takes half of a start, and pays off only after thousands of calls. */
    static final String FOR_FEW_CALLS = "-XX:TieredStopAtLevel=1";

    private final Process process;
    private final Path data;
    private final Path output;
    private final int port;

    private TollbookProcess(Process process, Path data, Path output, int port) {
        this.process = process;
        this.data = data;
        this.output = output;
        this.port = port;
    }

    /** Returns once it answers. */
    static TollbookProcess start(Path data, String... options) throws IOException {
        int port;
        try (ServerSocket socket = new ServerSocket(0)) {
            port = socket.getLocalPort();
        }
        Path output = Files.createTempFile(data.getParent(), "tollbook", ".out");
        List<String> command = new ArrayList<>(command(FOR_FEW_CALLS));
        command.addAll(List.of("--port=" + port, "--data=" + data));
        command.addAll(List.of(options));
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        TollbookProcess tollbook = new TollbookProcess(process, data, output, port);
        Awaitility.await("a Tollbook that is ready")
                .atMost(Duration.ofMinutes(3))
                .pollInterval(Duration.ofMillis(200))
                .until(() -> !process.isAlive() || tollbook.isReady());
        assertThat(process.isAlive()).as(tollbook.output()).isTrue();
        return tollbook;
    }

    /** What starts it from the classes under test, without options. */
    static List<String> command(String... javaOptions) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin/java").toString(),
                "-Xmx400m",
                "-XX:+UseSerialGC",
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow"));
        command.addAll(List.of(javaOptions));
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), Tollbook.class.getName()));
        return command;
    }

    private boolean isReady() {
        try {
            return get("/actuator/health/readiness").statusCode() == 200 && output().contains("Tollbook 0.1.0 at");
        } catch (IOException e) {
            return false;
        }
    }

    HttpResponse<String> get(String path, String... headers) throws IOException {
        return send(request(path, headers).GET());
    }

    HttpResponse<String> post(String path, String body, String... headers) throws IOException {
        return send(request(path, headers)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body)));
    }

    private HttpRequest.Builder request(String path, String... headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://localhost:" + port + path))
                .timeout(Duration.ofSeconds(60));
        if (headers.length > 0) request.headers(headers);
        return request;
    }

    private static HttpResponse<String> send(HttpRequest.Builder request) throws IOException {
        try {
            return HTTP.send(request.build(), HttpResponse.BodyHandlers.ofString());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
    }

    String output() throws IOException {
        return Files.readString(output);
    }

    long pid() {
        return process.pid();
    }

    /** The pid of its own PostgreSQL, as that wrote it. */
    long postgres() throws IOException {
        return Long.parseLong(Files.readAllLines(data.resolve("postgres-18/cluster/postmaster.pid"))
                .getFirst()
                .strip());
    }

    /** SIGTERM, as a service manager or Ctrl-C sends it. */
    void stop() {
        process.destroy();
        awaitEnd();
    }

    /** SIGKILL: no chance to do anything. */
    void kill() {
        process.destroyForcibly();
        awaitEnd();
    }

    private void awaitEnd() {
        try {
            assertThat(process.waitFor(120, TimeUnit.SECONDS)).as("ends").isTrue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        if (process.isAlive()) stop();
    }
}
