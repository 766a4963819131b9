package io.tollbook.command.idempotency;

import io.tollbook.kernel.idempotency.Claim;
import io.tollbook.kernel.idempotency.IdempotentAnswers;
import io.tollbook.kernel.idempotency.StoredAnswer;
import io.tollbook.kernel.secret.Sealed;
import io.tollbook.kernel.secret.Vault;
import io.tollbook.kernel.token.TokenId;
import io.tollbook.kernel.user.UserId;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Idempotent answers in a table of their own. The key's primary key decides between two that come at once; an answer is kept
 * only by the call that has the key.
 */
@Component
final class SealedAnswers implements IdempotentAnswers {
    private static final Duration KEPT = Duration.ofDays(1);
    /** Taken out whenever one is kept, so nothing else has to. */
    private static final int EXPIRED_AT_ONCE = 100;

    private record Row(String request, @Nullable StoredAnswer answer) {}

    private final JdbcClient jdbc;
    private final Vault vault;
    private final Clock clock;

    @Autowired
    SealedAnswers(@Qualifier("eventsDataSource") DataSource dataSource, Vault vault) {
        this(JdbcClient.create(dataSource), vault, Clock.systemUTC());
    }

    SealedAnswers(JdbcClient jdbc, Vault vault, Clock clock) {
        this.jdbc = jdbc;
        this.vault = vault;
        this.clock = clock;
    }

    @Override
    public Claim claim(UserId user, TokenId token, String key, String request, String call, Instant leaseEnd) {
        Instant now = clock.instant();
        // A row whose day is over, or whose call was lost before it had an answer, is as good as none.
        int taken = jdbc.sql("""
                        insert into events.idempotent_answer as answer (token, key, request, call, lease_end, expires_at)
                        values (:token, :key, :request, :call, :leaseEnd, :expiresAt)
                        on conflict (token, key) do update set request = excluded.request, call = excluded.call,
                            lease_end = excluded.lease_end, status = null, type = null, body = null,
                            expires_at = excluded.expires_at
                        where answer.expires_at <= :now or answer.status is null and answer.lease_end <= :now
                        """)
                .param("token", token.value())
                .param("key", key)
                .param("request", request)
                .param("call", call)
                .param("leaseEnd", Timestamp.from(leaseEnd))
                .param("expiresAt", Timestamp.from(now.plus(KEPT)))
                .param("now", Timestamp.from(now))
                .update();
        if (taken > 0) return new Claim.First();
        Optional<Row> row = row(token, key);
        // Given back in between: whoever had it is done, so the next try will take it.
        if (row.isEmpty()) return new Claim.Running();
        if (!row.get().request().equals(request)) return new Claim.Otherwise();
        return row.get().answer() == null
                ? new Claim.Running()
                : new Claim.Answered(row.get().answer());
    }

    private Optional<Row> row(TokenId token, String key) {
        return jdbc.sql("""
                        select request, status, type, body from events.idempotent_answer
                        where token = :token and key = :key""")
                .param("token", token.value())
                .param("key", key)
                .query((result, number) -> {
                    Integer status = result.getObject("status", Integer.class);
                    return new Row(
                            result.getString("request"),
                            status == null
                                    ? null
                                    : new StoredAnswer(
                                            status, result.getString("type"), opened(result.getString("body"))));
                })
                .optional();
    }

    /** Nothing where nothing was kept, and where the user has been erased since. */
    private byte[] opened(@Nullable String body) {
        if (body == null) return new byte[0];
        int mark = body.indexOf('\n');
        return vault.open(new Sealed(body.substring(0, mark), body.substring(mark + 1)))
                .map(Base64.getDecoder()::decode)
                .orElseGet(() -> new byte[0]);
    }

    @Override
    public void keep(UserId user, TokenId token, String key, String call, StoredAnswer answer) {
        Instant now = clock.instant();
        String body = null;
        if (answer.isKept()) {
            Sealed sealed = vault.seal(user.toString(), Base64.getEncoder().encodeToString(answer.body()));
            body = sealed.subject() + "\n" + sealed.cipher();
        }
        jdbc.sql("""
                        update events.idempotent_answer set status = :status, type = :type, body = :body, expires_at = :expiresAt
                        where token = :token and key = :key and call = :call""")
                .param("status", answer.status())
                .param("type", answer.type())
                .param("body", body)
                .param("expiresAt", Timestamp.from(now.plus(KEPT)))
                .param("token", token.value())
                .param("key", key)
                .param("call", call)
                .update();
        jdbc.sql("""
                        delete from events.idempotent_answer where (token, key) in (
                            select token, key from events.idempotent_answer where expires_at <= :now
                            order by expires_at limit :most for update skip locked)""")
                .param("now", Timestamp.from(now))
                .param("most", EXPIRED_AT_ONCE)
                .update();
    }

    @Override
    public void release(TokenId token, String key, String call) {
        jdbc.sql("delete from events.idempotent_answer where token = ? and key = ? and call = ? and status is null")
                .params(token.value(), key, call)
                .update();
    }
}
