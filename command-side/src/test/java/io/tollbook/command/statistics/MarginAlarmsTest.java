package io.tollbook.command.statistics;

import io.tollbook.kernel.Refused;
import io.tollbook.kernel.account.Quota;
import io.tollbook.kernel.channel.ChannelId;
import io.tollbook.kernel.statistics.MarginAlarmRaised;
import io.tollbook.kernel.statistics.RaiseMarginAlarm;
import java.time.Instant;
import java.time.LocalDate;
import org.axonframework.test.aggregate.AggregateTestFixture;
import org.junit.jupiter.api.Test;

class MarginAlarmsTest {
    private static final Instant NOON = Instant.parse("2030-01-01T12:00:00Z");

    private final AggregateTestFixture<MarginAlarms> alarms = new AggregateTestFixture<>(MarginAlarms.class);

    private static MarginAlarmRaised raised(long channel, String model) {
        return new MarginAlarmRaised(
                LocalDate.of(2030, 1, 1), new ChannelId(channel), model, Quota.of(10), 30_000, 0, NOON);
    }

    private static RaiseMarginAlarm raise(long channel, String model, Instant at) {
        return new RaiseMarginAlarm(
                "margin-alarms-2030-01-01", new ChannelId(channel), model, Quota.of(10), 30_000, 0, at);
    }

    @Test
    void isToldOnceADay() {
        alarms.givenNoPriorActivity().when(raise(7, "gpt", NOON)).expectEvents(raised(7, "gpt"));
        alarms.given(raised(7, "gpt"))
                .when(raise(7, "gpt", NOON.plusSeconds(300)))
                .expectNoEvents();
    }

    @Test
    void anotherModelOrChannelIsAnother() {
        alarms.given(raised(7, "gpt")).when(raise(7, "claude", NOON)).expectEvents(raised(7, "claude"));
        alarms.given(raised(7, "gpt")).when(raise(8, "gpt", NOON)).expectEvents(raised(8, "gpt"));
    }

    @Test
    void anotherDayIsNotThisOne() {
        alarms.given(raised(7, "gpt"))
                .when(raise(7, "gpt", NOON.plusSeconds(86_400)))
                .expectNoEvents()
                .expectException(Refused.class);
    }
}
