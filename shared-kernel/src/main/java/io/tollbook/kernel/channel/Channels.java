package io.tollbook.kernel.channel;

import io.tollbook.kernel.Caller;
import io.tollbook.kernel.Page;
import io.tollbook.kernel.Paging;
import io.tollbook.kernel.Permits;
import io.tollbook.kernel.Query;

/** Channels, without deleted ones. */
@Permits({Caller.ADMIN, Caller.AUDITOR, Caller.SYSTEM})
public record Channels(ChannelFilter filter, Order order, boolean descending, Paging paging)
        implements Query<Page<ChannelSummary>> {
    public enum Order {
        ID,
        NAME,
        PRIORITY,
        WEIGHT,
        USED,
        BALANCE,
        RESPONSE_TIME,
        TEST_TIME
    }

    /** In the order they were made. */
    public static Channels byId(ChannelFilter filter, Paging paging) {
        return new Channels(filter, Order.ID, false, paging);
    }
}
