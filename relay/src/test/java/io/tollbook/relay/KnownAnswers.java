package io.tollbook.relay;

import io.tollbook.kernel.idempotency.Claim;
import io.tollbook.kernel.idempotency.IdempotentAnswers;
import io.tollbook.kernel.idempotency.StoredAnswer;
import io.tollbook.kernel.token.TokenId;
import io.tollbook.kernel.user.UserId;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Answers by their keys, in memory. */
final class KnownAnswers implements IdempotentAnswers {
    private record Row(
            String request, String call, @Nullable StoredAnswer answer) {}

    private final Map<String, Row> rows = new ConcurrentHashMap<>();
    private volatile boolean down;

    void reset() {
        rows.clear();
        down = false;
    }

    void breakDown() {
        down = true;
    }

    private void check() {
        if (down) throw new IllegalStateException("the database is away");
    }

    @Override
    public Claim claim(UserId user, TokenId token, String key, String request, String call, Instant leaseEnd) {
        check();
        Row row = rows.putIfAbsent(token + key, new Row(request, call, null));
        if (row == null) return new Claim.First();
        if (!row.request.equals(request)) return new Claim.Otherwise();
        return row.answer == null ? new Claim.Running() : new Claim.Answered(row.answer);
    }

    @Override
    public void keep(UserId user, TokenId token, String key, String call, StoredAnswer answer) {
        check();
        rows.computeIfPresent(
                token + key, (name, row) -> row.call.equals(call) ? new Row(row.request, call, answer) : row);
    }

    @Override
    public void release(TokenId token, String key, String call) {
        check();
        rows.computeIfPresent(token + key, (name, row) -> row.call.equals(call) && row.answer == null ? null : row);
    }
}
