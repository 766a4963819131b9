package io.tollbook.query.log;

import io.tollbook.kernel.Actor;
import io.tollbook.kernel.Messages;
import io.tollbook.kernel.api.ExportFormat;
import io.tollbook.kernel.log.LogExport;
import io.tollbook.kernel.log.LogFilter;
import io.tollbook.kernel.log.LogRowsBefore;
import jakarta.servlet.http.HttpServletResponse;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** The log as a file, filtered as the log is. A user gets their own rows, and not which channel answered. */
@RestController
class LogExportEndpoints {
    private static final int BUFFER_BYTES = 64 * 1024;

    private final Messages messages;
    private final LogExport export;

    LogExportEndpoints(Messages messages, LogExport export) {
        this.messages = messages;
        this.export = export;
    }

    @GetMapping("/api/log/export")
    void all(
            @ModelAttribute LogEndpoints.Parameters parameters,
            @RequestParam(defaultValue = "csv") String format,
            Actor actor,
            HttpServletResponse response)
            throws IOException {
        actor.signedIn();
        write(parameters.filter(null), ExportFormat.tableOf(format), actor, response);
    }

    @GetMapping("/api/log/self/export")
    void own(
            @ModelAttribute LogEndpoints.Parameters parameters,
            @RequestParam(defaultValue = "csv") String format,
            Actor actor,
            HttpServletResponse response)
            throws IOException {
        write(parameters.filter(actor.signedIn()), ExportFormat.tableOf(format), actor, response);
    }

    private void write(LogFilter filter, ExportFormat format, Actor actor, HttpServletResponse response)
            throws IOException {
        // A refusal must be said before the answer has become a file.
        messages.ask(new LogRowsBefore(filter, Long.MAX_VALUE, 1), actor);
        response.setContentType(format.contentType());
        response.setHeader("Content-Disposition", "attachment; filename=\"usage-log." + format.extension() + "\"");
        OutputStream out = new BufferedOutputStream(response.getOutputStream(), BUFFER_BYTES);
        export.write(filter, format, actor, out);
        out.flush();
    }
}
