package io.tollbook;

import io.tollbook.kernel.Actor;
import io.tollbook.kernel.Messages;
import io.tollbook.kernel.Paging;
import io.tollbook.kernel.account.AccountId;
import io.tollbook.kernel.account.Attempt;
import io.tollbook.kernel.account.CallFilter;
import io.tollbook.kernel.account.CallTiming;
import io.tollbook.kernel.account.HoldFunds;
import io.tollbook.kernel.account.HoldId;
import io.tollbook.kernel.account.Ledger;
import io.tollbook.kernel.account.Meter;
import io.tollbook.kernel.account.Meters;
import io.tollbook.kernel.account.NodeName;
import io.tollbook.kernel.account.Provenance;
import io.tollbook.kernel.account.QuarantinedCalls;
import io.tollbook.kernel.account.QuarantinedUsage;
import io.tollbook.kernel.account.Quota;
import io.tollbook.kernel.account.SettleUsage;
import io.tollbook.kernel.account.UnresolvedCalls;
import io.tollbook.kernel.account.UsageFault;
import io.tollbook.kernel.channel.ChannelFilter;
import io.tollbook.kernel.channel.ChannelId;
import io.tollbook.kernel.channel.Channels;
import io.tollbook.kernel.token.TokenId;
import io.tollbook.kernel.token.TokensOf;
import io.tollbook.kernel.user.UserId;
import io.tollbook.kernel.user.Users;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;

/** Calls of the first user as a crash, a hang and an odd provider leave them: three open, three unresolved, two odd. */
final class LeftBehind {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final Ledger ledger;
    private final String node;
    private final UserId user;
    private final TokenId token;
    private final ChannelId channel;

    private LeftBehind(Tollbook tollbook, Messages messages) {
        ledger = tollbook.part(Ledger.class);
        node = tollbook.part(NodeName.class).value();
        user = messages.ask(new Users(null, null, null, null, Paging.first(1)), Actor.SYSTEM)
                .items()
                .getFirst()
                .id();
        token = messages.ask(new TokensOf(user, null, null, Paging.first(1)), Actor.SYSTEM)
                .items()
                .getFirst()
                .id();
        channel = messages.ask(Channels.byId(ChannelFilter.ALL, Paging.first(1)), Actor.SYSTEM)
                .items()
                .getFirst()
                .id();
    }

    /** Returns when the read models have them. */
    static void in(Tollbook tollbook) {
        Messages messages = tollbook.part(Messages.class);
        LeftBehind calls = new LeftBehind(tollbook, messages);
        Instant now = Instant.now();
        for (int i = 1; i <= 3; i++) {
            calls.hold("01k9open" + i, 12_345L * i, now.minusSeconds(600 * i), now.plusSeconds(3_000));
            calls.hold("01k9left" + i, 20_000L * i, now.minusSeconds(9_000 * i), now.minusSeconds(1));
        }
        calls.odd("01k9odd1", UsageFault.CACHE_ABOVE_PROMPT, Map.of("prompt_tokens_details.cached_tokens", "12"));
        calls.odd("01k9odd2", UsageFault.NOT_A_COUNT, Map.of("completion_tokens", "-7"));
        Awaitility.await()
                .atMost(PATIENCE)
                .until(() -> messages.ask(new UnresolvedCalls(CallFilter.ALL, false, Paging.first(1)), Actor.SYSTEM)
                                        .total()
                                == 3
                        && messages.ask(new QuarantinedCalls(CallFilter.ALL, null, Paging.first(1)), Actor.SYSTEM)
                                        .total()
                                == 2);
    }

    private void hold(String id, long amount, Instant at, Instant leaseEnd) {
        ledger.hold(new HoldFunds(
                        AccountId.of(user),
                        new HoldId(id),
                        user,
                        token,
                        "demo-fast",
                        "default",
                        1,
                        channel,
                        Quota.of(amount),
                        false,
                        node,
                        at,
                        leaseEnd))
                .join();
    }

    private void odd(String id, UsageFault fault, Map<String, String> more) {
        Instant now = Instant.now();
        hold(id, 5_000, now, now.plusSeconds(3_000));
        Map<String, String> fields = new LinkedHashMap<>(Map.of("prompt_tokens", "11"));
        fields.putAll(more);
        ledger.settle(new SettleUsage(
                        AccountId.of(user),
                        new HoldId(id),
                        new Meters(Map.of(Meter.INPUT, 9L, Meter.OUTPUT, 40L)),
                        Provenance.QUARANTINED,
                        Quota.of(123),
                        List.of(new Attempt(channel, "demo-fast", Attempt.Outcome.ANSWERED, 200, 640)),
                        new CallTiming(now, 120, 650, true),
                        "req_" + id,
                        new QuarantinedUsage(fault, fields, false)))
                .join();
    }
}
