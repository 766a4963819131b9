package io.tollbook.query.log;

import io.tollbook.kernel.Actor;
import io.tollbook.kernel.Messages;
import io.tollbook.kernel.Paging;
import io.tollbook.kernel.access.Exports;
import io.tollbook.kernel.account.Attempt;
import io.tollbook.kernel.account.AttemptCost;
import io.tollbook.kernel.account.Conversion;
import io.tollbook.kernel.account.Money;
import io.tollbook.kernel.account.Quota;
import io.tollbook.kernel.api.ExportFormat;
import io.tollbook.kernel.log.LogExport;
import io.tollbook.kernel.log.LogFilter;
import io.tollbook.kernel.log.LogRow;
import io.tollbook.kernel.log.LogRowsBefore;
import io.tollbook.query.export.RowWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Goes through the log page by page, so that neither the rows nor an open cursor grow with it. */
@Component
class LogExports implements LogExport {
    private static final List<String> COLUMNS = List.of(
            "event",
            "time",
            "kind",
            "user_id",
            "username",
            "key_id",
            "key_name",
            "model",
            "group",
            "quota",
            "usd",
            "tokens_in",
            "tokens_out",
            "meters",
            "price_version",
            "provenance",
            "streamed",
            "first_byte_ms",
            "total_ms",
            "request_id",
            "provider_request_id",
            "attempts",
            "content");
    private static final List<String> FOR_ADMINISTRATORS = List.of("channel_id", "channel_name");
    private static final BigDecimal UNITS_PER_USD = BigDecimal.valueOf(Quota.UNITS_PER_USD);

    private final Messages messages;
    private final Exports exports;

    LogExports(Messages messages, Exports exports) {
        this.messages = messages;
        this.exports = exports;
    }

    @Override
    public void write(LogFilter filter, ExportFormat format, Actor actor, OutputStream out) throws IOException {
        boolean forAdministrators = filter.user() == null;
        exports.exported(new LogRowsBefore(filter, Long.MAX_VALUE, Paging.LIMIT_MAX), actor);
        List<LogRow> rows = rows(filter, Long.MAX_VALUE, actor);
        List<String> columns = new ArrayList<>(COLUMNS);
        if (forAdministrators) columns.addAll(FOR_ADMINISTRATORS);
        RowWriter writer = RowWriter.of(format, columns, out);
        while (!rows.isEmpty()) {
            for (LogRow row : rows) writer.row(values(row, forAdministrators));
            if (rows.size() < Paging.LIMIT_MAX) break;
            rows = rows(filter, rows.getLast().position(), actor);
        }
        writer.flush();
    }

    private List<LogRow> rows(LogFilter filter, long before, Actor actor) {
        return messages.ask(new LogRowsBefore(filter, before, Paging.LIMIT_MAX), actor);
    }

    private static List<@Nullable Object> values(LogRow row, boolean forAdministrators) {
        List<@Nullable Object> values = new ArrayList<>(List.of(
                row.position(),
                row.at(),
                row.kind().name(),
                row.user(),
                row.username(),
                row.token(),
                row.tokenName(),
                row.model(),
                row.group(),
                row.quota().units(),
                BigDecimal.valueOf(row.quota().units()).divide(UNITS_PER_USD),
                row.meters().promptTokens(),
                row.meters().completionTokens(),
                meters(row),
                row.priceVersion(),
                row.provenance(),
                row.stream(),
                row.firstByteMillis(),
                row.totalMillis(),
                row.request()));
        values.add(row.upstreamRequest());
        values.add(row.attempts().stream()
                .map(attempt -> attempt(attempt, forAdministrators))
                .toList());
        values.add(row.content());
        if (forAdministrators) values.addAll(List.of(row.channel(), row.channelName()));
        return values;
    }

    private static Map<String, Object> meters(LogRow row) {
        Map<String, Object> meters = new LinkedHashMap<>();
        row.meters().counts().forEach((meter, count) -> meters.put(meter.name(), count));
        return meters;
    }

    private static Map<String, Object> attempt(Attempt attempt, boolean forAdministrators) {
        Map<String, Object> told = new LinkedHashMap<>();
        if (forAdministrators) told.put("channel", attempt.channel().value());
        told.put("model", attempt.upstreamModel());
        told.put("outcome", attempt.outcome().name());
        told.put("status", attempt.status());
        told.put("millis", attempt.millis());
        Conversion conversion = attempt.conversion();
        if (conversion != null)
            told.put(
                    "conversion",
                    List.of(conversion.client().id(), conversion.upstream().id()));
        AttemptCost cost = attempt.cost();
        if (forAdministrators && cost != null) {
            told.put("cost_usd", BigDecimal.valueOf(cost.nanoUsd(), Money.SCALE));
            told.put("cost_basis", cost.basis().name());
            told.put("buy_price_version", cost.version());
        }
        return told;
    }
}
