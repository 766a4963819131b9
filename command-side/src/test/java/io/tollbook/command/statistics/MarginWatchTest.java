package io.tollbook.command.statistics;

import static org.assertj.core.api.Assertions.assertThat;

import io.tollbook.command.RecordedMessages;
import io.tollbook.kernel.Page;
import io.tollbook.kernel.account.Quota;
import io.tollbook.kernel.channel.ChannelId;
import io.tollbook.kernel.settings.Option;
import io.tollbook.kernel.settings.Options;
import io.tollbook.kernel.statistics.Margin;
import io.tollbook.kernel.statistics.MarginLine;
import io.tollbook.kernel.statistics.MarginOver;
import io.tollbook.kernel.statistics.RaiseMarginAlarm;
import io.tollbook.kernel.statistics.UsagePart;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MarginWatchTest {
    private static final Instant NOW = Instant.parse("2030-01-01T12:00:00Z");

    private final RecordedMessages messages = new RecordedMessages();

    private static MarginLine line(long channel, String model, long quota, long cost, long unknownQuota) {
        return new MarginLine(
                new UsagePart(0, "", 0, "", "", model, channel, ""),
                new Margin(1, Quota.of(quota), cost, 0, Quota.of(unknownQuota)));
    }

    private List<String> alarms(long threshold, MarginLine... lines) {
        messages.answer(Options.class, query -> Map.of(Option.MARGIN_ALARM_PERCENT.key(), Long.toString(threshold)));
        messages.answer(MarginOver.class, query -> {
            assertThat(query.filter().from()).isEqualTo(NOW.minusSeconds(3_600));
            assertThat(query.filter().to()).isEqualTo(NOW);
            return new Page<>(
                    List.of(lines).stream()
                            .skip(query.paging().offset())
                            .limit(query.paging().limit())
                            .toList(),
                    lines.length);
        });
        new MarginWatch(messages, Clock.fixed(NOW, ZoneOffset.UTC)).look();
        return messages.commands().stream()
                .map(RaiseMarginAlarm.class::cast)
                .map(alarm -> alarm.channel() + " " + alarm.model())
                .toList();
    }

    /** 100 quota are 200,000 billionths of a dollar. */
    @ParameterizedTest
    @CsvSource(textBlock = """
            # threshold, cost, raised
            0,   199_999, false
            0,   200_000, false
            0,   200_001, true
            10,  180_000, false
            10,  180_001, true
            -10, 220_000, false
            -10, 220_001, true
            """)
    void isRaisedBelowTheThresholdAndNotAtIt(long threshold, String cost, boolean raised) {
        assertThat(alarms(threshold, line(7, "gpt", 100, Long.parseLong(cost.replace("_", "")), 0)))
                .hasSize(raised ? 1 : 0);
    }

    @Test
    void aCostWithoutRevenueIsALoss() {
        assertThat(alarms(0, line(7, "gpt", 0, 1, 0), line(8, "gpt", 0, 0, 0)))
                .containsExactly(new ChannelId(7) + " gpt");
    }

    @Test
    void whatIsUnknownIsNeitherGainNorLoss() {
        assertThat(alarms(0, line(7, "gpt", 100, 0, 100))).isEmpty();
        assertThat(alarms(50, line(7, "gpt", 100, 0, 100))).isEmpty();
    }

    @Test
    void whatNoChannelAnsweredIsNobodysLoss() {
        assertThat(alarms(0, line(0, "gpt", 0, 5, 0))).isEmpty();
    }
}
