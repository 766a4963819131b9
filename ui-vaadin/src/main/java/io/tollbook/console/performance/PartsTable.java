package io.tollbook.console.performance;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H2;
import com.vaadin.flow.component.html.Span;
import io.tollbook.console.log.LogAddress;
import io.tollbook.console.page.Amounts;
import io.tollbook.console.page.Marks;
import io.tollbook.console.page.SmallTable;
import io.tollbook.kernel.channel.ChannelId;
import io.tollbook.kernel.performance.AttemptResult;
import io.tollbook.kernel.performance.CallFigures;
import io.tollbook.kernel.performance.CallPerformance;
import io.tollbook.kernel.performance.ChannelState;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.function.Consumer;

/** Channels, or models, one to a line, the busiest first. */
final class PartsTable {
    private static final double GOOD = 0.99;
    private static final double BEARABLE = 0.95;
    private static final int SHOWN = 200;

    private PartsTable() {}

    static Component ofChannels(
            List<CallPerformance> channels,
            Map<ChannelId, ChannelState> states,
            LogAddress address,
            Consumer<Long> narrow) {
        SmallTable table = new SmallTable(
                "Channel", "Now", "#Calls", "#Success", "#p50", "#p95", "#p99", "#First byte", "#Tokens", "Errors");
        for (CallPerformance one : busiest(channels)) {
            String name = one.channelName().isEmpty() ? "Channel " + one.channel() : one.channelName();
            Button choose = choose("channel-" + one.channel(), name, () -> narrow.accept(one.channel()));
            String rows = address.with(LogAddress.channel(one.channel())).toString();
            line(
                    table,
                    one.channel() == 0
                            ? new Span("none tried")
                            : Marks.stacked(choose, Marks.dim("id " + one.channel())),
                    state(states.get(new ChannelId(one.channel()))),
                    one.figures(),
                    rows,
                    name);
        }
        return panel("channels-performance", "Channels", table, channels.size());
    }

    static Component ofModels(List<CallPerformance> models, LogAddress address, Consumer<String> narrow) {
        SmallTable table = new SmallTable(
                "Model", "#Answered", "#Calls", "#Success", "#p50", "#p95", "#p99", "#First byte", "#Tokens", "Errors");
        for (CallPerformance one : busiest(models)) {
            String rows = address.with(LogAddress.model(one.model())).toString();
            line(
                    table,
                    choose("model-" + one.model(), one.model(), () -> narrow.accept(one.model())),
                    new Span(Words.percent(one.figures().answeredShare())),
                    one.figures(),
                    rows,
                    one.model());
        }
        return panel("models-performance", "Models", table, models.size());
    }

    private static List<CallPerformance> busiest(List<CallPerformance> parts) {
        return parts.stream()
                .sorted(Comparator.comparingLong((CallPerformance one) -> tries(one.figures()))
                        .reversed())
                .limit(SHOWN)
                .toList();
    }

    private static long tries(CallFigures figures) {
        return figures.attempts().values().stream().mapToLong(Long::longValue).sum();
    }

    private static Button choose(String id, String name, Runnable narrow) {
        Button choose = new Button(name, click -> narrow.run());
        choose.setId("only-" + id);
        choose.addThemeVariants(ButtonVariant.TERTIARY);
        choose.addClassName("link-button");
        choose.setTooltipText("Show only this");
        return choose;
    }

    private static void line(
            SmallTable table, Component first, Component second, CallFigures figures, String rows, String name) {
        Anchor calls = new Anchor(rows, Amounts.number(figures.answeredCalls()));
        calls.getElement().setAttribute("aria-label", "Calls answered by " + name + " in the log");
        table.line(
                first,
                second,
                figures.failedCalls() == 0
                        ? calls
                        : Marks.stacked(calls, Marks.dim("+ " + Amounts.number(figures.failedCalls()) + " failed")),
                success(figures.successRate()),
                new Span(Words.length(figures.responseTimes(), 50)),
                new Span(Words.length(figures.responseTimes(), 95)),
                new Span(Words.length(figures.responseTimes(), 99)),
                new Span(Words.length(figures.firstBytes(), 50)),
                new Span(Words.perSecond(figures.tokensPerSecond())),
                errors(figures));
    }

    static Component success(OptionalDouble rate) {
        String words = Words.percent(rate);
        if (rate.isEmpty()) return new Span(words);
        return Marks.pill(
                words,
                rate.getAsDouble() >= GOOD
                        ? Marks.Tone.GOOD
                        : rate.getAsDouble() >= BEARABLE ? Marks.Tone.WARNING : Marks.Tone.BAD);
    }

    private static Component state(@org.jspecify.annotations.Nullable ChannelState state) {
        if (state == null) return Marks.dim("not called yet");
        List<String> remarks = new ArrayList<>();
        remarks.add(state.openCalls() + " open");
        if (state.restingKeys() > 0)
            remarks.add(state.restingKeys() + (state.restingKeys() == 1 ? " key rests" : " keys rest"));
        return Marks.stacked(
                switch (state.breaker()) {
                    case CLOSED -> Marks.pill("in use", Marks.Tone.GOOD);
                    case HALF_OPEN -> Marks.pill("being tried", Marks.Tone.WARNING);
                    case OPEN -> Marks.pill("passed over", Marks.Tone.BAD);
                },
                Marks.dim(String.join(" · ", remarks)));
    }

    private static Component errors(CallFigures figures) {
        Div pills = new Div();
        pills.addClassName("pills");
        for (AttemptResult result : AttemptResult.values()) {
            long count = figures.attempts(result);
            if (result == AttemptResult.ANSWERED || count == 0) continue;
            Span pill = Marks.pill(
                    brief(result) + " × " + Amounts.number(count),
                    result.isOfChannel() ? Marks.Tone.WARNING : Marks.Tone.NEUTRAL);
            pill.setTitle(result.words());
            pills.add(pill);
        }
        return pills.getComponentCount() == 0 ? Marks.dim("none") : pills;
    }

    private static String brief(AttemptResult result) {
        return switch (result) {
            case ANSWERED -> "answered";
            case RATE_LIMITED -> "429";
            case KEY_REFUSED -> "key refused";
            case REQUEST_REFUSED -> "bad request";
            case PROVIDER_FAILED -> "provider failed";
            case UNREACHABLE -> "not reached";
            case TIMED_OUT -> "timed out";
            case CUT -> "cut";
            case GARBAGE -> "no answer";
            case CANCELLED -> "stopped";
            case UNKNOWN -> "not known";
        };
    }

    private static Component panel(String id, String title, SmallTable table, int all) {
        Div head = new Div(new H2(title));
        if (all > SHOWN) head.add(Marks.dim("the " + SHOWN + " busiest of " + Amounts.number(all)));
        head.addClassName("panel-head");
        Div frame = new Div(table);
        frame.addClassName("table-frame");
        Div panel = new Div(head, frame);
        panel.setId(id);
        panel.addClassNames("panel", "panel-pad");
        return panel;
    }
}
