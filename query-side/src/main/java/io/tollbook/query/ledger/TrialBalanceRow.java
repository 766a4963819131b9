package io.tollbook.query.ledger;

import io.tollbook.kernel.account.AccountId;
import io.tollbook.kernel.account.LotClass;
import io.tollbook.kernel.ledger.ChartAccount;
import io.tollbook.kernel.ledger.ChartBalance;
import io.tollbook.kernel.ledger.LedgerFault;
import io.tollbook.kernel.ledger.TrialBalance;
import io.tollbook.query.readmodel.Json;
import java.math.BigInteger;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jooq.DSLContext;
import org.jooq.Record;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.type.TypeReference;

/** The kept sums as one trial balance. One statement reads all of it, so everything is of the same moment. */
final class TrialBalanceRow {
    private static final String ALL = """
            select (select position from views.ledger_reached) as position,
                   (select recorded_at from views.ledger_reached) as recorded_at,
                   (select count(*) from views.ledger_account) as accounts,
                   (select coalesce(sum(overdraft), 0)::text from views.ledger_account) as overdraft,
                   (select coalesce(json_agg(json_build_array(title, commodity, balance::text)), '[]')::text
                    from views.ledger_total where balance <> 0) as balances,
                   (select coalesce(json_agg(json_build_array(lot_class, lots::text, available::text, held::text,
                                                              currency, deferred::text)), '[]')::text
                    from (select lot_class, currency, count(*) filter (where available <> 0 or held <> 0) as lots,
                                 sum(available) as available, sum(held) as held,
                                 coalesce(sum(price - released), 0) as deferred
                          from views.lot group by lot_class, currency) sums) as lots,
                   (select count(*) from views.ledger_fault) as faults,
                   (select json_build_array(position::text, account::text, event, what)::text
                    from views.ledger_fault order by position, ordinal limit 1) as first_fault
            """;
    private static final TypeReference<List<List<@Nullable String>>> LINES = new TypeReference<>() {};
    private static final TypeReference<List<String>> LINE = new TypeReference<>() {};

    private TrialBalanceRow() {}

    static TrialBalance read(DSLContext views) {
        Record row = views.fetchSingle(ALL);
        Long position = row.get("position", Long.class);
        OffsetDateTime recordedAt = row.get("recorded_at", OffsetDateTime.class);
        return new TrialBalance(
                position == null ? 0 : position,
                recordedAt == null ? null : recordedAt.toInstant(),
                balances(row.get("balances", String.class)),
                lots(row.get("lots", String.class)),
                new BigInteger(row.get("overdraft", String.class)),
                row.get("accounts", Long.class),
                row.get("faults", Long.class),
                fault(row.get("first_fault", String.class)));
    }

    private static List<ChartBalance> balances(String json) {
        List<ChartBalance> balances = new ArrayList<>();
        for (List<@Nullable String> line : Json.read(json, LINES))
            balances.add(
                    new ChartBalance(ChartAccount.titled(text(line, 0)), text(line, 1), new BigInteger(text(line, 2))));
        balances.sort(Comparator.comparing(ChartBalance::account).thenComparing(ChartBalance::commodity));
        return balances;
    }

    private static List<TrialBalance.ClassSum> lots(String json) {
        Map<LotClass, TrialBalance.ClassSum> sums = new EnumMap<>(LotClass.class);
        for (List<@Nullable String> line : Json.read(json, LINES)) {
            Map<String, BigInteger> deferred = new TreeMap<>();
            String currency = line.get(4);
            BigInteger nanos = new BigInteger(text(line, 5));
            if (currency != null && nanos.signum() != 0) deferred.put(currency, nanos);
            TrialBalance.ClassSum sum = new TrialBalance.ClassSum(
                    LotClass.valueOf(text(line, 0)),
                    Long.parseLong(text(line, 1)),
                    new BigInteger(text(line, 2)),
                    new BigInteger(text(line, 3)),
                    deferred);
            sums.merge(sum.lotClass(), sum, TrialBalanceRow::together);
        }
        return sums.values().stream().filter(sum -> sum.lots() > 0).toList();
    }

    /** Two currencies of one class. */
    private static TrialBalance.ClassSum together(TrialBalance.ClassSum one, TrialBalance.ClassSum other) {
        Map<String, BigInteger> deferred = new TreeMap<>(one.deferred());
        other.deferred().forEach((currency, nanos) -> deferred.merge(currency, nanos, BigInteger::add));
        return new TrialBalance.ClassSum(
                one.lotClass(),
                one.lots() + other.lots(),
                one.available().add(other.available()),
                one.held().add(other.held()),
                deferred);
    }

    private static @Nullable LedgerFault fault(@Nullable String json) {
        if (json == null) return null;
        List<String> line = Json.read(json, LINE);
        return new LedgerFault(
                Long.parseLong(line.get(0)), new AccountId(Long.parseLong(line.get(1))), line.get(2), line.get(3));
    }

    private static String text(List<@Nullable String> line, int place) {
        String text = line.get(place);
        if (text == null) throw new IllegalStateException("a sum without a value: " + line);
        return text;
    }
}
