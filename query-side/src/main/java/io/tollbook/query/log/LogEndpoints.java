package io.tollbook.query.log;

import io.tollbook.kernel.Actor;
import io.tollbook.kernel.Messages;
import io.tollbook.kernel.Page;
import io.tollbook.kernel.Paging;
import io.tollbook.kernel.Refused;
import io.tollbook.kernel.account.Meter;
import io.tollbook.kernel.api.Envelope;
import io.tollbook.kernel.api.PageOf;
import io.tollbook.kernel.channel.ChannelId;
import io.tollbook.kernel.log.LogFilter;
import io.tollbook.kernel.log.LogKind;
import io.tollbook.kernel.log.LogOperation;
import io.tollbook.kernel.log.LogOperations;
import io.tollbook.kernel.log.LogRow;
import io.tollbook.kernel.log.LogStatistics;
import io.tollbook.kernel.log.LogStatisticsOf;
import io.tollbook.kernel.log.UsageLog;
import io.tollbook.kernel.pricing.ModelPrice;
import io.tollbook.kernel.pricing.PriceVersion;
import io.tollbook.kernel.pricing.PriceVersionByNumber;
import io.tollbook.kernel.user.UserId;
import io.tollbook.query.readmodel.Json;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
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
            @Nullable String token_name,
            @Nullable String username,
            @Nullable String group,
            @Nullable Long channel,
            @Nullable String request_id,
            @Nullable String upstream_request_id,
            @Nullable Integer p,
            @Nullable Integer page_size) {
        LogFilter filter(@Nullable UserId user) {
            return new LogFilter(
                    type == null ? LogKind.ALL : LogKind.of(type),
                    user,
                    moment(start_timestamp),
                    moment(end_timestamp),
                    model_name,
                    token_name,
                    user == null ? username : null,
                    group,
                    user == null && channel != null && channel != 0 ? new ChannelId(channel) : null,
                    request_id,
                    upstream_request_id);
        }

        private static @Nullable Instant moment(@Nullable Long seconds) {
            if (seconds == null || seconds == 0) return null;
            if (seconds < 0 || seconds > 253_402_300_799L)
                throw Refused.invalid("A timestamp must be a moment in Unix seconds.");
            return Instant.ofEpochSecond(seconds);
        }
    }

    private final Messages messages;

    LogEndpoints(Messages messages) {
        this.messages = messages;
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
        Map<Long, Optional<PriceVersion>> prices = new HashMap<>();
        Map<Long, LogOperation> operations = operations(rows.items());
        return Envelope.of(
                PageOf.of(paging, rows, row -> row(row, forAdministrators, prices, operations.get(row.position()))));
    }

    private Map<Long, LogOperation> operations(List<LogRow> rows) {
        List<Long> acts = rows.stream()
                .filter(row -> row.kind() == LogKind.MANAGE || row.kind() == LogKind.SIGN_IN)
                .map(LogRow::position)
                .toList();
        return acts.isEmpty() ? Map.of() : messages.ask(new LogOperations(acts), Actor.SYSTEM);
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

    private Map<String, Object> row(
            LogRow row,
            boolean forAdministrators,
            Map<Long, Optional<PriceVersion>> prices,
            @Nullable LogOperation operation) {
        Map<String, Object> shape = new LinkedHashMap<>();
        shape.put("id", row.position());
        shape.put("user_id", row.user());
        shape.put("created_at", row.at().getEpochSecond());
        shape.put("type", row.kind().number());
        shape.put("content", row.content());
        shape.put("username", row.username());
        shape.put("token_name", row.tokenName());
        shape.put("model_name", row.model());
        shape.put("quota", row.quota().units());
        shape.put("prompt_tokens", row.meters().promptTokens());
        shape.put("completion_tokens", row.meters().completionTokens());
        shape.put("use_time", (row.totalMillis() + 500) / 1_000);
        shape.put("is_stream", row.stream());
        shape.put("channel", forAdministrators ? row.channel() : 0);
        shape.put("channel_name", forAdministrators ? row.channelName() : "");
        shape.put("token_id", row.token());
        shape.put("group", row.group());
        shape.put("ip", "");
        shape.put("request_id", row.request());
        shape.put("upstream_request_id", row.upstreamRequest() == null ? "" : row.upstreamRequest());
        shape.put("other", Json.write(other(row, forAdministrators, prices, operation)));
        return shape;
    }

    private Map<String, Object> other(
            LogRow row,
            boolean forAdministrators,
            Map<Long, Optional<PriceVersion>> prices,
            @Nullable LogOperation operation) {
        Map<String, Object> other = new LinkedHashMap<>();
        if (row.kind() == LogKind.CONSUME) {
            prices.computeIfAbsent(
                            row.priceVersion(),
                            version -> messages.ask(new PriceVersionByNumber(version), Actor.SYSTEM))
                    .ifPresent(version -> ratios(other, row, version));
            other.put("cache_tokens", row.meters().of(Meter.CACHE_READ));
            other.put("frt", row.firstByteMillis());
            other.put("request_path", "/v1/chat/completions");
            other.put("request_conversion", List.of("openai"));
            other.put("price_version", row.priceVersion());
            other.put("provenance", row.provenance());
            other.put("billing_source", "wallet");
        }
        if (operation != null) {
            other.put("op", Map.of("action", operation.action(), "params", Json.read(operation.params(), Map.class)));
            if (forAdministrators && operation.actor() != 0)
                other.put(
                        "admin_info",
                        Map.of(
                                "admin_id", operation.actor(),
                                "admin_username", operation.actorName(),
                                "admin_role", operation.role(),
                                "auth_method", operation.authentication()));
        }
        if (forAdministrators && !row.attempts().isEmpty())
            other.put(
                    "admin_info",
                    Map.of(
                            "use_channel",
                            row.attempts().stream()
                                    .map(attempt ->
                                            Long.toString(attempt.channel().value()))
                                    .toList()));
        return other;
    }

    private static void ratios(Map<String, Object> other, LogRow row, PriceVersion version) {
        ModelPrice price = version.document().models().get(row.model());
        if (price == null) return;
        other.put("model_ratio", price.inputRatio() == null ? BigDecimal.ZERO : price.inputRatio());
        other.put("model_price", price.perCall() == null ? BigDecimal.ONE.negate() : price.perCall());
        other.put("completion_ratio", price.completionRatio());
        other.put("cache_ratio", price.cacheReadRatio());
        other.put("group_ratio", version.document().groups().getOrDefault(row.group(), BigDecimal.ONE));
        other.put("user_group_ratio", -1);
    }
}
