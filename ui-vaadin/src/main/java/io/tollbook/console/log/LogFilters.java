package io.tollbook.console.log;

import com.vaadin.flow.component.datetimepicker.DateTimePicker;
import com.vaadin.flow.component.select.Select;
import com.vaadin.flow.component.textfield.TextField;
import com.vaadin.flow.router.Location;
import io.tollbook.console.page.Filters;
import io.tollbook.console.page.Moments;
import io.tollbook.kernel.Refused;
import io.tollbook.kernel.channel.ChannelId;
import io.tollbook.kernel.log.LogFilter;
import io.tollbook.kernel.log.LogKind;
import io.tollbook.kernel.user.UserId;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The fields that narrow the log. */
class LogFilters extends Filters {
    private final Select<Range> range;
    private final DateTimePicker from = new DateTimePicker("From");
    private final DateTimePicker to = new DateTimePicker("To");
    private final DateTimePicker asOf = new DateTimePicker("As of");
    private final Select<LogKind> kind;
    private final TextField model;
    private final TextField key;
    private final TextField group;
    private final TextField request;
    private final TextField upstreamRequest;
    private final @Nullable TextField username;
    private final @Nullable TextField channel;
    private final LogPins pins;

    private enum Range {
        HOUR("Last hour", Duration.ofHours(1)),
        DAY("Last 24 hours", Duration.ofDays(1)),
        WEEK("Last 7 days", Duration.ofDays(7)),
        MONTH("Last 30 days", Duration.ofDays(30)),
        OWN("From … to …", Duration.ZERO);

        private final String label;
        private final Duration length;

        Range(String label, Duration length) {
            this.label = label;
            this.length = length;
        }
    }

    LogFilters(boolean everybody) {
        range = choice(
                "range",
                "Time",
                Arrays.asList(Range.values()),
                one -> one.label,
                one -> one.name().toLowerCase(Locale.ROOT));
        moment("from", from);
        moment("to", to);
        from.addClassName("wide");
        to.addClassName("wide");
        range.addValueChangeListener(change -> showPickers());
        showPickers();
        kind = choice(
                "kind",
                "Kind",
                Arrays.stream(LogKind.values())
                        .filter(one -> one != LogKind.ALL)
                        .toList(),
                LogView::kindName,
                one -> one.name().toLowerCase(Locale.ROOT));
        model = text("model", "Model");
        key = text("key", "Key name");
        group = text("group", "Group");
        request = text("request", "Request id");
        upstreamRequest = text("upstream", "Provider's id");
        username = everybody ? text("user", "User") : null;
        channel = everybody ? text("channel", "Channel id") : null;
        asOf.setStep(Duration.ofSeconds(1));
        asOf.addClassName("wide");
        add(
                "as-of",
                asOf,
                value -> String.valueOf(Moments.instant(value)),
                text -> Moments.local(Moments.moment(text)));
        pins = new LogPins(this, everybody);
        for (TextField exact : new TextField[] {model, key, group})
            exact.setTooltipText("Exact; % stands for anything");
    }

    private void moment(String name, DateTimePicker picker) {
        add(
                name,
                picker,
                value -> Moments.minute(Objects.requireNonNull(Moments.instant(value))),
                value -> String.valueOf(Moments.instant(value)),
                text -> Moments.local(Moments.moment(text)));
    }

    @Override
    public void read(Location location) {
        super.read(location);
        showPickers();
    }

    private void showPickers() {
        boolean own = range.getValue() == Range.OWN;
        from.setVisible(own);
        to.setVisible(own);
    }

    /** Whether rows that come in now can match. */
    boolean reachesNow() {
        return asOf() == null && pins.reachNow() && (range.getValue() != Range.OWN || to.getValue() == null);
    }

    /** The moment that the log is read as of; null for now. */
    @Nullable
    Instant asOf() {
        return Moments.instant(asOf.getValue());
    }

    void backToNow() {
        asOf.clear();
    }

    /** @param user whose rows; null for everybody's */
    LogFilter filter(@Nullable UserId user, Instant now) {
        Range chosen = range.getValue();
        Instant then = asOf();
        Instant present = then == null ? now : then;
        Instant start = chosen == null
                ? null
                : chosen == Range.OWN ? Moments.instant(from.getValue()) : present.minus(chosen.length);
        Instant end = chosen == Range.OWN ? Moments.instant(to.getValue()) : null;
        if (then != null && (end == null || end.isAfter(then))) end = then;
        return pins.narrow(LogFilter.of(user)
                .ofKind(kind.getValue() == null ? LogKind.ALL : kind.getValue())
                .between(start, end)
                .ofModel(text(model))
                .ofTokenName(text(key))
                .ofUsername(username == null ? null : text(username))
                .ofGroup(text(group))
                .ofChannel(channel())
                .ofRequest(text(request))
                .ofUpstreamRequest(text(upstreamRequest)));
    }

    private @Nullable ChannelId channel() {
        if (channel == null || channel.getValue().isBlank()) return null;
        try {
            return new ChannelId(Long.parseLong(channel.getValue().strip()));
        } catch (NumberFormatException e) {
            throw Refused.invalid("A channel id is a number; see the list of channels.");
        }
    }

    private static @Nullable String text(TextField field) {
        return field.getValue().isBlank() ? null : field.getValue().strip();
    }
}
