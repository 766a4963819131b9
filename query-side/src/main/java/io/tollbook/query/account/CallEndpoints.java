package io.tollbook.query.account;

import io.tollbook.kernel.Actor;
import io.tollbook.kernel.Messages;
import io.tollbook.kernel.Paging;
import io.tollbook.kernel.Refusal;
import io.tollbook.kernel.Refused;
import io.tollbook.kernel.account.AccountId;
import io.tollbook.kernel.account.CallFilter;
import io.tollbook.kernel.account.ChargeProposal;
import io.tollbook.kernel.account.HoldId;
import io.tollbook.kernel.account.KnownCall;
import io.tollbook.kernel.account.ListedHold;
import io.tollbook.kernel.account.OpenHold;
import io.tollbook.kernel.account.OpenHolds;
import io.tollbook.kernel.account.QuarantinedCall;
import io.tollbook.kernel.account.QuarantinedCalls;
import io.tollbook.kernel.account.Resolution;
import io.tollbook.kernel.account.UnresolvedCall;
import io.tollbook.kernel.account.UnresolvedCalls;
import io.tollbook.kernel.account.UsageFault;
import io.tollbook.kernel.api.Envelope;
import io.tollbook.kernel.api.PageOf;
import io.tollbook.kernel.channel.ChannelId;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Open holds, unresolved calls and quarantined usage, as administrators see them. */
@RestController("callReads")
class CallEndpoints {
    /** The query parameters of every list here. */
    record Parameters(
            @Nullable Long account,
            @Nullable String hold,
            @Nullable String username,
            @Nullable String model_name,
            @Nullable Long channel,
            @Nullable Integer p,
            @Nullable Integer page_size) {
        CallFilter filter() {
            return new CallFilter(
                    account == null ? null : new AccountId(account),
                    hold == null || hold.isBlank() ? null : new HoldId(hold),
                    username,
                    model_name,
                    channel == null || channel == 0 ? null : new ChannelId(channel));
        }

        Paging paging() {
            return PageOf.paging(p, page_size);
        }
    }

    private final Messages messages;

    CallEndpoints(Messages messages) {
        this.messages = messages;
    }

    @GetMapping({"/api/hold/", "/api/hold"})
    Envelope open(@ModelAttribute Parameters parameters, Actor actor) {
        actor.signedIn();
        Paging paging = parameters.paging();
        return Envelope.of(PageOf.of(
                paging, messages.ask(new OpenHolds(parameters.filter(), paging), actor), CallEndpoints::open));
    }

    private static Map<String, @Nullable Object> open(ListedHold row) {
        OpenHold hold = row.open();
        Map<String, @Nullable Object> shape = call(row);
        shape.put("quota", hold.amount().units());
        shape.put("node", hold.node());
        shape.put("created_at", hold.at().getEpochSecond());
        shape.put("lease_end", hold.leaseEnd().getEpochSecond());
        return shape;
    }

    @GetMapping({"/api/unresolved/", "/api/unresolved"})
    Envelope unresolved(
            @ModelAttribute Parameters parameters, @RequestParam(defaultValue = "false") boolean decided, Actor actor) {
        actor.signedIn();
        Paging paging = parameters.paging();
        return Envelope.of(PageOf.of(
                paging,
                messages.ask(new UnresolvedCalls(parameters.filter(), decided, paging), actor),
                CallEndpoints::unresolved));
    }

    /** One call that waits for a decision, with what it may fairly be charged. */
    @GetMapping("/api/unresolved/{hold}")
    Envelope unresolved(@PathVariable String hold, Actor actor) {
        actor.signedIn();
        HoldId id = new HoldId(hold);
        UnresolvedCall call =
                messages.ask(new UnresolvedCalls(CallFilter.of(id), false, Paging.first(1)), actor).items().stream()
                        .findFirst()
                        .orElseThrow(
                                () -> new Refused(Refusal.NOT_FOUND, "No call of that name waits for a decision."));
        Map<String, @Nullable Object> shape = unresolved(call);
        shape.put("proposed_quota", messages.ask(new ChargeProposal(id), actor).units());
        return Envelope.of(shape);
    }

    private static Map<String, @Nullable Object> unresolved(UnresolvedCall row) {
        Map<String, @Nullable Object> shape = call(row);
        shape.put("held_quota", row.held().units());
        shape.put("created_at", row.releasedAt().getEpochSecond());
        UnresolvedCall.Decision decision = row.decision();
        shape.put("resolution", decision == null ? "" : word(decision.resolution()));
        shape.put("quota", decision == null ? 0 : decision.charged().units());
        shape.put("resolved_by", decision == null ? 0 : decision.by());
        shape.put("resolved_by_name", decision == null ? "" : decision.byName());
        shape.put("reason", decision == null ? "" : decision.reason());
        shape.put("resolved_at", decision == null ? 0 : decision.at().getEpochSecond());
        return shape;
    }

    private static String word(Resolution resolution) {
        return switch (resolution) {
            case CHARGED -> "charge";
            case WRITTEN_OFF -> "write_off";
            case LEFT_WITH_CUSTOMER -> "leave";
        };
    }

    @GetMapping({"/api/quarantine/", "/api/quarantine"})
    Envelope quarantined(
            @ModelAttribute Parameters parameters,
            @RequestParam(required = false) @Nullable String fault,
            Actor actor) {
        actor.signedIn();
        Paging paging = parameters.paging();
        return Envelope.of(PageOf.of(
                paging,
                messages.ask(new QuarantinedCalls(parameters.filter(), fault(fault), paging), actor),
                CallEndpoints::quarantined));
    }

    private static @Nullable UsageFault fault(@Nullable String name) {
        if (name == null || name.isBlank()) return null;
        return Arrays.stream(UsageFault.values())
                .filter(fault -> fault.name().equalsIgnoreCase(name))
                .findFirst()
                .orElseThrow(() -> Refused.invalid("The fault must be one of "
                        + String.join(
                                ", ",
                                Arrays.stream(UsageFault.values())
                                        .map(UsageFault::name)
                                        .toList())
                        + "."));
    }

    private static Map<String, @Nullable Object> quarantined(QuarantinedCall row) {
        Map<String, @Nullable Object> shape = call(row);
        shape.put("held_quota", row.held().units());
        shape.put("quota", row.charged().units());
        shape.put("fault", row.usage().fault().name());
        shape.put("usage", row.usage().fields());
        shape.put("usage_cut", row.usage().cut());
        shape.put("upstream_request_id", row.upstreamRequest() == null ? "" : row.upstreamRequest());
        shape.put("created_at", row.settledAt().getEpochSecond());
        return shape;
    }

    private static Map<String, @Nullable Object> call(KnownCall call) {
        ChannelId channel = call.channel();
        Map<String, @Nullable Object> shape = new LinkedHashMap<>();
        shape.put("request_id", call.hold().value());
        shape.put("account", call.account().value());
        shape.put("user_id", call.user().value());
        shape.put("username", call.names().user());
        shape.put("token_id", call.token().value());
        shape.put("token_name", call.names().token());
        shape.put("model_name", call.model());
        shape.put("channel", channel == null ? 0 : channel.value());
        shape.put("channel_name", call.names().channel());
        return shape;
    }
}
