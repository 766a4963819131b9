package io.tollbook.query;

import io.tollbook.kernel.Paging;
import io.tollbook.kernel.Query;
import io.tollbook.kernel.channel.ChannelId;
import io.tollbook.kernel.log.LogFilter;
import io.tollbook.kernel.log.LogKind;
import io.tollbook.kernel.log.LogRowsBefore;
import io.tollbook.kernel.log.LogStatisticsOf;
import io.tollbook.kernel.log.UsageLog;
import io.tollbook.kernel.statistics.Dimension;
import io.tollbook.kernel.statistics.HourlyUsageByUser;
import io.tollbook.kernel.statistics.HourlyUsageOf;
import io.tollbook.kernel.statistics.Step;
import io.tollbook.kernel.statistics.UsageOver;
import io.tollbook.kernel.token.TokenId;
import io.tollbook.kernel.user.UserId;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/**
 * How fast the log answers over many rows, and what its indexes cost while it is written. {@code bench/logs} starts it.
 * Arguments: rows, and how often each question is asked.
 *
 * <p>Rows are spread over 90 days, 1,000 users with 2,000 keys, 40 models of which one has a ten-thousandth of the calls, 20
 * channels and 2 groups alike; one call in fifty failed. Every fourth row is of the first ten users.
 */
public final class LogSpeed {
    private static final int DAYS = 90;
    private static final int PAGE = 50;
    private static final long PART = 500_000;

    private final long rows;
    private final int times;
    private long began;

    private LogSpeed(long rows, int times) {
        this.rows = rows;
        this.times = times;
    }

    public static void main(String[] arguments) {
        long rows = arguments.length > 0 ? Long.parseLong(arguments[0]) : 10_000_000;
        int times = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 40;
        TestApplication.RECORDED = false;
        int exit = 1;
        try {
            LogSpeed speed = new LogSpeed(rows, times);
            speed.fill();
            speed.measure();
            speed.writing();
            exit = 0;
        } catch (RuntimeException | Error e) {
            IO.println(e);
        } finally {
            System.exit(exit);
        }
    }

    private String at(String now) {
        return now + " - interval '%d days' * (1 - n::float8 / %d)".formatted(DAYS, rows);
    }

    /**
     * Rows first and indexes afterwards, by as many connections as the machine has processors. What is measured is reading; a
     * crash in the middle of filling costs nobody anything.
     */
    private void fill() {
        began = System.nanoTime();
        run("alter table events.event drop constraint event_stream_sequence"); // No question asks for it.
        for (String setting : new String[] {"synchronous_commit = off", "max_wal_size = '8GB'", "autovacuum = off"})
            run("alter system set " + setting);
        TestSystem.views().fetch("select pg_reload_conf()");
        Instant month = Instant.now().minus(Duration.ofDays(DAYS + 31));
        for (; month.isBefore(Instant.now().plus(Duration.ofDays(31))); month = month.plus(Duration.ofDays(20)))
            run(partition(month));
        List<String> indexes = TestSystem.views()
                .fetch("select indexrelid::regclass::text, pg_get_indexdef(indexrelid) from pg_index"
                        + " where indrelid = 'views.usage_log'::regclass and not indisprimary")
                .map(index -> {
                    run("drop index " + index.get(0));
                    return index.get(1, String.class).replace(" ON ONLY ", " ON ");
                });
        String now = "timestamptz '" + Instant.now() + "'";
        inParts(LogFiller.EVENTS, now);
        say("events");
        inParts(LogFiller.ROWS, now);
        say("rows");
        indexes.forEach(LogSpeed::run);
        say("indexes");
        run(
                "insert into views.token select n, n / 2, 'f' || n, '', '', 'key ' || n, null, null, false, '{}', '{}', '', false,"
                        + " true, false, now() from generate_series(2, 2001) n");
        run(
                "insert into views.user_profile select n, 'user-' || n, 'user-' || n, '', 1, 1, 'default', '', null, null, now(), null"
                        + " from generate_series(1, 1000) n");
        run(LogFiller.HOURS);
        run(LogFiller.TOTALS);
        say("sums per hour");
        for (String table :
                new String[] {"events.event", "views.usage_log", "views.hourly_usage", "views.hourly_total"})
            run("vacuum analyze " + table);
        say("vacuum");
        IO.println("filled %,d rows and %,d sums per hour in %d s; log %s, its indexes %s"
                .formatted(
                        rows,
                        TestSystem.views().fetchValue("select count(*) from views.hourly_usage"),
                        seconds(),
                        size("pg_table_size"),
                        size("pg_indexes_size")));
    }

    private void inParts(String sql, String now) {
        try (ExecutorService threads =
                Executors.newFixedThreadPool(Runtime.getRuntime().availableProcessors())) {
            List<Future<?>> parts = new ArrayList<>();
            for (long first = 1; first <= rows; first += PART) {
                String part = sql.formatted(at(now), rows, first, Math.min(rows, first + PART - 1));
                parts.add(threads.submit(() -> run(part)));
            }
            for (Future<?> part : parts) part.get();
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private void say(String done) {
        IO.println("%4d s  %s".formatted(seconds(), done));
    }

    private long seconds() {
        return (System.nanoTime() - began) / 1_000_000_000;
    }

    private static Object size(String function) {
        return TestSystem.views()
                .fetchValue("select pg_size_pretty(sum(" + function + "(inhrelid))) from pg_inherits"
                        + " where inhparent = 'views.usage_log'::regclass");
    }

    private static String partition(Instant moment) {
        java.time.YearMonth month = java.time.YearMonth.from(moment.atOffset(java.time.ZoneOffset.UTC));
        return "create table if not exists views.usage_log_%d_%02d partition of views.usage_log for values from ('%s') to ('%s')"
                .formatted(
                        month.getYear(),
                        month.getMonthValue(),
                        month.atDay(1) + "T00:00:00Z",
                        month.plusMonths(1).atDay(1) + "T00:00:00Z");
    }

    private static void run(String sql) {
        TestSystem.views().execute(sql);
    }

    private static LogFilter all() {
        return LogFilter.of(null);
    }

    private static LogFilter with(@Nullable String model, @Nullable ChannelId channel, @Nullable String request) {
        return all().ofModel(model).ofChannel(channel).ofRequest(request);
    }

    private static LogFilter group(String group) {
        return all().ofGroup(group);
    }

    private static LogFilter username(String name) {
        return all().ofUsername(name);
    }

    private static LogFilter upstream(String request) {
        return all().ofUpstreamRequest(request);
    }

    private static Query<?> page(LogFilter filter, long number) {
        return new UsageLog(filter, new Paging(number * PAGE, PAGE));
    }

    private void measure() {
        Instant now = Instant.now();
        Map<String, IntFunction<Query<?>>> questions = new LinkedHashMap<>();
        questions.put("first page, everybody", i -> page(all(), 0));
        questions.put("page 100", i -> page(all(), 100 + i));
        questions.put("page 10,000 by its number", i -> page(all(), 10_000 + i));
        questions.put(
                "page 10,000 and any other by the row before it",
                i -> new LogRowsBefore(all(), rows - 500_000L - i * 10_000L % rows, PAGE));
        questions.put("a heavy user (one row in 40)", i -> page(LogFilter.of(new UserId(1 + i % 10)), 0));
        questions.put("a heavy user, page 1,000", i -> page(LogFilter.of(new UserId(1 + i % 10)), 1_000));
        questions.put("a light user (one row in 1,333)", i -> page(LogFilter.of(new UserId(500 + i)), 0));
        questions.put("a frequent model", i -> page(with("model-" + i % 39, null, null), 0));
        questions.put("a rare model (one row in 10,000)", i -> page(with("rare-model", null, null), i % 10));
        questions.put("a model by pattern", i -> page(with("%el-" + i % 39, null, null), 0));
        questions.put("a key", i -> page(all().ofToken(new TokenId(1_000 + i)), 0));
        questions.put("a busy channel", i -> page(with(null, new ChannelId(1 + i % 20), null), 0));
        questions.put("a quiet channel (one row in 10,000)", i -> page(with(null, new ChannelId(99), null), i % 10));
        questions.put(
                "a quiet channel, by the row before it",
                i -> new LogRowsBefore(with(null, new ChannelId(99), null), rows - i * (rows / times / 2), PAGE));
        questions.put(
                "a rare model on one busy channel", i -> page(with("rare-model", new ChannelId(1 + i % 20), null), 0));
        questions.put("a model that nobody ever used", i -> page(with("no-such-model", null, null), 0));
        questions.put("a busy group", i -> page(group("default"), 0));
        questions.put("a rare group (one row in 10,000)", i -> page(group("rare-group"), i % 10));
        questions.put("a username", i -> page(username("user-" + (500 + i)), 0));
        questions.put("usernames by pattern (ten)", i -> page(username("user-50%"), 0));
        questions.put("errors", i -> page(all().ofKind(LogKind.ERROR), i * 100));
        questions.put("top-ups (none)", i -> page(all().ofKind(LogKind.TOP_UP), 0));
        questions.put(
                "an hour two months ago",
                i -> page(
                        all().between(now.minus(Duration.ofHours(1_440 + i)), now.minus(Duration.ofHours(1_439 + i))),
                        0));
        questions.put(
                "a month, page 100",
                i -> page(all().between(now.minus(Duration.ofDays(60 + i % 20)), now.minus(Duration.ofDays(30))), 100));
        questions.put("a request by its id", i -> {
            long position = 1 + (rows - 2) / times * i;
            String request = TestSystem.views()
                    .fetchValue("select request from views.usage_log where position = " + position)
                    .toString();
            return page(with(null, null, request), 0);
        });
        questions.put("a request that is not there", i -> page(with(null, null, "no-such-request-" + i), 0));
        questions.put(
                "a request by the provider's id", i -> page(upstream("chatcmpl-" + (1 + (rows - 2) / times * i)), 0));
        questions.put(
                "charged in 30 days, RPM and TPM",
                i -> sums(all().between(now.minus(Duration.ofDays(30 + i % 7)), null)));
        questions.put("charged in 90 days", i -> sums(all()));
        questions.put(
                "charged in 30 days, one user",
                i -> sums(LogFilter.of(new UserId(1 + i % 10)).between(now.minus(Duration.ofDays(30)), null)));
        questions.put("charged in 90 days, a rare model", i -> sums(with("rare-model", null, null)));
        questions.put("charged in 90 days, a quiet channel", i -> sums(with(null, new ChannelId(99), null)));
        statistics(questions);
        IO.println("| question | p50 | p95 | most |\n|---|---|---|---|");
        questions.forEach(this::measure);
    }

    /** What the dashboard and its pages ask, and the management API's charts. */
    private static void statistics(Map<String, IntFunction<Query<?>>> questions) {
        Instant now = Instant.now();
        Instant monthAgo = now.minus(Duration.ofDays(30));
        LogFilter month = all().between(monthAgo, now);
        LogFilter oneUser = LogFilter.of(new UserId(7));
        questions.put(
                "24 hours, one user",
                i -> UsageOver.whole(oneUser.between(now.minus(Duration.ofDays(1)), null), Set.of()));
        questions.put(
                "7 days, one user",
                i -> UsageOver.whole(oneUser.between(now.minus(Duration.ofDays(7)), null), Set.of()));
        questions.put("7 days by day and model, everybody", i -> byModel(Step.DAY, 7, all(), "Europe/Berlin"));
        for (String zone : new String[] {"Europe/Berlin", "Asia/Kolkata"})
            questions.put("30 days by day and model, everybody, " + zone, i -> byModel(Step.DAY, 30, all(), zone));
        questions.put("30 days by hour and model, everybody", i -> byModel(Step.HOUR, 30, all(), "Europe/Berlin"));
        questions.put("90 days by week and model, everybody", i -> byModel(Step.WEEK, 90, all(), "Europe/Berlin"));
        questions.put(
                "30 days by day and model, one user, Asia/Kolkata",
                i -> byModel(Step.DAY, 30, LogFilter.of(new UserId(1 + i % 10)), "Asia/Kolkata"));
        questions.put(
                "30 days by day and model, a busy channel",
                i -> byModel(Step.DAY, 30, with(null, new ChannelId(1 + i % 20), null), "Europe/Berlin"));
        questions.put("30 days by user", i -> UsageOver.whole(month, Set.of(Dimension.USER)));
        Set<UserId> ten = Set.of(
                new UserId(1),
                new UserId(2),
                new UserId(3),
                new UserId(4),
                new UserId(5),
                new UserId(6),
                new UserId(7),
                new UserId(8),
                new UserId(9),
                new UserId(10));
        questions.put(
                "30 days by day, ten users and the others",
                i -> new UsageOver(month, Step.DAY, ZoneId.of("Europe/Berlin"), Set.of(Dimension.USER), ten));
        questions.put(
                "30 days from user to channel, everybody",
                i -> UsageOver.whole(
                        month, Set.of(Dimension.USER, Dimension.GROUP, Dimension.MODEL, Dimension.CHANNEL)));
        questions.put(
                "30 days from key to model, one user",
                i -> UsageOver.whole(
                        LogFilter.of(new UserId(1 + i % 10)).between(monthAgo, now),
                        Set.of(Dimension.TOKEN, Dimension.GROUP, Dimension.MODEL)));
        questions.put("API: 30 days by hour and model, everybody", i -> new HourlyUsageOf(null, null, monthAgo, now));
        questions.put("API: 30 days by hour and user", i -> new HourlyUsageByUser(monthAgo, now));
        questions.put(
                "API: 30 days by hour and model, one user",
                i -> new HourlyUsageOf(new UserId(1 + i % 10), null, monthAgo, now));
    }

    private static Query<?> byModel(Step step, int days, LogFilter filter, String zone) {
        Instant now = Instant.now();
        return UsageOver.by(
                step, filter.between(now.minus(Duration.ofDays(days)), now), ZoneId.of(zone), Set.of(Dimension.MODEL));
    }

    private static Query<?> sums(LogFilter filter) {
        return new LogStatisticsOf(filter);
    }

    private void measure(String name, IntFunction<Query<?>> question) {
        for (int i = 0; i < 3; i++) TestSystem.ask(question.apply(i));
        long[] nanos = new long[times];
        for (int i = 0; i < times; i++) {
            Query<?> query = question.apply(i);
            long began = System.nanoTime();
            TestSystem.ask(query);
            nanos[i] = System.nanoTime() - began;
        }
        Arrays.sort(nanos);
        IO.println(String.format(
                Locale.ROOT,
                "| %s | %.1f ms | %.1f ms | %.1f ms |",
                name,
                nanos[times / 2] / 1e6,
                nanos[Math.min(times - 1, times * 95 / 100)] / 1e6,
                nanos[times - 1] / 1e6));
    }

    /** Batches of 1,000 rows as the projection makes them: what the indexes of rare values cost each call. */
    private void writing() {
        IO.println("\n| written with | microseconds a row |\n|---|---|");
        long next = write("the indexes there are", rows + 1);
        next = write("the same, once more", next);
        run("drop index views.usage_log_rare");
        run("drop index views.usage_log_single");
        next = write("those of rare values away", next);
        write("the same, once more", next);
    }

    private long write(String name, long first) {
        int batches = 100;
        long next = first;
        long began = 0;
        for (int batch = -20; batch < batches; batch++) {
            if (batch == 0) began = System.nanoTime();
            run(LogFiller.ROWS.formatted("now()", rows, next, next + 999));
            next += 1_000;
        }
        IO.println(String.format(
                Locale.ROOT, "| %s | %.1f |", name, (System.nanoTime() - began) / 1e3 / (batches * 1_000.0)));
        return next;
    }
}
