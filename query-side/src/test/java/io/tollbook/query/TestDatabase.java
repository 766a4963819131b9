package io.tollbook.query;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;

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
        Flyway.configure()
                .dataSource(dataSource)
                .schemas(schema)
                .defaultSchema(schema)
                .locations(location)
                .load()
                .migrate();
    }

    public static String url() {
        return POSTGRES.getJdbcUrl("postgres", "postgres");
    }
}
