package io.tollbook.query.statistics;

import io.tollbook.kernel.Actor;
import io.tollbook.kernel.Messages;
import io.tollbook.kernel.Query;
import io.tollbook.kernel.Refused;
import io.tollbook.kernel.api.Envelope;
import io.tollbook.kernel.statistics.HourlyUsage;
import io.tollbook.kernel.statistics.HourlyUsageByUser;
import io.tollbook.kernel.statistics.HourlyUsageOf;
import io.tollbook.kernel.user.UserId;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Usage per hour, for charts. */
@RestController
class DataEndpoints {
    private static final Duration OWN_RANGE_MAX = Duration.ofDays(31);

    private final Messages messages;

    DataEndpoints(Messages messages) {
        this.messages = messages;
    }

    @GetMapping({"/api/data/", "/api/data"})
    Envelope all(
            @RequestParam(name = "start_timestamp", required = false) @Nullable Long start,
            @RequestParam(name = "end_timestamp", required = false) @Nullable Long end,
            @RequestParam(required = false) @Nullable String username,
            Actor actor) {
        actor.signedIn();
        return rows(new HourlyUsageOf(null, username, from(start), to(end)), actor);
    }

    @GetMapping("/api/data/users")
    Envelope byUser(
            @RequestParam(name = "start_timestamp", required = false) @Nullable Long start,
            @RequestParam(name = "end_timestamp", required = false) @Nullable Long end,
            Actor actor) {
        actor.signedIn();
        return rows(new HourlyUsageByUser(from(start), to(end)), actor);
    }

    @GetMapping("/api/data/self")
    Envelope own(
            @RequestParam(name = "start_timestamp", required = false) @Nullable Long start,
            @RequestParam(name = "end_timestamp", required = false) @Nullable Long end,
            Actor actor) {
        UserId user = actor.signedIn();
        Instant from = from(start);
        Instant to = to(end);
        if (start != null && end != null && Duration.between(from, to).compareTo(OWN_RANGE_MAX) > 0)
            throw Refused.invalid("The range is longer than a month.");
        return rows(new HourlyUsageOf(user, null, from, to), actor);
    }

    private static Instant from(@Nullable Long seconds) {
        return seconds == null ? Instant.EPOCH : moment(seconds);
    }

    private static Instant to(@Nullable Long seconds) {
        return seconds == null ? Instant.now() : moment(seconds);
    }

    private static Instant moment(long seconds) {
        if (seconds < 0 || seconds > 253_402_300_799L)
            throw Refused.invalid("A timestamp must be a moment in Unix seconds.");
        return Instant.ofEpochSecond(seconds);
    }

    private Envelope rows(Query<List<HourlyUsage>> query, Actor actor) {
        return Envelope.of(
                messages.ask(query, actor).stream().map(DataEndpoints::shape).toList());
    }

    private static Map<String, Object> shape(HourlyUsage usage) {
        Map<String, Object> shape = new LinkedHashMap<>();
        shape.put("id", 0);
        shape.put("user_id", usage.user());
        shape.put("username", usage.username());
        shape.put("model_name", usage.model());
        shape.put("created_at", usage.hour().getEpochSecond());
        shape.put("use_group", "");
        shape.put("token_id", 0);
        shape.put("channel_id", 0);
        shape.put("node_name", "");
        shape.put("token_used", usage.tokens());
        shape.put("count", usage.calls());
        shape.put("quota", usage.quota().units());
        return shape;
    }
}
