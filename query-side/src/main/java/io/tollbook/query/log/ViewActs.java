package io.tollbook.query.log;

import io.tollbook.kernel.access.DataViewed;
import io.tollbook.kernel.log.LogKind;
import io.tollbook.query.readmodel.Batch;
import io.tollbook.query.readmodel.ReadModelNames;
import java.util.Map;
import java.util.TreeMap;
import org.axonframework.config.ProcessingGroup;
import org.axonframework.eventhandling.EventHandler;
import org.axonframework.eventhandling.TrackedEventMessage;
import org.springframework.stereotype.Component;

/** Writes a log row for each look of an auditor, in the auditor's own log. */
@Component
@ProcessingGroup(ReadModelNames.USAGE_LOG)
class ViewActs {
    private final Months months;

    ViewActs(Months months) {
        this.months = months;
    }

    @EventHandler
    void on(DataViewed event, TrackedEventMessage<?> message, Batch batch) {
        Map<String, Object> params = new TreeMap<>();
        params.put("what", event.what());
        params.put("narrowed_by", event.narrowedBy());
        if (event.subject() != null) params.put("id", event.subject().value());
        batch.changes(UsageRows.class, () -> new UsageRows(months))
                .add(UsageRow.act(
                        message.trackingToken().position().orElseThrow(),
                        message.getTimestamp(),
                        LogKind.MANAGE,
                        event.viewer().value(),
                        words(event),
                        Operation.of(event.exported() ? "audit.export" : "audit.view", params)
                                .by(event.viewer().value())
                                .json(message)));
    }

    private static String words(DataViewed event) {
        String words = (event.exported() ? "Exported the " : "Viewed the ") + what(event.what()) + " of "
                + (event.subject() == null
                        ? "everybody"
                        : "user " + event.subject().value());
        return event.narrowedBy().isEmpty() ? words : words + ": " + String.join(", ", event.narrowedBy());
    }

    private static String what(DataViewed.What what) {
        return switch (what) {
            case LOG -> "log";
            case RECEIPT -> "receipt";
            case STATISTICS -> "statistics";
            case BOOK -> "book";
            case LOTS -> "lots";
            case LEDGER -> "ledger";
            case KEYS -> "list of keys";
            case USER -> "profile";
            case USERS -> "list";
            case HOLDS -> "open holds";
            case UNRESOLVED_CALLS -> "unresolved calls";
            case QUARANTINED_CALLS -> "quarantined calls";
        };
    }
}
