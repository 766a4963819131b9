package io.tollbook.kernel.statistics;

import io.tollbook.kernel.Caller;
import io.tollbook.kernel.Owned;
import io.tollbook.kernel.Permits;
import io.tollbook.kernel.Query;
import io.tollbook.kernel.Refused;
import io.tollbook.kernel.access.DataViewed;
import io.tollbook.kernel.access.Personal;
import io.tollbook.kernel.log.LogFilter;
import io.tollbook.kernel.user.UserId;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Usage per period, oldest first: the sums of exactly the charged calls that the log lists under the same filter. A filter
 * that ends at a past moment therefore gives the figures as of that moment.
 *
 * @param step how the range is cut, by the clock of the zone; null leaves it whole
 * @param by what is told apart within a period
 * @param apart where users are told apart, only these are, and the others together are user 0; empty for all
 */
@Permits({Caller.OWNER, Caller.ADMIN, Caller.AUDITOR, Caller.SYSTEM})
public record UsageOver(LogFilter filter, @Nullable Step step, ZoneId zone, Set<Dimension> by, Set<UserId> apart)
        implements Query<List<PeriodUsage>>, Owned, Personal {
    public UsageOver {
        if (step != null && (filter.from() == null || filter.to() == null))
            throw Refused.invalid("A range that is cut into periods needs a beginning and an end.");
        if (filter.from() != null && filter.to() != null && filter.from().isAfter(filter.to()))
            throw Refused.invalid("The range ends before it begins.");
    }

    public static UsageOver whole(LogFilter filter, Set<Dimension> by) {
        return new UsageOver(filter, null, ZoneOffset.UTC, by, Set.of());
    }

    public static UsageOver by(Step step, LogFilter filter, ZoneId zone, Set<Dimension> by) {
        return new UsageOver(filter, step, zone, by, Set.of());
    }

    /** The beginnings of the periods, of which the first may have begun before the range does. */
    public List<Instant> starts() {
        Instant from = filter.from();
        Instant to = filter.to();
        if (step == null || from == null || to == null) return List.of(from == null ? Instant.EPOCH : from);
        // The end belongs to the range, so a period that begins there does too.
        List<Instant> bounds = step.periods(from, to.plusNanos(1), zone);
        List<Instant> starts = new ArrayList<>(bounds.subList(0, bounds.size() - 1));
        starts.set(0, from);
        return starts;
    }

    /** Which channel answered is not told to users. */
    @Override
    public @Nullable UserId owner() {
        boolean ofChannels = by.contains(Dimension.CHANNEL) || filter.asksForChannels();
        return ofChannels ? null : filter.user();
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
        return filter.user() != null
                || filter.username() != null
                || filter.token() != null
                || by.contains(Dimension.USER)
                || by.contains(Dimension.TOKEN);
    }
}
