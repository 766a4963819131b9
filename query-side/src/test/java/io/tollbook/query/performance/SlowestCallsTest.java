package io.tollbook.query.performance;

import static io.tollbook.query.TestSystem.ask;
import static org.assertj.core.api.Assertions.assertThat;

import io.tollbook.kernel.account.Attempt;
import io.tollbook.kernel.account.CallTiming;
import io.tollbook.kernel.account.UsageSettled;
import io.tollbook.kernel.channel.ChannelId;
import io.tollbook.kernel.log.LogRow;
import io.tollbook.kernel.performance.SlowestCalls;
import io.tollbook.query.Calls;
import io.tollbook.query.TestSystem;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.eventhandling.GenericEventMessage;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.axonframework.messaging.MetaData;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The slowest calls are found without reading the whole log. */
class SlowestCallsTest {
    /** Just now, so that the log looks for them among the newest positions. */
    @Test
    void theSlowestCallsComeLongestFirst() {
        long channel = TestSystem.number();
        long seed = new Random().nextLong();
        Random random = new Random(seed);
        Instant now = Instant.now();
        List<Long> millis = random.longs(60, 0, 200_000).boxed().toList();
        for (int i = 0; i < millis.size(); i++)
            TestSystem.bean(EventStore.class).publish(call(now, channel, i, millis.get(i)));
        TestSystem.caughtUp();
        List<Long> expected = millis.stream().sorted(Comparator.reverseOrder()).toList();
        Instant from = now.minus(Duration.ofHours(2));
        Instant to = now.plus(Duration.ofHours(2));
        for (int most : new int[] {1, 5, 60, 100})
            assertThat(ask(new SlowestCalls(from, to, new ChannelId(channel), null, most)))
                    .as("seed %s", seed)
                    .extracting(LogRow::totalMillis)
                    .containsExactlyElementsOf(expected.stream().limit(most).toList());
        assertThat(ask(new SlowestCalls(from, to, new ChannelId(channel), "no such model", 5)))
                .isEmpty();
        assertThat(ask(new SlowestCalls(from, from.plusSeconds(1), new ChannelId(channel), null, 5)))
                .isEmpty();
        JsonNode shown = JsonMapper.shared()
                .readTree(TestSystem.get("/api/performance/slowest?page_size=3&channel=" + channel, "AUDITOR 1")
                        .body())
                .path("data");
        assertThat(shown.size()).isEqualTo(3);
        assertThat(shown.get(0).path("use_time").longValue()).isEqualTo((expected.getFirst() + 500) / 1_000);
    }

    private static EventMessage<?> call(Instant at, long channel, int number, long millis) {
        UsageSettled like = Calls.settled(channel, channel, channel + "-" + number, 10, 10, 0);
        return new GenericEventMessage<>(
                UUID.randomUUID().toString(),
                new UsageSettled(
                        like.account(),
                        like.hold(),
                        like.user(),
                        like.token(),
                        like.model(),
                        like.group(),
                        1,
                        like.meters(),
                        like.provenance(),
                        like.held(),
                        like.charged(),
                        like.burned(),
                        like.overdraft(),
                        like.available(),
                        List.of(new Attempt(new ChannelId(channel), "upstream", Attempt.Outcome.ANSWERED, 200, millis)),
                        new CallTiming(at, 1, millis, true),
                        null,
                        null),
                MetaData.emptyInstance(),
                at);
    }
}
