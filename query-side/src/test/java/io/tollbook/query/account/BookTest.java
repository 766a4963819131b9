package io.tollbook.query.account;

import static io.tollbook.query.Calls.held;
import static io.tollbook.query.Calls.released;
import static io.tollbook.query.Calls.settled;
import static io.tollbook.query.TestSystem.ask;
import static io.tollbook.query.TestSystem.publishTo;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tollbook.kernel.Refused;
import io.tollbook.kernel.account.AccountFrozen;
import io.tollbook.kernel.account.AccountId;
import io.tollbook.kernel.account.BookEntry;
import io.tollbook.kernel.account.BookOf;
import io.tollbook.kernel.account.BookSummary;
import io.tollbook.kernel.account.BookSummaryOf;
import io.tollbook.kernel.account.Quota;
import io.tollbook.kernel.account.ReleaseCause;
import io.tollbook.query.TestSystem;
import io.tollbook.query.World;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class BookTest {
    private final long id = TestSystem.number();
    private final AccountId account = new AccountId(id);

    @BeforeEach
    void sevenEvents() {
        publishTo(account.toString(), World.account(id, 20_000));
        publishTo(
                account.toString(),
                held(id, 3, "call-a", 12_000, 8_000),
                settled(id, 3, "call-a", 12_000, 9_340, 10_660),
                new AccountFrozen(account),
                held(id, 3, "call-b", 1_000, 9_660),
                released(id, 3, "call-b", 1_000, ReleaseCause.UPSTREAM_FAILED, "bad_gateway", 10_660));
    }

    private List<BookEntry> book(Set<String> names, @Nullable String text, @Nullable Long before, int limit) {
        return ask(new BookOf(account, null, names, text, before, limit));
    }

    @Test
    void eachEntryHasItsChangeAndTheBalanceAfterIt() {
        assertThat(book(Set.of(), null, null, 100))
                .extracting(
                        BookEntry::sequence,
                        e -> e.change().units(),
                        e -> e.available().units())
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple(6L, 1_000L, 10_660L),
                        org.assertj.core.groups.Tuple.tuple(5L, -1_000L, 9_660L),
                        org.assertj.core.groups.Tuple.tuple(4L, 0L, 10_660L),
                        org.assertj.core.groups.Tuple.tuple(3L, 2_660L, 10_660L),
                        org.assertj.core.groups.Tuple.tuple(2L, -12_000L, 8_000L),
                        org.assertj.core.groups.Tuple.tuple(1L, 20_000L, 20_000L),
                        org.assertj.core.groups.Tuple.tuple(0L, 0L, 0L));
    }

    @Test
    void entriesAreNamedWithTheirVersionAndToldInASentence() {
        BookEntry settlement =
                book(Set.of("account.usage-settled"), null, null, 10).getFirst();
        assertThat(settlement.name()).isEqualTo("account.usage-settled.1");
        assertThat(settlement.hold()).isEqualTo("call-a");
        assertThat(settlement.summary()).isEqualTo("9,340 charged for gpt-4o-mini, reported");
        assertThat(settlement.payload()).startsWith("{\"account\":" + id);
    }

    @Test
    void pagesGoOnBehindASequence() {
        assertThat(book(Set.of(), null, 5L, 2)).extracting(BookEntry::sequence).containsExactly(4L, 3L);
    }

    @Test
    void textFindsHoldsLotsModelsAndCausesAndNothingElse() {
        assertThat(book(Set.of(), "CALL-A", null, 100)).hasSize(2);
        assertThat(book(Set.of(), "upstream_failed", null, 100)).hasSize(1);
        assertThat(book(Set.of(), "opening", null, 100)).hasSize(4);
        assertThat(book(Set.of(), "available", null, 100)).isEmpty();
        assertThat(book(Set.of(), "call_a", null, 100)).isEmpty();
    }

    @Test
    void asOfAPastMomentLaterEventsAreNotThere() {
        Instant before = Instant.now().minusSeconds(3_600);
        assertThat(ask(new BookOf(account, before, Set.of(), null, null, 10))).isEmpty();
        assertThat(ask(new BookSummaryOf(account, before)).events()).isZero();
    }

    @Test
    void theSumsBalance() {
        BookSummary sums = ask(new BookSummaryOf(account, null));
        assertThat(sums)
                .isEqualTo(new BookSummary(
                        Quota.of(20_000),
                        Quota.ZERO,
                        Quota.of(9_340),
                        Quota.ZERO,
                        Quota.ZERO,
                        Quota.ZERO,
                        Quota.of(10_660),
                        7));
    }

    @Test
    void refusesAPageOfNoneAndOfTooMany() {
        assertThatThrownBy(() -> book(Set.of(), null, null, 0)).isInstanceOf(Refused.class);
        assertThatThrownBy(() -> book(Set.of(), null, null, 1_001)).isInstanceOf(Refused.class);
    }
}
