package io.tollbook.query.statistics;

import io.tollbook.kernel.Actor;
import io.tollbook.kernel.Messages;
import io.tollbook.kernel.Query;
import io.tollbook.kernel.Refused;
import io.tollbook.kernel.api.Envelope;
import io.tollbook.kernel.log.LogFilter;
import io.tollbook.kernel.log.LogKind;
import io.tollbook.kernel.statistics.Dimension;
import io.tollbook.kernel.statistics.HourlyUsage;
import io.tollbook.kernel.statistics.HourlyUsageByUser;
import io.tollbook.kernel.statistics.HourlyUsageOf;
import io.tollbook.kernel.statistics.PeriodUsage;
import io.tollbook.kernel.statistics.UsageOver;
import io.tollbook.kernel.user.UserId;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Usage per hour, and who used what through which channel, for charts. */
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
        withinAMonth(start, end);
        return rows(new HourlyUsageOf(user, null, from(start), to(end)), actor);
    }

    /** Who used which model of which group through which channel. */
    @GetMapping("/api/data/flow")
    Envelope flow(
            @RequestParam(name = "start_timestamp", required = false) @Nullable Long start,
            @RequestParam(name = "end_timestamp", required = false) @Nullable Long end,
            @RequestParam(required = false) @Nullable String username,
            Actor actor) {
        actor.signedIn();
        LogFilter filter = LogFilter.of(null)
                .ofKind(LogKind.CONSUME)
                .between(from(start), end(end))
                .ofUsername(username);
        Set<Dimension> by = Set.of(Dimension.USER, Dimension.GROUP, Dimension.MODEL, Dimension.CHANNEL);
        return Envelope.of(messages.ask(UsageOver.whole(filter, by), actor).stream()
                .map(usage -> {
                    Map<String, Object> shape = new LinkedHashMap<>();
                    shape.put("user_id", usage.part().user());
                    shape.put("username", usage.part().username());
                    shape.put("use_group", usage.part().group());
                    shape.put("channel_id", usage.part().channel());
                    shape.put("channel_name", usage.part().channelName());
                    return figures(shape, usage);
                })
                .toList());
    }

    /** Which key used which model of which group. */
    @GetMapping("/api/data/flow/self")
    Envelope ownFlow(
            @RequestParam(name = "start_timestamp", required = false) @Nullable Long start,
            @RequestParam(name = "end_timestamp", required = false) @Nullable Long end,
            Actor actor) {
        UserId user = actor.signedIn();
        withinAMonth(start, end);
        LogFilter filter = LogFilter.of(user).ofKind(LogKind.CONSUME).between(from(start), end(end));
        Set<Dimension> by = Set.of(Dimension.TOKEN, Dimension.GROUP, Dimension.MODEL);
        return Envelope.of(messages.ask(UsageOver.whole(filter, by), actor).stream()
                .map(usage -> {
                    Map<String, Object> shape = new LinkedHashMap<>();
                    shape.put("token_id", usage.part().token());
                    shape.put("token_name", usage.part().tokenName());
                    shape.put("use_group", usage.part().group());
                    return figures(shape, usage);
                })
                .toList());
    }

    private static Map<String, Object> figures(Map<String, Object> shape, PeriodUsage usage) {
        shape.put("model_name", usage.part().model());
        shape.put("token_used", usage.used().tokens());
        shape.put("count", usage.used().calls());
        shape.put("quota", usage.used().quota().units());
        return shape;
    }

    private static void withinAMonth(@Nullable Long start, @Nullable Long end) {
        if (start != null && Duration.between(from(start), to(end)).compareTo(OWN_RANGE_MAX) > 0)
            throw Refused.invalid("The range is longer than a month.");
    }

    /** Nothing is recorded later than now. */
    private static @Nullable Instant end(@Nullable Long seconds) {
        return seconds == null ? null : moment(seconds);
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
