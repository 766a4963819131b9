package io.tollbook.console.paper;

import io.tollbook.kernel.Page;
import io.tollbook.kernel.Paging;
import io.tollbook.kernel.Query;
import io.tollbook.kernel.account.AccountId;
import io.tollbook.kernel.account.Adjustments;
import io.tollbook.kernel.account.Balance;
import io.tollbook.kernel.account.BalanceOf;
import io.tollbook.kernel.account.Balances;
import io.tollbook.kernel.account.BookEntry;
import io.tollbook.kernel.account.BookOf;
import io.tollbook.kernel.account.BookSummary;
import io.tollbook.kernel.account.BookSummaryOf;
import io.tollbook.kernel.account.OpenHolds;
import io.tollbook.kernel.account.QuarantinedCalls;
import io.tollbook.kernel.account.Quota;
import io.tollbook.kernel.account.UnresolvedCalls;
import io.tollbook.kernel.channel.ChannelById;
import io.tollbook.kernel.channel.ChannelHistory;
import io.tollbook.kernel.channel.ChannelId;
import io.tollbook.kernel.channel.ChannelIncident;
import io.tollbook.kernel.channel.ChannelIncidents;
import io.tollbook.kernel.channel.ChannelKeys;
import io.tollbook.kernel.channel.ChannelOutages;
import io.tollbook.kernel.channel.ChannelTags;
import io.tollbook.kernel.channel.Channels;
import io.tollbook.kernel.channel.FieldChange;
import io.tollbook.kernel.channel.HistoryEntry;
import io.tollbook.kernel.channel.IncidentKind;
import io.tollbook.kernel.channel.KeyCounts;
import io.tollbook.kernel.channel.KeyPrint;
import io.tollbook.kernel.channel.KeyState;
import io.tollbook.kernel.channel.ListedKey;
import io.tollbook.kernel.channel.ListedKeys;
import io.tollbook.kernel.channel.ListedOutage;
import io.tollbook.kernel.ledger.LotsOf;
import io.tollbook.kernel.ledger.TrialBalance;
import io.tollbook.kernel.ledger.TrialBalanceAsOf;
import io.tollbook.kernel.log.LogFilter;
import io.tollbook.kernel.log.LogKind;
import io.tollbook.kernel.log.LogRow;
import io.tollbook.kernel.log.LogRowsBefore;
import io.tollbook.kernel.log.LogStatistics;
import io.tollbook.kernel.log.LogStatisticsOf;
import io.tollbook.kernel.log.ReceiptOf;
import io.tollbook.kernel.log.UsageLog;
import io.tollbook.kernel.pricing.PriceDocument;
import io.tollbook.kernel.pricing.PriceList;
import io.tollbook.kernel.pricing.PriceOutlook;
import io.tollbook.kernel.pricing.PriceSchedule;
import io.tollbook.kernel.pricing.PriceVersion;
import io.tollbook.kernel.pricing.PriceVersionByNumber;
import io.tollbook.kernel.pricing.PricesFor;
import io.tollbook.kernel.pricing.PricesInForce;
import io.tollbook.kernel.pricing.PublicPrices;
import io.tollbook.kernel.replay.ReplayDifferences;
import io.tollbook.kernel.replay.ReplayRuns;
import io.tollbook.kernel.secret.Sealed;
import io.tollbook.kernel.settings.Options;
import io.tollbook.kernel.site.SiteState;
import io.tollbook.kernel.site.SiteStateNow;
import io.tollbook.kernel.statistics.Dimension;
import io.tollbook.kernel.statistics.MarginAlarms;
import io.tollbook.kernel.statistics.PeriodUsage;
import io.tollbook.kernel.statistics.Usage;
import io.tollbook.kernel.statistics.UsageOver;
import io.tollbook.kernel.statistics.UsagePart;
import io.tollbook.kernel.token.TokenById;
import io.tollbook.kernel.token.TokenKeyOf;
import io.tollbook.kernel.token.TokensOf;
import io.tollbook.kernel.user.UserById;
import io.tollbook.kernel.user.UserId;
import io.tollbook.kernel.user.UserProfile;
import io.tollbook.kernel.user.Users;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Reads the paper books. */
final class PaperQueries {
    private final PaperBooks books;

    PaperQueries(PaperBooks books) {
        this.books = books;
    }

    Object answer(Query<?> query) {
        synchronized (books) {
            return switch (query) {
                case SiteStateNow q -> new SiteState(books.setUp, books.setUp);
                case Options q -> Map.copyOf(books.options);
                case UserById q -> Optional.ofNullable(books.users.get(q.user().value()));
                case Users q ->
                    page(
                            books.users.values().stream()
                                    .filter(user -> matches(q, user))
                                    .sorted(Comparator.comparing(u -> -u.id().value()))
                                    .toList(),
                            q.paging());
                case BalanceOf q -> balance(q.account());
                case Balances q ->
                    q.accounts().stream().collect(Collectors.toMap(account -> account, this::balance, (a, b) -> a));
                case TokensOf q ->
                    page(
                            books.tokens.values().stream()
                                    .filter(t -> t.owner().equals(q.owner()))
                                    .filter(t -> like(q.name(), t.terms().name()))
                                    .sorted(Comparator.comparing(t -> -t.id().value()))
                                    .toList(),
                            q.paging());
                case TokenById q ->
                    Optional.ofNullable(books.tokens.get(q.token().value()));
                case TokenKeyOf q ->
                    Optional.of(new Sealed("token", "k".repeat(44) + q.token().value()));
                case Channels q -> page(PaperChannels.sorted(books, q), q.paging());
                case ChannelTags q -> page(PaperChannels.tags(books, q.filter()), q.paging());
                case ChannelOutages q ->
                    List.of(new ListedOutage(
                            new ChannelId(2), "node-1", "60 % of 20 calls failed, the last with 502", Instant.now()));
                case ChannelHistory q ->
                    page(
                            List.of(new HistoryEntry(
                                    Instant.now(), "root", "Changed", List.of(new FieldChange("weight", "1", "2")))),
                            q.paging());
                case ChannelKeys q ->
                    new ListedKeys(
                            page(
                                    List.of(new ListedKey(
                                            0,
                                            new KeyPrint("0".repeat(32)),
                                            "sk-a…wxyz",
                                            KeyState.ENABLED,
                                            "",
                                            null,
                                            null)),
                                    q.paging()),
                            KeyCounts.ONE);
                case ChannelIncidents q ->
                    List.of(
                            new ChannelIncident(
                                    3,
                                    new ChannelId(2),
                                    "Anthropic main",
                                    IncidentKind.KEY_DISABLED,
                                    "4f1c09ab",
                                    "401: invalid x-api-key",
                                    Instant.now().minusSeconds(700)),
                            new ChannelIncident(
                                    2,
                                    new ChannelId(2),
                                    "Anthropic main",
                                    IncidentKind.OUT,
                                    null,
                                    "12 of the last 20 calls failed",
                                    Instant.now().minusSeconds(7_000)));
                case ChannelById q ->
                    Optional.ofNullable(books.channels.get(q.channel().value()));
                case PricesInForce q ->
                    Optional.ofNullable(schedule(books.prices).inForce());
                case PriceOutlook q -> schedule(books.prices);
                case PublicPrices q -> offered("default");
                case PricesFor q -> offered(books.users.get(q.user().value()).group());
                case PriceVersionByNumber q ->
                    q.version() < 1 || q.version() > books.prices.size()
                            ? Optional.empty()
                            : Optional.of(books.prices.get((int) q.version() - 1));
                case UsageLog q -> page(rows(q.filter()).reversed(), q.paging());
                case LogRowsBefore q ->
                    rows(q.filter()).reversed().stream()
                            .filter(row -> row.position() < q.before())
                            .limit(q.limit())
                            .toList();
                case ReceiptOf q -> Optional.empty();
                case LogStatisticsOf q -> statistics(q.filter());
                case UsageOver q -> usage(q);
                case BookOf q -> book(q);
                case BookSummaryOf q -> summary(q);
                case OpenHolds q -> new Page<>(List.of(), 0);
                case UnresolvedCalls q -> new Page<>(List.of(), 0);
                case MarginAlarms q -> new Page<>(List.of(), 0);
                case QuarantinedCalls q -> new Page<>(List.of(), 0);
                case LotsOf q -> new Page<>(List.of(), 0);
                case Adjustments q -> new Page<>(List.of(), 0);
                case TrialBalanceAsOf q ->
                    new TrialBalance(
                            0, null, List.of(), List.of(), java.math.BigInteger.ZERO, books.users.size(), 0, null);
                case ReplayRuns q -> new Page<>(List.of(), 0);
                case ReplayDifferences q -> List.of();
                default -> throw new IllegalArgumentException("not on paper: " + query);
            };
        }
    }

    private static <T> Page<T> page(List<T> all, Paging paging) {
        return new Page<>(
                all.stream().skip(paging.offset()).limit(paging.limit()).toList(), all.size());
    }

    private static boolean like(@Nullable String pattern, String text) {
        if (pattern == null) return true;
        return pattern.contains("%")
                ? text.matches("(?i).*" + pattern.replace("%", ".*") + ".*")
                : pattern.equals(text);
    }

    private static boolean matches(Users q, UserProfile user) {
        return (q.keyword() == null
                        || user.username().contains(q.keyword())
                        || user.displayName().contains(q.keyword())
                        || q.keyword().equals(Long.toString(user.id().value())))
                && (q.group() == null || q.group().equals(user.group()))
                && (q.role() == null || q.role() == user.role())
                && (q.status() == null || q.status() == user.status());
    }

    private Balance balance(AccountId account) {
        long id = account.value();
        return new Balance(
                account,
                Quota.of(books.balances.getOrDefault(id, 0L)),
                Quota.ZERO,
                Quota.of(books.used.getOrDefault(id, 0L)),
                Quota.ZERO,
                books.calls.getOrDefault(id, 0L));
    }

    private List<LogRow> rows(LogFilter f) {
        Predicate<LogRow> test = row -> (f.kind() == LogKind.ALL || f.kind() == row.kind())
                && (f.user() == null || f.user().value() == row.user())
                && (f.from() == null || !row.at().isBefore(f.from()))
                && (f.to() == null || !row.at().isAfter(f.to()))
                && like(f.model(), row.model())
                && like(f.tokenName(), row.tokenName())
                && like(f.username(), row.username())
                && like(f.group(), row.group())
                && (f.channel() == null || f.channel().value() == row.channel())
                && (f.token() == null || f.token().value() == row.token())
                && !f.without().users().contains(row.user())
                && !f.without().tokens().contains(row.token())
                && !f.without().channels().contains(row.channel())
                && !f.without().models().contains(row.model())
                && !f.without().groups().contains(row.group())
                && (f.request() == null || f.request().equals(row.request()));
        return books.log.stream().filter(test).toList();
    }

    private LogStatistics statistics(LogFilter filter) {
        List<LogRow> rows = rows(filter);
        Instant minute = Instant.now().minusSeconds(60);
        List<LogRow> last = rows.stream().filter(r -> r.at().isAfter(minute)).toList();
        return new LogStatistics(
                Quota.of(rows.stream().mapToLong(r -> r.quota().units()).sum()),
                last.size(),
                last.stream()
                        .mapToLong(r -> r.meters().promptTokens() + r.meters().completionTokens())
                        .sum());
    }

    private List<PeriodUsage> usage(UsageOver q) {
        List<Instant> starts = q.starts();
        Map<String, PeriodUsage> sums = new TreeMap<>();
        for (LogRow row : rows(q.filter().ofKind(LogKind.CONSUME))) {
            Instant start = starts.stream()
                    .filter(one -> !one.isAfter(row.at()))
                    .reduce((a, b) -> b)
                    .orElseThrow();
            UsagePart part = part(q, row);
            Usage used = new Usage(1, row.meters().promptTokens(), row.meters().completionTokens(), row.quota());
            sums.merge(
                    start + part.toString(),
                    new PeriodUsage(start, part, used),
                    (a, b) -> new PeriodUsage(start, part, a.used().plus(b.used())));
        }
        return List.copyOf(sums.values());
    }

    private static UsagePart part(UsageOver q, LogRow row) {
        boolean user = q.by().contains(Dimension.USER)
                && (q.apart().isEmpty() || q.apart().contains(new UserId(row.user())));
        boolean token = q.by().contains(Dimension.TOKEN);
        boolean channel = q.by().contains(Dimension.CHANNEL);
        return new UsagePart(
                user ? row.user() : 0,
                user ? row.username() : "",
                token ? row.token() : 0,
                token ? row.tokenName() : "",
                q.by().contains(Dimension.GROUP) ? row.group() : "",
                q.by().contains(Dimension.MODEL) ? row.model() : "",
                channel ? row.channel() : 0,
                channel ? row.channelName() : "");
    }

    private List<BookEntry> entries(AccountId account, @Nullable Instant asOf) {
        return books.books.getOrDefault(account.value(), List.of()).stream()
                .filter(e -> asOf == null || !e.recordedAt().isAfter(asOf))
                .toList();
    }

    private List<BookEntry> book(BookOf q) {
        return entries(q.account(), q.asOf()).reversed().stream()
                .filter(e -> q.names().isEmpty()
                        || q.names().contains(e.name().substring(0, e.name().lastIndexOf('.'))))
                .filter(e -> q.text() == null
                        || (e.hold() != null && e.hold().contains(q.text()))
                        || e.summary().contains(q.text()))
                .filter(e -> q.beforeSequence() == null || e.sequence() < q.beforeSequence())
                .limit(q.limit())
                .toList();
    }

    private BookSummary summary(BookSummaryOf q) {
        long granted = 0;
        long deducted = 0;
        long charged = 0;
        long held = 0;
        List<BookEntry> entries = entries(q.account(), q.asOf());
        for (BookEntry e : entries) {
            long change = e.change().units();
            if (e.name().startsWith("account.quota-granted")) granted += change;
            else if (e.name().startsWith("account.quota-deducted")) deducted -= change;
            else if (e.name().startsWith("account.funds-held")) held -= change;
            else if (e.name().startsWith("account.hold-released")) held -= change;
            else if (e.name().startsWith("account.usage-settled")) {
                long charge = Long.parseLong(e.payload().replaceAll(".*\"charged\":(\\d+).*", "$1"));
                charged += charge;
                held -= change + charge;
            }
        }
        return new BookSummary(
                Quota.of(granted),
                Quota.of(deducted),
                Quota.of(charged),
                Quota.ZERO,
                Quota.ZERO,
                Quota.of(held),
                entries.isEmpty() ? Quota.ZERO : entries.getLast().available(),
                entries.size());
    }

    /** Everything that is priced, to everybody. */
    private PriceList offered(String group) {
        Map<String, String> groups = new TreeMap<>(Map.of(group, group));
        groups.put("default", "Default");
        PriceDocument document = schedule(books.prices).inForce().document();
        return new PriceList(
                "hash",
                group,
                groups,
                document,
                document.models().keySet().stream()
                        .sorted()
                        .map(model -> new PriceList.Offer(
                                model, new TreeSet<>(groups.keySet()), List.of("openai"), "", "", List.of()))
                        .toList(),
                List.of());
    }

    private static PriceSchedule schedule(List<PriceVersion> published) {
        Instant now = Instant.now();
        Comparator<PriceVersion> order =
                Comparator.comparing(PriceVersion::effectiveFrom).thenComparing(PriceVersion::version);
        return new PriceSchedule(
                published.stream()
                        .filter(version -> !version.effectiveFrom().isAfter(now))
                        .max(order)
                        .orElse(null),
                published.stream()
                        .filter(version -> version.effectiveFrom().isAfter(now))
                        .sorted(order)
                        .toList(),
                published.size());
    }
}
