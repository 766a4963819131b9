package io.tollbook.database;

import static io.tollbook.start.CannotStart.Reason.DATABASE_REFUSES;
import static io.tollbook.start.CannotStart.Reason.DATABASE_UNREACHABLE;
import static io.tollbook.start.CannotStart.Reason.OTHER_VERSION;

import io.tollbook.start.CannotStart;
import io.tollbook.start.DataFolder;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Properties;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.exception.FlywayValidateException;
import org.jspecify.annotations.Nullable;
import org.postgresql.ds.PGSimpleDataSource;

/** The PostgreSQL this process works with, reachable and migrated. It is opened before everything else and closed after. */
public final class Database implements AutoCloseable {
    private static final int OLDEST = 15;
    private static final int SECONDS_TO_ANSWER = 5;

    private final DatabaseAddress address;
    private final @Nullable EmbeddedPostgres embedded;

    private Database(DatabaseAddress address, @Nullable EmbeddedPostgres embedded) {
        this.address = address;
        this.embedded = embedded;
    }

    /** @param given the operator's database; null for the own one in the data folder */
    public static Database open(DataFolder folder, @Nullable DatabaseAddress given) {
        EmbeddedPostgres embedded =
                given == null ? EmbeddedPostgres.start(folder.postgres(EmbeddedPostgres.MAJOR)) : null;
        Database database =
                new Database(embedded == null ? java.util.Objects.requireNonNull(given) : embedded.address(), embedded);
        try {
            database.check();
            database.migrate();
            return database;
        } catch (RuntimeException e) {
            database.close();
            throw e;
        }
    }

    public DatabaseAddress address() {
        return address;
    }

    public @Nullable EmbeddedPostgres embedded() {
        return embedded;
    }

    private void check() {
        Properties login = new Properties();
        login.setProperty("user", address.user());
        login.setProperty("password", address.password().reveal());
        login.setProperty("connectTimeout", Integer.toString(SECONDS_TO_ANSWER));
        login.setProperty("socketTimeout", Integer.toString(SECONDS_TO_ANSWER));
        login.setProperty("loginTimeout", Integer.toString(SECONDS_TO_ANSWER));
        try (Connection connection = DriverManager.getConnection(address.url(), login)) {
            int major = connection.getMetaData().getDatabaseMajorVersion();
            if (major < OLDEST)
                throw new CannotStart(
                        OTHER_VERSION,
                        "The database at " + address.name() + " is PostgreSQL " + major + "; Tollbook needs " + OLDEST
                                + " or newer.");
        } catch (SQLException e) {
            throw refusal(e);
        }
    }

    private CannotStart refusal(SQLException e) {
        String state = String.valueOf(e.getSQLState());
        if (state.startsWith("28"))
            return new CannotStart(
                    DATABASE_REFUSES,
                    "The database at " + address.name() + " refuses the user " + address.user()
                            + ": wrong password, or not allowed from here.");
        if (state.equals("3D000"))
            return new CannotStart(DATABASE_REFUSES, "There is no database " + address.name() + "; create it first.");
        return new CannotStart(
                DATABASE_UNREACHABLE, "The database at " + address.name() + " cannot be reached: " + e.getMessage());
    }

    private void migrate() {
        migrate("events");
        migrate("views");
    }

    private void migrate(String schema) {
        try {
            Flyway.configure()
                    .dataSource(plain())
                    .schemas(schema)
                    .defaultSchema(schema)
                    .locations("classpath:db/" + schema)
                    .failOnMissingLocations(false)
                    // A version this build does not know was written by a newer one, which may mean other things by it.
                    .ignoreMigrationPatterns(new String[0])
                    .validateMigrationNaming(true)
                    .cleanDisabled(true)
                    .load()
                    .migrate();
        } catch (FlywayValidateException e) {
            throw new CannotStart(
                    OTHER_VERSION,
                    "The schema " + schema + " at " + address.name()
                            + " was written by another version of Tollbook; start that one, or a newer one.");
        } catch (FlywayException e) {
            if (e.getMessage() != null && e.getMessage().contains("42501"))
                throw new CannotStart(
                        DATABASE_REFUSES,
                        "The user " + address.user() + " may not create schemas in " + address.name() + ".");
            throw e;
        }
    }

    private DataSource plain() {
        PGSimpleDataSource source = new PGSimpleDataSource();
        source.setUrl(address.url());
        source.setUser(address.user());
        source.setPassword(address.password().reveal());
        source.setConnectTimeout(SECONDS_TO_ANSWER);
        return source;
    }

    @Override
    public void close() {
        if (embedded != null) embedded.close();
    }
}
