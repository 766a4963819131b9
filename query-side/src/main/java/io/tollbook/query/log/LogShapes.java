package io.tollbook.query.log;

import io.tollbook.kernel.Actor;
import io.tollbook.kernel.Messages;
import io.tollbook.kernel.account.Conversion;
import io.tollbook.kernel.account.Dialect;
import io.tollbook.kernel.account.LotClass;
import io.tollbook.kernel.account.Meter;
import io.tollbook.kernel.log.LogKind;
import io.tollbook.kernel.log.LogOperation;
import io.tollbook.kernel.log.LogOperations;
import io.tollbook.kernel.log.LogRow;
import io.tollbook.kernel.log.PaidFrom;
import io.tollbook.kernel.log.SourcesOfFunds;
import io.tollbook.kernel.pricing.ModelPrice;
import io.tollbook.kernel.pricing.PriceVersion;
import io.tollbook.kernel.pricing.PriceVersionByNumber;
import io.tollbook.query.readmodel.Json;
import java.math.BigDecimal;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Log rows in the management API's shape. */
@Component
final class LogShapes {
    private final Messages messages;

    LogShapes(Messages messages) {
        this.messages = messages;
    }

    /**
     * How to write each of these rows.
     *
     * @param forAdministrators whether channels and doers are told
     */
    Function<LogRow, Map<String, Object>> of(List<LogRow> rows, boolean forAdministrators) {
        Map<Long, Optional<PriceVersion>> prices = new HashMap<>();
        Map<Long, LogOperation> operations = operations(rows);
        Map<Long, List<PaidFrom>> funds = funds(rows);
        return row -> row(
                row,
                forAdministrators,
                prices,
                operations.get(row.position()),
                funds.getOrDefault(row.position(), List.of()));
    }

    private Map<Long, List<PaidFrom>> funds(List<LogRow> rows) {
        List<Long> charges = rows.stream()
                .filter(row -> row.kind() == LogKind.CONSUME && row.quota().isPositive())
                .map(LogRow::position)
                .toList();
        return charges.isEmpty() ? Map.of() : messages.ask(new SourcesOfFunds(charges), Actor.SYSTEM);
    }

    private Map<Long, LogOperation> operations(List<LogRow> rows) {
        List<Long> acts = rows.stream()
                .filter(row -> row.kind() == LogKind.MANAGE || row.kind() == LogKind.SIGN_IN)
                .map(LogRow::position)
                .toList();
        return acts.isEmpty() ? Map.of() : messages.ask(new LogOperations(acts), Actor.SYSTEM);
    }

    private Map<String, Object> row(
            LogRow row,
            boolean forAdministrators,
            Map<Long, Optional<PriceVersion>> prices,
            @Nullable LogOperation operation,
            List<PaidFrom> paid) {
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
        shape.put("other", Json.write(other(row, forAdministrators, prices, operation, paid)));
        return shape;
    }

    private Map<String, Object> other(
            LogRow row,
            boolean forAdministrators,
            Map<Long, Optional<PriceVersion>> prices,
            @Nullable LogOperation operation,
            List<PaidFrom> paid) {
        Map<String, Object> other = new LinkedHashMap<>();
        if (row.kind() == LogKind.CONSUME) {
            prices.computeIfAbsent(
                            row.priceVersion(),
                            version -> messages.ask(new PriceVersionByNumber(version), Actor.SYSTEM))
                    .ifPresent(version -> ratios(other, row, version));
            other.put("cache_tokens", row.meters().of(Meter.CACHE_READ));
            other.put("frt", row.firstByteMillis());
            other.put("request_path", "/v1/chat/completions");
            other.put("request_conversion", conversion(row));
            other.put("price_version", row.priceVersion());
            other.put("provenance", row.provenance());
            boolean subscription = paid.stream().anyMatch(from -> from.lotClass() == LotClass.SUBSCRIPTION);
            other.put("billing_source", subscription ? "subscription" : "wallet");
            if (!paid.isEmpty())
                other.put("paid_from", paid.stream().map(Funds::told).toList());
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

    /** The dialects that the call went through, the client's first. */
    private static List<String> conversion(LogRow row) {
        Conversion conversion =
                row.attempts().isEmpty() ? null : row.attempts().getLast().conversion();
        return conversion == null
                ? List.of(Dialect.OPENAI_CHAT.id())
                : List.of(conversion.client().id(), conversion.upstream().id());
    }

    private static void ratios(Map<String, Object> other, LogRow row, PriceVersion version) {
        ModelPrice price = version.document().price(row.model()).orElse(null);
        if (price == null) return;
        other.put("model_ratio", price.inputRatio() == null ? BigDecimal.ZERO : price.inputRatio());
        other.put("model_price", price.perCall() == null ? BigDecimal.ONE.negate() : price.perCall());
        other.put("completion_ratio", price.completionRatio());
        other.put("cache_ratio", price.cacheReadRatio());
        other.put("group_ratio", version.document().groups().getOrDefault(row.group(), BigDecimal.ONE));
        other.put("user_group_ratio", -1);
        if (price.expression() != null) other.put("billing_mode", "tiered_expr");
    }
}
