package io.tollbook.kernel.log;

import io.tollbook.kernel.Caller;
import io.tollbook.kernel.Permits;
import io.tollbook.kernel.Query;
import java.util.List;
import java.util.Map;

/** Which lots paid the charges at these positions, in that order; what is no charge is left out. */
@Permits({Caller.ADMIN, Caller.AUDITOR, Caller.SYSTEM})
public record SourcesOfFunds(List<Long> positions) implements Query<Map<Long, List<PaidFrom>>> {
    public SourcesOfFunds {
        positions = List.copyOf(positions);
    }
}
