package io.tollbook.console.page;

import com.vaadin.flow.component.AttachEvent;
import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.grid.Grid;
import com.vaadin.flow.component.grid.GridVariant;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.page.WindowSize;
import com.vaadin.flow.data.provider.DataProvider;
import com.vaadin.flow.data.provider.Query;
import com.vaadin.flow.data.provider.QuerySortOrder;
import com.vaadin.flow.function.ValueProvider;
import com.vaadin.flow.signals.Signal;
import io.tollbook.kernel.Page;
import io.tollbook.kernel.Paging;
import io.tollbook.kernel.Refused;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A list that pages over any number of rows: a table on a desk, cards on a phone. It says when it is empty and when it
 * could not be loaded.
 */
public class ListGrid<T> extends Grid<T> {
    /** Below this many pixels a table becomes a column of cards. */
    private static final int PHONE_WIDTH = 760;

    private static final int ROWS = 50;

    private final Component empty;
    private final String name;
    private @Nullable Column<T> card;
    private @Nullable Source<T> source;
    private @Nullable Page<T> head;
    /** How many rows there are as far as anybody knows: a number that is only expected grows where the list goes on. */
    private long known;

    /** Where rows come from. */
    @FunctionalInterface
    public interface Source<T> {
        Page<T> page(Paging paging, List<QuerySortOrder> order);
    }

    /** @param name what the rows are, for screen readers and messages: {@code API keys} */
    public ListGrid(String id, String name, Component empty) {
        this.name = name;
        this.empty = empty;
        setId(id);
        setAriaLabel(name);
        setPageSize(ROWS);
        setSelectionMode(SelectionMode.NONE);
        addThemeVariants(GridVariant.NO_BORDER);
        addClassName("list");
        setSizeFull();
        setEmptyStateComponent(empty);
    }

    /** The list in its frame, below whatever else stands in that. */
    public Div panel(Component... above) {
        Div panel = new Div(above);
        panel.add(this);
        panel.addClassNames("panel", "list-panel");
        return panel;
    }

    /** How a row looks on a phone, where it is the only column. Call it after all other columns are there. */
    public void cards(ValueProvider<T, Component> face) {
        card = addColumn(new com.vaadin.flow.data.renderer.ComponentRenderer<>(face::apply))
                .setKey("card")
                .setHeader(name)
                .setFlexGrow(1);
        card.setVisible(false);
    }

    public void source(Source<T> rows) {
        source = rows;
        known = 0;
        setDataProvider(DataProvider.<T>fromCallbacks(this::rows, query -> count(query.getSortOrders())));
    }

    public void reload() {
        head = null;
        known = 0;
        getDataProvider().refreshAll();
    }

    @Override
    protected void onAttach(AttachEvent event) {
        super.onAttach(event);
        Signal<WindowSize> size = event.getUI().getPage().windowSizeSignal();
        Signal.effect(this, () -> {
            int width = size.get().width();
            boolean phone = width > 0 && width < PHONE_WIDTH;
            if (card == null) return;
            for (Column<T> column : getColumns()) column.setVisible((column == card) == phone);
            getElement().setAttribute("phone", phone);
        });
    }

    private int count(List<QuerySortOrder> order) {
        // The list asks for its length and then for its beginning: one question answers both.
        head = load(new Paging(0, ROWS), order);
        known = head.isExact() ? head.total() : Math.max(known, head.total());
        return Math.toIntExact(Math.min(known, Integer.MAX_VALUE));
    }

    private Stream<T> rows(Query<T, Void> query) {
        int offset = query.getOffset();
        int limit = query.getLimit();
        Page<T> first = head;
        head = null;
        if (first != null
                && offset == 0
                && Math.min(limit, first.total()) <= first.items().size())
            return first.items().stream().limit(limit);
        List<T> rows = new ArrayList<>(limit);
        while (rows.size() < limit) {
            int step = Math.min(Paging.LIMIT_MAX, limit - rows.size());
            Page<T> some = load(new Paging(offset + rows.size(), step), query.getSortOrders());
            rows.addAll(some.items());
            grow(some);
            if (some.items().size() < step) break;
        }
        return rows.stream();
    }

    private void grow(Page<T> page) {
        if (page.isExact() || page.total() <= known) return;
        known = page.total();
        getUI().ifPresent(ui ->
                ui.beforeClientResponse(this, answer -> getDataProvider().refreshAll()));
    }

    private Page<T> load(Paging paging, List<QuerySortOrder> order) {
        try {
            if (source == null) return new Page<>(List.of(), 0);
            Page<T> page = source.page(paging, order);
            if (getEmptyStateComponent() != empty) setEmptyStateComponent(empty);
            return page;
        } catch (Refused refused) {
            setEmptyStateComponent(new Empty(
                    Glyph.ALERT,
                    name + " could not be loaded",
                    refused.getMessage(),
                    new Button("Try again", click -> reload())));
            return new Page<>(List.of(), 0);
        }
    }
}
