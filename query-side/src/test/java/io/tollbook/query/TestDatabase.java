package io.tollbook.query;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.configuration.FluentConfiguration;
import org.springframework.jdbc.core.JdbcTemplate;

/** A real PostgreSQL for the tests of one JVM, with the schemas of the read models and of the event store. */
public final class TestDatabase {
    private static final EmbeddedPostgres POSTGRES = start();

    private TestDatabase() {}

    private static EmbeddedPostgres start() {
        try {
            EmbeddedPostgres postgres = EmbeddedPostgres.builder().start();
            migrate(postgres.getPostgresDatabase(), "views", "classpath:db/views");
            migrate(
                    postgres.getPostgresDatabase(),
                    "events",
                    "filesystem:../command-side/src/main/resources/db/events");
            return postgres;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void migrate(DataSource dataSource, String schema, String location) {
        migration(dataSource, schema, location).load().migrate();
    }

    private static FluentConfiguration migration(DataSource dataSource, String schema, String location) {
        return Flyway.configure()
                .dataSource(dataSource)
                .schemas(schema)
                .defaultSchema(schema)
                .locations(location);
    }

    /** A database of its own, whose read models are those of an earlier version. */
    public static DataSource ofVersion(String name, String version) {
        new JdbcTemplate(POSTGRES.getPostgresDatabase()).execute("create database " + name);
        DataSource dataSource = POSTGRES.getDatabase("postgres", name);
        migration(dataSource, "views", "classpath:db/views")
                .target(version)
                .load()
                .migrate();
        return dataSource;
    }

    /** Brings the read models of {@link #ofVersion} up to the present. */
    public static void upgrade(DataSource dataSource) {
        migrate(dataSource, "views", "classpath:db/views");
    }

    public static String url() {
        return POSTGRES.getJdbcUrl("postgres", "postgres");
    }
}
