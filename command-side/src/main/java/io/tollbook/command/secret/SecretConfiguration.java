package io.tollbook.command.secret;

import java.nio.file.Path;
import javax.sql.DataSource;
import org.axonframework.commandhandling.CommandBus;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;

@Configuration(proxyBeanMethods = false)
class SecretConfiguration {
    @Bean
    SubjectVault vault(
            @Qualifier("eventsDataSource") DataSource dataSource, @Value("${tollbook.data:./data}") Path data) {
        return SubjectVault.open(JdbcClient.create(dataSource), data, System::getenv);
    }

    @Bean
    SmartInitializingSingleton sealAhead(CommandBus commands, SubjectVault vault) {
        return () -> commands.registerDispatchInterceptor(new SealAhead(vault));
    }
}
