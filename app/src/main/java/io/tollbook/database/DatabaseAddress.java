package io.tollbook.database;

import static io.tollbook.start.CannotStart.Reason.USAGE;

import io.tollbook.kernel.secret.Secret;
import io.tollbook.start.CannotStart;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;

/**
 * Where a PostgreSQL is and who may use it.
 *
 * @param url for JDBC, without user and password
 * @param name host, port and database, for people to read
 */
public record DatabaseAddress(String url, String name, String user, Secret password) {
    private static final int DEFAULT_PORT = 5432;

    /** Reads {@code postgres://user:password@host:port/database?sslmode=…}; a {@code jdbc:} before it does no harm. */
    public static DatabaseAddress parse(String text) {
        String address = text.startsWith("jdbc:") ? text.substring("jdbc:".length()) : text;
        if (!address.startsWith("postgres://") && !address.startsWith("postgresql://"))
            throw new CannotStart(
                    USAGE,
                    "Tollbook keeps its books in PostgreSQL: the database must be given as"
                            + " postgres://user:password@host:5432/database.");
        try {
            URI uri = new URI(address);
            String database = uri.getPath() == null ? "" : uri.getPath().replaceFirst("^/", "");
            if (uri.getHost() == null || database.isEmpty()) throw incomplete();
            String[] login = userInfo(uri);
            String name = uri.getHost() + ":" + (uri.getPort() < 0 ? DEFAULT_PORT : uri.getPort()) + "/" + database;
            String query = uri.getRawQuery() == null ? "" : "?" + uri.getRawQuery();
            return new DatabaseAddress("jdbc:postgresql://" + name + query, name, login[0], new Secret(login[1]));
        } catch (URISyntaxException e) {
            // The text may hold a password, so it is not repeated.
            throw new CannotStart(
                    USAGE,
                    "The database's address is not a URL; write special characters in its password as %40 and the like.");
        }
    }

    private static String[] userInfo(URI uri) {
        String raw = uri.getRawUserInfo();
        if (raw == null) throw incomplete();
        int colon = raw.indexOf(':');
        String user = colon < 0 ? raw : raw.substring(0, colon);
        String password = colon < 0 ? "" : raw.substring(colon + 1);
        return new String[] {decode(user), decode(password)};
    }

    /** A plus stands for itself before the query. */
    private static String decode(String raw) {
        return URLDecoder.decode(raw.replace("+", "%2B"), StandardCharsets.UTF_8);
    }

    private static CannotStart incomplete() {
        return new CannotStart(
                USAGE,
                "The database's address needs user, host and name: postgres://user:password@host:5432/database.");
    }
}
