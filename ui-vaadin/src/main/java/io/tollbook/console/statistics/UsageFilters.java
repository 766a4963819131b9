package io.tollbook.console.statistics;

import com.vaadin.flow.component.HasValue;
import com.vaadin.flow.component.combobox.MultiSelectComboBox;
import com.vaadin.flow.component.datepicker.DatePicker;
import com.vaadin.flow.component.datetimepicker.DateTimePicker;
import com.vaadin.flow.component.select.Select;
import com.vaadin.flow.component.textfield.TextField;
import com.vaadin.flow.router.Location;
import io.tollbook.console.log.LogAddress;
import io.tollbook.console.page.Chart;
import io.tollbook.console.page.Filters;
import io.tollbook.console.page.Moments;
import io.tollbook.kernel.Refused;
import io.tollbook.kernel.channel.ChannelId;
import io.tollbook.kernel.log.LogFilter;
import io.tollbook.kernel.log.LogKind;
import io.tollbook.kernel.statistics.Dimension;
import io.tollbook.kernel.statistics.Step;
import io.tollbook.kernel.user.UserId;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What usage is looked at, and how. What narrows it has the names that the log's filters have. */
class UsageFilters extends Filters {
    /** What stays when one goes on to another tab. */
    private static final Set<String> COMMON = Set.of("range", "from", "to", "as-of", "of", "user");

    private static final List<String> OF_ROWS = List.of("user", "key", "group", "model", "channel");
    private static final Duration BY_HOUR_MOST = Duration.ofHours(49);
    private static final Duration BY_DAY_MOST = Duration.ofDays(120);

    private final Select<Range> range;
    private final DatePicker from = new DatePicker("From");
    private final DatePicker to = new DatePicker("To, inclusive");
    private final DateTimePicker asOf = new DateTimePicker("As of");
    private final Select<Metric> metric;
    private @Nullable Select<Dimension> part;
    private @Nullable Select<Grain> grain;
    private @Nullable Select<Chart.Shape> shape;
    private @Nullable Select<Integer> top;
    private @Nullable MultiSelectComboBox<Stage> hidden;
    private @Nullable TextField user;
    private @Nullable TextField key;
    private @Nullable TextField group;
    private @Nullable TextField model;
    private @Nullable TextField channel;

    private enum Range {
        DAY("1", "Last 24 hours", 1),
        WEEK("7", "Last 7 days", 7),
        FORTNIGHT("14", "Last 14 days", 14),
        MONTH("29", "Last 29 days", 29),
        OWN("own", "From … to …", 7);

        private final String key;
        private final String label;
        private final int days;

        Range(String key, String label, int days) {
            this.key = key;
            this.label = label;
            this.days = days;
        }
    }

    private enum Grain {
        AUTOMATIC("As it fits"),
        HOUR("By hour"),
        DAY("By day"),
        WEEK("By week");

        private final String label;

        Grain(String label) {
            this.label = label;
        }
    }

    UsageFilters() {
        addClassName("filters-dense");
        range = choice("range", "Time", List.of(Range.values()), Range.WEEK, one -> one.label, one -> one.key);
        add("from", from, LocalDate::toString, Moments::day);
        add("to", to, LocalDate::toString, Moments::day);
        range.addValueChangeListener(change -> showPickers());
        showPickers();
        metric = choice("of", "Figure", List.of(Metric.values()), Metric.COST, Metric::label, UsageFilters::key);
        asOf.setStep(Duration.ofSeconds(1));
        asOf.addClassName("wide");
    }

    private static String key(Enum<?> one) {
        return one.name().toLowerCase(Locale.ROOT);
    }

    /** Of sums that have figures enough to show them all at once. */
    UsageFilters byPart(List<Dimension> parts) {
        metric.setVisible(false);
        part = choice(
                "part",
                "Told apart by",
                parts,
                parts.getFirst(),
                one -> one.name().charAt(0) + one.name().substring(1).toLowerCase(Locale.ROOT),
                UsageFilters::key);
        return this;
    }

    UsageFilters byTime() {
        grain = choice("by", "Cut", List.of(Grain.values()), Grain.AUTOMATIC, one -> one.label, UsageFilters::key);
        return this;
    }

    UsageFilters inShapes() {
        shape = choice(
                "chart",
                "Chart",
                List.of(Chart.Shape.BARS, Chart.Shape.AREA),
                Chart.Shape.BARS,
                one -> one == Chart.Shape.BARS ? "Bars" : "Areas",
                UsageFilters::key);
        return this;
    }

    UsageFilters ofTheBiggest() {
        top = choice("top", "Named", List.of(5, 10, 20, 50), 10, one -> "Top " + one, String::valueOf);
        return this;
    }

    UsageFilters ofUsers(boolean everybody) {
        if (everybody) user = pattern("user", "User");
        return this;
    }

    /** What usage passes. */
    UsageFilters ofNodes(boolean everybody) {
        if (!everybody) key = pattern("key", "Key name");
        group = pattern("group", "Group");
        model = pattern("model", "Model");
        if (everybody) channel = text("channel", "Channel id");
        return this;
    }

    UsageFilters hiding(List<Stage> stages) {
        MultiSelectComboBox<Stage> field = new MultiSelectComboBox<>("Hide");
        field.setItems(stages);
        field.setItemLabelGenerator(Stage::many);
        add(
                "hide",
                field,
                chosen -> chosen.stream().map(Stage::many).sorted().collect(Collectors.joining(", ")),
                chosen -> chosen.stream().sorted().map(UsageFilters::key).collect(Collectors.joining(",")),
                text -> Arrays.stream(text.split(","))
                        .map(one -> Stage.valueOf(one.toUpperCase(Locale.ROOT)))
                        .filter(stages::contains)
                        .collect(Collectors.toCollection(() -> EnumSet.noneOf(Stage.class))));
        hidden = field;
        return this;
    }

    /** The last field, since it is the rarest. */
    UsageFilters asOf() {
        add(
                "as-of",
                asOf,
                value -> String.valueOf(Moments.instant(value)),
                text -> Moments.local(Moments.moment(text)));
        return this;
    }

    private TextField pattern(String name, String label) {
        TextField field = text(name, label);
        field.setTooltipText("Exact; % stands for anything");
        return field;
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

    Dimension part() {
        return Objects.requireNonNull(part).getValue();
    }

    Metric metric() {
        return metric.getValue();
    }

    Chart.Shape shape() {
        return shape == null ? Chart.Shape.BARS : shape.getValue();
    }

    int top() {
        return top == null ? 10 : top.getValue();
    }

    Set<Stage> hidden() {
        return hidden == null ? Set.of() : hidden.getValue();
    }

    /** The moment as of which usage is looked at; null for now. */
    @Nullable
    Instant pastMoment() {
        return Moments.instant(asOf.getValue());
    }

    void backToNow() {
        asOf.clear();
    }

    /** What is looked at, in words. */
    String words() {
        return range.getValue() == Range.OWN
                ? "the chosen days"
                : range.getValue().label.toLowerCase(Locale.ROOT);
    }

    UsageRange range() {
        ZoneId zone = Moments.zone();
        Instant past = pastMoment();
        Instant now = past == null ? Instant.now() : past;
        LocalDate today = now.atZone(zone).toLocalDate();
        Range chosen = range.getValue();
        LocalDate lastDay = chosen == Range.OWN && to.getValue() != null ? to.getValue() : today;
        LocalDate firstDay =
                chosen == Range.OWN && from.getValue() != null ? from.getValue() : lastDay.minusDays(chosen.days - 1);
        Instant start = firstDay.atStartOfDay(zone).toInstant();
        Instant end = lastDay.plusDays(1).atStartOfDay(zone).toInstant();
        if (chosen == Range.DAY) {
            start = Step.HOUR.start(now.minus(Duration.ofHours(23)), zone);
            end = Step.HOUR.next(Step.HOUR.start(now, zone), zone);
        }
        // The moment itself belongs to what is seen as of it.
        if (past != null && end.isAfter(past)) end = past.plusNanos(1_000);
        if (!start.isBefore(end)) throw Refused.invalid("The range ends before it begins.");
        return new UsageRange(start, end, now, step(Duration.between(start, end)), zone);
    }

    private Step step(Duration length) {
        return switch (grain == null ? Grain.AUTOMATIC : grain.getValue()) {
            case HOUR -> Step.HOUR;
            case DAY -> Step.DAY;
            case WEEK -> Step.WEEK;
            case AUTOMATIC ->
                length.compareTo(BY_HOUR_MOST) <= 0
                        ? Step.HOUR
                        : length.compareTo(BY_DAY_MOST) <= 0 ? Step.DAY : Step.WEEK;
        };
    }

    /** @param own whose usage; null for everybody's */
    LogFilter filter(UsageRange of, @Nullable UserId own) {
        return LogFilter.of(own)
                .ofKind(LogKind.CONSUME)
                .between(of.from(), of.last())
                .ofModel(text(model))
                .ofTokenName(text(key))
                .ofUsername(text(user))
                .ofGroup(text(group))
                .ofChannel(channel());
    }

    /** Where the log lists what this filter counts. */
    LogAddress address(UsageRange of) {
        Map<String, String> narrowed = parameters();
        narrowed.keySet().retainAll(OF_ROWS);
        return of.address().with(narrowed);
    }

    /** What another tab takes over. */
    Map<String, String> common() {
        Map<String, String> common = new LinkedHashMap<>(parameters());
        common.keySet().retainAll(COMMON);
        return common;
    }

    private @Nullable ChannelId channel() {
        String text = text(channel);
        try {
            return text == null ? null : new ChannelId(Long.parseLong(text));
        } catch (NumberFormatException e) {
            throw Refused.invalid("A channel id is a number; see the list of channels.");
        }
    }

    private static @Nullable String text(@Nullable HasValue<?, String> field) {
        return field == null || field.getValue().isBlank()
                ? null
                : field.getValue().strip();
    }
}
