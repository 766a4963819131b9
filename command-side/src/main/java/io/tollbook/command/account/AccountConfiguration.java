package io.tollbook.command.account;

import io.micrometer.core.instrument.MeterRegistry;
import io.tollbook.command.access.RefusalRecorder;
import io.tollbook.command.eventstore.PostgresEventStorageEngine;
import io.tollbook.command.eventstore.Snapshots;
import io.tollbook.kernel.DirectoryChanges;
import io.tollbook.kernel.Messages;
import io.tollbook.kernel.account.NodeName;
import io.tollbook.kernel.pricing.PublishPrices;
import io.tollbook.kernel.settings.ChangeOptions;
import java.time.Clock;
import java.util.UUID;
import javax.sql.DataSource;
import org.axonframework.common.caching.Cache;
import org.axonframework.common.lock.LockFactory;
import org.axonframework.common.lock.NullLockFactory;
import org.axonframework.eventhandling.EventBus;
import org.axonframework.eventsourcing.EventCountSnapshotTriggerDefinition;
import org.axonframework.eventsourcing.SnapshotTriggerDefinition;
import org.axonframework.modelling.command.Repository;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.SmartLifecycle;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The writer, what it writes through, and what ends abandoned holds. */
@Configuration(proxyBeanMethods = false)
class AccountConfiguration {
    @Bean
    Cache accountCache(@Value("${tollbook.cached-accounts:10000}") long entriesMax) {
        return new AggregateCache(entriesMax);
    }

    /** Of what there is one for the whole site: it stays however many accounts come and go. */
    @Bean
    Cache siteCache() {
        return new AggregateCache(16);
    }

    @Bean
    SiteAggregates siteAggregates(
            @Qualifier("siteCache") Cache siteCache,
            LedgerPartition partition,
            PostgresEventStorageEngine store,
            @Qualifier("settingsRepository") ObjectProvider<Repository<?>> settings,
            @Qualifier("pricesRepository") ObjectProvider<Repository<?>> prices,
            @Qualifier("modelCatalogueRepository") ObjectProvider<Repository<?>> catalogue,
            ObjectProvider<DirectoryChanges> changes) {
        SiteAggregates aggregates = new SiteAggregates(siteCache, partition, store, stream -> switch (stream) {
            case ChangeOptions.SITE -> settings.getObject();
            case PublishPrices.LIST -> prices.getObject();
            default -> catalogue.getObject();
        });
        changes.ifAvailable(all -> all.subscribe(aggregates::heard));
        return aggregates;
    }

    /** One thread writes, so there is nothing to lock. */
    @Bean
    LockFactory noLocks() {
        return NullLockFactory.INSTANCE;
    }

    @Bean(destroyMethod = "close")
    Snapshots snapshotter(
            PostgresEventStorageEngine store, ObjectProvider<org.axonframework.config.Configuration> axon) {
        return new Snapshots(store, type -> axon.getObject().repository(type));
    }

    @Bean
    SnapshotTriggerDefinition accountSnapshots(
            Snapshots snapshotter, @Value("${tollbook.snapshot-every:1000}") int events) {
        return new EventCountSnapshotTriggerDefinition(snapshotter, events);
    }

    @Bean(destroyMethod = "close")
    LedgerPartition ledgerPartition(
            @Qualifier("accountRepository") ObjectProvider<Repository<Account>> accounts,
            PostgresEventStorageEngine store,
            Snapshots snapshots,
            MeterRegistry meters) {
        return new LedgerPartition(accounts::getObject, store, snapshots, meters);
    }

    @Bean
    PartitionCommandBus commandBus(ObjectProvider<LedgerPartition> partition) {
        return new PartitionCommandBus(partition::getObject);
    }

    @Bean
    RefusalRecorder refusals(LedgerPartition partition, EventBus events) {
        return new RefusalRecorder(partition, events);
    }

    @Bean
    NodeName nodeName() {
        return new NodeName(UUID.randomUUID().toString());
    }

    @Bean
    Nodes nodes(
            NodeName name,
            @Qualifier("eventsDataSource") DataSource dataSource,
            @Value("${tollbook.database.exclusive:false}") boolean exclusive) {
        return new Nodes(JdbcClient.create(dataSource), name.value(), exclusive);
    }

    @Bean
    Sweeper sweeper(Messages messages, LedgerPartition partition, Nodes nodes) {
        return new Sweeper(messages, partition, nodes, Clock.systemUTC());
    }

    @Bean
    SmartLifecycle ledgerLifecycle(LedgerPartition partition, RefusalRecorder refusals, Sweeper sweeper) {
        return new LedgerLifecycle(partition, refusals, sweeper);
    }
}
