package io.tollbook.database;

import io.tollbook.start.CannotStart;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;

/** Where the database is and how to get in. Never printed with its password. */
public record DatabaseAddress(String url, String user, String password) {
    /**
     * @param text {@code postgresql://user:password@host:port/database}, {@code postgres://…}, or a JDBC URL that carries
     *     user and password as parameters
     */
    public static DatabaseAddress parse(String text) {
        if (text.startsWith("jdbc:postgresql:")) return new DatabaseAddress(text, "", "");
        if (!text.startsWith("postgres://") && !text.startsWith("postgresql://"))
            throw CannotStart.usage("The database URL must look like postgresql://user:password@host:5432/name.");
        try {
            URI uri = URI.create(text);
            String[] user = uri.getRawUserInfo() == null
                    ? new String[] {""}
                    : uri.getRawUserInfo().split(":", 2);
            String host = uri.getHost() == null ? "localhost" : uri.getHost();
            int port = uri.getPort() < 0 ? 5432 : uri.getPort();
            String query = uri.getRawQuery() == null ? "" : "?" + uri.getRawQuery();
            return new DatabaseAddress(
                    "jdbc:postgresql://" + host + ":" + port + uri.getRawPath() + query,
                    decoded(user[0]),
                    user.length > 1 ? decoded(user[1]) : "");
        } catch (IllegalArgumentException e) {
            throw CannotStart.usage("The database URL is not a URL.");
        }
    }

    private static String decoded(String text) {
        return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
    }

    /** Tries to get in, so that a wrong address or password is one line and not a page. */
    public void check() {
        try (Connection connection =
                user.isEmpty() ? DriverManager.getConnection(url) : DriverManager.getConnection(url, user, password)) {
            if (connection.getMetaData().getDatabaseMajorVersion() < 14)
                throw CannotStart.databaseUnreachable("PostgreSQL 14 or newer is needed.");
        } catch (SQLException e) {
            String state = String.valueOf(e.getSQLState());
            if (state.startsWith("28"))
                throw CannotStart.wrongPassword("The database refuses the user or its password.");
            throw CannotStart.databaseUnreachable("The database cannot be reached: " + oneLine(e.getMessage()));
        }
    }

    private static String oneLine(String message) {
        return message.lines().findFirst().orElse("").strip();
    }

    @Override
    public String toString() {
        return url.replaceAll("\\?.*", "");
    }
}
