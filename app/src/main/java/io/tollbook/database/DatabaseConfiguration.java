package io.tollbook.database;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Primary;

/** Two pools to one database: the event store writes with transactions of its own. Each brings its schema up to date. */
@Configuration(proxyBeanMethods = false)
class DatabaseConfiguration {
    private final String url;
    private final String user;
    private final String password;

    DatabaseConfiguration(
            @Value("${tollbook.database.url}") String url,
            @Value("${tollbook.database.user:}") String user,
            @Value("${tollbook.database.password:}") String password) {
        this.url = url;
        this.user = user;
        this.password = password;
    }

    /** For read models, sign-in sessions and Axon's tables. */
    @Bean
    @Primary
    HikariDataSource dataSource(@Value("${SQL_MAX_OPEN_CONNS:16}") int connectionsMax) {
        return migrated(pool("views", connectionsMax), "views");
    }

    /** For the event store: one connection writes, the others read. */
    @Bean(defaultCandidate = false)
    HikariDataSource eventsDataSource() {
        return migrated(pool("events", 8), "events");
    }

    private HikariDataSource pool(String name, int connectionsMax) {
        HikariConfig config = new HikariConfig();
        config.setPoolName(name);
        config.setJdbcUrl(url);
        if (!user.isEmpty()) {
            config.setUsername(user);
            config.setPassword(password);
        }
        config.setMaximumPoolSize(connectionsMax);
        config.setMinimumIdle(2);
        config.setConnectionTimeout(3_000);
        config.setValidationTimeout(1_000);
        config.addDataSourceProperty("ApplicationName", "tollbook-" + name);
        config.addDataSourceProperty("prepareThreshold", "1");
        config.addDataSourceProperty("tcpKeepAlive", "true");
        config.addDataSourceProperty("connectTimeout", "3");
        config.addDataSourceProperty("socketTimeout", "60");
        return new HikariDataSource(config);
    }

    private static HikariDataSource migrated(HikariDataSource pool, String schema) {
        Flyway.configure()
                .dataSource((DataSource) pool)
                .schemas(schema)
                .defaultSchema(schema)
                .locations("classpath:db/" + schema)
                .load()
                .migrate();
        return pool;
    }
}
