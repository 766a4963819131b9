package io.tollbook.query.readmodel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tollbook.kernel.DirectoryChange;
import io.tollbook.kernel.DirectoryChange.Kind;
import io.tollbook.kernel.user.Role;
import io.tollbook.kernel.user.SignedIn;
import io.tollbook.kernel.user.UserId;
import io.tollbook.query.TestSystem;
import io.tollbook.query.World;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.LongStream;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PostgresDirectoryChangesTest {
    private static final DirectoryChange EVERYTHING = new DirectoryChange(Kind.ALL, 0);

    private final long id = TestSystem.number();
    private final List<DirectoryChange> heard = new CopyOnWriteArrayList<>();
    private final PostgresDirectoryChanges changes = new PostgresDirectoryChanges(TestSystem.bean(DataSource.class));

    @BeforeEach
    void listen() {
        changes.subscribe(heard::add);
        changes.start();
        heard(EVERYTHING);
        heard.clear();
    }

    @AfterEach
    void stop() {
        changes.stop();
    }

    private void heard(DirectoryChange... expected) {
        await().atMost(Duration.ofSeconds(10))
                .untilAsserted(() -> assertThat(heard).contains(expected));
    }

    @Test
    void hearsWhoAndWhatHasChanged() {
        TestSystem.publish(
                World.user(id, "d" + id, Role.USER, "default"),
                World.token(id, id, World.terms("t", null)),
                World.channel(id, "c" + id, "m"),
                World.prices(id));
        heard(
                new DirectoryChange(Kind.USER, id),
                new DirectoryChange(Kind.TOKEN, id),
                new DirectoryChange(Kind.CHANNEL, id),
                new DirectoryChange(Kind.PRICE, id));
        assertThat(heard).doesNotContain(EVERYTHING);
    }

    @Test
    void aSignInChangesNothingThatIsKept() {
        TestSystem.publish(World.user(id, "s" + id, Role.USER, "default"));
        heard(new DirectoryChange(Kind.USER, id));
        heard.clear();
        TestSystem.publish(new SignedIn(new UserId(id), "password", Instant.now()));
        TestSystem.publish(World.prices(id));
        heard(new DirectoryChange(Kind.PRICE, id));
        assertThat(heard).hasSize(1);
    }

    @Test
    void manyChangesAtOnceAreOne() {
        TestSystem.publish(LongStream.range(0, 300)
                .mapToObj(i -> World.token(1_000_000 + id * 1_000 + i, id, World.terms("t" + i, null)))
                .toArray());
        heard(EVERYTHING);
    }

    @Test
    void aRebuildIsHeardOnceItIsThere() {
        TestSystem.rebuild("directory");
        heard(EVERYTHING);
        assertThat(heard).hasSize(1);
    }

    @Test
    void everythingMayHaveChangedWhileTheConnectionWasAway() {
        TestSystem.views()
                .execute("select pg_terminate_backend(pid) from pg_stat_activity where query ilike 'listen%'"
                        + " or query = 'select 1'");
        heard(EVERYTHING);
        TestSystem.publish(World.prices(id));
        heard(new DirectoryChange(Kind.PRICE, id));
    }

    @Test
    void aWordFromAnotherVersionMeansEverything() {
        assertThat(PostgresDirectoryChanges.change("USER:17")).isEqualTo(new DirectoryChange(Kind.USER, 17));
        assertThat(PostgresDirectoryChanges.change("VENDOR:17")).isEqualTo(EVERYTHING);
        assertThat(PostgresDirectoryChanges.change("nonsense")).isEqualTo(EVERYTHING);
    }

    @Test
    void endsWhenStopped() {
        changes.stop();
        assertThat(changes.isRunning()).isFalse();
        assertThat(Thread.getAllStackTraces().keySet())
                .extracting(Thread::getName)
                .filteredOn("directory-changes"::equals)
                .hasSizeLessThanOrEqualTo(1);
    }
}
