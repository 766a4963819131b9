package io.tollbook.kernel.channel;

import io.tollbook.kernel.Caller;
import io.tollbook.kernel.Page;
import io.tollbook.kernel.Paging;
import io.tollbook.kernel.Permits;
import io.tollbook.kernel.Query;
import org.jspecify.annotations.Nullable;

/**
 * Channels, without deleted ones; null leaves a filter out.
 *
 * @param keyword id, or part of name or base URL
 * @param enabled true for enabled, false for disabled ones
 */
@Permits({Caller.ADMIN, Caller.AUDITOR, Caller.SYSTEM})
public record Channels(
        @Nullable String keyword,
        @Nullable String model,
        @Nullable String group,
        @Nullable Boolean enabled,
        @Nullable Integer type,
        Order order,
        boolean descending,
        Paging paging)
        implements Query<Page<ChannelSummary>> {
    public enum Order {
        ID,
        NAME,
        PRIORITY,
        RESPONSE_TIME,
        TEST_TIME
    }
}
