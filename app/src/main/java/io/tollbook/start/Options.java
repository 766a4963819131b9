package io.tollbook.start;

import static io.tollbook.start.CannotStart.Reason.USAGE;

import io.tollbook.database.DatabaseAddress;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What the operator asked for. An option on the command line goes before the environment, the environment before the
 * default.
 *
 * @param port where to listen; 0 for any free port
 * @param data the folder that holds everything Tollbook keeps
 * @param database the operator's PostgreSQL; null for an own one in the data folder
 * @param demo whether to set the site up with the demo provider
 */
public record Options(int port, Path data, @Nullable DatabaseAddress database, boolean demo) {
    public static final String USAGE_TEXT = """
            Usage: ./run [--port=8080] [--data=./data] [--db=postgres://user:password@host:5432/database] [--demo]

              --port=N    listen on this port (environment: PORT)
              --data=DIR  keep everything in this folder (environment: TOLLBOOK_DATA)
              --db=URL    use this PostgreSQL, 15 or newer, instead of an own one in the data folder (environment: SQL_DSN)
              --demo      set the site up with the built-in demo provider and show a first call
              --help      print this
              --version   print the version
            """;

    private static final Set<String> NAMES = Set.of("port", "data", "db", "demo");

    public static Options parse(List<String> arguments, Map<String, String> environment) {
        Map<String, String> given = new java.util.HashMap<>();
        Set<String> seen = new HashSet<>();
        for (String argument : arguments) {
            if (!argument.startsWith("--")) throw unknown(argument);
            int equals = argument.indexOf('=');
            String name = argument.substring(2, equals < 0 ? argument.length() : equals);
            if (!NAMES.contains(name)) throw unknown(equals < 0 ? argument : argument.substring(0, equals));
            if (!seen.add(name)) throw new CannotStart(USAGE, "The option --" + name + " is given twice.");
            if (name.equals("demo")) {
                if (equals >= 0) throw new CannotStart(USAGE, "The option --demo takes no value.");
                given.put(name, "true");
            } else {
                if (equals < 0 || equals == argument.length() - 1)
                    throw new CannotStart(USAGE, "The option --" + name + " needs a value: --" + name + "=VALUE.");
                given.put(name, argument.substring(equals + 1));
            }
        }
        return new Options(
                port(first(given.get("port"), environment.get("PORT"), "8080")),
                folder(first(given.get("data"), environment.get("TOLLBOOK_DATA"), "./data")),
                database(first(given.get("db"), environment.get("SQL_DSN"), "")),
                given.containsKey("demo"));
    }

    private static String first(@Nullable String option, @Nullable String environment, String otherwise) {
        if (option != null) return option;
        return environment == null || environment.isBlank() ? otherwise : environment.strip();
    }

    private static CannotStart unknown(String argument) {
        return new CannotStart(USAGE, "Unknown option " + argument + ". See ./run --help.");
    }

    private static int port(String text) {
        try {
            int port = Integer.parseInt(text);
            if (port >= 0 && port <= 65_535) return port;
        } catch (NumberFormatException e) {
            // Told below, like a number out of range.
        }
        throw new CannotStart(USAGE, "The port must be a number from 1 to 65535, not '" + text + "'.");
    }

    private static Path folder(String text) {
        try {
            return Path.of(text);
        } catch (InvalidPathException e) {
            throw new CannotStart(USAGE, "The data folder '" + text + "' is not a path.");
        }
    }

    private static @Nullable DatabaseAddress database(String text) {
        return text.isEmpty() || text.equals("local") ? null : DatabaseAddress.parse(text);
    }
}
