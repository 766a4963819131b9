package io.tollbook.kernel.channel;

import io.tollbook.kernel.Caller;
import io.tollbook.kernel.Permits;
import io.tollbook.kernel.Query;
import java.util.List;

/** What has happened to channels by itself lately, the newest first. No more is kept than {@link #KEPT}. */
@Permits({Caller.ADMIN, Caller.AUDITOR})
public record ChannelIncidents(int limit) implements Query<List<ChannelIncident>> {
    public static final int KEPT = 500;

    public ChannelIncidents {
        if (limit < 1 || limit > KEPT)
            throw io.tollbook.kernel.Refused.invalid("limit must lie between 1 and " + KEPT + ".");
    }
}
