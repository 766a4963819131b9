package io.tollbook.command.eventstore;

import io.micrometer.core.instrument.MeterRegistry;
import io.tollbook.kernel.Ids;
import javax.sql.DataSource;
import org.axonframework.config.Configuration;
import org.axonframework.eventhandling.EventBusSpanFactory;
import org.axonframework.eventsourcing.eventstore.EmbeddedEventStore;
import org.axonframework.serialization.jackson3.Jackson3SerializerCustomizer;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.context.annotation.Bean;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.jsontype.BasicPolymorphicTypeValidator;

/** The event store and what writes its rows. It uses {@code eventsDataSource} and transactions of its own. */
@org.springframework.context.annotation.Configuration(proxyBeanMethods = false)
class EventStoreConfiguration {
    /** Events that projections close to the head read from memory: 4,000 × 2 KB = 8 MB. */
    private static final int CACHED_EVENTS = 4_000;

    @Bean
    EventNames eventNames() {
        return EventNames.scan();
    }

    @Bean
    @Qualifier("eventSerializer")
    EventSerializer eventSerializer(EventNames names) {
        return new EventSerializer(names);
    }

    @Bean(destroyMethod = "close")
    PostgresEventStorageEngine eventStorageEngine(
            @Qualifier("eventsDataSource") DataSource dataSource, EventSerializer serializer, MeterRegistry meters) {
        return PostgresEventStorageEngine.create(dataSource, serializer, meters);
    }

    @Bean(name = "eventBus")
    @Qualifier("eventStore")
    EmbeddedEventStore eventStore(PostgresEventStorageEngine engine, Configuration configuration) {
        return EmbeddedEventStore.builder()
                .storageEngine(engine)
                .cachedEvents(CACHED_EVENTS)
                .spanFactory(configuration.getComponent(EventBusSpanFactory.class))
                .build();
    }

    /** For tracking tokens. One that replays holds a token and a context of any class, of which only Axon's are let in. */
    @Bean
    Jackson3SerializerCustomizer trackingTokens() {
        return json -> json.polymorphicTypeValidator(BasicPolymorphicTypeValidator.builder()
                .allowIfSubType("org.axonframework.")
                .build());
    }

    @Bean
    Ids ids(@Qualifier("eventsDataSource") DataSource dataSource) {
        return new SequenceIds(JdbcClient.create(dataSource));
    }
}
