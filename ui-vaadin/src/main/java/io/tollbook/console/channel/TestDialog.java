package io.tollbook.console.channel;

import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.checkbox.Checkbox;
import com.vaadin.flow.component.dialog.Dialog;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Span;
import io.tollbook.console.access.Visitor;
import io.tollbook.console.page.Glyph;
import io.tollbook.console.page.Marks;
import io.tollbook.console.page.Moments;
import io.tollbook.console.page.Notices;
import io.tollbook.console.page.Tool;
import io.tollbook.kernel.channel.ChannelProbe;
import io.tollbook.kernel.channel.ChannelSummary;
import io.tollbook.kernel.channel.RecordChannelTest;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/** Sends a small call through a channel, model by model, and says how it went. Nobody is charged. */
class TestDialog extends Dialog {
    private final Visitor visitor;
    private final ChannelProbe probe;
    private final ChannelSummary channel;
    private final Checkbox stream = new Checkbox("As a stream");
    private final Button all = new Button("Test all");
    private final Map<String, Div> results = new LinkedHashMap<>();

    TestDialog(Visitor visitor, ChannelProbe probe, ChannelSummary channel, Runnable after) {
        this.visitor = visitor;
        this.probe = probe;
        this.channel = channel;
        setId("test");
        setHeaderTitle("Test “" + channel.terms().name() + "”");
        setWidth("620px");
        setMaxWidth("100%");
        stream.setId("test-stream");
        Div lines = new Div();
        lines.addClassName("test-lines");
        for (String model : channel.terms().models()) lines.add(line(model));
        add(
                Marks.dim("A short question to the provider. It costs what the provider charges; nobody here pays."),
                lines);
        all.setId("test-all");
        all.addThemeVariants(ButtonVariant.PRIMARY);
        all.setDisableOnClick(true);
        all.addClickListener(click -> runFrom(0));
        Button close = new Button("Close", click -> close());
        close.setId("test-close");
        getFooter().add(stream, Marks.text("", "grow"), close, all);
        addOpenedChangeListener(change -> {
            if (!change.isOpened()) after.run();
        });
    }

    private Div line(String model) {
        Div result = new Div(Marks.dim("not tested"));
        result.addClassName("test-result");
        results.put(model, result);
        Button one = Tool.icon("Test " + model, Glyph.PLAY, click -> run(model));
        Div line = new Div(one, Marks.code(model), result);
        line.addClassName("test-line");
        return line;
    }

    /** One after the other, each in a round trip of its own, so that results show as they come. */
    private void runFrom(int at) {
        if (at == channel.terms().models().size()) {
            all.setEnabled(true);
            return;
        }
        run(channel.terms().models().get(at));
        getElement().executeJs("return 0").then(shown -> runFrom(at + 1));
    }

    private void run(String model) {
        Notices.attempt(() -> {
            ChannelProbe.Result outcome = probe.probe(channel.id(), model, stream.getValue());
            visitor.send(new RecordChannelTest(
                    channel.id(), outcome.model(), outcome.passed(), outcome.error(), outcome.millis(), Instant.now()));
            Div result = results.get(model);
            result.removeAll();
            result.add(
                    outcome.passed() ? Marks.pill("passed", Marks.Tone.GOOD) : Marks.pill("failed", Marks.Tone.BAD),
                    new Span(Moments.length(outcome.millis())));
            if (!outcome.passed()) result.add(Marks.text(outcome.error(), "bad"));
        });
    }
}
