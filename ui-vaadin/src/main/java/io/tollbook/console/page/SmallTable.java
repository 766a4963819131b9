package io.tollbook.console.page;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.html.NativeTable;
import com.vaadin.flow.component.html.NativeTableCell;
import com.vaadin.flow.component.html.NativeTableHeaderCell;
import com.vaadin.flow.component.html.NativeTableRow;
import com.vaadin.flow.component.html.Span;

/** A few lines of a few columns. */
public class SmallTable extends NativeTable {
    private final boolean[] numbers;

    /** @param heads names of the columns; one that starts with {@code #} holds numbers */
    public SmallTable(String... heads) {
        addClassName("small-table");
        numbers = new boolean[heads.length];
        NativeTableRow row = new NativeTableRow();
        for (int i = 0; i < heads.length; i++) {
            numbers[i] = heads[i].startsWith("#");
            NativeTableHeaderCell cell = new NativeTableHeaderCell(heads[i].substring(numbers[i] ? 1 : 0));
            if (numbers[i]) cell.addClassName("num");
            row.add(cell);
        }
        getHead().add(row);
    }

    public void line(String... cells) {
        Component[] components = new Component[cells.length];
        for (int i = 0; i < cells.length; i++) components[i] = new Span(cells[i]);
        line(components);
    }

    public void line(Component... cells) {
        NativeTableRow row = new NativeTableRow();
        for (int i = 0; i < cells.length; i++) {
            NativeTableCell cell = new NativeTableCell(cells[i]);
            if (numbers[i]) cell.addClassName("num");
            row.add(cell);
        }
        getBody().add(row);
    }
}
