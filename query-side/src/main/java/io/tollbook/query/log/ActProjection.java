package io.tollbook.query.log;

import io.tollbook.kernel.account.AccountId;
import io.tollbook.kernel.account.CallReopened;
import io.tollbook.kernel.account.CallResolved;
import io.tollbook.kernel.account.HoldId;
import io.tollbook.kernel.account.HoldReleased;
import io.tollbook.kernel.account.LotExpired;
import io.tollbook.kernel.account.Quota;
import io.tollbook.kernel.account.QuotaDeducted;
import io.tollbook.kernel.account.QuotaGranted;
import io.tollbook.kernel.account.ReleaseCause;
import io.tollbook.kernel.channel.ChannelChanged;
import io.tollbook.kernel.channel.ChannelCreated;
import io.tollbook.kernel.channel.ChannelDeleted;
import io.tollbook.kernel.channel.ChannelDisabled;
import io.tollbook.kernel.channel.ChannelEnabled;
import io.tollbook.kernel.channel.ChannelId;
import io.tollbook.kernel.channel.ChannelKeyDisabled;
import io.tollbook.kernel.channel.ChannelKeyEnabled;
import io.tollbook.kernel.channel.ChannelKeyRetired;
import io.tollbook.kernel.channel.ChannelKeysRevealed;
import io.tollbook.kernel.channel.ChannelOutage;
import io.tollbook.kernel.log.LogKind;
import io.tollbook.kernel.pricing.PricesPublished;
import io.tollbook.kernel.settings.Option;
import io.tollbook.kernel.settings.OptionsChanged;
import io.tollbook.kernel.user.AccessTokenIssued;
import io.tollbook.kernel.user.PasswordChanged;
import io.tollbook.kernel.user.RoleChanged;
import io.tollbook.kernel.user.SignedIn;
import io.tollbook.kernel.user.UserChanged;
import io.tollbook.kernel.user.UserDeleted;
import io.tollbook.kernel.user.UserDisabled;
import io.tollbook.kernel.user.UserEnabled;
import io.tollbook.kernel.user.UserId;
import io.tollbook.kernel.user.UserRegistered;
import io.tollbook.query.readmodel.Batch;
import io.tollbook.query.readmodel.ReadModelNames;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;
import org.axonframework.config.ProcessingGroup;
import org.axonframework.eventhandling.EventHandler;
import org.axonframework.eventhandling.TrackedEventMessage;
import org.springframework.stereotype.Component;

/**
 * Writes a log row for each act worth telling. Acts on a user stand in that user's log, others in their doer's. Values of
 * options and anything secret stay out.
 */
@Component
@ProcessingGroup(ReadModelNames.USAGE_LOG)
class ActProjection {
    private final Months months;

    ActProjection(Months months) {
        this.months = months;
    }

    @EventHandler
    void on(QuotaGranted event, TrackedEventMessage<?> message, Batch batch) {
        long account = event.account().value();
        String content = "Added " + shown(event.amount()) + ": " + event.cause();
        LogKind kind = "opening grant".equals(event.cause()) ? LogKind.SYSTEM : LogKind.TOP_UP;
        if (Operation.actor(message) == 0) add(batch, message, kind, account, content, null);
        else
            add(
                    batch,
                    message,
                    LogKind.MANAGE,
                    account,
                    content,
                    Operation.of("user.quota_add", quota(account, event.amount(), message)));
    }

    @EventHandler
    void on(QuotaDeducted event, TrackedEventMessage<?> message, Batch batch) {
        long account = event.account().value();
        Operation operation = Operation.of("user.quota_subtract", quota(account, event.amount(), message));
        add(batch, message, LogKind.MANAGE, account, "Took " + shown(event.amount()), operation);
    }

    @EventHandler
    void on(HoldReleased event, TrackedEventMessage<?> message, Batch batch) {
        if (event.cause() != ReleaseCause.BY_HAND) return; // Others are calls that ended, and rows of their own.
        call(batch, message, event.account(), event.hold(), "hold.release", event.amount(), "Released a hold of ");
    }

    @EventHandler
    void on(CallResolved event, TrackedEventMessage<?> message, Batch batch) {
        switch (event.resolution()) {
            case CHARGED ->
                call(
                        batch,
                        message,
                        event.account(),
                        event.hold(),
                        "unresolved.charge",
                        event.charged(),
                        "Charged an unresolved call ");
            case WRITTEN_OFF ->
                call(
                        batch,
                        message,
                        event.account(),
                        event.hold(),
                        "unresolved.write_off",
                        event.held(),
                        "Wrote off an unresolved call that held ");
            case LEFT_WITH_CUSTOMER ->
                call(
                        batch,
                        message,
                        event.account(),
                        event.hold(),
                        "unresolved.leave",
                        event.held(),
                        "Left with the customer an unresolved call that held ");
        }
    }

    @EventHandler
    void on(CallReopened event, TrackedEventMessage<?> message, Batch batch) {
        call(
                batch,
                message,
                event.account(),
                event.hold(),
                "unresolved.reopen",
                event.returned(),
                "Took back a decision about an unresolved call and returned ");
    }

    @EventHandler
    void on(LotExpired event, TrackedEventMessage<?> message, Batch batch) {
        add(batch, message, LogKind.SYSTEM, event.account().value(), shown(event.amount()) + " expired", null);
    }

    @EventHandler
    void on(SignedIn event, TrackedEventMessage<?> message, Batch batch) {
        Operation operation = Operation.of("user.login", Map.of("method", event.method()));
        add(batch, message, LogKind.SIGN_IN, event.user().value(), "Signed in by " + event.method(), operation);
    }

    @EventHandler
    void on(UserRegistered event, TrackedEventMessage<?> message, Batch batch) {
        if (Operation.actor(message) == 0)
            add(batch, message, LogKind.SYSTEM, event.user().value(), "Signed up", null);
        else user(batch, message, event.user(), "user.create", "User created", Map.of());
    }

    @EventHandler
    void on(UserChanged event, TrackedEventMessage<?> message, Batch batch) {
        user(batch, message, event.user(), "user.update", "User changed", Map.of());
    }

    @EventHandler
    void on(PasswordChanged event, TrackedEventMessage<?> message, Batch batch) {
        user(batch, message, event.user(), "user.update", "Password changed", Map.of("field", "password"));
    }

    @EventHandler
    void on(AccessTokenIssued event, TrackedEventMessage<?> message, Batch batch) {
        user(batch, message, event.user(), "user.update", "Access token issued", Map.of("field", "access_token"));
    }

    @EventHandler
    void on(RoleChanged event, TrackedEventMessage<?> message, Batch batch) {
        boolean up = event.after().compareTo(event.before()) > 0;
        user(
                batch,
                message,
                event.user(),
                "user.manage",
                up ? "User promoted" : "User demoted",
                Map.of("action", up ? "promote" : "demote"));
    }

    @EventHandler
    void on(UserEnabled event, TrackedEventMessage<?> message, Batch batch) {
        user(batch, message, event.user(), "user.manage", "User enabled", Map.of("action", "enable"));
    }

    @EventHandler
    void on(UserDisabled event, TrackedEventMessage<?> message, Batch batch) {
        user(batch, message, event.user(), "user.manage", "User disabled", Map.of("action", "disable"));
    }

    @EventHandler
    void on(UserDeleted event, TrackedEventMessage<?> message, Batch batch) {
        user(batch, message, event.user(), "user.delete", "User deleted", Map.of());
    }

    @EventHandler
    void on(ChannelCreated event, TrackedEventMessage<?> message, Batch batch) {
        channel(batch, message, event.channel(), "channel.create", "created");
    }

    @EventHandler
    void on(ChannelChanged event, TrackedEventMessage<?> message, Batch batch) {
        channel(batch, message, event.channel(), "channel.update", "changed");
    }

    @EventHandler
    void on(ChannelEnabled event, TrackedEventMessage<?> message, Batch batch) {
        channel(batch, message, event.channel(), "channel.update", "enabled");
    }

    @EventHandler
    void on(ChannelDisabled event, TrackedEventMessage<?> message, Batch batch) {
        channel(batch, message, event.channel(), "channel.update", "disabled: " + event.why());
    }

    @EventHandler
    void on(ChannelKeyDisabled event, TrackedEventMessage<?> message, Batch batch) {
        channel(batch, message, event.channel(), "channel.key", "key " + event.key() + " disabled: " + event.why());
    }

    @EventHandler
    void on(ChannelKeyEnabled event, TrackedEventMessage<?> message, Batch batch) {
        channel(batch, message, event.channel(), "channel.key", "key " + event.key() + " enabled");
    }

    @EventHandler
    void on(ChannelKeyRetired event, TrackedEventMessage<?> message, Batch batch) {
        String when = event.until() == null ? " stays" : " is used until " + event.until();
        channel(batch, message, event.channel(), "channel.key", "key " + event.key() + when);
    }

    @EventHandler
    void on(ChannelKeysRevealed event, TrackedEventMessage<?> message, Batch batch) {
        channel(batch, message, event.channel(), "channel.key_view", "keys shown in clear");
    }

    @EventHandler
    void on(ChannelOutage event, TrackedEventMessage<?> message, Batch batch) {
        String what = event.out() ? "passed over by " : "used again by ";
        channel(batch, message, event.channel(), "channel.outage", what + event.node() + ": " + event.why());
    }

    @EventHandler
    void on(ChannelDeleted event, TrackedEventMessage<?> message, Batch batch) {
        channel(batch, message, event.channel(), "channel.delete", "deleted");
    }

    /** The log forgets what root wants forgotten, and forgets it again when it is rebuilt. */
    private void clear(String seconds, TrackedEventMessage<?> message, Batch batch) {
        batch.changes(UsageRows.class, () -> new UsageRows(months))
                .clear(
                        message.trackingToken().position().orElseThrow(),
                        Instant.ofEpochSecond(Long.parseLong(seconds)));
    }

    @EventHandler
    void on(OptionsChanged event, TrackedEventMessage<?> message, Batch batch) {
        String cleared = event.values().get(Option.LOG_CLEARED_BEFORE.key());
        if (cleared != null) clear(cleared, message, batch);
        TreeSet<String> keys = new TreeSet<>(event.values().keySet());
        keys.addAll(event.secrets().keySet());
        add(
                batch,
                message,
                LogKind.MANAGE,
                Operation.actor(message),
                "Options changed: " + String.join(", ", keys),
                Operation.of("option.update", Map.of("keys", keys)));
    }

    @EventHandler
    void on(PricesPublished event, TrackedEventMessage<?> message, Batch batch) {
        add(
                batch,
                message,
                LogKind.MANAGE,
                Operation.actor(message),
                "Price version " + event.version() + " published",
                Operation.of("price.publish", Map.of("version", event.version())));
    }

    private void call(
            Batch batch,
            TrackedEventMessage<?> message,
            AccountId account,
            HoldId hold,
            String action,
            Quota quota,
            String what) {
        Object reason = message.getMetaData().getOrDefault("reason", "");
        Operation operation = Operation.of(
                action,
                Map.of("id", account.value(), "request_id", hold.value(), "quota", quota.units(), "reason", reason));
        batch.changes(UsageRows.class, () -> new UsageRows(months))
                .add(UsageRow.act(
                                message.trackingToken().position().orElseThrow(),
                                message.getTimestamp(),
                                LogKind.MANAGE,
                                account.value(),
                                what + shown(quota) + ": " + reason,
                                operation.json(message))
                        .about(hold.value()));
    }

    /** Who approved it did it; who had asked for it stands beside. */
    private static Map<String, Object> quota(long account, Quota amount, TrackedEventMessage<?> message) {
        Map<String, Object> params = new java.util.TreeMap<>(Map.of("id", account, "quota", amount.units()));
        if (message.getMetaData().get("requested_by") instanceof String requester)
            params.put("requested_by", Long.valueOf(requester));
        return params;
    }

    static String shown(Quota quota) {
        return String.format(Locale.ROOT, "%,d quota", quota.units());
    }

    private void user(
            Batch batch,
            TrackedEventMessage<?> message,
            UserId user,
            String action,
            String content,
            Map<String, Object> params) {
        Map<String, Object> all = new java.util.TreeMap<>(params);
        all.put("id", user.value());
        add(batch, message, LogKind.MANAGE, user.value(), content, Operation.of(action, all));
    }

    private void channel(Batch batch, TrackedEventMessage<?> message, ChannelId channel, String action, String what) {
        add(
                batch,
                message,
                LogKind.MANAGE,
                Operation.actor(message),
                "Channel " + channel.value() + " " + what,
                Operation.of(action, Map.of("id", channel.value())));
    }

    private void add(
            Batch batch,
            TrackedEventMessage<?> message,
            LogKind kind,
            long user,
            String content,
            @org.jspecify.annotations.Nullable Operation operation) {
        batch.changes(UsageRows.class, () -> new UsageRows(months))
                .add(UsageRow.act(
                        message.trackingToken().position().orElseThrow(),
                        message.getTimestamp(),
                        kind,
                        user,
                        content,
                        operation == null ? null : operation.json(message)));
    }
}
