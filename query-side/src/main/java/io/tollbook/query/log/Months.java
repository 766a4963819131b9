package io.tollbook.query.log;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.sql.DataSource;
import org.springframework.stereotype.Component;

/**
 * The monthly partitions of {@code usage_log}. One is made when its first row comes, in a transaction of its own, so that
 * it is there whatever becomes of the row's.
 */
@Component
final class Months {
    private static final Pattern NAME = Pattern.compile("usage_log_(\\d+)_(\\d\\d)");

    private final DataSource dataSource;
    private final Set<YearMonth> known = ConcurrentHashMap.newKeySet();
    private long latestFrom;
    private long latestUntil;

    Months(DataSource dataSource) {
        this.dataSource = dataSource;
    }

    synchronized void ensure(Instant moment) throws SQLException {
        long second = moment.getEpochSecond();
        if (second >= latestFrom && second < latestUntil) return;
        YearMonth month = YearMonth.from(moment.atOffset(ZoneOffset.UTC));
        if (!known.contains(month)) {
            make(month);
            known.add(month);
        }
        latestFrom = start(month).getEpochSecond();
        latestUntil = start(month.plusMonths(1)).getEpochSecond();
    }

    private void make(YearMonth month) throws SQLException {
        String sql = "create table if not exists views.usage_log_%d_%02d partition of views.usage_log"
                        .formatted(month.getYear(), month.getMonthValue())
                + " for values from ('%s') to ('%s')".formatted(start(month), start(month.plusMonths(1)));
        try (Connection connection = dataSource.getConnection();
                Statement statement = connection.createStatement()) {
            // Not worth waiting for behind a long report: the batch is retried.
            statement.execute("set lock_timeout = '5s'");
            statement.execute(sql);
            statement.execute("reset lock_timeout");
        }
    }

    /**
     * Months that end by then are dropped whole, which takes no time however many rows they have. Not those in which an event
     * from that position on has a row, as it may when many events are gone over at once.
     */
    void drop(Connection connection, Instant before, long position) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("set local lock_timeout = '5s'");
            for (String name : names(statement)) {
                Matcher month = NAME.matcher(name);
                if (!month.matches()) continue;
                YearMonth next = YearMonth.of(Integer.parseInt(month.group(1)), Integer.parseInt(month.group(2)))
                        .plusMonths(1);
                if (!start(next).isAfter(before) && !hasRowsFrom(position, statement, name))
                    statement.execute("drop table views." + name);
            }
        }
        forget();
    }

    private static boolean hasRowsFrom(long position, Statement statement, String name) throws SQLException {
        try (ResultSet row = statement.executeQuery(
                "select exists (select from views." + name + " where position >= " + position + ")")) {
            return row.next() && row.getBoolean(1);
        }
    }

    private static List<String> names(Statement statement) throws SQLException {
        List<String> names = new ArrayList<>();
        try (ResultSet rows =
                statement.executeQuery("select c.relname from pg_inherits join pg_class c on c.oid = inhrelid"
                        // Not by a name in quotes: in a shadow, names of tables mean the shadow's.
                        + " where inhparent = (select typrelid from pg_type"
                        + " where oid = pg_typeof(null::views.usage_log))")) {
            while (rows.next()) names.add(rows.getString(1));
        }
        return names;
    }

    private static Instant start(YearMonth month) {
        return month.atDay(1).atStartOfDay(ZoneOffset.UTC).toInstant();
    }

    /** A partition may have been dropped. */
    synchronized void forget() {
        known.clear();
        latestFrom = 0;
        latestUntil = 0;
    }
}
