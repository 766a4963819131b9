package io.tollbook.kernel.log;

import io.tollbook.kernel.Actor;
import io.tollbook.kernel.api.ExportFormat;
import java.io.IOException;
import java.io.OutputStream;

/** Writes log rows to a file of any length, newest first, while they are read. */
public interface LogExport {
    /**
     * Writes the rows that were there when it began. The stream is flushed and left open.
     *
     * @throws io.tollbook.kernel.Refused before the first byte, if the actor may not see these rows
     */
    void write(LogFilter filter, ExportFormat format, Actor actor, OutputStream out) throws IOException;
}
