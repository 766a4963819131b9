package io.tollbook.console.channel;

import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.checkbox.Checkbox;
import com.vaadin.flow.component.dialog.Dialog;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.select.Select;
import com.vaadin.flow.component.textfield.TextField;
import com.vaadin.flow.data.value.ValueChangeMode;
import io.tollbook.console.access.Visitor;
import io.tollbook.console.page.Glyph;
import io.tollbook.console.page.Marks;
import io.tollbook.console.page.Moments;
import io.tollbook.console.page.Notices;
import io.tollbook.console.page.Tool;
import io.tollbook.kernel.channel.ChangeChannels;
import io.tollbook.kernel.channel.ChannelChange;
import io.tollbook.kernel.channel.ChannelProbe;
import io.tollbook.kernel.channel.ChannelSummary;
import io.tollbook.kernel.channel.ProbeEndpoint;
import io.tollbook.kernel.channel.RecordChannelTest;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

/** Sends a small call through a channel, model by model, and says how each went. Nobody is charged. */
class TestDialog extends Dialog {
    /** A model of the channel, and how its test went. */
    private static final class Line extends Div {
        private final String model;
        private final Checkbox tick = new Checkbox();
        private final Div result = new Div(Marks.dim("not tested"));
        private boolean failed;

        Line(String model) {
            this.model = model;
            tick.setAriaLabel("Choose " + model);
            result.addClassName("test-result");
            addClassName("test-line");
        }
    }

    private final Visitor visitor;
    private final ChannelProbe probe;
    private final ChannelSummary channel;
    private final Checkbox stream = new Checkbox("As a stream");
    private final Select<ProbeEndpoint> endpoint = new Select<>();
    private final TextField search = new TextField();
    private final Button all = new Button("Test all");
    private final Button some = new Button("Test chosen");
    private final Button stop = Tool.plain("test-stop", "Stop", Glyph.STOP, click -> halt());
    private final Button drop;
    private final Span progress = new Span();
    private final Map<String, Line> lines = new LinkedHashMap<>();
    private final Deque<String> waiting = new ArrayDeque<>();
    private int asked;
    private int passed;
    private int wrong;

    TestDialog(Visitor visitor, ChannelProbe probe, ChannelSummary channel, Runnable after) {
        this.visitor = visitor;
        this.probe = probe;
        this.channel = channel;
        setId("test");
        setHeaderTitle("Test “" + channel.terms().name() + "”");
        setWidth("700px");
        setMaxWidth("100%");
        stream.setId("test-stream");
        endpoint.setId("test-endpoint");
        endpoint.setAriaLabel("Endpoint");
        endpoint.setItems(ProbeEndpoint.values());
        endpoint.setItemLabelGenerator(one -> one == null ? "What suits the model" : one.label());
        endpoint.setEmptySelectionAllowed(true);
        endpoint.setEmptySelectionCaption("What suits the model");
        search.setId("test-search");
        search.setAriaLabel("Search models");
        search.setPlaceholder("Search models");
        search.setClearButtonVisible(true);
        search.setPrefixComponent(Glyph.SEARCH.icon());
        search.setValueChangeMode(ValueChangeMode.EAGER);
        search.addValueChangeListener(change -> filter());
        Button good = new Button("Choose passed", click -> choose(false));
        good.setId("test-choose-passed");
        Button bad = new Button("Choose failed", click -> choose(true));
        bad.setId("test-choose-failed");
        for (Button one : List.of(good, bad)) one.addThemeVariants(ButtonVariant.TERTIARY);
        Div head = Marks.row(search, endpoint, stream, good, bad);
        head.addClassName("test-head");
        Div body = new Div();
        body.addClassName("test-lines");
        for (String model : channel.terms().models()) body.add(line(model));
        progress.setId("test-progress");
        progress.addClassName("dim");
        progress.getElement().setAttribute("role", "status");
        add(
                Marks.dim("A short question to the provider. It costs what the provider charges; nobody here pays."),
                head,
                body);
        all.setId("test-all");
        all.addThemeVariants(ButtonVariant.PRIMARY);
        all.addClickListener(click -> start(shown()));
        some.setId("test-chosen");
        some.addClickListener(click -> start(chosen()));
        stop.setVisible(false);
        drop = Tool.plain("test-drop", "Take failed out…", Glyph.TRASH, click -> drop());
        drop.setVisible(false);
        Button close = new Button("Close", click -> close());
        close.setId("test-close");
        getFooter().add(progress, Marks.text("", "grow"), drop, stop, close, some, all);
        addOpenedChangeListener(change -> {
            if (change.isOpened()) return;
            waiting.clear();
            after.run();
        });
    }

    private Line line(String model) {
        Line line = new Line(model);
        lines.put(model, line);
        Button one = Tool.icon("Test " + model, Glyph.PLAY, click -> start(List.of(model)));
        line.add(line.tick, one, Marks.code(model), line.result);
        return line;
    }

    private void filter() {
        String part = search.getValue().strip().toLowerCase(Locale.ROOT);
        lines.forEach(
                (model, line) -> line.setVisible(model.toLowerCase(Locale.ROOT).contains(part)));
        all.setText(part.isEmpty() ? "Test all" : "Test shown");
    }

    private List<String> shown() {
        return lines.values().stream()
                .filter(Line::isVisible)
                .map(line -> line.model)
                .toList();
    }

    private List<String> chosen() {
        return lines.values().stream()
                .filter(line -> line.tick.getValue())
                .map(line -> line.model)
                .toList();
    }

    private void choose(boolean failed) {
        lines.values()
                .forEach(line -> line.tick.setValue(
                        line.failed == failed && line.result.hasClassName(failed ? "is-failed" : "is-passed")));
    }

    private void start(List<String> models) {
        if (models.isEmpty()) {
            Notices.refused("Choose some models first.");
            return;
        }
        boolean runs = !waiting.isEmpty();
        if (!runs) asked = passed = wrong = 0;
        for (String model : models)
            if (!waiting.contains(model)) {
                waiting.add(model);
                asked++;
                Line line = Objects.requireNonNull(lines.get(model));
                line.result.removeAll();
                line.result.add(Marks.dim("waits"));
            }
        state();
        if (!runs) next();
    }

    private void halt() {
        for (String model : waiting) {
            Line line = Objects.requireNonNull(lines.get(model));
            line.result.removeAll();
            line.result.add(Marks.dim("not tested"));
        }
        asked -= waiting.size();
        waiting.clear();
        state();
    }

    /** One after the other, each in a round trip of its own, so that results show as they come and it can be stopped. */
    private void next() {
        String model = waiting.peek();
        if (model == null) {
            state();
            return;
        }
        run(model);
        waiting.remove(model);
        state();
        getElement().executeJs("return 0").then(seen -> next());
    }

    private void state() {
        stop.setVisible(!waiting.isEmpty());
        progress.setText(
                asked == 0
                        ? ""
                        : (passed + wrong) + " of " + asked + " tested" + (wrong > 0 ? ", " + wrong + " failed" : ""));
        drop.setVisible(waiting.isEmpty()
                && !visitor.isAuditor()
                && lines.values().stream().anyMatch(line -> line.failed)
                && lines.values().stream().anyMatch(line -> !line.failed));
    }

    private void run(String model) {
        Notices.attempt(() -> {
            ChannelProbe.Result outcome = probe.probe(
                    new ChannelProbe.Trial(channel.id(), model, endpoint.getValue(), stream.getValue(), null));
            visitor.send(new RecordChannelTest(
                    channel.id(), outcome.model(), outcome.passed(), outcome.error(), outcome.millis(), Instant.now()));
            Line line = Objects.requireNonNull(lines.get(model));
            line.failed = !outcome.passed();
            if (outcome.passed()) passed++;
            else wrong++;
            line.result.removeAll();
            line.result.setClassName("is-passed", outcome.passed());
            line.result.setClassName("is-failed", !outcome.passed());
            line.result.add(
                    outcome.passed() ? Marks.pill("passed", Marks.Tone.GOOD) : Marks.pill("failed", Marks.Tone.BAD),
                    new Span(Moments.length(outcome.millis())));
            if (!outcome.passed()) line.result.add(Marks.text(outcome.error(), "bad"));
        });
    }

    /** Takes models that failed out of the channel; undone from the notice. */
    private void drop() {
        List<String> left = new ArrayList<>();
        lines.forEach((model, line) -> {
            if (!line.failed) left.add(model);
        });
        ChannelChange change =
                new ChannelChange(channel.id(), channel.terms(), TermsEdit.models(channel.terms(), left));
        Notices.attempt(() -> {
            visitor.send(ChangeChannels.of(List.of(change), Instant.now()));
            close();
            Notices.undoable(
                    (lines.size() - left.size()) + " models taken out of the channel.",
                    () -> visitor.send(ChangeChannels.of(List.of(change.reversed()), Instant.now())));
        });
    }
}
