package io.tollbook.console.log;

import com.vaadin.flow.component.AttachEvent;
import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.DetachEvent;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.grid.ColumnTextAlign;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.router.AfterNavigationEvent;
import com.vaadin.flow.router.AfterNavigationObserver;
import com.vaadin.flow.router.Route;
import com.vaadin.flow.shared.Registration;
import io.tollbook.console.access.OpenTo;
import io.tollbook.console.access.Visitor;
import io.tollbook.console.page.ActiveFilters;
import io.tollbook.console.page.Amounts;
import io.tollbook.console.page.Empty;
import io.tollbook.console.page.Glyph;
import io.tollbook.console.page.ListGrid;
import io.tollbook.console.page.Marks;
import io.tollbook.console.page.Moments;
import io.tollbook.console.page.Tool;
import io.tollbook.console.page.View;
import io.tollbook.kernel.Page;
import io.tollbook.kernel.Refused;
import io.tollbook.kernel.account.Meter;
import io.tollbook.kernel.log.LogExport;
import io.tollbook.kernel.log.LogFilter;
import io.tollbook.kernel.log.LogKind;
import io.tollbook.kernel.log.LogRow;
import io.tollbook.kernel.log.LogRowsBefore;
import io.tollbook.kernel.log.LogStatistics;
import io.tollbook.kernel.log.LogStatisticsOf;
import io.tollbook.kernel.log.UsageLog;
import io.tollbook.kernel.user.Role;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Every call and every act, newest first. New rows come by themselves while nobody points at the list or reads further down. */
@Route("log")
@OpenTo(value = Role.USER, auditors = true)
class LogView extends View implements AfterNavigationObserver {
    private static final int POLL_MILLIS = 1_500;
    private static final int SUMS_EVERY = 3;
    private static final String FOCUSED_ROW = "element.getEventContext(event).item?.key ?? ''";

    private final Visitor visitor;
    private final boolean everybody;
    private final LogFilters filters;
    private final ListGrid<LogRow> list;
    private final ActiveFilters active;
    private final Div sums = new Div();
    private final Span total = new Span();
    private final Span zone = new Span();
    private final LogDownloads downloads;
    private final Div past = new Div();
    private final Button live;
    private boolean running = true;
    private boolean pointedAt;
    private boolean scrolled;
    private long newest;
    private int polls;
    private @Nullable Registration polling;

    LogView(Visitor visitor, LogExport export) {
        super("Usage log", "Every call with what it cost, and every act around it.");
        this.visitor = visitor;
        everybody = visitor.maySee(Role.ADMIN);
        filters = new LogFilters(everybody);
        active = new ActiveFilters(filters);
        downloads = new LogDownloads(visitor, export);
        live = Tool.plain("live", "Live", Glyph.PAUSE, click -> toggle());
        live.addClassName("live");
        sums.setId("sums");
        sums.addClassName("sums");
        total.setId("total");
        actions(sums, live);
        list = new ListGrid<>(
                "log",
                "Log",
                new Empty(
                        Glyph.LOG,
                        "Nothing here yet",
                        "Calls appear as soon as they are charged. Filters narrow them."));
        list.addClassName("clickable");
        columns();
        list.addItemClickListener(click -> {
            if (!"details".equals(click.getColumn().getKey())) new CallDialog(visitor, click.getItem()).open();
        });
        list.getElement()
                .addEventListener(
                        "keydown",
                        event -> open(event.getEventData().get(FOCUSED_ROW).asString("")))
                .setFilter("event.key === 'Enter' && event.composedPath()[0].localName !== 'vaadin-button'")
                .addEventData(FOCUSED_ROW);
        list.getElement()
                .addEventListener("pointerenter", event -> pause(true, scrolled))
                .setFilter("event.pointerType === 'mouse'");
        list.getElement()
                .addEventListener("pointerleave", event -> pause(false, scrolled))
                .setFilter("event.pointerType === 'mouse'");
        list.getElement()
                .addEventListener(
                        "scrolled",
                        event -> pause(
                                pointedAt,
                                event.getEventData().get("event.detail").asBoolean()))
                .addEventData("event.detail");
        past.setId("past");
        past.addClassName("past");
        zone.setId("zone");
        Div foot = new Div(total, zone, downloads);
        foot.addClassName("list-foot");
        add(filters, active, list.panel(past), foot);
    }

    /** @param key the grid's own name for the row; empty if no row has the focus */
    private void open(String key) {
        LogRow row =
                key.isEmpty() ? null : list.getDataCommunicator().getKeyMapper().get(key);
        if (row != null) new CallDialog(visitor, row).open();
    }

    private void showPast() {
        Instant moment = filters.asOf();
        past.setVisible(moment != null);
        live.setVisible(moment == null);
        past.removeAll();
        if (moment == null) return;
        Button now = new Button("Back to now", click -> filters.backToNow());
        now.setId("back-to-now");
        now.addThemeVariants(ButtonVariant.SMALL);
        past.add(
                Glyph.CLOCK.icon(),
                new Span("As of " + Moments.second(moment)
                        + ". What was recorded later is left out; names are those of today."),
                now);
    }

    @Override
    protected void onAttach(AttachEvent event) {
        list.getElement().executeJs("""
                        const table = this.$.table;
                        table.addEventListener('scroll', () => {
                          const away = table.scrollTop > 4;
                          if (away === this.away) return;
                          this.away = away;
                          this.dispatchEvent(new CustomEvent('scrolled', { detail: away }));
                        }, { passive: true });
                        """);
        polling = event.getUI().addPollListener(poll -> follow());
        event.getUI().setPollInterval(POLL_MILLIS);
    }

    @Override
    protected void onDetach(DetachEvent event) {
        if (polling != null) polling.remove();
        event.getUI().setPollInterval(-1);
    }

    @Override
    public void afterNavigation(AfterNavigationEvent event) {
        filters.read(event.getLocation());
        list.source((paging, order) -> {
            Page<LogRow> page = visitor.ask(new UsageLog(filter(), paging));
            if (paging.offset() == 0)
                newest = page.items().isEmpty() ? 0 : page.items().getFirst().position();
            total.setText(rows(page, paging.offset() + page.items().size()));
            return page;
        });
        zone.setText("Times are those of " + Moments.zone().getId());
        active.show();
        showDownloads();
        showSums();
        showLive();
        showPast();
    }

    /** @param read rows up to the end of this page: where nothing is counted or expected beyond, that is what is known */
    private static String rows(Page<LogRow> page, long read) {
        if (page.total() >= UsageLog.COUNT_MAX) return "More than " + Amounts.number(UsageLog.COUNT_MAX) + " rows";
        if (!page.isExact() && page.total() == read + 1) return "More than " + Amounts.number(read) + " rows";
        String number = Amounts.number(page.total());
        if (!page.isExact()) return "About " + number + " rows";
        return number + (page.total() == 1 ? " row" : " rows");
    }

    private void showDownloads() {
        try {
            downloads.of(filter());
        } catch (Refused refused) {
            downloads.none(); // The list itself says what is wrong.
        }
    }

    private LogFilter filter() {
        return filters.filter(everybody ? null : visitor.user(), Instant.now());
    }

    private void toggle() {
        running = !running;
        showLive();
        if (running) follow();
    }

    private void pause(boolean pointing, boolean away) {
        pointedAt = pointing;
        scrolled = away;
        showLive();
    }

    private boolean follows() {
        return running && !pointedAt && !scrolled && filters.reachesNow();
    }

    private void follow() {
        polls++;
        if (!follows()) return;
        try {
            List<LogRow> first = visitor.ask(new LogRowsBefore(filter(), Long.MAX_VALUE, 1));
            long now = first.isEmpty() ? 0 : first.getFirst().position();
            if (now != newest) list.reload();
            if (now != newest || polls % SUMS_EVERY == 0) showSums();
        } catch (Refused refused) {
            // The list itself says what is wrong; a refusal a second would be noise.
            running = false;
            showLive();
        }
    }

    private void showLive() {
        live.setIcon((running ? Glyph.PAUSE : Glyph.PLAY).icon());
        live.setText(!running ? "Paused" : follows() ? "Live" : "Holding still");
        live.setAriaLabel(running ? "Live: pause" : "Paused: go on");
        live.setTooltipText(
                running ? "New rows come by themselves, except while you point at the list or read further down" : "");
        live.getElement().getClassList().set("live-on", follows());
    }

    private void showSums() {
        sums.removeAll();
        try {
            LogStatistics all = visitor.ask(new LogStatisticsOf(filter()));
            sums.add(Marks.row(Marks.dim("Charged"), Marks.usd(all.quota())));
            if (filters.asOf() != null) return; // The last minute is one of now.
            sums.add(
                    Marks.row(Marks.dim("RPM"), new Span(Amounts.number(all.callsLastMinute()))),
                    Marks.row(Marks.dim("TPM"), new Span(Amounts.number(all.tokensLastMinute()))));
        } catch (Refused refused) {
            sums.add(Marks.text(refused.getMessage(), "bad"));
        }
    }

    private void columns() {
        list.addColumn(row -> Moments.second(row.at()))
                .setHeader("Time")
                .setWidth("166px")
                .setFlexGrow(0);
        list.addComponentColumn(LogView::kind)
                .setHeader("Kind")
                .setWidth("124px")
                .setFlexGrow(0);
        if (everybody)
            list.addColumn(LogRow::username).setHeader("User").setWidth("104px").setFlexGrow(1);
        list.addComponentColumn(LogView::what)
                .setHeader("Model, key")
                .setWidth("200px")
                .setFlexGrow(2);
        if (everybody)
            list.addColumn(LogRow::channelName)
                    .setHeader("Channel")
                    .setWidth("116px")
                    .setFlexGrow(1);
        list.addComponentColumn(LogView::timing)
                .setHeader("Timing")
                .setWidth("108px")
                .setFlexGrow(0);
        list.addComponentColumn(LogView::tokensIn)
                .setHeader("In")
                .setTextAlign(ColumnTextAlign.END)
                .setWidth("112px")
                .setFlexGrow(0);
        list.addColumn(row -> row.meters().isEmpty()
                        ? ""
                        : Amounts.number(row.meters().completionTokens()))
                .setHeader("Out")
                .setTextAlign(ColumnTextAlign.END)
                .setWidth("84px")
                .setFlexGrow(0);
        list.addComponentColumn(row -> row.quota().isZero() ? new Span() : Marks.usd(row.quota()))
                .setHeader("Cost")
                .setTextAlign(ColumnTextAlign.END)
                .setWidth("120px")
                .setFlexGrow(0);
        list.addComponentColumn(row -> {
                    Button open = Tool.icon(
                            "Details of " + (row.request().isEmpty() ? "row " + row.position() : row.request()),
                            Glyph.NEXT,
                            click -> new CallDialog(visitor, row).open());
                    open.addClassName("details");
                    return open;
                })
                .setKey("details")
                .setHeader("")
                .setWidth("52px")
                .setFlexGrow(0);
        list.cards(row -> {
            Div card = new Div(
                    Marks.box("card-line", what(row), row.quota().isZero() ? kind(row) : Marks.usd(row.quota())),
                    Marks.box(
                            "card-line",
                            Marks.dim(Moments.second(row.at())),
                            Marks.dim(
                                    row.meters().isEmpty()
                                            ? ""
                                            : Amounts.number(row.meters().promptTokens()) + " in · "
                                                    + Amounts.number(
                                                            row.meters().completionTokens()) + " out · "
                                                    + Moments.length(row.totalMillis()))));
            card.addClassName("card-row");
            return card;
        });
    }

    static String kindName(LogKind kind) {
        return switch (kind) {
            case ALL -> "All";
            case TOP_UP -> "Top-up";
            case CONSUME -> "Call";
            case MANAGE -> "Act";
            case SYSTEM -> "System";
            case ERROR -> "Error";
            case REFUND -> "Refund";
            case SIGN_IN -> "Sign-in";
        };
    }

    private static Component kind(LogRow row) {
        if (row.kind() == LogKind.CONSUME && row.provenance().equals("ESTIMATED"))
            return Marks.pill("estimated", Marks.Tone.WARNING);
        if (row.kind() == LogKind.CONSUME && row.provenance().equals("QUARANTINED"))
            return Marks.pill("quarantined", Marks.Tone.WARNING);
        if (row.kind() == LogKind.CONSUME && row.provenance().equals("DRAINED"))
            return Marks.pill("hung up", Marks.Tone.NEUTRAL);
        return Marks.pill(
                kindName(row.kind()).toLowerCase(java.util.Locale.ROOT),
                switch (row.kind()) {
                    case CONSUME, TOP_UP, REFUND -> Marks.Tone.GOOD;
                    case ERROR -> Marks.Tone.BAD;
                    case ALL, MANAGE, SYSTEM, SIGN_IN -> Marks.Tone.NEUTRAL;
                });
    }

    private static Component what(LogRow row) {
        if (row.model().isEmpty()) {
            Span content = new Span(row.content());
            content.setTitle(row.content()); // The cell cuts what is longer than it.
            return content;
        }
        String below = row.kind() == LogKind.ERROR ? row.content() : row.tokenName() + " · " + row.group();
        return Marks.stacked(Marks.text(row.model(), "strong"), Marks.dim(below));
    }

    private static Component timing(LogRow row) {
        if (row.totalMillis() == 0) return new Span();
        return Marks.stacked(
                new Span(Moments.length(row.totalMillis())),
                Marks.dim(
                        row.stream() && row.firstByteMillis() >= 0
                                ? "first " + Moments.length(row.firstByteMillis())
                                : row.stream() ? "stream" : "whole"));
    }

    private static Component tokensIn(LogRow row) {
        if (row.meters().isEmpty()) return new Span();
        long cached = row.meters().of(Meter.CACHE_READ);
        Span tokens = new Span(Amounts.number(row.meters().promptTokens()));
        return cached == 0 ? tokens : Marks.stacked(tokens, Marks.dim(Amounts.number(cached) + " cached"));
    }
}
