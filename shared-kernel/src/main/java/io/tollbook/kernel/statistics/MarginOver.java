package io.tollbook.kernel.statistics;

import io.tollbook.kernel.Caller;
import io.tollbook.kernel.Page;
import io.tollbook.kernel.Paging;
import io.tollbook.kernel.Permits;
import io.tollbook.kernel.Query;
import io.tollbook.kernel.Refused;
import io.tollbook.kernel.access.DataViewed;
import io.tollbook.kernel.access.Personal;
import io.tollbook.kernel.log.LogFilter;
import io.tollbook.kernel.user.UserId;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Revenue, cost and margin of a range, which is widened to whole quarters of an hour. A charge stands at the channel that
 * answered, a cost at the channel that took it. Users never learn what their calls cost us.
 *
 * @param filter without a key or a request, by which costs are not summed
 * @param by what is told apart; a key is not
 */
@Permits({Caller.ADMIN, Caller.AUDITOR, Caller.SYSTEM})
public record MarginOver(LogFilter filter, Set<Dimension> by, Order order, boolean descending, Paging paging)
        implements Query<Page<MarginLine>>, Personal {
    public enum Order {
        NAME,
        CALLS,
        REVENUE,
        COST,
        MARGIN,
        PERCENT,
        UNKNOWN
    }

    public MarginOver {
        if (by.contains(Dimension.TOKEN) || filter.token() != null || filter.tokenName() != null)
            throw Refused.invalid("Costs are not summed by key.");
        if (filter.request() != null || filter.upstreamRequest() != null)
            throw Refused.invalid("Costs are not summed by request. The log shows what one call cost.");
        if (filter.from() != null && filter.to() != null && filter.from().isAfter(filter.to()))
            throw Refused.invalid("The range ends before it begins.");
        by = Set.copyOf(by);
    }

    @Override
    public DataViewed.What what() {
        return DataViewed.What.STATISTICS;
    }

    @Override
    public @Nullable UserId subject() {
        return filter.user();
    }

    @Override
    public List<String> narrowedBy() {
        return filter.narrowedBy();
    }

    @Override
    public Object look() {
        return filter.between(null, null);
    }

    @Override
    public boolean isPersonal() {
        return filter.user() != null || filter.username() != null || by.contains(Dimension.USER);
    }

    /** All together, as one line or none. */
    public static MarginOver whole(LogFilter filter) {
        return new MarginOver(filter, Set.of(), Order.NAME, false, Paging.first(1));
    }
}
