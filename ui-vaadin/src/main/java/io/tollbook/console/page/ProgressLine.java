package io.tollbook.console.page;

import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Span;
import io.tollbook.kernel.replay.Progress;
import java.time.Duration;

/** How far something is that goes over the events: a bar, the events, their speed, the time left. */
public class ProgressLine extends Div {
    public ProgressLine(Progress progress) {
        addClassName("progress");
        Div fill = new Div();
        fill.addClassName("meter-fill");
        fill.getStyle().setWidth(progress.perMille() / 10 + "%");
        Div bar = new Div(fill);
        bar.addClassName("meter");
        bar.getElement().setAttribute("role", "progressbar");
        bar.getElement().setAttribute("aria-label", "Events of " + progress.readModel());
        bar.getElement().setAttribute("aria-valuenow", Long.toString(progress.perMille() / 10));
        add(bar, new Span(words(progress)));
    }

    private static String words(Progress progress) {
        return switch (progress.state()) {
            case READING ->
                Amounts.number(progress.done()) + " of " + Amounts.number(progress.all()) + " events"
                        + (progress.perSecond() == 0 ? "" : " · " + Amounts.number(progress.perSecond()) + "/s")
                        + left(progress.left());
            case SWITCHING -> "taking its place";
            case COMPARING -> "comparing " + Amounts.number(progress.done()) + " events’ rows";
            case DONE -> "done";
            case CANCELLED -> "cancelled";
            case FAILED -> "failed: " + progress.error();
        };
    }

    private static String left(@org.jspecify.annotations.Nullable Duration left) {
        return left == null ? "" : " · " + Moments.length(left.toMillis()) + " left";
    }
}
