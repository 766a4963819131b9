package io.tollbook.query.readmodel;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.tollbook.kernel.DirectoryChanges;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Consumer;
import javax.sql.DataSource;
import org.axonframework.common.transaction.TransactionManager;
import org.axonframework.config.Configuration;
import org.axonframework.config.ConfigurerModule;
import org.axonframework.eventhandling.EventProcessor;
import org.axonframework.eventhandling.PropagatingErrorHandler;
import org.axonframework.eventhandling.StreamingEventProcessor;
import org.axonframework.eventhandling.TrackingToken;
import org.axonframework.eventhandling.pooled.PooledStreamingEventProcessor;
import org.axonframework.eventhandling.tokenstore.TokenStore;
import org.axonframework.messaging.StreamableMessageSource;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;

/** One pooled streaming processor with one segment per read model, all behind one {@link Gate}. */
@org.springframework.context.annotation.Configuration(proxyBeanMethods = false)
class ReadModelConfiguration {
    /** So often a node asks for read models that no living node has. */
    private static final long CLAIM_MILLIS = 2_000;

    @Bean
    Projections projections() {
        return new Projections();
    }

    @Bean
    BatchParameter batchParameter(DataSource dataSource, ObjectProvider<AxonReadModels> readModels) {
        return new BatchParameter(dataSource, () -> readModels.ifAvailable(AxonReadModels::progressed));
    }

    @Bean
    AxonReadModels readModels(
            Projections projections,
            ObjectProvider<Configuration> axon,
            DataSource dataSource,
            @Value("${tollbook.read-models.linger:200ms}") Duration linger) {
        return new AxonReadModels(
                projections,
                () -> head(axon.getObject()),
                name -> axon.getObject()
                        .eventProcessingConfiguration()
                        .eventProcessor(name, StreamingEventProcessor.class)
                        .orElseThrow(),
                linger,
                () -> new Rebuilds(
                        axon.getObject().eventStore(),
                        () -> head(axon.getObject()),
                        projections,
                        axon.getObject().getComponent(TokenStore.class),
                        axon.getObject().getComponent(TransactionManager.class),
                        dataSource));
    }

    private static long head(Configuration axon) {
        TrackingToken head = axon.eventStore().createHeadToken();
        return head == null ? 0 : head.position().orElse(0);
    }

    @Bean
    ConfigurerModule readModelProcessors(Projections projections, ObjectProvider<AxonReadModels> readModels) {
        return configurer -> configurer.eventProcessing(processing -> {
            for (String name : ReadModelNames.ALL) {
                processing.registerEventProcessor(name, (processor, axon, handlers) -> {
                    ChunkInvoker invoker = new ChunkInvoker(handlers);
                    projections.handlers(name, invoker);
                    return processor(name, axon, invoker, projections.gate(name), readModels);
                });
                processing.registerListenerInvocationErrorHandler(name, axon -> PropagatingErrorHandler.instance());
            }
        });
    }

    private static EventProcessor processor(
            String name,
            Configuration axon,
            ChunkInvoker invoker,
            Gate gate,
            ObjectProvider<AxonReadModels> readModels) {
        // One thread fetches and writes in turn; two would only wait for each other.
        ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(
                Thread.ofPlatform().name("read-model-" + name).factory());
        axon.onShutdown(thread::shutdown);
        Consumer<Throwable> failed = fault -> readModels.getObject().failed(name, fault);
        return PooledStreamingEventProcessor.builder()
                .name(name)
                .eventHandlerInvoker(invoker)
                .errorHandler(context -> {
                    failed.accept(context.error());
                    PropagatingErrorHandler.instance().handleError(context);
                })
                .messageSource(new ChunkSource(axon.eventStore(), gate, invoker, failed))
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
