package io.tollbook.query.account;

import io.tollbook.kernel.Actor;
import io.tollbook.kernel.Messages;
import io.tollbook.kernel.Paging;
import io.tollbook.kernel.account.AccountId;
import io.tollbook.kernel.account.Adjustments;
import io.tollbook.kernel.account.ListedAdjustment;
import io.tollbook.kernel.account.Money;
import io.tollbook.kernel.account.Quota;
import io.tollbook.kernel.api.Envelope;
import io.tollbook.kernel.api.PageOf;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Changes of quota that need a second person, as administrators see them. */
@RestController("adjustmentReads")
class AdjustmentEndpoints {
    private final Messages messages;

    AdjustmentEndpoints(Messages messages) {
        this.messages = messages;
    }

    @GetMapping({"/api/adjustment/", "/api/adjustment"})
    Envelope all(
            @RequestParam(required = false) @Nullable Long account,
            @RequestParam(required = false) @Nullable String username,
            @RequestParam(defaultValue = "false") boolean ended,
            @RequestParam(required = false) @Nullable Integer p,
            @RequestParam(name = "page_size", required = false) @Nullable Integer pageSize,
            Actor actor) {
        actor.signedIn();
        Paging paging = PageOf.paging(p, pageSize);
        AccountId one = account == null ? null : new AccountId(account);
        return Envelope.of(PageOf.of(
                paging, messages.ask(new Adjustments(one, username, ended, paging), actor), AdjustmentEndpoints::row));
    }

    private static Map<String, @Nullable Object> row(ListedAdjustment row) {
        Map<String, @Nullable Object> shape = new LinkedHashMap<>();
        shape.put("adjustment", row.adjustment().value());
        shape.put("account", row.account().value());
        shape.put("username", row.username());
        shape.put("mode", word(row.mode()));
        shape.put("value", row.value().units());
        shape.put("lot_class", word(row.lotClass()));
        Money price = row.pricePaid();
        shape.put(
                "price_paid",
                price == null ? null : price.decimal().stripTrailingZeros().toPlainString());
        shape.put("currency", price == null ? null : price.currency());
        shape.put("change", row.change().units());
        shape.put("quota_then", row.availableThen().units());
        shape.put("quota_now", row.availableNow().units());
        shape.put("requested_by", row.requestedBy().value());
        shape.put("requested_by_name", row.requestedByName());
        shape.put("reason", row.reason());
        shape.put("created_at", row.requestedAt().getEpochSecond());
        shape.put("expires_at", row.expiresAt().getEpochSecond());
        shape.put("state", word(row.state()));
        ListedAdjustment.Decision decision = row.decision();
        shape.put("decided_by", decision == null ? 0 : decision.by());
        shape.put("decided_by_name", decision == null ? "" : decision.byName());
        shape.put("decision_reason", decision == null ? "" : decision.reason());
        shape.put("decided_at", decision == null ? 0 : decision.at().getEpochSecond());
        shape.put("quota_before", decision == null ? null : units(decision.before()));
        shape.put("quota_after", decision == null ? null : units(decision.after()));
        return shape;
    }

    private static @Nullable Long units(@Nullable Quota quota) {
        return quota == null ? null : quota.units();
    }

    private static String word(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }
}
