package io.tollbook.query.log;

import static io.tollbook.query.Calls.settled;
import static io.tollbook.query.TestSystem.ask;
import static io.tollbook.query.TestSystem.publish;
import static io.tollbook.query.TestSystem.publishAt;
import static org.assertj.core.api.Assertions.assertThat;

import io.tollbook.kernel.log.LogFilter;
import io.tollbook.kernel.log.LogRow;
import io.tollbook.kernel.log.LogRowsBefore;
import io.tollbook.kernel.settings.OptionsChanged;
import io.tollbook.kernel.statistics.Step;
import io.tollbook.kernel.statistics.UsageOver;
import io.tollbook.kernel.user.UserId;
import io.tollbook.query.TestSystem;
import io.tollbook.query.World;
import io.tollbook.query.readmodel.ReadModelNames;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ClearedLogTest {
    private static final Instant CLEARED = Instant.parse("2019-05-10T12:00:00Z");

    private final long id = TestSystem.number();

    private void callAt(Instant at, String request) {
        publishAt(at, Map.of(), settled(id, 1, id + request, 10, 1, 0));
    }

    private List<String> requests() {
        return ask(new LogRowsBefore(LogFilter.of(new UserId(id)), Long.MAX_VALUE, 100)).stream()
                .map(LogRow::request)
                .toList();
    }

    @Test
    void oldRowsGoAndStayAwayThroughARebuildWhileTheSumsStay() {
        callAt(Instant.parse("2019-03-31T23:59:59.999Z"), "-a month that goes whole");
        callAt(CLEARED.minusMillis(1), "-just before");
        callAt(CLEARED, "-at");
        callAt(CLEARED.plusSeconds(1), "-after");
        publish(new OptionsChanged(
                Map.of("tollbook.log_cleared_before", Long.toString(CLEARED.getEpochSecond())), Map.of(), World.BORN));
        assertThat(requests()).containsExactly(id + "-after", id + "-at");
        List<String> before = TestSystem.contents().get("usage_log");
        TestSystem.rebuild(ReadModelNames.USAGE_LOG);
        assertThat(TestSystem.contents().get("usage_log")).isEqualTo(before);
        LogFilter untilThen = LogFilter.of(new UserId(id))
                .between(
                        Instant.parse("2019-01-01T00:00:00Z"),
                        CLEARED.plus(Duration.ofMinutes(15)).minusNanos(1_000));
        assertThat(ask(UsageOver.by(Step.MONTH, untilThen, ZoneOffset.UTC, Set.of())))
                .extracting(usage -> usage.used().calls())
                .containsExactly(1L, 3L);
        callAt(Instant.parse("2019-03-02T00:00:00Z"), "-later than it was cleared");
        assertThat(requests()).hasSize(3);
        TestSystem.rebuild(ReadModelNames.USAGE_LOG);
        assertThat(requests()).hasSize(3);
    }
}
