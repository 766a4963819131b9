package io.tollbook.kernel.log;

import io.tollbook.kernel.Caller;
import io.tollbook.kernel.Permits;
import io.tollbook.kernel.Query;
import java.util.List;
import java.util.Map;

/** The acts behind the log rows of these positions; rows that tell of no act are left out. */
@Permits({Caller.ADMIN, Caller.AUDITOR, Caller.SYSTEM})
public record LogOperations(List<Long> positions) implements Query<Map<Long, LogOperation>> {
    public LogOperations {
        positions = List.copyOf(positions);
    }
}
