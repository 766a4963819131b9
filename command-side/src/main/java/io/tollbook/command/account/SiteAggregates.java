package io.tollbook.command.account;

import io.tollbook.command.eventstore.PostgresEventStorageEngine;
import io.tollbook.kernel.DirectoryChange;
import io.tollbook.kernel.catalogue.CatalogueCommand;
import io.tollbook.kernel.pricing.PublishPrices;
import io.tollbook.kernel.settings.ChangeOptions;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.axonframework.common.caching.Cache;
import org.axonframework.messaging.unitofwork.CurrentUnitOfWork;
import org.axonframework.modelling.command.Aggregate;
import org.axonframework.modelling.command.Repository;
import org.jspecify.annotations.Nullable;

/**
 * Keeps what the writer remembers of options, prices and catalogue as new as the store: another node may have changed them. A
 * change on top of what is old is a conflict and decided again; a refusal, or a limit that is only looked up, is not, so neither
 * must be decided by what was long ago.
 */
public final class SiteAggregates {
    private final Cache cache;
    private final LedgerPartition partition;
    private final PostgresEventStorageEngine store;
    private final Function<String, Repository<?>> repositories;

    /** @param repositories finds the repository of a stream's aggregate */
    public SiteAggregates(
            Cache cache,
            LedgerPartition partition,
            PostgresEventStorageEngine store,
            Function<String, Repository<?>> repositories) {
        this.cache = cache;
        this.partition = partition;
        this.store = store;
        this.repositories = repositories;
    }

    /**
     * Every node hears of every change, its own too, which it has already.
     *
     * @return when what is decided from now on knows it
     */
    public CompletableFuture<Void> heard(DirectoryChange change) {
        return CompletableFuture.allOf(streams(change.kind()).stream()
                .flatMap(stream -> store.lastSequenceNumberFor(stream).stream()
                        .map(newest -> partition.submit(() -> forgetOlder(stream, newest), Map.of())))
                .toArray(CompletableFuture[]::new));
    }

    /** On the writer's thread, which alone touches the cache. */
    private @Nullable Object forgetOlder(String stream, long newest) {
        if (!cache.containsKey(stream)) return null;
        Aggregate<?> remembered = repositories.apply(stream).load(stream);
        Long version = remembered.version();
        // What was loaded is remembered again when this unit of work commits.
        if (version == null || version < newest) CurrentUnitOfWork.get().afterCommit(unit -> cache.remove(stream));
        return null;
    }

    private static List<String> streams(DirectoryChange.Kind kind) {
        return switch (kind) {
            case OPTION -> List.of(ChangeOptions.SITE);
            case PRICE -> List.of(PublishPrices.LIST);
            case MODEL -> List.of(CatalogueCommand.CATALOGUE);
            case ALL -> List.of(ChangeOptions.SITE, PublishPrices.LIST, CatalogueCommand.CATALOGUE);
            case USER, TOKEN, CHANNEL -> List.of();
        };
    }
}
