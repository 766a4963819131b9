package io.tollbook.query.token;

import static io.tollbook.query.schema.Tables.TOKEN;

import io.tollbook.kernel.DirectoryChange.Kind;
import io.tollbook.kernel.token.TokenChanged;
import io.tollbook.kernel.token.TokenCreated;
import io.tollbook.kernel.token.TokenDeleted;
import io.tollbook.kernel.token.TokenDisabled;
import io.tollbook.kernel.token.TokenEnabled;
import io.tollbook.kernel.token.TokenId;
import io.tollbook.kernel.token.TokenTerms;
import io.tollbook.query.readmodel.Batch;
import io.tollbook.query.readmodel.DirectoryWrites;
import io.tollbook.query.readmodel.Json;
import io.tollbook.query.readmodel.ReadModelNames;
import java.util.HashMap;
import java.util.Map;
import org.axonframework.config.ProcessingGroup;
import org.axonframework.eventhandling.EventHandler;
import org.jooq.Field;
import org.jooq.Query;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Keeps {@code token}. Deleted keys stay for their names in the log, without the key itself. */
@Component
@ProcessingGroup(ReadModelNames.DIRECTORY)
class TokenProjection {
    @EventHandler
    void on(TokenCreated event, Batch batch) {
        write(
                batch,
                event.token(),
                DSL.insertInto(TOKEN)
                        .set(TOKEN.ID, event.token())
                        .set(TOKEN.OWNER, event.owner())
                        .set(TOKEN.FINGERPRINT, event.fingerprint())
                        .set(TOKEN.SEALED_KEY, Json.write(event.key()))
                        .set(TOKEN.HINT, event.hint())
                        .set(TOKEN.ENABLED, true)
                        .set(TOKEN.DELETED, false)
                        .set(TOKEN.CREATED_AT, event.at())
                        .set(columns(event.terms()))
                        .onConflictDoNothing());
    }

    @EventHandler
    void on(TokenChanged event, Batch batch) {
        update(batch, event.token(), columns(event.terms()));
    }

    @EventHandler
    void on(TokenEnabled event, Batch batch) {
        update(batch, event.token(), Map.of(TOKEN.ENABLED, true));
    }

    @EventHandler
    void on(TokenDisabled event, Batch batch) {
        update(batch, event.token(), Map.of(TOKEN.ENABLED, false));
    }

    @EventHandler
    void on(TokenDeleted event, Batch batch) {
        update(batch, event.token(), Map.of(TOKEN.DELETED, true, TOKEN.ENABLED, false, TOKEN.SEALED_KEY, ""));
    }

    private static Map<Field<?>, @Nullable Object> columns(TokenTerms terms) {
        Map<Field<?>, @Nullable Object> columns = new HashMap<>();
        columns.put(TOKEN.NAME, terms.name());
        columns.put(TOKEN.EXPIRES_AT, terms.expiresAt());
        columns.put(TOKEN.REMAINING, terms.remaining());
        columns.put(TOKEN.MODELS_LIMITED, terms.modelsLimited());
        columns.put(TOKEN.MODELS, terms.models().toArray(String[]::new));
        columns.put(TOKEN.ADDRESSES, terms.addresses().toArray(String[]::new));
        columns.put(TOKEN.TOKEN_GROUP, terms.group());
        columns.put(TOKEN.CROSS_GROUP_RETRY, terms.crossGroupRetry());
        return columns;
    }

    private static void update(Batch batch, TokenId token, Map<Field<?>, @Nullable Object> changes) {
        write(batch, token, DSL.update(TOKEN).set(changes).where(TOKEN.ID.eq(token)));
    }

    private static void write(Batch batch, TokenId token, Query query) {
        DirectoryWrites.of(batch).write(query, Kind.TOKEN, token.value());
    }
}
