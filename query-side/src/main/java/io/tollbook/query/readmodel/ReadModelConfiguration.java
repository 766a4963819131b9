package io.tollbook.query.readmodel;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.tollbook.kernel.DirectoryChanges;
import java.time.Duration;
import javax.sql.DataSource;
import org.axonframework.config.Configuration;
import org.axonframework.config.ConfigurerModule;
import org.axonframework.config.EventProcessingConfigurer;
import org.axonframework.eventhandling.PropagatingErrorHandler;
import org.axonframework.eventhandling.StreamingEventProcessor;
import org.axonframework.eventhandling.async.SequentialPolicy;
import org.axonframework.messaging.StreamableMessageSource;
import org.axonframework.monitoring.NoOpMessageMonitor;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;

/** One pooled streaming processor with one segment per read model, all behind one {@link Gate}. */
@org.springframework.context.annotation.Configuration(proxyBeanMethods = false)
class ReadModelConfiguration {
    /** As many as Axon hands to a processor at once. */
    private static final int BATCH = 1_000;

    @Bean
    Gate readModelGate() {
        return new Gate();
    }

    @Bean
    BatchParameter batchParameter(DataSource dataSource, ObjectProvider<AxonReadModels> readModels) {
        return new BatchParameter(dataSource, () -> readModels.ifAvailable(AxonReadModels::progressed));
    }

    @Bean
    AxonReadModels readModels(
            Gate gate,
            ObjectProvider<Configuration> axon,
            @Value("${tollbook.read-models.linger:200ms}") Duration linger) {
        return new AxonReadModels(
                gate,
                () -> {
                    var head = axon.getObject().eventStore().createHeadToken();
                    return head == null ? 0 : head.position().orElse(0);
                },
                name -> axon.getObject()
                        .eventProcessingConfiguration()
                        .eventProcessor(name, StreamingEventProcessor.class)
                        .orElseThrow(),
                linger);
    }

    @Bean
    ConfigurerModule readModelProcessors(Gate gate, ObjectProvider<AxonReadModels> readModels) {
        return configurer -> configurer.eventProcessing(processing -> {
            for (String name : ReadModelNames.ALL) register(processing, name, gate, readModels);
        });
    }

    private static void register(
            EventProcessingConfigurer processing, String name, Gate gate, ObjectProvider<AxonReadModels> readModels) {
        processing.registerPooledStreamingEventProcessor(
                name,
                axon -> new GatedSource(
                        axon.eventStore(), gate, fault -> readModels.getObject().failed(name, fault)),
                (axon, builder) -> {
                    ProjectionThread thread = new ProjectionThread(name);
                    axon.onShutdown(thread::shutdown);
                    return builder.coordinatorExecutor(thread)
                            .workerExecutor(thread)
                            .initialSegmentCount(1)
                            .initialToken(StreamableMessageSource::createTailToken)
                            .batchSize(BATCH)
                            // Per-event monitors cost more than the projections; gauges say how far each one is.
                            .messageMonitor(NoOpMessageMonitor.instance());
                });
        processing.registerSequencingPolicy(name, axon -> new SequentialPolicy());
        processing.registerListenerInvocationErrorHandler(name, axon -> PropagatingErrorHandler.instance());
        processing.registerErrorHandler(name, axon -> context -> {
            readModels.getObject().failed(name, context.error());
            PropagatingErrorHandler.instance().handleError(context);
        });
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
