package io.tollbook.command.user;

import io.tollbook.kernel.Messages;
import io.tollbook.kernel.secret.Vault;
import java.time.Clock;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;

@Configuration(proxyBeanMethods = false)
class UserConfiguration {
    private static final Logger log = LoggerFactory.getLogger(UserConfiguration.class);

    @Bean
    StoredSessions sessions(DataSource dataSource, Vault vault, Messages messages) {
        return new StoredSessions(JdbcClient.create(dataSource), vault, messages, Clock.systemUTC());
    }

    @Bean
    SessionEnds sessionEnds(StoredSessions sessions) {
        return (user, startedBefore) -> Thread.ofVirtual().name("session-end").start(() -> {
            try {
                sessions.endAll(user, startedBefore);
            } catch (RuntimeException e) {
                // While the user is stopped none of the sessions is good for anything; the next stop or start tries
                // again.
                log.warn("The sessions of {} have not been ended", user, e);
            }
        });
    }
}
