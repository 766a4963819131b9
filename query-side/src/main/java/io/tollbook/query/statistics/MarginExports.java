package io.tollbook.query.statistics;

import io.tollbook.kernel.Actor;
import io.tollbook.kernel.Messages;
import io.tollbook.kernel.Page;
import io.tollbook.kernel.Paging;
import io.tollbook.kernel.access.Exports;
import io.tollbook.kernel.account.Money;
import io.tollbook.kernel.account.Quota;
import io.tollbook.kernel.api.ExportFormat;
import io.tollbook.kernel.log.LogFilter;
import io.tollbook.kernel.statistics.Dimension;
import io.tollbook.kernel.statistics.Margin;
import io.tollbook.kernel.statistics.MarginExport;
import io.tollbook.kernel.statistics.MarginLine;
import io.tollbook.kernel.statistics.MarginOver;
import io.tollbook.kernel.statistics.UsagePart;
import io.tollbook.query.export.RowWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Goes through the lines page by page. */
@Component
class MarginExports implements MarginExport {
    private static final MarginLine NOTHING = new MarginLine(new UsagePart(0, "", 0, "", "", "", 0, ""), Margin.NONE);

    private final Messages messages;
    private final Exports exports;

    MarginExports(Messages messages, Exports exports) {
        this.messages = messages;
        this.exports = exports;
    }

    @Override
    public void write(LogFilter filter, Set<Dimension> by, ExportFormat format, Actor actor, OutputStream out)
            throws IOException {
        MarginOver first = from(0, filter, by);
        exports.exported(first, actor);
        Page<MarginLine> page = messages.ask(first, actor);
        RowWriter writer = RowWriter.of(format, List.copyOf(row(NOTHING, by).keySet()), out);
        long written = 0;
        while (!page.items().isEmpty()) {
            for (MarginLine line : page.items())
                writer.row(new ArrayList<>(row(line, by).values()));
            written += page.items().size();
            if (written >= page.total()) break;
            page = messages.ask(from(written, filter, by), actor);
        }
        writer.flush();
    }

    private static MarginOver from(long offset, LogFilter filter, Set<Dimension> by) {
        return new MarginOver(filter, by, MarginOver.Order.NAME, false, new Paging(offset, Paging.LIMIT_MAX));
    }

    /** One line, by the names that it has in files and in the API. Amounts are exact. */
    static Map<String, @Nullable Object> row(MarginLine line, Set<Dimension> by) {
        Map<String, @Nullable Object> row = new LinkedHashMap<>();
        UsagePart part = line.part();
        if (by.contains(Dimension.CHANNEL)) {
            row.put("channel_id", part.channel());
            row.put("channel_name", part.channelName());
        }
        if (by.contains(Dimension.MODEL)) row.put("model_name", part.model());
        if (by.contains(Dimension.GROUP)) row.put("group", part.group());
        if (by.contains(Dimension.USER)) {
            row.put("user_id", part.user());
            row.put("username", part.username());
        }
        Margin margin = line.margin();
        row.put("calls", margin.calls());
        row.put("quota", margin.revenue().units());
        row.put("revenue_usd", usd(Math.multiplyExact(margin.revenue().units(), Quota.NANO_USD)));
        row.put("cost_usd", usd(margin.costNanoUsd()));
        row.put("margin_usd", usd(margin.nanoUsd()));
        row.put("margin_percent", margin.percent());
        row.put("unknown_calls", margin.unknownCalls());
        row.put(
                "unknown_revenue_usd",
                usd(Math.multiplyExact(margin.unknownRevenue().units(), Quota.NANO_USD)));
        return row;
    }

    private static BigDecimal usd(long nanoUsd) {
        return BigDecimal.valueOf(nanoUsd, Money.SCALE);
    }
}
