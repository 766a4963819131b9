package io.tollbook.console.performance;

import com.vaadin.flow.component.select.Select;
import com.vaadin.flow.component.textfield.TextField;
import io.tollbook.console.log.LogAddress;
import io.tollbook.console.page.Filters;
import io.tollbook.kernel.Refused;
import io.tollbook.kernel.channel.ChannelId;
import io.tollbook.kernel.performance.CallPerformanceOver;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Of what time, channel and model the figures are. */
class PerformanceFilters extends Filters {
    private final Select<Range> range;
    private final TextField channel;
    private final TextField model;

    private enum Range {
        DAY("1", "Last 24 hours", 1),
        WEEK("7", "Last 7 days", 7),
        MONTH("30", "Last 30 days", 30);

        private final String key;
        private final String label;
        private final int days;

        Range(String key, String label, int days) {
            this.key = key;
            this.label = label;
            this.days = days;
        }
    }

    PerformanceFilters() {
        range = choice("range", "Time", List.of(Range.values()), Range.DAY, one -> one.label, one -> one.key);
        channel = text("channel", "Channel id");
        model = text("model", "Model");
    }

    /** In words, as part of a sentence. */
    String words() {
        return range.getValue().label.toLowerCase(java.util.Locale.ROOT);
    }

    CallPerformanceOver over(Instant now, Set<CallPerformanceOver.By> by) {
        // The hour that runs, and as many before it as make up the time.
        Instant from = CallPerformanceOver.start(now, 1)
                .minus(Duration.ofDays(range.getValue().days))
                .plus(Duration.ofHours(1));
        return new CallPerformanceOver(from, now, channel(), model(), by);
    }

    @Nullable
    ChannelId channel() {
        if (channel.getValue().isBlank()) return null;
        try {
            return new ChannelId(Long.parseLong(channel.getValue().strip()));
        } catch (NumberFormatException e) {
            throw Refused.invalid("A channel id is a number; see the list of channels.");
        }
    }

    @Nullable
    String model() {
        return model.getValue().isBlank() ? null : model.getValue().strip();
    }

    void narrowTo(long to) {
        channel.setValue(Long.toString(to));
    }

    void narrowTo(String to) {
        model.setValue(to);
    }

    /** Where the log lists the answered calls that are counted here. */
    LogAddress address(CallPerformanceOver over) {
        Map<String, String> narrowed = new LinkedHashMap<>();
        if (over.channel() != null)
            narrowed.putAll(LogAddress.channel(over.channel().value()));
        if (over.model() != null) narrowed.putAll(LogAddress.model(over.model()));
        return LogAddress.charges().between(over.first(), null).with(narrowed);
    }
}
