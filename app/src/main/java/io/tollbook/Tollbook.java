package io.tollbook;

import static io.tollbook.start.CannotStart.Reason.MASTER_KEY;
import static io.tollbook.start.CannotStart.Reason.PORT_TAKEN;

import io.tollbook.command.secret.MasterKeyException;
import io.tollbook.database.Database;
import io.tollbook.demo.Demo;
import io.tollbook.kernel.Version;
import io.tollbook.start.CannotStart;
import io.tollbook.start.DataFolder;
import io.tollbook.start.Options;
import io.tollbook.start.ShortTurns;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.web.server.PortInUseException;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.support.GenericApplicationContext;

/**
 * One running Tollbook.
 *
 * <p>Starting: port, data folder, database, migrations, then the parts; whatever refuses first leaves the rest untouched.
 * Stopping goes the other way: the web server takes no more calls and lets the open ones end, the ledger drains, the
 * projections stop, the pools close, and PostgreSQL goes last. A kill in between loses nothing either: what was promised
 * to a client was on the disk before the promise.
 */
public final class Tollbook implements AutoCloseable {
    private final Options options;
    private final DataFolder folder;
    private final Database database;
    private final AtomicBoolean closed = new AtomicBoolean();
    private final Runnable last = this::closeDatabase;
    private volatile @Nullable ConfigurableApplicationContext parts;

    private Tollbook(Options options, DataFolder folder, Database database) {
        this.options = options;
        this.folder = folder;
        this.database = database;
    }

    public static void main(String[] arguments) {
        int code = run(List.of(arguments), System.getenv(), System.out, System.err);
        if (code >= 0) System.exit(code);
    }

    /** @return the exit code, or -1 if Tollbook now runs */
    static int run(List<String> arguments, Map<String, String> environment, PrintStream out, PrintStream err) {
        if (arguments.equals(List.of("--help"))) {
            out.print(Options.USAGE_TEXT);
            return 0;
        }
        if (arguments.equals(List.of("--version"))) {
            out.println("Tollbook " + Version.NUMBER);
            return 0;
        }
        try {
            Options options = Options.parse(arguments, environment);
            ShortTurns.ask();
            Tollbook tollbook = start(options);
            out.println(
                    "Tollbook " + Version.NUMBER + " at " + tollbook.address() + " (data in " + options.data() + ")");
            if (options.demo()) Demo.show(tollbook.address(), out);
            return -1;
        } catch (CannotStart e) {
            err.println("tollbook: " + e.line());
            return e.reason().exitCode();
        } catch (RuntimeException e) {
            // A bug: the log has it with its stack trace.
            LoggerFactory.getLogger(Tollbook.class).error("Tollbook could not start", e);
            return 1;
        }
    }

    /** Returns once everything runs. */
    public static Tollbook start(Options options) {
        checkPort(options.port());
        DataFolder folder = DataFolder.take(options.data());
        Database database;
        try {
            database = Database.open(folder, options.database());
        } catch (RuntimeException e) {
            folder.close();
            throw e;
        }
        Tollbook tollbook = new Tollbook(options, folder, database);
        // Runs after the parts have stopped, on SIGTERM and Ctrl-C too.
        SpringApplication.getShutdownHandlers().add(tollbook.last);
        try {
            tollbook.startParts();
            return tollbook;
        } catch (RuntimeException e) {
            tollbook.close();
            throw explained(e, options);
        }
    }

    /** What an operator can put right is said in a line; anything else is a bug and keeps its trace. */
    private static RuntimeException explained(RuntimeException failure, Options options) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof PortInUseException) return portTaken(options.port());
            if (cause instanceof MasterKeyException)
                return new CannotStart(MASTER_KEY, String.valueOf(cause.getMessage()));
        }
        return failure;
    }

    private static void checkPort(int port) {
        if (port == 0) return;
        try (ServerSocket socket = new ServerSocket()) {
            socket.bind(new InetSocketAddress(port));
        } catch (IOException e) {
            throw portTaken(port);
        }
    }

    private static CannotStart portTaken(int port) {
        return new CannotStart(
                PORT_TAKEN,
                "Port " + port + " is taken by another program, or not yours to use. Choose one with --port=N.");
    }

    private void startParts() {
        SpringApplication application = new SpringApplicationBuilder(Parts.class)
                .properties(Map.of(
                        "server.port", options.port(),
                        "tollbook.data", folder.path().toString(),
                        "tollbook.demo", options.demo(),
                        // Nobody else can reach the own database, so whoever held funds before is dead.
                        "tollbook.database.exclusive", database.embedded() != null))
                .initializers(context -> ((GenericApplicationContext) context)
                        .registerBean(
                                Database.class, () -> database, definition -> definition.setDestroyMethodName("")))
                .build();
        parts = application.run();
    }

    /** Where the console and the API are, seen from this machine. */
    public String address() {
        return "http://localhost:" + port();
    }

    public int port() {
        if (!(parts instanceof WebServerApplicationContext web) || web.getWebServer() == null)
            throw new IllegalStateException("Tollbook does not run");
        return web.getWebServer().getPort();
    }

    /** A part, for tests that look inside. */
    <T> T part(Class<T> type) {
        if (parts == null) throw new IllegalStateException("Tollbook does not run");
        return parts.getBean(type);
    }

    Database database() {
        return database;
    }

    @Override
    public void close() {
        ConfigurableApplicationContext running = parts;
        if (running != null) running.close();
        SpringApplication.getShutdownHandlers().remove(last);
        closeDatabase();
    }

    private void closeDatabase() {
        if (!closed.compareAndSet(false, true)) return;
        try {
            database.close();
        } finally {
            folder.close();
        }
    }
}
