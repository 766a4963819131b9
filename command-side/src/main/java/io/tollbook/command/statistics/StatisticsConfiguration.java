package io.tollbook.command.statistics;

import io.tollbook.kernel.Messages;
import java.time.Clock;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What watches the figures. */
@Configuration(proxyBeanMethods = false)
class StatisticsConfiguration {
    @Bean
    MarginWatch marginWatch(Messages messages) {
        return new MarginWatch(messages, Clock.systemUTC());
    }
}
