package io.tollbook.query.log;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.OffsetDateTime;
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
    private static final String LOCK_WAIT = "set local lock_timeout = '5s'";
    private static final long SLICE = 50_000;

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

    /** Made beside the table and attached to it, which only other changes of the table wait for: reports go on, and so does it. */
    private void make(YearMonth month) throws SQLException {
        String name = "views.usage_log_%d_%02d".formatted(month.getYear(), month.getMonthValue());
        try (Connection connection = dataSource.getConnection();
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            try {
                // Not worth waiting for long: the batch is retried.
                statement.execute(LOCK_WAIT);
                statement.execute("select pg_advisory_xact_lock(hashtext('tollbook usage_log'))");
                if (!exists(statement, name)) {
                    statement.execute("create table " + name + " (like views.usage_log including all)");
                    statement.execute("alter table views.usage_log attach partition " + name
                            + " for values from ('%s') to ('%s')".formatted(start(month), start(month.plusMonths(1))));
                }
                connection.commit();
            } catch (SQLException e) {
                connection.rollback();
                throw e;
            } finally {
                connection.setAutoCommit(true);
            }
        }
    }

    private static boolean exists(Statement statement, String name) throws SQLException {
        try (ResultSet row = statement.executeQuery("select to_regclass('" + name + "') is not null")) {
            return row.next() && row.getBoolean(1);
        }
    }

    /**
     * Takes out the rows from before a moment whose events stand before a position. Months that end by then are dropped whole,
     * which takes no time however many rows they have. Not those in which an event from that position on has a row, as it may
     * when many events are gone over at once.
     *
     * <p>All of it is in the transaction that stores the position, so a crash in the middle begins it again. Rows come first,
     * a slice with each statement, so that none takes longer than the database may be silent; months come last, because from
     * then on nobody reads the log until the transaction ends.
     */
    void clear(Connection connection, Instant before, long position) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            List<String> whole = new ArrayList<>();
            for (String name : names(statement))
                if (endsBy(before, name) && !hasRowsFrom(position, statement, name)) whole.add(name);
                else delete(connection, name, before, position);
            if (whole.isEmpty()) return;
            statement.execute(LOCK_WAIT);
            for (String name : whole) statement.execute("drop table views." + name);
        }
        forget();
    }

    private static boolean endsBy(Instant moment, String name) {
        Matcher month = NAME.matcher(name);
        return month.matches()
                && !start(YearMonth.of(Integer.parseInt(month.group(1)), Integer.parseInt(month.group(2)))
                                .plusMonths(1))
                        .isAfter(moment);
    }

    private static void delete(Connection connection, String name, Instant before, long position) throws SQLException {
        OffsetDateTime moment = before.atOffset(ZoneOffset.UTC);
        long from = 0;
        long end = 0;
        try (PreparedStatement bounds = connection.prepareStatement(
                "select min(position), max(position) + 1 from views." + name + " where at < ? and position < ?")) {
            bounds.setObject(1, moment);
            bounds.setLong(2, position);
            try (ResultSet row = bounds.executeQuery()) {
                if (row.next()) {
                    from = row.getLong(1);
                    end = row.getLong(2);
                }
            }
        }
        try (PreparedStatement delete = connection.prepareStatement(
                "delete from views." + name + " where at < ? and position >= ? and position < ?")) {
            // A position has one row at most.
            for (; from < end; from += SLICE) {
                delete.setObject(1, moment);
                delete.setLong(2, from);
                delete.setLong(3, Math.min(end, from + SLICE));
                delete.executeUpdate();
            }
        }
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
