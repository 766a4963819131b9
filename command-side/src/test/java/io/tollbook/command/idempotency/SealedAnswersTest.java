package io.tollbook.command.idempotency;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.tollbook.command.TestDatabase;
import io.tollbook.kernel.idempotency.Claim;
import io.tollbook.kernel.idempotency.StoredAnswer;
import io.tollbook.kernel.secret.Sealed;
import io.tollbook.kernel.secret.Vault;
import io.tollbook.kernel.token.TokenId;
import io.tollbook.kernel.user.UserId;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

class SealedAnswersTest {
    private static final UserId USER = new UserId(7);
    private static final TokenId TOKEN = new TokenId(11);
    private static final StoredAnswer ANSWER = new StoredAnswer(200, "application/json", "{\"a\":1}".getBytes(UTF_8));

    private final JdbcClient jdbc = JdbcClient.create(TestDatabase.dataSource());
    private final MovableClock clock = new MovableClock();
    private final ReversingVault vault = new ReversingVault();
    private final SealedAnswers answers = new SealedAnswers(jdbc, vault, clock);

    private static final class MovableClock extends Clock {
        private Instant now = Instant.parse("2026-11-28T12:00:00Z");

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }

        @Override
        public Instant instant() {
            return now;
        }
    }

    /** Seals by turning text round, and forgets whom it is told to. */
    private static final class ReversingVault implements Vault {
        private boolean destroyed;

        @Override
        public Sealed seal(String subject, String clear) {
            return new Sealed(subject, new StringBuilder(clear).reverse().toString());
        }

        @Override
        public Optional<String> open(Sealed sealed) {
            return destroyed
                    ? Optional.empty()
                    : Optional.of(new StringBuilder(sealed.cipher()).reverse().toString());
        }

        @Override
        public void destroy(String subject) {
            destroyed = true;
        }

        @Override
        public String fingerprint(String purpose, String clear) {
            return clear;
        }
    }

    @BeforeEach
    void clear() {
        jdbc.sql("delete from events.idempotent_answer").update();
    }

    private Claim claim(String request, String call) {
        return answers.claim(USER, TOKEN, "key", request, call, clock.now.plus(Duration.ofHours(1)));
    }

    @Test
    void theFirstTakesTheKeyAndTheNextWaits() {
        assertThat(claim("r", "c1")).isInstanceOf(Claim.First.class);
        assertThat(claim("r", "c2")).isInstanceOf(Claim.Running.class);
        assertThat(claim("other", "c3")).isInstanceOf(Claim.Otherwise.class);
    }

    @Test
    void answersAgainWithTheSameBytesAndKeepsNoneInClear() {
        claim("r", "c1");
        answers.keep(USER, TOKEN, "key", "c1", ANSWER);

        assertThat(claim("r", "c2")).isInstanceOfSatisfying(Claim.Answered.class, answered -> {
            assertThat(answered.answer().body()).isEqualTo(ANSWER.body());
            assertThat(answered.answer().status()).isEqualTo(200);
            assertThat(answered.answer().type()).isEqualTo("application/json");
        });
        String stored = jdbc.sql("select body from events.idempotent_answer")
                .query(String.class)
                .single();
        assertThat(stored).startsWith(USER.toString()).doesNotContain("\"a\"");
    }

    @Test
    void anErasedUsersAnswerIsGone() {
        claim("r", "c1");
        answers.keep(USER, TOKEN, "key", "c1", ANSWER);
        vault.destroy(USER.toString());

        assertThat(claim("r", "c2"))
                .isInstanceOfSatisfying(
                        Claim.Answered.class,
                        answered -> assertThat(answered.answer().isKept()).isFalse());
    }

    @Test
    void onlyTheCallThatHasTheKeyKeepsAnAnswerOrGivesItBack() {
        claim("r", "c1");
        answers.keep(USER, TOKEN, "key", "late", ANSWER);
        answers.release(TOKEN, "key", "late");
        assertThat(claim("r", "c2")).isInstanceOf(Claim.Running.class);

        answers.release(TOKEN, "key", "c1");
        assertThat(claim("r", "c3")).isInstanceOf(Claim.First.class);
    }

    @Test
    void givesNothingBackThatWasAnswered() {
        claim("r", "c1");
        answers.keep(USER, TOKEN, "key", "c1", ANSWER);
        answers.release(TOKEN, "key", "c1");

        assertThat(claim("r", "c2")).isInstanceOf(Claim.Answered.class);
    }

    @Test
    void aCallThatWasNeverHeardOfAgainLosesTheKeyWithItsLease() {
        claim("r", "c1");
        clock.now = clock.now.plus(Duration.ofHours(1)).minusMillis(1);
        assertThat(claim("r", "c2")).isInstanceOf(Claim.Running.class);

        clock.now = clock.now.plusMillis(1);
        assertThat(claim("r", "c3")).isInstanceOf(Claim.First.class);
    }

    @Test
    void anAnswerIsKeptForADay() {
        claim("r", "c1");
        answers.keep(USER, TOKEN, "key", "c1", ANSWER);
        clock.now = clock.now.plus(Duration.ofDays(1)).minusMillis(1);
        assertThat(claim("r", "c2")).isInstanceOf(Claim.Answered.class);

        clock.now = clock.now.plusMillis(1);
        assertThat(claim("r", "c3")).isInstanceOf(Claim.First.class);
    }

    @Test
    void keepingOneTakesOutTheExpired() {
        claim("r", "c1");
        answers.keep(USER, TOKEN, "key", "c1", ANSWER);
        clock.now = clock.now.plus(Duration.ofDays(2));
        answers.claim(USER, TOKEN, "other key", "r", "c2", clock.now.plus(Duration.ofHours(1)));
        answers.keep(USER, TOKEN, "other key", "c2", ANSWER);

        assertThat(jdbc.sql("select key from events.idempotent_answer")
                        .query(String.class)
                        .list())
                .containsExactly("other key");
    }

    @Test
    void ofManyAtOnceOneIsFirst() throws Exception {
        List<Callable<Claim>> tries = new ArrayList<>();
        for (int i = 0; i < 32; i++) {
            String call = "c" + i;
            tries.add(() -> claim("r", call));
        }
        try (ExecutorService threads = Executors.newFixedThreadPool(16)) {
            int first = 0;
            for (Future<Claim> claim : threads.invokeAll(tries)) if (claim.get() instanceof Claim.First) first++;
            assertThat(first).isEqualTo(1);
        }
    }
}
