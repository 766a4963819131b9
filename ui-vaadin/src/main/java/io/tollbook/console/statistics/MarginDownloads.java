package io.tollbook.console.statistics;

import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.server.streams.DownloadEvent;
import com.vaadin.flow.server.streams.DownloadHandler;
import io.tollbook.console.access.Visitor;
import io.tollbook.console.page.Marks;
import io.tollbook.kernel.api.ExportFormat;
import io.tollbook.kernel.log.LogFilter;
import io.tollbook.kernel.statistics.Dimension;
import io.tollbook.kernel.statistics.MarginExport;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.Set;

/** Links that give the margins of the table as a file. */
class MarginDownloads extends Div {
    private static final int BUFFER_BYTES = 64 * 1024;

    private final transient Visitor visitor;
    private final transient MarginExport export;
    private final transient LogFilter filter;
    private final transient Dimension part;

    MarginDownloads(Visitor visitor, MarginExport export, LogFilter filter, Dimension part) {
        this.visitor = visitor;
        this.export = export;
        this.filter = filter;
        this.part = part;
        addClassName("downloads");
        add(Marks.dim("Download"), link(ExportFormat.CSV, "CSV"), link(ExportFormat.JSON_LINES, "JSON Lines"));
    }

    private Anchor link(ExportFormat format, String label) {
        DownloadHandler handler = event -> write(format, event);
        Anchor link = new Anchor(handler, label);
        link.setId("download-" + format.extension());
        link.getElement().setAttribute("download", "margin." + format.extension());
        link.setAriaLabel("Download these margins as " + label);
        return link;
    }

    private void write(ExportFormat format, DownloadEvent event) {
        event.setFileName("margin." + format.extension());
        event.setContentType(format.contentType());
        try (OutputStream out = new BufferedOutputStream(event.getOutputStream(), BUFFER_BYTES)) {
            export.write(filter, Set.of(part), format, visitor.actor(), out);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
