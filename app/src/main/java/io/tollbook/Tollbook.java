package io.tollbook;

import io.tollbook.database.DatabaseAddress;
import io.tollbook.database.EmbeddedPostgres;
import io.tollbook.start.CannotStart;
import io.tollbook.start.DataFolder;
import io.tollbook.start.StartOptions;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.Banner;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.web.server.PortInUseException;
import org.springframework.context.ConfigurableApplicationContext;

/**
 * Starts one node: takes its data folder, starts or reaches PostgreSQL, then the application; ends in the opposite order.
 * What keeps it from starting is told in one line on standard error, with an exit code of its own.
 */
@SpringBootApplication(scanBasePackages = "io.tollbook")
public class Tollbook {
    public static void main(String[] arguments) {
        try {
            start(StartOptions.parse(arguments, System.getenv()));
        } catch (CannotStart e) {
            e.tell();
            // The embedded PostgreSQL's watcher and half-built pools must not keep the process up.
            Runtime.getRuntime().exit(e.exitCode());
        }
    }

    private static void start(StartOptions options) {
        options.checkPort();
        DataFolder folder = DataFolder.take(options.data());
        EmbeddedPostgres postgres = null;
        try {
            DatabaseAddress database;
            if (options.database() == null) {
                postgres = EmbeddedPostgres.start(folder.path());
                database = postgres.address();
            } else {
                database = DatabaseAddress.parse(options.database());
            }
            database.check();
            run(options, folder, database, postgres);
        } catch (RuntimeException e) {
            if (postgres != null) postgres.stop();
            folder.release();
            throw asCannotStart(e, options);
        }
    }

    private static RuntimeException asCannotStart(RuntimeException fault, StartOptions options) {
        for (Throwable cause = fault; cause != null; cause = cause.getCause()) {
            if (cause instanceof CannotStart known) return known;
            if (cause instanceof PortInUseException) return CannotStart.portTaken(options.port());
        }
        return fault;
    }

    private static void run(
            StartOptions options, DataFolder folder, DatabaseAddress database, @Nullable EmbeddedPostgres postgres) {
        Map<String, Object> properties = new HashMap<>();
        properties.put("server.port", options.port());
        properties.put("tollbook.data", folder.path().toString());
        properties.put("tollbook.demo", options.demo());
        properties.put("tollbook.database.url", database.url());
        properties.put("tollbook.database.user", database.user());
        properties.put("tollbook.database.password", database.password());
        // Nobody else can reach the embedded database, so whoever held funds before is dead.
        properties.put("tollbook.database.exclusive", postgres != null);
        SpringApplication application = new SpringApplication(Tollbook.class);
        application.setBannerMode(Banner.Mode.OFF);
        application.setRegisterShutdownHook(false);
        application.setDefaultProperties(properties);
        ConfigurableApplicationContext context = application.run();
        Runtime.getRuntime()
                .addShutdownHook(Thread.ofPlatform().name("shutdown").unstarted(() -> {
                    context.close();
                    if (postgres != null) postgres.stop();
                    folder.release();
                }));
    }
}
