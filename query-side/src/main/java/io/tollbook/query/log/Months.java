package io.tollbook.query.log;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import javax.sql.DataSource;

/**
 * The monthly partitions of {@code usage_log}. One is made when its first row comes, in a transaction of its own, so that
 * it is there whatever becomes of the row's.
 */
final class Months {
    private final DataSource dataSource;
    private final Set<YearMonth> known = ConcurrentHashMap.newKeySet();
    private long latestFrom;
    private long latestUntil;

    Months(DataSource dataSource) {
        this.dataSource = dataSource;
    }

    void ensure(Instant moment) throws SQLException {
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

    private static Instant start(YearMonth month) {
        return month.atDay(1).atStartOfDay(ZoneOffset.UTC).toInstant();
    }

    /** A partition may have been dropped. */
    void forget() {
        known.clear();
        latestFrom = 0;
        latestUntil = 0;
    }
}
