package io.tollbook.start;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How to start.
 *
 * @param database URL of an external PostgreSQL; null for the embedded one
 */
public record StartOptions(int port, Path data, @Nullable String database, boolean demo) {
    /** @param environment PORT and SQL_DSN stand in for options that are not given */
    public static StartOptions parse(String[] arguments, Map<String, String> environment) {
        String port = environment.getOrDefault("PORT", "8080");
        String data = environment.getOrDefault("TOLLBOOK_DATA", "./data");
        String database = environment.get("SQL_DSN");
        boolean demo = false;
        for (String argument : arguments) {
            if (argument.equals("--demo")) demo = true;
            else if (argument.startsWith("--port=")) port = argument.substring("--port=".length());
            else if (argument.startsWith("--data=")) data = argument.substring("--data=".length());
            else if (argument.startsWith("--db=")) database = argument.substring("--db=".length());
            else throw CannotStart.usage("I do not know the option " + argument + ".");
        }
        return new StartOptions(port(port), path(data), database == null || database.isBlank() ? null : database, demo);
    }

    private static int port(String text) {
        try {
            int port = Integer.parseInt(text);
            if (port >= 0 && port <= 65_535) return port;
        } catch (NumberFormatException e) {
            // Told below, like a number that is no port.
        }
        throw CannotStart.usage("The port must be a number from 0 to 65535, not " + text + ".");
    }

    private static Path path(String text) {
        try {
            if (!text.isBlank()) return Path.of(text).toAbsolutePath().normalize();
        } catch (InvalidPathException e) {
            // Told below, like an empty one.
        }
        throw CannotStart.usage("The data folder must be a path.");
    }

    /** Before the data folder or a database is touched. */
    public void checkPort() {
        if (port == 0) return;
        try (ServerSocket probe = new ServerSocket()) {
            probe.setReuseAddress(true);
            probe.bind(new InetSocketAddress(port));
        } catch (IOException e) {
            throw CannotStart.portTaken(port);
        }
    }
}
