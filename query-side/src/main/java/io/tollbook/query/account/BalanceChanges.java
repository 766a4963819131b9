package io.tollbook.query.account;

import io.tollbook.kernel.account.AccountOpened;
import io.tollbook.kernel.account.CallReopened;
import io.tollbook.kernel.account.CallResolved;
import io.tollbook.kernel.account.FundsHeld;
import io.tollbook.kernel.account.HoldReleased;
import io.tollbook.kernel.account.LotExpired;
import io.tollbook.kernel.account.LotId;
import io.tollbook.kernel.account.LotSlice;
import io.tollbook.kernel.account.QuotaDeducted;
import io.tollbook.kernel.account.QuotaGranted;
import io.tollbook.kernel.account.TokenLimited;
import io.tollbook.kernel.account.UsageSettled;
import io.tollbook.kernel.channel.ChannelId;
import io.tollbook.query.readmodel.Changes;
import io.tollbook.query.readmodel.Rows;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The sums of a batch, per account, key, channel and lot. The available balance is what the account's last event says;
 * everything else is added to what the tables have. One thread of one node writes them, so {@code merge} does, which costs
 * a third less than {@code on conflict}.
 */
final class BalanceChanges implements Changes {
    private static final String BALANCES = """
            merge into views.balance b
            using (select * from unnest(?, ?, ?, ?, ?, ?) as d (account, available, held, used, overdraft, calls)) d
            on b.account = d.account
            when matched then update set
                available = d.available, held = b.held + d.held, used = b.used + d.used,
                overdraft = b.overdraft + d.overdraft, calls = b.calls + d.calls
            when not matched then insert (account, available, held, used, overdraft, calls)
                values (d.account, d.available, d.held, d.used, d.overdraft, d.calls)
            """;
    private static final String TOKENS = """
            merge into views.token_spend t
            using (select token, limited, remaining, held, used, calls, %s as last_used_at
                   from unnest(?, ?, ?, ?, ?, ?, ?) as d (token, limited, remaining, held, used, calls, last_used)) d
            on t.token = d.token
            when matched then update set
                remaining = case when d.limited then d.remaining else t.remaining - d.used end,
                held = t.held + d.held, used = t.used + d.used, calls = t.calls + d.calls,
                last_used_at = coalesce(d.last_used_at, t.last_used_at)
            when not matched then insert (token, remaining, held, used, calls, last_used_at)
                values (d.token, case when d.limited then d.remaining end, d.held, d.used, d.calls, d.last_used_at)
            """.formatted(Rows.MOMENT.formatted("last_used"));
    private static final String CHANNELS = """
            merge into views.channel_used c
            using (select * from unnest(?, ?, ?) as d (channel, used, calls)) d
            on c.channel = d.channel
            when matched then update set used = c.used + d.used, calls = c.calls + d.calls
            when not matched then insert (channel, used, calls) values (d.channel, d.used, d.calls)
            """;
    private static final String LOTS = """
            insert into views.expiring_lot (account, lot, remaining, expires_at)
            select account, lot, remaining, %s from unnest(?, ?, ?, ?) as d (account, lot, remaining, expires)
            on conflict do nothing
            """.formatted(Rows.MOMENT.formatted("expires"));
    private static final String BURNED = """
            update views.expiring_lot l set remaining = l.remaining - d.amount
            from unnest(?, ?, ?) as d (account, lot, amount)
            where l.account = d.account and l.lot = d.lot
            """;

    private final Map<Long, Account> accounts = new HashMap<>();
    private final Map<Long, Token> tokens = new HashMap<>();
    private final Map<Long, Channel> channels = new HashMap<>();
    private final List<QuotaGranted> lots = new ArrayList<>();
    private final Map<Lot, long[]> burned = new HashMap<>();

    private static final class Account {
        final long id;
        long available;
        long held;
        long used;
        long overdraft;
        long calls;

        Account(long id) {
            this.id = id;
        }
    }

    private static final class Token {
        final long id;
        boolean limited;

        @Nullable
        Long remaining;

        long held;
        long used;
        long calls;

        @Nullable
        Instant lastUsed;

        Token(long id) {
            this.id = id;
        }
    }

    private static final class Channel {
        final long id;
        long used;
        long calls;

        Channel(long id) {
            this.id = id;
        }
    }

    private record Lot(long account, String lot) {}

    void opened(AccountOpened event) {
        account(event.account().value());
    }

    void granted(QuotaGranted event) {
        Account account = account(event.account().value());
        account.available = event.available().units();
        account.overdraft -= event.overdraftRepaid().units();
        if (event.expiresAt() != null) lots.add(event);
    }

    void deducted(QuotaDeducted event) {
        account(event.account().value()).available = event.available().units();
        burn(event.account().value(), event.burned());
    }

    /** Like a deduction: what a decision takes was not measured, so it is no usage. */
    void resolved(CallResolved event) {
        account(event.account().value()).available = event.available().units();
        burn(event.account().value(), event.burned());
    }

    void reopened(CallReopened event) {
        account(event.account().value()).available = event.available().units();
        for (LotSlice slice : event.slices())
            burn(event.account().value(), slice.lot(), -slice.amount().units());
    }

    void expired(LotExpired event) {
        account(event.account().value()).available = event.available().units();
        burn(event.account().value(), event.lot(), event.amount().units());
    }

    void limited(TokenLimited event) {
        Token token = token(event.token().value());
        token.limited = true;
        token.remaining = event.remaining() == null ? null : event.remaining().units();
    }

    void held(FundsHeld event) {
        long amount = event.amount().units();
        Account account = account(event.account().value());
        account.available = event.available().units();
        account.held += amount;
        token(event.token().value()).held += amount;
    }

    void released(HoldReleased event) {
        long amount = event.amount().units();
        Account account = account(event.account().value());
        account.available = event.available().units();
        account.held -= amount;
        token(event.token().value()).held -= amount;
    }

    void settled(UsageSettled event, Instant at) {
        long charged = event.charged().units();
        Account account = account(event.account().value());
        account.available = event.available().units();
        account.held -= event.held().units();
        account.used += charged;
        account.overdraft += event.overdraft().units();
        account.calls++;
        Token token = token(event.token().value());
        token.held -= event.held().units();
        token.used += charged;
        token.calls++;
        token.lastUsed = at;
        if (token.remaining != null) token.remaining -= charged;
        if (!event.attempts().isEmpty()) {
            ChannelId id = event.channel();
            Channel channel = channels.computeIfAbsent(id.value(), Channel::new);
            channel.used += charged;
            channel.calls++;
        }
        burn(event.account().value(), event.burned());
    }

    private Account account(long id) {
        return accounts.computeIfAbsent(id, Account::new);
    }

    private Token token(long id) {
        return tokens.computeIfAbsent(id, Token::new);
    }

    private void burn(long account, List<LotSlice> slices) {
        for (LotSlice slice : slices) burn(account, slice.lot(), slice.amount().units());
    }

    private void burn(long account, LotId lot, long amount) {
        burned.computeIfAbsent(new Lot(account, lot.value()), key -> new long[1])[0] += amount;
    }

    @Override
    public void write(Connection connection) throws SQLException {
        if (!accounts.isEmpty())
            try (var rows = new Rows<>(connection, BALANCES, accounts.values())) {
                rows.longs(a -> a.id)
                        .longs(a -> a.available)
                        .longs(a -> a.held)
                        .longs(a -> a.used)
                        .longs(a -> a.overdraft)
                        .longs(a -> a.calls)
                        .run();
            }
        if (!tokens.isEmpty())
            try (var rows = new Rows<>(connection, TOKENS, tokens.values())) {
                rows.longs(t -> t.id)
                        .booleans(t -> t.limited)
                        .longsOrNull(t -> t.remaining)
                        .longs(t -> t.held)
                        .longs(t -> t.used)
                        .longs(t -> t.calls)
                        .moments(t -> t.lastUsed)
                        .run();
            }
        if (!channels.isEmpty())
            try (var rows = new Rows<>(connection, CHANNELS, channels.values())) {
                rows.longs(c -> c.id).longs(c -> c.used).longs(c -> c.calls).run();
            }
        if (!lots.isEmpty())
            try (var rows = new Rows<>(connection, LOTS, lots)) {
                rows.longs(l -> l.account().value())
                        .texts(l -> l.lot().value())
                        .longs(l -> l.amount().minus(l.overdraftRepaid()).units())
                        .moments(l -> Objects.requireNonNull(l.expiresAt()))
                        .run();
            }
        if (!burned.isEmpty())
            try (var rows = new Rows<>(connection, BURNED, burned.entrySet())) {
                rows.longs(b -> b.getKey().account())
                        .texts(b -> b.getKey().lot())
                        .longs(b -> b.getValue()[0])
                        .run();
            }
    }
}
