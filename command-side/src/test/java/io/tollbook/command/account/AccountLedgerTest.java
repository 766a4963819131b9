package io.tollbook.command.account;

import static org.assertj.core.api.Assertions.assertThat;

import io.tollbook.kernel.Refused;
import io.tollbook.kernel.account.AccountCommand;
import io.tollbook.kernel.account.AccountEvent;
import io.tollbook.kernel.account.AccountId;
import io.tollbook.kernel.account.AdjustQuota;
import io.tollbook.kernel.account.CallTiming;
import io.tollbook.kernel.account.ExpireLots;
import io.tollbook.kernel.account.GrantQuota;
import io.tollbook.kernel.account.HoldFunds;
import io.tollbook.kernel.account.HoldId;
import io.tollbook.kernel.account.LotClass;
import io.tollbook.kernel.account.LotId;
import io.tollbook.kernel.account.Meters;
import io.tollbook.kernel.account.Money;
import io.tollbook.kernel.account.OpenAccount;
import io.tollbook.kernel.account.Provenance;
import io.tollbook.kernel.account.Quota;
import io.tollbook.kernel.account.ReleaseCause;
import io.tollbook.kernel.account.ReleaseHold;
import io.tollbook.kernel.account.SettleUsage;
import io.tollbook.kernel.channel.ChannelId;
import io.tollbook.kernel.ledger.AccountLedger;
import io.tollbook.kernel.ledger.ChartAccount;
import io.tollbook.kernel.ledger.ChartBalance;
import io.tollbook.kernel.ledger.Entry;
import io.tollbook.kernel.ledger.LotBook;
import io.tollbook.kernel.ledger.Posting;
import io.tollbook.kernel.ledger.TrialBalance;
import io.tollbook.kernel.token.TokenId;
import io.tollbook.kernel.user.UserId;
import java.math.BigInteger;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.axonframework.commandhandling.CommandMessage;
import org.axonframework.commandhandling.GenericCommandMessage;
import org.axonframework.eventsourcing.EventSourcingRepository;
import org.axonframework.eventsourcing.eventstore.EmbeddedEventStore;
import org.axonframework.eventsourcing.eventstore.inmemory.InMemoryEventStorageEngine;
import org.axonframework.messaging.unitofwork.DefaultUnitOfWork;
import org.axonframework.modelling.command.Repository;
import org.junit.jupiter.api.Test;

/** What real accounts do, whatever is asked of them, makes books that balance after every single event. */
class AccountLedgerTest {
    private static final int ACCOUNTS = 60;
    private static final int COMMANDS = 60;
    private static final Instant START = Instant.parse("2030-01-01T00:00:00Z");

    private final long seed = System.nanoTime();
    private final Random random = new Random(seed);
    private final InMemoryEventStorageEngine engine = new InMemoryEventStorageEngine();
    private final EmbeddedEventStore store =
            EmbeddedEventStore.builder().storageEngine(engine).build();
    private final Repository<Account> accounts =
            EventSourcingRepository.builder(Account.class).eventStore(store).build();
    private final Map<Long, List<String>> openHolds = new HashMap<>();
    private Instant now = START;
    private long numbers;

    @Test
    void theTrialBalanceIsZeroAndBothEquationsHoldAtAThousandPositions() throws Exception {
        for (long id = 1; id <= ACCOUNTS; id++) {
            AccountId account = new AccountId(id);
            in(
                    new OpenAccount(account, new UserId(id)),
                    message -> accounts.newInstance(() -> new Account((OpenAccount) message.getPayload())));
        }
        for (int i = 0; i < ACCOUNTS * COMMANDS; i++) send(next(new AccountId(1 + random.nextInt(ACCOUNTS))));
        Books books = new Books();
        int checked = 0;
        List<AccountEvent> events = events();
        assertThat(events.size()).isGreaterThan(2_000);
        for (AccountEvent event : events) {
            books.add(event);
            if (random.nextInt(2) == 0) {
                books.check();
                checked++;
            }
        }
        assertThat(checked).isGreaterThan(1_000);
        books.checkLots();
    }

    /** The ledger of all accounts as a reader of the events would keep it. */
    private final class Books {
        private final Map<AccountId, AccountLedger> ledgers = new HashMap<>();
        private final Map<ChartAccount, Map<String, BigInteger>> totals = new HashMap<>();
        private final Map<String, LotBook> lots = new LinkedHashMap<>();

        void add(AccountEvent event) {
            Entry entry = ledgers.computeIfAbsent(event.account(), id -> new AccountLedger())
                    .apply(event);
            assertThat(entry.faults()).as("seed %d, %s", seed, event).isEmpty();
            for (Posting posting : entry.postings())
                totals.computeIfAbsent(posting.account(), key -> new HashMap<>())
                        .merge(posting.commodity(), BigInteger.valueOf(posting.amount()), BigInteger::add);
            for (LotBook lot : entry.touched()) lots.put(event.account() + "/" + lot.id(), lot);
        }

        void check() {
            List<ChartBalance> balances = new ArrayList<>();
            totals.forEach((account, sums) ->
                    sums.forEach((commodity, sum) -> balances.add(new ChartBalance(account, commodity, sum))));
            List<TrialBalance.ClassSum> classes = new ArrayList<>();
            BigInteger overdraft = BigInteger.ZERO;
            for (AccountLedger ledger : ledgers.values()) {
                overdraft = overdraft.add(BigInteger.valueOf(ledger.overdraft()));
                long held = 0;
                for (LotBook lot : ledger.lots()) {
                    held += lot.held();
                    Map<String, BigInteger> deferred = lot.price() == null
                            ? Map.of()
                            : Map.of(
                                    lot.price().currency(),
                                    BigInteger.valueOf(lot.price().nanos() - lot.released()));
                    classes.add(new TrialBalance.ClassSum(
                            lot.lotClass(),
                            1,
                            BigInteger.valueOf(lot.available()),
                            BigInteger.valueOf(lot.held()),
                            deferred));
                }
                assertThat(held).as("seed %d", seed).isEqualTo(ledger.held());
            }
            TrialBalance all = new TrialBalance(0, null, balances, classes, overdraft, ledgers.size(), 0, null);
            assertThat(all.equations()).hasSizeGreaterThanOrEqualTo(1);
            assertThat(all.isTrue()).as("seed %d: %s", seed, all).isTrue();
        }

        void checkLots() {
            assertThat(lots.values()).anyMatch(lot -> lot.repaid() > 0);
            assertThat(lots.values()).anyMatch(lot -> lot.taken() > 0);
            assertThat(lots.values()).anyMatch(lot -> lot.expired() > 0);
            for (LotBook lot : lots.values()) {
                assertThat(lot.repaid() + lot.used() + lot.expired() + lot.taken() + lot.available() + lot.held())
                        .as("seed %d, lot %s", seed, lot.id())
                        .isEqualTo(lot.granted());
                if (lot.price() != null && lot.available() == 0 && lot.held() == 0)
                    assertThat(lot.released())
                            .as("seed %d, lot %s", seed, lot.id())
                            .isEqualTo(lot.price().nanos());
            }
        }
    }

    private AccountCommand next(AccountId account) {
        now = now.plusSeconds(random.nextInt(600));
        String name = "n" + numbers++;
        List<String> open = openHolds.computeIfAbsent(account.value(), id -> new ArrayList<>());
        return switch (random.nextInt(10)) {
            case 0, 1 -> {
                LotClass lotClass = LotClass.values()[random.nextInt(4)];
                boolean sold = lotClass == LotClass.PAID || lotClass == LotClass.SUBSCRIPTION;
                Money price = sold && random.nextBoolean()
                        ? new Money(10_000_000L * (1 + random.nextInt(5_000)), random.nextBoolean() ? "USD" : "CNY")
                        : null;
                yield new GrantQuota(
                        account,
                        new LotId(name),
                        lotClass,
                        Quota.of(1 + random.nextInt(50_000)),
                        random.nextInt(3),
                        random.nextInt(3) == 0 ? now.plusSeconds(random.nextInt(40_000)) : null,
                        "test",
                        now,
                        price);
            }
            case 2 ->
                new AdjustQuota(
                        account,
                        new LotId(name),
                        AdjustQuota.Mode.values()[random.nextInt(3)],
                        Quota.of(1 + random.nextInt(20_000)),
                        now);
            case 3 -> new ExpireLots(account, now);
            case 4, 5, 6 -> {
                open.add(name);
                yield new HoldFunds(
                        account,
                        new HoldId(name),
                        new UserId(account.value()),
                        new TokenId(1),
                        "gpt",
                        "default",
                        1,
                        new ChannelId(1),
                        Quota.of(random.nextInt(20_000)),
                        false,
                        "node",
                        now,
                        now.plusSeconds(600));
            }
            default -> end(account, open, name);
        };
    }

    private AccountCommand end(AccountId account, List<String> open, String name) {
        HoldId hold = new HoldId(open.isEmpty() ? name : open.remove(random.nextInt(open.size())));
        if (random.nextInt(4) == 0)
            return new ReleaseHold(account, hold, ReleaseCause.UPSTREAM_FAILED, "", 0, List.of(), now);
        return settle(account, hold, Quota.of(random.nextInt(random.nextInt(5) == 0 ? 60_000 : 15_000)));
    }

    private SettleUsage settle(AccountId account, HoldId hold, Quota charge) {
        return new SettleUsage(
                account,
                hold,
                Meters.NONE,
                Provenance.REPORTED,
                charge,
                List.of(),
                new CallTiming(now, 1, 1, false),
                null,
                null);
    }

    private void send(AccountCommand command) throws Exception {
        try {
            in(command, message -> accounts.load(command.account().toString()).handle(message));
        } catch (Refused _) {
            // A refusal is no event.
        }
    }

    private interface Work {
        Object with(CommandMessage<?> message) throws Exception;
    }

    private static void in(AccountCommand command, Work work) throws Exception {
        CommandMessage<?> message = new GenericCommandMessage<>(command);
        var result = DefaultUnitOfWork.startAndGet(message).executeWithResult(() -> work.with(message));
        if (result.isExceptional()) {
            if (result.exceptionResult() instanceof Refused refused) throw refused;
            throw new IllegalStateException(result.exceptionResult());
        }
    }

    private List<AccountEvent> events() {
        List<AccountEvent> events = new ArrayList<>();
        engine.readEvents(null, false).forEach(event -> events.add((AccountEvent) event.getPayload()));
        return events;
    }
}
