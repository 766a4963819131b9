package io.tollbook.query.statistics;

import io.tollbook.kernel.Actor;
import io.tollbook.kernel.Messages;
import io.tollbook.kernel.Paging;
import io.tollbook.kernel.Refused;
import io.tollbook.kernel.account.Quota;
import io.tollbook.kernel.api.Envelope;
import io.tollbook.kernel.api.ExportFormat;
import io.tollbook.kernel.api.PageOf;
import io.tollbook.kernel.channel.ChannelId;
import io.tollbook.kernel.log.LogFilter;
import io.tollbook.kernel.log.LogKind;
import io.tollbook.kernel.log.Others;
import io.tollbook.kernel.statistics.Dimension;
import io.tollbook.kernel.statistics.MarginAlarm;
import io.tollbook.kernel.statistics.MarginAlarms;
import io.tollbook.kernel.statistics.MarginExport;
import io.tollbook.kernel.statistics.MarginOver;
import jakarta.servlet.http.HttpServletResponse;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Revenue, cost and margin, for administrators and auditors. */
@RestController
class MarginEndpoints {
    private static final int BUFFER_BYTES = 64 * 1024;
    private static final Duration ALARMS = Duration.ofDays(31);

    /** The query parameters of every call here. */
    record Parameters(
            @Nullable String by,
            @Nullable Long start_timestamp,
            @Nullable Long end_timestamp,
            @Nullable String model_name,
            @Nullable String username,
            @Nullable String group,
            @Nullable Long channel) {
        LogFilter filter() {
            return new LogFilter(
                    LogKind.ALL,
                    null,
                    moment(start_timestamp),
                    moment(end_timestamp),
                    model_name,
                    null,
                    null,
                    username,
                    group,
                    channel == null || channel == 0 ? null : new ChannelId(channel),
                    null,
                    null,
                    Others.NOTHING);
        }

        Set<Dimension> parts() {
            Set<Dimension> parts = EnumSet.noneOf(Dimension.class);
            if (by != null && !by.isBlank())
                for (String one : by.split(",")) parts.add(word(Dimension.class, "by", one));
            return parts;
        }

        private static @Nullable Instant moment(@Nullable Long seconds) {
            if (seconds == null || seconds == 0) return null;
            if (seconds < 0 || seconds > 253_402_300_799L)
                throw Refused.invalid("A timestamp must be a moment in Unix seconds.");
            return Instant.ofEpochSecond(seconds);
        }
    }

    private final Messages messages;
    private final MarginExport export;

    MarginEndpoints(Messages messages, MarginExport export) {
        this.messages = messages;
        this.export = export;
    }

    private static <E extends Enum<E>> E word(Class<E> kind, String field, String word) {
        for (E one : kind.getEnumConstants()) if (one.name().equals(word.strip().toUpperCase(Locale.ROOT))) return one;
        throw Refused.invalid("“" + word + "” is nothing that “" + field + "” can be.");
    }

    @GetMapping({"/api/margin/", "/api/margin"})
    Envelope all(
            @ModelAttribute Parameters parameters,
            @RequestParam(defaultValue = "name") String order,
            @RequestParam(defaultValue = "false") boolean descending,
            @RequestParam(required = false) @Nullable Integer p,
            @RequestParam(name = "page_size", required = false) @Nullable Integer pageSize,
            Actor actor) {
        actor.signedIn();
        Paging paging = PageOf.paging(p, pageSize);
        Set<Dimension> by = parameters.parts();
        MarginOver query = new MarginOver(
                parameters.filter(), by, word(MarginOver.Order.class, "order", order), descending, paging);
        return Envelope.of(PageOf.of(paging, messages.ask(query, actor), line -> MarginExports.row(line, by)));
    }

    @GetMapping("/api/margin/export")
    void export(
            @ModelAttribute Parameters parameters,
            @RequestParam(defaultValue = "csv") String format,
            Actor actor,
            HttpServletResponse response)
            throws IOException {
        actor.signedIn();
        ExportFormat table = ExportFormat.tableOf(format);
        Set<Dimension> by = parameters.parts();
        // A refusal must be said before the answer has become a file.
        messages.ask(new MarginOver(parameters.filter(), by, MarginOver.Order.NAME, false, Paging.first(1)), actor);
        response.setContentType(table.contentType());
        response.setHeader("Content-Disposition", "attachment; filename=\"margin." + table.extension() + "\"");
        OutputStream out = new BufferedOutputStream(response.getOutputStream(), BUFFER_BYTES);
        export.write(parameters.filter(), by, table, actor, out);
        out.flush();
    }

    /** Those of the last month. */
    @GetMapping("/api/margin/alarms")
    Envelope alarms(
            @RequestParam(required = false) @Nullable Integer p,
            @RequestParam(name = "page_size", required = false) @Nullable Integer pageSize,
            Actor actor) {
        actor.signedIn();
        Paging paging = PageOf.paging(p, pageSize);
        return Envelope.of(PageOf.of(
                paging,
                messages.ask(new MarginAlarms(Instant.now().minus(ALARMS), paging), actor),
                MarginEndpoints::alarm));
    }

    private static Map<String, @Nullable Object> alarm(MarginAlarm alarm) {
        Map<String, @Nullable Object> shape = new LinkedHashMap<>();
        shape.put("channel_id", alarm.channel());
        shape.put("channel_name", alarm.channelName());
        shape.put("model_name", alarm.model());
        shape.put(
                "revenue_usd",
                BigDecimal.valueOf(Math.multiplyExact(alarm.revenue().units(), Quota.NANO_USD), 9));
        shape.put("cost_usd", BigDecimal.valueOf(alarm.costNanoUsd(), 9));
        shape.put("margin_percent", alarm.margin().percent());
        shape.put("threshold_percent", alarm.thresholdPercent());
        shape.put("created_at", alarm.at().getEpochSecond());
        return shape;
    }
}
