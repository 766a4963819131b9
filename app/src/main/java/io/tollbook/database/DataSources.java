package io.tollbook.database;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Primary;

/**
 * Two pools to one database. The event store has its own, so that neither a long query nor a busy projection can keep an
 * append waiting. Waits are bounded: a hung server shows itself within seconds instead of holding every caller.
 */
@Configuration(proxyBeanMethods = false)
class DataSources {
    private static final int CONNECT_SECONDS = 3;
    private static final int POOL_WAIT_MILLIS = 3_000;

    @Bean
    @Primary
    HikariDataSource dataSource(Database database, @Value("${SQL_MAX_OPEN_CONNS:12}") int connectionsMax) {
        return pool(database.address(), "views", Math.clamp(connectionsMax, 4, 40), 60);
    }

    @Bean(defaultCandidate = false)
    HikariDataSource eventsDataSource(Database database) {
        return pool(database.address(), "events", 6, 15);
    }

    private static HikariDataSource pool(DatabaseAddress address, String name, int size, int answerSeconds) {
        HikariConfig config = new HikariConfig();
        config.setPoolName(name);
        config.setJdbcUrl(address.url());
        config.setUsername(address.user());
        config.setPassword(address.password().reveal());
        config.setMaximumPoolSize(size);
        config.setMinimumIdle(2);
        config.setConnectionTimeout(POOL_WAIT_MILLIS);
        config.setValidationTimeout(2_000);
        config.setInitializationFailTimeout(-1);
        config.addDataSourceProperty("ApplicationName", "tollbook-" + name);
        config.addDataSourceProperty("connectTimeout", Integer.toString(CONNECT_SECONDS));
        config.addDataSourceProperty("loginTimeout", Integer.toString(CONNECT_SECONDS));
        config.addDataSourceProperty("socketTimeout", Integer.toString(answerSeconds));
        config.addDataSourceProperty("tcpKeepAlive", "true");
        config.addDataSourceProperty("prepareThreshold", "1");
        return new HikariDataSource(config);
    }
}
