package io.tollbook.query.readmodel;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.tollbook.kernel.DirectoryChanges;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import javax.sql.DataSource;
import org.axonframework.common.transaction.TransactionManager;
import org.axonframework.config.Configuration;
import org.axonframework.config.ConfigurerModule;
import org.axonframework.eventhandling.EventProcessor;
import org.axonframework.eventhandling.PropagatingErrorHandler;
import org.axonframework.eventhandling.StreamingEventProcessor;
import org.axonframework.eventhandling.pooled.PooledStreamingEventProcessor;
import org.axonframework.eventhandling.tokenstore.TokenStore;
import org.axonframework.eventsourcing.eventstore.EventStorageEngine;
import org.axonframework.messaging.StreamableMessageSource;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;

/** One pooled streaming processor with one segment per read model, all filled by one {@link Feed}. */
@org.springframework.context.annotation.Configuration(proxyBeanMethods = false)
class ReadModelConfiguration {
    /** So often a node asks for read models that no living node has. */
    private static final long CLAIM_MILLIS = 2_000;

    /** Filled as the processors are made. */
    @Bean
    Map<String, Handlers> readModelHandlers() {
        return new ConcurrentHashMap<>();
    }

    @Bean
    BatchParameter batchParameter() {
        return new BatchParameter();
    }

    @Bean
    Feed readModelFeed(EventStorageEngine engine) {
        return new Feed(engine);
    }

    @Bean
    Shadows shadows(
            DataSource dataSource,
            EventStorageEngine engine,
            @Qualifier("readModelHandlers") Map<String, Handlers> handlers) {
        return new Shadows(dataSource, engine, handlers);
    }

    @Bean
    AxonReadModels readModels(
            Feed feed,
            EventStorageEngine engine,
            Shadows shadows,
            ObjectProvider<Configuration> axon,
            DataSource dataSource,
            @Value("${tollbook.read-models.linger:200ms}") Duration linger) {
        LongSupplier head = () -> Math.max(0, Store.position(engine.createHeadToken()));
        AxonReadModels.Processors processors = name -> axon.getObject()
                .eventProcessingConfiguration()
                .eventProcessor(name, StreamingEventProcessor.class)
                .orElseThrow();
        return new AxonReadModels(
                feed,
                head,
                processors,
                linger,
                shadows,
                () -> new Rebuilds(
                        shadows,
                        processors,
                        axon.getObject().getComponent(TokenStore.class),
                        axon.getObject().getComponent(TransactionManager.class),
                        dataSource,
                        head));
    }

    @Bean
    ConfigurerModule readModelProcessors(
            @Qualifier("readModelHandlers") Map<String, Handlers> handlers,
            ObjectProvider<Feed> feed,
            ObjectProvider<EventStorageEngine> engine,
            ObjectProvider<AxonReadModels> readModels,
            ObjectProvider<DataSource> dataSource) {
        return configurer -> configurer.eventProcessing(processing -> {
            for (String name : ReadModelNames.ALL) {
                processing.registerEventProcessor(name, (processor, axon, projections) -> {
                    Handlers own = new Handlers(
                            projections,
                            dataSource.getObject(),
                            () -> readModels.getObject().progressed());
                    handlers.put(name, own);
                    return processor(name, axon, own, feed.getObject(), engine.getObject(), readModels.getObject());
                });
                processing.registerListenerInvocationErrorHandler(name, axon -> PropagatingErrorHandler.instance());
            }
        });
    }

    private static EventProcessor processor(
            String name,
            Configuration axon,
            Handlers handlers,
            Feed feed,
            EventStorageEngine engine,
            AxonReadModels readModels) {
        // One thread fetches and writes in turn; two would only wait for each other.
        ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(
                Thread.ofPlatform().name("read-model-" + name).factory());
        axon.onShutdown(thread::shutdown);
        Consumer<Throwable> failed = fault -> readModels.failed(name, fault);
        return PooledStreamingEventProcessor.builder()
                .name(name)
                .eventHandlerInvoker(handlers)
                .errorHandler(context -> {
                    failed.accept(context.error());
                    PropagatingErrorHandler.instance().handleError(context);
                })
                .messageSource(new Store(engine, after -> new ChunkStream(name, engine, feed, handlers, after, failed)))
                .tokenStore(axon.getComponent(TokenStore.class))
                .transactionManager(axon.getComponent(TransactionManager.class))
                .coordinatorExecutor(thread)
                .workerExecutor(thread)
                .initialSegmentCount(1)
                .tokenClaimInterval(CLAIM_MILLIS)
                .initialToken(StreamableMessageSource::createTailToken)
                .batchSize(1) // of chunks
                .build();
    }

    @Bean
    MeterBinder readModelMeters(AxonReadModels readModels) {
        return registry -> {
            for (String name : ReadModelNames.ALL)
                Gauge.builder("tollbook.read_model.behind", () -> readModels.behind(name))
                        .description("Events that a read model has not seen yet")
                        .tag("name", name)
                        .register(registry);
        };
    }

    @Bean
    DirectoryChanges directoryChanges(DataSource dataSource) {
        return new PostgresDirectoryChanges(dataSource);
    }
}
