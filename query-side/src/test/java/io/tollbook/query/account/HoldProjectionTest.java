package io.tollbook.query.account;

import static io.tollbook.query.Calls.held;
import static io.tollbook.query.Calls.released;
import static io.tollbook.query.Calls.settled;
import static io.tollbook.query.TestSystem.ask;
import static io.tollbook.query.TestSystem.publish;
import static org.assertj.core.api.Assertions.assertThat;

import io.tollbook.kernel.Paging;
import io.tollbook.kernel.account.AbandonedHolds;
import io.tollbook.kernel.account.AccountId;
import io.tollbook.kernel.account.CallFilter;
import io.tollbook.kernel.account.OpenHold;
import io.tollbook.kernel.account.OpenHolds;
import io.tollbook.kernel.account.ReleaseCause;
import io.tollbook.query.TestDatabase;
import io.tollbook.query.TestSystem;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.JdbcTemplate;

class HoldProjectionTest {
    private final long id = TestSystem.number();

    private List<String> open() {
        return ask(new OpenHolds(CallFilter.of(new AccountId(id)), Paging.first(10))).items().stream()
                .map(row -> row.hold().value())
                .toList();
    }

    @Test
    void aHoldIsOpenUntilItsCallEnds() {
        publish(held(id, 1, id + "-a", 10, 90));
        publish(held(id, 1, id + "-b", 10, 80));
        assertThat(open()).containsExactly(id + "-a", id + "-b");
        publish(settled(id, 1, id + "-a", 10, 5, 85));
        assertThat(open()).containsExactly(id + "-b");
        publish(released(id, 1, id + "-b", 10, ReleaseCause.NOT_SENT, "", 95));
        assertThat(open()).isEmpty();
    }

    @Test
    void aCallWithinOneBatchLeavesNothing() {
        publish(held(id, 1, id + "-a", 10, 90), settled(id, 1, id + "-a", 10, 5, 95), held(id, 1, id + "-b", 10, 85));
        assertThat(open()).containsExactly(id + "-b");
    }

    @Test
    void holdsOfTheDeadAndOfEndedLeasesAreAbandoned() {
        Instant start = Instant.parse("2026-05-01T00:00:00Z");
        publish(held(id, 1, id + "-a", 10, 90, start));
        assertThat(abandoned(start.plusSeconds(599), Set.of("node-1"))).doesNotContain(id + "-a");
        assertThat(abandoned(start.plusSeconds(601), Set.of("node-1"))).contains(id + "-a");
        assertThat(abandoned(start, Set.of("node-2"))).contains(id + "-a");
        assertThat(abandoned(start, Set.of())).contains(id + "-a");
        publish(released(id, 1, id + "-a", 10, ReleaseCause.LEASE_ENDED, "unresolved", 100));
        assertThat(abandoned(start, Set.of())).doesNotContain(id + "-a");
        assertThat(TestSystem.views().fetchValues("select hold from views.unresolved_call where account = " + id))
                .hasToString("[" + id + "-a]");
    }

    @Test
    void anUpgradeLetsTheReadModelBeginAnewAndNoOther() {
        JdbcTemplate old = new JdbcTemplate(TestDatabase.ofVersion("before_calls", "2"));
        old.execute("insert into views.token_entry (processor_name, segment, timestamp)"
                + " values ('holds', 0, ''), ('balance', 0, '')");
        old.execute("insert into views.unresolved_call values ('h', 1, 1, 1, 'm', 1, '[]', now())");
        TestDatabase.upgrade(java.util.Objects.requireNonNull(old.getDataSource()));

        assertThat(old.queryForList("select processor_name from views.token_entry", String.class))
                .containsExactly("balance");
        assertThat(old.queryForList("select hold from views.unresolved_call", String.class))
                .isEmpty();
    }

    private static List<String> abandoned(Instant now, Set<String> living) {
        return ask(new AbandonedHolds(now, living)).stream()
                .map(OpenHold::hold)
                .map(Object::toString)
                .toList();
    }
}
