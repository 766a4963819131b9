package io.tollbook.query.log;

import io.tollbook.kernel.Actor;
import io.tollbook.kernel.Messages;
import io.tollbook.kernel.Page;
import io.tollbook.kernel.Paging;
import io.tollbook.kernel.Refusal;
import io.tollbook.kernel.Refused;
import io.tollbook.kernel.api.Envelope;
import io.tollbook.kernel.api.PageOf;
import io.tollbook.kernel.channel.ChannelId;
import io.tollbook.kernel.log.LogFilter;
import io.tollbook.kernel.log.LogKind;
import io.tollbook.kernel.log.LogRow;
import io.tollbook.kernel.log.LogRowsBefore;
import io.tollbook.kernel.log.LogStatistics;
import io.tollbook.kernel.log.LogStatisticsOf;
import io.tollbook.kernel.log.Receipt;
import io.tollbook.kernel.log.ReceiptOf;
import io.tollbook.kernel.log.UsageLog;
import io.tollbook.kernel.performance.SlowestCalls;
import io.tollbook.kernel.token.Admission;
import io.tollbook.kernel.token.TokenId;
import io.tollbook.kernel.user.UserId;
import io.tollbook.query.readmodel.Json;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** The log and its sums. A user sees their own rows, and not which channel answered. */
@RestController
class LogEndpoints {
    /** The query parameters of every call here. */
    record Parameters(
            @Nullable Integer type,
            @Nullable Long start_timestamp,
            @Nullable Long end_timestamp,
            @Nullable String model_name,
            @Nullable Long token_id,
            @Nullable String token_name,
            @Nullable String username,
            @Nullable String group,
            @Nullable Long channel,
            @Nullable String request_id,
            @Nullable String upstream_request_id,
            @Nullable Integer p,
            @Nullable Integer page_size) {
        LogFilter filter(@Nullable UserId user) {
            LogFilter filter = LogFilter.of(user)
                    .ofKind(type == null ? LogKind.ALL : LogKind.of(type))
                    .between(moment(start_timestamp), moment(end_timestamp))
                    .ofModel(model_name)
                    .ofToken(token_id == null || token_id == 0 ? null : new TokenId(token_id))
                    .ofTokenName(token_name)
                    .ofGroup(group)
                    .ofRequest(request_id)
                    .ofUpstreamRequest(upstream_request_id);
            if (user != null) return filter;
            return filter.ofUsername(username)
                    .ofChannel(channel == null || channel == 0 ? null : new ChannelId(channel));
        }

        private static @Nullable Instant moment(@Nullable Long seconds) {
            if (seconds == null || seconds == 0) return null;
            if (seconds < 0 || seconds > 253_402_300_799L)
                throw Refused.invalid("A timestamp must be a moment in Unix seconds.");
            return Instant.ofEpochSecond(seconds);
        }
    }

    private final Messages messages;
    private final LogShapes shapes;
    private final KeyHolders keyHolders;

    LogEndpoints(Messages messages, LogShapes shapes, KeyHolders keyHolders) {
        this.messages = messages;
        this.shapes = shapes;
        this.keyHolders = keyHolders;
    }

    @GetMapping({"/api/log/", "/api/log"})
    Envelope all(@ModelAttribute Parameters parameters, Actor actor) {
        actor.signedIn();
        return rows(parameters, parameters.filter(null), actor, true);
    }

    @GetMapping("/api/log/self")
    Envelope own(@ModelAttribute Parameters parameters, Actor actor) {
        return rows(parameters, parameters.filter(actor.signedIn()), actor, false);
    }

    private Envelope rows(Parameters parameters, LogFilter filter, Actor actor, boolean forAdministrators) {
        Paging paging = PageOf.paging(parameters.p(), parameters.page_size());
        Page<LogRow> rows = messages.ask(new UsageLog(filter, paging), actor);
        Function<LogRow, Map<String, Object>> shape = shapes.of(rows.items(), forAdministrators);
        return Envelope.of(PageOf.of(paging, rows, shape));
    }

    @GetMapping("/api/log/before")
    Envelope allBefore(
            @ModelAttribute Parameters parameters, @RequestParam(required = false) @Nullable Long id, Actor actor) {
        actor.signedIn();
        return before(parameters, parameters.filter(null), id, actor, true);
    }

    @GetMapping("/api/log/self/before")
    Envelope ownBefore(
            @ModelAttribute Parameters parameters, @RequestParam(required = false) @Nullable Long id, Actor actor) {
        return before(parameters, parameters.filter(actor.signedIn()), id, actor, false);
    }

    /** The next rows below one, for whoever goes through all of them. */
    private Envelope before(
            Parameters parameters, LogFilter filter, @Nullable Long id, Actor actor, boolean forAdministrators) {
        int limit = PageOf.paging(null, parameters.page_size()).limit();
        List<LogRow> rows = messages.ask(new LogRowsBefore(filter, id == null ? Long.MAX_VALUE : id, limit), actor);
        return Envelope.of(rows.stream().map(shapes.of(rows, forAdministrators)).toList());
    }

    /** What took longest of a range, or of the last day. */
    @GetMapping("/api/performance/slowest")
    Envelope slowest(@ModelAttribute Parameters parameters, Actor actor) {
        actor.signedIn();
        LogFilter filter = parameters.filter(null);
        Instant to = filter.to() == null ? Instant.now() : filter.to();
        List<LogRow> rows = messages.ask(
                new SlowestCalls(
                        filter.from() == null ? to.minus(Duration.ofDays(1)) : filter.from(),
                        to,
                        filter.channel(),
                        filter.model(),
                        PageOf.paging(null, parameters.page_size()).limit()),
                actor);
        return Envelope.of(rows.stream().map(shapes.of(rows, true)).toList());
    }

    /** The log of the API key that is shown, for programs that have nothing else. */
    @GetMapping("/api/log/token")
    Envelope ofKey(
            @RequestParam(required = false) @Nullable String key,
            @RequestHeader(name = "Authorization", required = false) @Nullable String authorization) {
        Admission admission = keyHolders.find(authorization == null ? key : authorization);
        LogFilter filter = LogFilter.of(admission.user()).ofToken(admission.token());
        List<LogRow> rows = messages.ask(new LogRowsBefore(filter, Long.MAX_VALUE, Paging.LIMIT_MAX), Actor.SYSTEM);
        return Envelope.of(rows.stream().map(shapes.of(rows, false)).toList());
    }

    @GetMapping("/api/log/receipt")
    Envelope receipt(@RequestParam long id, Actor actor) {
        actor.signedIn();
        return receipt(new ReceiptOf(id, null), actor);
    }

    @GetMapping("/api/log/self/receipt")
    Envelope ownReceipt(@RequestParam long id, Actor actor) {
        return receipt(new ReceiptOf(id, actor.signedIn()), actor);
    }

    private Envelope receipt(ReceiptOf query, Actor actor) {
        Receipt receipt = messages.ask(query, actor)
                .orElseThrow(() -> new Refused(Refusal.NOT_FOUND, "There is no charged call with this id."));
        return Envelope.of(Json.read(receipt.document(), Map.class));
    }

    @GetMapping("/api/log/stat")
    Envelope sums(@ModelAttribute Parameters parameters, Actor actor) {
        actor.signedIn();
        return sums(parameters.filter(null), actor);
    }

    @GetMapping("/api/log/self/stat")
    Envelope ownSums(@ModelAttribute Parameters parameters, Actor actor) {
        return sums(parameters.filter(actor.signedIn()), actor);
    }

    private Envelope sums(LogFilter filter, Actor actor) {
        LogStatistics sums = messages.ask(new LogStatisticsOf(filter), actor);
        return Envelope.of(
                Map.of("quota", sums.quota().units(), "rpm", sums.callsLastMinute(), "tpm", sums.tokensLastMinute()));
    }
}
