package io.tollbook.kernel.performance;

import io.tollbook.kernel.Caller;
import io.tollbook.kernel.Paging;
import io.tollbook.kernel.Permits;
import io.tollbook.kernel.Query;
import io.tollbook.kernel.Refused;
import io.tollbook.kernel.access.DataViewed;
import io.tollbook.kernel.access.Personal;
import io.tollbook.kernel.channel.ChannelId;
import io.tollbook.kernel.log.LogRow;
import io.tollbook.kernel.user.UserId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The calls of a range that took longest, as far as the log still has them, longest first.
 *
 * @param to does not belong to it
 * @param channel null for all
 * @param model null for all
 */
@Permits({Caller.ADMIN, Caller.AUDITOR, Caller.SYSTEM})
public record SlowestCalls(
        Instant from,
        Instant to,
        @Nullable ChannelId channel,
        @Nullable String model,
        int limit) implements Query<List<LogRow>>, Personal {
    public SlowestCalls {
        if (!from.isBefore(to)) throw Refused.invalid("The range ends before it begins.");
        limit = Paging.first(limit).limit();
    }

    @Override
    public DataViewed.What what() {
        return DataViewed.What.LOG;
    }

    @Override
    public @Nullable UserId subject() {
        return null;
    }

    @Override
    public List<String> narrowedBy() {
        List<String> words = new ArrayList<>();
        words.add("slowest");
        if (model != null) words.add("model=" + model);
        if (channel != null) words.add("channel=" + channel.value());
        return words;
    }

    @Override
    public Object look() {
        return narrowedBy();
    }
}
