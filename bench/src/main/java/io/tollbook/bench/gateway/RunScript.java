package io.tollbook.bench.gateway;

import io.tollbook.bench.Waiting;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** The gateway of this tree, started as people start it. */
public final class RunScript implements Gateway, AutoCloseable {
    /** The measuring process signs thousands of users in from one address; limits per address are not what it measures. */
    private static final Map<String, String> NO_RATE_LIMITS = Map.of(
            "GLOBAL_API_RATE_LIMIT_ENABLE", "false",
            "GLOBAL_WEB_RATE_LIMIT_ENABLE", "false",
            "CRITICAL_RATE_LIMIT_ENABLE", "false",
            "SEARCH_RATE_LIMIT_ENABLE", "false");

    private static final Duration START_MAX = Duration.ofMinutes(5);

    private final List<String> command;
    private final Path data;
    private final int port;
    private final Path log;
    private final Map<String, String> environment;
    private Map<String, String> more = Map.of();
    private @Nullable Process process;

    /** @param command that starts it, to which port and folder are added */
    public RunScript(List<String> command, Path data, int port, Path log, Map<String, String> environment) {
        this.command = List.copyOf(command);
        this.data = data;
        this.port = port;
        this.log = log;
        this.environment = Map.copyOf(environment);
    }

    public static RunScript of(Path home, Path data, Path log) throws IOException {
        return new RunScript(List.of(home.resolve("run").toString()), data, freePort(), log, Map.of());
    }

    public static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    @Override
    public URI base() {
        return URI.create("http://127.0.0.1:" + port);
    }

    @Override
    public Path data() {
        return data;
    }

    @Override
    public void start() throws Exception {
        launch();
        try (HttpClient http = HttpClient.newHttpClient()) {
            HttpRequest status = HttpRequest.newBuilder(base().resolve("/api/status"))
                    .timeout(Duration.ofSeconds(5))
                    .build();
            boolean answers = Waiting.until(START_MAX, Duration.ofMillis(50), () -> {
                if (!process().isAlive())
                    throw new IllegalStateException("the gateway ended while starting; see " + log);
                try {
                    return http.send(status, HttpResponse.BodyHandlers.discarding())
                                    .statusCode()
                            == 200;
                } catch (IOException _) {
                    return false; // Not listening yet.
                }
            });
            if (!answers) throw new IllegalStateException("the gateway does not answer; see " + log);
        }
    }

    /** Starts it again with this in its environment too, until it is started again in this way. */
    public void restart(Map<String, String> environment) throws Exception {
        stop();
        more = Map.copyOf(environment);
        start();
    }

    /** Starts it without waiting. */
    public void launch() throws IOException {
        List<String> whole = new ArrayList<>(command);
        whole.add("--port=" + port);
        whole.add("--data=" + data);
        ProcessBuilder builder = new ProcessBuilder(whole)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
        builder.environment().putAll(NO_RATE_LIMITS);
        builder.environment().putAll(environment);
        builder.environment().putAll(more);
        process = builder.start();
    }

    @Override
    public ProcessHandle process() {
        Process started = process;
        if (started == null) throw new IllegalStateException("not started");
        return started.toHandle();
    }

    @Override
    public void stop() throws Exception {
        Process started = process;
        if (started == null) return;
        started.destroy();
        if (!started.waitFor(60, TimeUnit.SECONDS)) {
            started.destroyForcibly();
            started.waitFor();
        }
    }

    /** Ends it and a database that a killed process left behind. */
    @Override
    public void close() throws Exception {
        stop();
        Postgres.of(data).stop();
    }
}
