package io.tollbook.query.settings;

import static io.tollbook.query.schema.Tables.OPTION;

import io.tollbook.kernel.DirectoryChange.Kind;
import io.tollbook.kernel.settings.OptionsChanged;
import io.tollbook.query.readmodel.Batch;
import io.tollbook.query.readmodel.DirectoryWrites;
import io.tollbook.query.readmodel.Json;
import io.tollbook.query.readmodel.ReadModelNames;
import org.axonframework.config.ProcessingGroup;
import org.axonframework.eventhandling.EventHandler;
import org.jooq.Query;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Keeps {@code option}: clear values in one column, sealed ones in another. */
@Component
@ProcessingGroup(ReadModelNames.DIRECTORY)
class OptionProjection {
    @EventHandler
    void on(OptionsChanged event, Batch batch) {
        DirectoryWrites writes = DirectoryWrites.of(batch);
        event.values().forEach((key, value) -> writes.write(upsert(key, value, null), Kind.OPTION, 0));
        event.secrets().forEach((key, secret) -> writes.write(upsert(key, null, Json.write(secret)), Kind.OPTION, 0));
    }

    private static Query upsert(String key, @Nullable String value, @Nullable String secret) {
        return DSL.insertInto(OPTION, OPTION.KEY, OPTION.VALUE, OPTION.SEALED)
                .values(key, value, secret)
                .onConflict(OPTION.KEY)
                .doUpdate()
                .setAllToExcluded();
    }
}
