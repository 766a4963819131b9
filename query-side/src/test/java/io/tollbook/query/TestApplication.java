package io.tollbook.query;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.tollbook.kernel.access.Exports;
import io.tollbook.kernel.secret.Vault;
import java.util.Properties;
import javax.sql.DataSource;
import org.axonframework.eventsourcing.eventstore.EventStorageEngine;
import org.axonframework.eventsourcing.eventstore.inmemory.InMemoryEventStorageEngine;
import org.axonframework.queryhandling.QueryBus;
import org.springframework.boot.Banner;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.ComponentScan;
import org.springframework.context.annotation.FullyQualifiedAnnotationBeanNameGenerator;

/** The query side with all its processors, on a real PostgreSQL and events in memory. */
@SpringBootConfiguration
@EnableAutoConfiguration
@ComponentScan(nameGenerator = FullyQualifiedAnnotationBeanNameGenerator.class)
public class TestApplication {
    /** Whether events are kept in their table too; slow. */
    static boolean RECORDED = true;

    static final Properties PROPERTIES = new Properties();

    static {
        PROPERTIES.put("spring.jpa.hibernate.ddl-auto", "validate");
        PROPERTIES.put("spring.jpa.open-in-view", "false");
        PROPERTIES.put("spring.jpa.properties.hibernate.default_schema", "views");
        PROPERTIES.put("spring.jackson.default-property-inclusion", "always");
        PROPERTIES.put("spring.flyway.enabled", "false");
        PROPERTIES.put("axon.axonserver.enabled", "false");
        PROPERTIES.put("axon.update-check.disabled", "true");
        PROPERTIES.put("axon.serializer.general", "jackson3");
        PROPERTIES.put("axon.serializer.events", "jackson3");
        PROPERTIES.put("axon.serializer.messages", "jackson3");
        PROPERTIES.put("axon.timeout.enabled", "false");
        PROPERTIES.put("server.port", "0");
    }

    static SpringApplicationBuilder builder() {
        return new SpringApplicationBuilder(TestApplication.class)
                .bannerMode(Banner.Mode.OFF)
                .beanNameGenerator(new FullyQualifiedAnnotationBeanNameGenerator())
                .properties(PROPERTIES);
    }

    @Bean(destroyMethod = "close")
    DataSource dataSource() {
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl(TestDatabase.url());
        config.setMaximumPoolSize(12);
        return new HikariDataSource(config);
    }

    @Bean
    EventStorageEngine eventStorageEngine(DataSource dataSource) {
        return RECORDED ? new RecordingStore(dataSource) : new InMemoryEventStorageEngine(1);
    }

    @Bean
    TestMessages messages(QueryBus queries) {
        return new TestMessages(queries);
    }

    /** Auditors' exports are remembered by the whole site only. */
    @Bean
    Exports exports() {
        return (question, actor) -> {};
    }

    @Bean
    Vault vault() {
        return new OpenVault();
    }
}
