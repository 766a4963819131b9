package io.tollbook.command.log;

import io.tollbook.kernel.Actor;
import io.tollbook.kernel.Messages;
import io.tollbook.kernel.Paging;
import io.tollbook.kernel.Refusal;
import io.tollbook.kernel.Refused;
import io.tollbook.kernel.api.Envelope;
import io.tollbook.kernel.log.LogFilter;
import io.tollbook.kernel.log.UsageLog;
import io.tollbook.kernel.settings.ChangeOptions;
import io.tollbook.kernel.settings.Option;
import io.tollbook.kernel.user.Role;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/**
 * Takes old rows out of the usage log. They are a view of events, which stay: books, balances, receipts and the sums per hour do
 * not change. The wish is an option, so that a log which is rebuilt leaves the same rows out again.
 */
@RestController
class LogEndpoints {
    private static final long SECONDS_MAX = 253_402_300_799L;

    private final Messages messages;

    LogEndpoints(Messages messages) {
        this.messages = messages;
    }

    /** Answers how many rows went, counted up to {@link UsageLog#COUNT_MAX}. */
    @DeleteMapping({"/api/log/", "/api/log"})
    Envelope clear(@RequestParam(name = "target_timestamp", required = false) @Nullable Long seconds, Actor actor) {
        actor.signedIn();
        if (!actor.isAtLeast(Role.ROOT)) throw new Refused(Refusal.NOT_PERMITTED);
        if (seconds == null || seconds <= 0 || seconds > SECONDS_MAX)
            throw Refused.invalid("target_timestamp must be a moment in Unix seconds.");
        LogFilter older =
                LogFilter.of(null).between(null, Instant.ofEpochSecond(seconds).minusNanos(1_000));
        long rows = messages.ask(new UsageLog(older, Paging.first(1)), actor).total();
        Map<String, String> cleared = Map.of(Option.LOG_CLEARED_BEFORE.key(), Long.toString(seconds));
        messages.send(new ChangeOptions(cleared, Instant.now()), actor);
        return Envelope.of(rows);
    }
}
