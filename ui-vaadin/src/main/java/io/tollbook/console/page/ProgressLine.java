package io.tollbook.console.page;

import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Span;
import io.tollbook.kernel.replay.Progress;
import java.time.Duration;

/** How far something is that goes over the events: a bar, the events, their speed, the time left. */
public class ProgressLine extends Div {
    private final Div fill = new Div();
    private final Div bar = new Div(fill);
    private final Span words = new Span();

    public ProgressLine(Progress progress) {
        addClassName("progress");
        fill.addClassName("meter-fill");
        bar.addClassName("meter");
        bar.getElement().setAttribute("role", "progressbar");
        add(bar, words);
        show(progress);
    }

    /** Tells how far it is now, in place: whoever reads or points here keeps their place. */
    public void show(Progress progress) {
        String now = words(progress);
        fill.getStyle().setWidth(progress.perMille() / 10 + "%");
        bar.getElement().setAttribute("aria-label", "Events of " + progress.readModel());
        bar.getElement().setAttribute("aria-valuenow", Long.toString(progress.perMille() / 10));
        bar.getElement().setAttribute("aria-valuetext", now);
        words.setText(now);
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
