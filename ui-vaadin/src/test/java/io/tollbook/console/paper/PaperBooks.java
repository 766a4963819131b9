package io.tollbook.console.paper;

import io.tollbook.kernel.account.Attempt;
import io.tollbook.kernel.account.BookEntry;
import io.tollbook.kernel.account.Meter;
import io.tollbook.kernel.account.Meters;
import io.tollbook.kernel.account.Quota;
import io.tollbook.kernel.channel.ChannelId;
import io.tollbook.kernel.channel.ChannelStatus;
import io.tollbook.kernel.channel.ChannelSummary;
import io.tollbook.kernel.channel.ChannelTerms;
import io.tollbook.kernel.channel.KeyCounts;
import io.tollbook.kernel.log.LogKind;
import io.tollbook.kernel.log.LogRow;
import io.tollbook.kernel.pricing.ModelPrice;
import io.tollbook.kernel.pricing.PriceDocument;
import io.tollbook.kernel.pricing.PriceVersion;
import io.tollbook.kernel.pricing.Rounding;
import io.tollbook.kernel.token.TokenId;
import io.tollbook.kernel.token.TokenStatus;
import io.tollbook.kernel.token.TokenSummary;
import io.tollbook.kernel.token.TokenTerms;
import io.tollbook.kernel.user.Role;
import io.tollbook.kernel.user.UserId;
import io.tollbook.kernel.user.UserProfile;
import io.tollbook.kernel.user.UserStatus;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** What a busy site has after some weeks, made up from a fixed seed. */
final class PaperBooks {
    static final List<String> MODELS =
            List.of("gpt-4.1", "gpt-4.1-mini", "o4-mini", "claude-sonnet-4", "deepseek-chat", "grok-3", "demo-small");
    private static final List<String> NAMES = List.of(
            "ada", "bruno", "chloe", "dmitri", "elif", "farid", "greta", "hugo", "ines", "jonas", "kiri", "lena");

    final Random random = new Random(4);
    final AtomicLong position = new AtomicLong();
    final AtomicLong ids = new AtomicLong(1_000);
    final Map<Long, UserProfile> users = new TreeMap<>();
    final Map<Long, Long> balances = new HashMap<>();
    final Map<Long, Long> used = new HashMap<>();
    final Map<Long, Long> calls = new HashMap<>();
    final Map<Long, TokenSummary> tokens = new TreeMap<>();
    final Map<Long, ChannelSummary> channels = new TreeMap<>();
    final List<LogRow> log = new ArrayList<>();
    final Map<Long, List<BookEntry>> books = new HashMap<>();
    final List<PriceVersion> prices = new ArrayList<>();
    final Map<String, String> options = new LinkedHashMap<>();
    boolean setUp = true;

    /** @param calls how many calls to make up; none leaves the site empty but for root */
    PaperBooks(int calls) {
        Instant now = Instant.now().truncatedTo(ChronoUnit.MILLIS);
        Instant start = now.minus(Duration.ofDays(7));
        user(1, "root", "Rosa Toller", Role.ROOT, UserStatus.ENABLED, start);
        grant(1, 100_000_000, "opening grant", start);
        publish("Opening prices", start);
        if (calls == 0) return;
        for (int i = 2; i <= 240; i++) {
            String name = NAMES.get(i % NAMES.size()) + (i > NAMES.size() ? i : "");
            user(
                    i,
                    name,
                    name.substring(0, 1).toUpperCase(java.util.Locale.ROOT) + name.substring(1),
                    i < 5 ? Role.ADMIN : Role.USER,
                    i % 17 == 0 ? UserStatus.DISABLED : UserStatus.ENABLED,
                    start.plus(Duration.ofMinutes(i * 20L)));
            grant(i, 500_000L * (1 + random.nextInt(90)), "opening grant", start.plus(Duration.ofMinutes(i * 20L)));
        }
        channels(start);
        for (long i = 1; i <= 14; i++) token(i, 1, start.plus(Duration.ofHours(i * 5)));
        for (long i = 15; i <= 60; i++) token(i, 2 + i % 30, start.plus(Duration.ofHours(i)));
        long step = Duration.between(start, now).toMillis() / calls;
        for (int i = 0; i < calls; i++) call(start.plusMillis(step * i + random.nextInt((int) step)));
        options.put("SystemName", "Tollbook");
        options.put("RetryTimes", "2");
        options.put("Footer", "<p>hello</p>");
    }

    void user(long id, String name, String display, Role role, UserStatus status, Instant at) {
        users.put(
                id,
                new UserProfile(
                        new UserId(id),
                        name,
                        display,
                        role,
                        status,
                        id % 9 == 0 ? "vip" : "default",
                        id % 11 == 0 ? "met at the fair" : "",
                        at,
                        id % 5 == 0 ? null : at.plus(Duration.ofHours(30))));
        balances.putIfAbsent(id, 0L);
        entry(id, at, "account.opened.1", 0, null, "Account opened", "{\"account\":%d,\"owner\":%d}".formatted(id, id));
    }

    void grant(long account, long units, String cause, Instant at) {
        if (units == 0) return;
        balances.merge(account, units, Long::sum);
        entry(
                account,
                at,
                "account.quota-granted.1",
                units,
                null,
                "Granted: " + cause,
                "{\"account\":%d,\"lot\":\"lot-%d\",\"lotClass\":\"PAID\",\"amount\":%d,\"cause\":\"%s\",\"available\":%d}"
                        .formatted(account, position.get(), units, cause, balances.get(account)));
    }

    void deduct(long account, long units, Instant at) {
        balances.merge(account, -units, Long::sum);
        entry(
                account,
                at,
                "account.quota-deducted.1",
                -units,
                null,
                "Taken by an administrator",
                "{\"account\":%d,\"amount\":%d,\"available\":%d}".formatted(account, units, balances.get(account)));
    }

    private void channels(Instant start) {
        String[] names = {"OpenAI main", "OpenAI backup", "DeepSeek", "xAI", "OpenRouter", "Lab vLLM", "Demo provider"};
        int[] types = {1, 1, 43, 48, 20, 8, 1_000};
        for (int i = 0; i < names.length; i++) {
            List<String> models = i < 2 ? MODELS.subList(0, 3) : i == 6 ? List.of("demo-small") : MODELS.subList(3, 6);
            ChannelTerms terms = new ChannelTerms(
                    types[i],
                    names[i],
                    types[i] == 8 ? "http://10.0.0.7:8000" : "",
                    models,
                    i == 1 ? List.of("default", "vip") : List.of("default"),
                    i == 0 ? 10 : 0,
                    i + 1,
                    true,
                    i < 2 ? "paid" : "",
                    i == 5 ? "two H100, ask the lab" : "",
                    models.getFirst(),
                    Map.of(),
                    Map.of());
            channels.put(
                    i + 1L,
                    new ChannelSummary(
                            new ChannelId(i + 1L),
                            terms,
                            i == 3
                                    ? ChannelStatus.DISABLED_AUTOMATICALLY
                                    : i == 4 ? ChannelStatus.DISABLED_BY_HAND : ChannelStatus.ENABLED,
                            i == 3 ? "401 invalid api key" : "",
                            i == 3 ? Instant.now().minus(Duration.ofMinutes(25)) : null,
                            i == 0 ? new KeyCounts(12, 1, 2) : KeyCounts.ONE,
                            Quota.of(123_456L * (i + 1)),
                            start,
                            i == 4 ? null : Instant.now().minus(Duration.ofMinutes(7L * i + 3)),
                            i != 3,
                            i == 4 ? 0 : 240L * (i + 1),
                            i == 3 ? "401: invalid api key" : ""));
        }
    }

    void token(long id, long owner, Instant at) {
        TokenTerms terms = new TokenTerms(
                List.of("production", "staging", "laptop", "ci", "notebook", "chat widget")
                                .get((int) (id % 6))
                        + (id > 6 ? " " + id : ""),
                id % 4 == 0 ? Instant.now().plus(Duration.ofDays(id * 3 - 14)) : null,
                id % 3 == 0 ? Quota.of(id == 9 ? 0 : id * 250_000) : null,
                id % 5 == 0,
                id % 5 == 0 ? MODELS.subList(0, 2) : List.of(),
                id % 7 == 0 ? List.of("10.0.0.0/8") : List.of(),
                id % 6 == 0 ? "vip" : "",
                false);
        token(id, owner, terms, at);
    }

    void token(long id, long owner, TokenTerms terms, Instant at) {
        boolean expired = terms.expiresAt() != null && terms.expiresAt().isBefore(Instant.now());
        boolean exhausted = terms.remaining() != null && terms.remaining().isZero();
        tokens.put(
                id,
                new TokenSummary(
                        new TokenId(id),
                        new UserId(owner),
                        "aB3d…xY9z",
                        terms,
                        expired
                                ? TokenStatus.EXPIRED
                                : exhausted
                                        ? TokenStatus.EXHAUSTED
                                        : id % 8 == 0 ? TokenStatus.DISABLED : TokenStatus.ENABLED,
                        Quota.of(id < 1_000 ? id * 77_123 : 0),
                        at,
                        id % 4 == 1 ? Instant.now().minus(Duration.ofMinutes(id)) : null));
    }

    /** One call: a hold, then its charge or its release. */
    synchronized void call(Instant at) {
        List<TokenSummary> all = List.copyOf(tokens.values());
        TokenSummary token = all.get(random.nextInt(3) > 0 ? random.nextInt(14) : random.nextInt(all.size()));
        UserProfile user = users.get(token.owner().value());
        String model = MODELS.get((int) Math.min(MODELS.size() - 1L, Math.abs(random.nextGaussian() * 2.2)));
        Meters meters = meters();
        PriceVersion price = prices.getLast();
        Quota charge = price.document().charge(model, BigDecimal.ONE, meters);
        Quota held = Quota.of(charge.units() * 3 + 40);
        String hold = "req-%08x%04x".formatted(position.get() * 2_654_435_761L & 0xffffffffL, random.nextInt(65_536));
        ChannelSummary channel = channels.get(1L + random.nextInt(3));
        boolean failed = random.nextInt(40) == 0;
        long account = user.id().value();
        long total = 300 + random.nextInt(9_000);
        balances.merge(account, -held.units(), Long::sum);
        entry(
                account,
                at,
                "account.funds-held.1",
                -held.units(),
                hold,
                "Held for " + model,
                holdJson(account, hold, held));
        Instant end = at.plusMillis(total);
        long back = failed ? held.units() : held.units() - charge.units();
        balances.merge(account, back, Long::sum);
        List<Attempt> attempts = new ArrayList<>();
        if (failed || random.nextInt(25) == 0)
            attempts.add(new Attempt(new ChannelId(2), model, Attempt.Outcome.FAILED, 503, 120));
        if (!failed) attempts.add(new Attempt(channel.id(), model, Attempt.Outcome.ANSWERED, 200, total));
        long entry = entry(
                account,
                end,
                failed ? "account.hold-released.1" : "account.usage-settled.1",
                back,
                hold,
                failed ? "Released: no channel answered" : "Charged %s units for %s".formatted(charge, model),
                settleJson(account, hold, held, charge));
        if (!failed) {
            used.merge(account, charge.units(), Long::sum);
            calls.merge(account, 1L, Long::sum);
        }
        log.add(new LogRow(
                entry,
                failed ? LogKind.ERROR : LogKind.CONSUME,
                end,
                account,
                user.username(),
                token.id().value(),
                token.terms().name(),
                model,
                user.group(),
                failed ? 0 : channel.id().value(),
                failed ? "" : channel.terms().name(),
                failed ? Quota.ZERO : charge,
                failed ? Meters.NONE : meters,
                failed ? 0 : price.version(),
                failed ? "" : random.nextInt(30) == 0 ? "DRAINED" : random.nextInt(50) == 0 ? "ESTIMATED" : "REPORTED",
                random.nextInt(3) > 0,
                80 + random.nextInt(700),
                total,
                hold,
                failed ? null : "chatcmpl-" + Integer.toHexString(random.nextInt()),
                attempts,
                failed ? "503 upstream overloaded" : ""));
    }

    private Meters meters() {
        Map<Meter, Long> counts = new EnumMap<>(Meter.class);
        counts.put(Meter.INPUT, 20L + random.nextInt(4_000));
        counts.put(Meter.OUTPUT, 5L + random.nextInt(1_500));
        if (random.nextInt(3) == 0) counts.put(Meter.CACHE_READ, (long) random.nextInt(8_000));
        if (random.nextInt(5) == 0) counts.put(Meter.REASONING, (long) random.nextInt(900));
        return new Meters(counts);
    }

    private static String holdJson(long account, String hold, Quota held) {
        return "{\"account\":%d,\"hold\":\"%s\",\"amount\":%s,\"slices\":[{\"lot\":\"lot-1\",\"amount\":%s}]}"
                .formatted(account, hold, held, held);
    }

    private static String settleJson(long account, String hold, Quota held, Quota charge) {
        return "{\"account\":%d,\"hold\":\"%s\",\"held\":%s,\"charged\":%s,\"overdraft\":0}"
                .formatted(account, hold, held, charge);
    }

    long entry(
            long account, Instant at, String name, long change, @Nullable String hold, String summary, String payload) {
        List<BookEntry> book = books.computeIfAbsent(account, any -> new ArrayList<>());
        long here = position.incrementAndGet();
        book.add(new BookEntry(
                here,
                book.size(),
                at,
                name,
                Quota.of(change),
                Quota.of(balances.get(account)),
                hold,
                summary,
                payload,
                "{\"actor\":\"relay\",\"correlation\":\"%s\"}".formatted(hold == null ? "c-" + here : hold)));
        return here;
    }

    void publish(String note, Instant at) {
        Map<String, ModelPrice> models = new TreeMap<>();
        for (int i = 0; i < MODELS.size(); i++)
            models.put(MODELS.get(i), ModelPrice.perToken(BigDecimal.valueOf(5L + i * 13L, 1), new BigDecimal(4)));
        models.put(
                "image-1",
                new ModelPrice(
                        null,
                        BigDecimal.ONE,
                        BigDecimal.ONE,
                        BigDecimal.ONE,
                        BigDecimal.ONE,
                        new BigDecimal("0.04"),
                        null));
        publish(
                new PriceDocument(
                        models,
                        Map.of("default", BigDecimal.ONE, "vip", new BigDecimal("0.8")),
                        Map.of(),
                        Rounding.HALF_AWAY_FROM_ZERO,
                        4_096),
                note,
                at);
    }

    void publish(PriceDocument document, String note, Instant at) {
        long version = prices.size() + 1L;
        prices.add(new PriceVersion(version, document, "%064x".formatted(document.hashCode() & 0xffffffffL), note, at));
    }
}
