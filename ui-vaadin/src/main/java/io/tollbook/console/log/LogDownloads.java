package io.tollbook.console.log;

import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.server.streams.DownloadEvent;
import com.vaadin.flow.server.streams.DownloadHandler;
import io.tollbook.console.access.Visitor;
import io.tollbook.console.page.Marks;
import io.tollbook.kernel.api.ExportFormat;
import io.tollbook.kernel.log.LogExport;
import io.tollbook.kernel.log.LogFilter;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;

/** Links that give the rows of the list as a file. */
class LogDownloads extends Div {
    private static final int BUFFER_BYTES = 64 * 1024;

    private final transient Visitor visitor;
    private final transient LogExport export;

    LogDownloads(Visitor visitor, LogExport export) {
        this.visitor = visitor;
        this.export = export;
        addClassName("downloads");
    }

    void none() {
        removeAll();
    }

    void of(LogFilter filter) {
        removeAll();
        add(
                Marks.dim("Download"),
                link(filter, ExportFormat.CSV, "CSV"),
                link(filter, ExportFormat.JSON_LINES, "JSON Lines"));
    }

    private Anchor link(LogFilter filter, ExportFormat format, String label) {
        DownloadHandler handler = event -> write(filter, format, event);
        Anchor link = new Anchor(handler, label);
        link.setId("download-" + format.extension());
        link.getElement().setAttribute("download", "usage-log." + format.extension());
        link.setAriaLabel("Download these rows as " + label);
        return link;
    }

    private void write(LogFilter filter, ExportFormat format, DownloadEvent event) {
        event.setFileName("usage-log." + format.extension());
        event.setContentType(format.contentType());
        try (OutputStream out = new BufferedOutputStream(event.getOutputStream(), BUFFER_BYTES)) {
            export.write(filter, format, visitor.actor(), out);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
