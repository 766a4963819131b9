package io.tollbook.kernel.statistics;

import io.tollbook.kernel.Actor;
import io.tollbook.kernel.api.ExportFormat;
import io.tollbook.kernel.log.LogFilter;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Set;

/** Revenue, cost and margin as a file. */
public interface MarginExport {
    /**
     * Writes all lines of a table, in the order of their names.
     *
     * @param by what is told apart
     */
    void write(LogFilter filter, Set<Dimension> by, ExportFormat format, Actor actor, OutputStream out)
            throws IOException;
}
