package io.tollbook.query.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tollbook.kernel.log.LogKind;
import io.tollbook.query.TestSystem;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import javax.sql.DataSource;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

class MonthsTest {
    private static final long FIRST = 9_000_000_000L;

    @Test
    void rowsOfAnyMonthFindTheirPartition() throws SQLException {
        DataSource dataSource = TestSystem.bean(DataSource.class);
        Months months = new Months(dataSource);
        List<String> moments = List.of("2031-02-28T23:59:59.999999Z", "2031-03-01T00:00:00Z", "2030-12-31T23:59:59Z");
        try (Connection connection = dataSource.getConnection()) {
            connection.setAutoCommit(false);
            UsageRows rows = new UsageRows(months);
            for (int i = 0; i < moments.size(); i++)
                rows.add(UsageRow.act(FIRST + i, Instant.parse(moments.get(i)), LogKind.SYSTEM, 0, "x", null));
            rows.write(connection);
            assertThat(partitions()).contains("usage_log_2030_12", "usage_log_2031_02", "usage_log_2031_03");
            connection.rollback();
        }
        // The rows are gone, their partitions are not; another process finds them there.
        new Months(dataSource).ensure(Instant.parse(moments.getFirst()));
        assertThat(TestSystem.views().fetchValues("select position from views.usage_log where position >= " + FIRST))
                .isEmpty();
    }

    @Test
    void aPartitionThatWasDroppedIsMadeAgain() throws SQLException {
        DataSource dataSource = TestSystem.bean(DataSource.class);
        Months months = new Months(dataSource);
        Instant moment = Instant.parse("2033-07-01T00:00:00Z");
        months.ensure(moment);
        TestSystem.views().execute("drop table views.usage_log_2033_07");
        UsageRows rows = new UsageRows(months);
        rows.add(UsageRow.act(FIRST, moment, LogKind.SYSTEM, 0, "x", null));
        try (Connection connection = dataSource.getConnection()) {
            connection.setAutoCommit(false);
            for (long attempt : LongStream.range(0, 2).toArray())
                try {
                    rows.write(connection);
                    assertThat(attempt).isEqualTo(1);
                } catch (SQLException missing) {
                    assertThat(attempt).isZero();
                    connection.rollback();
                }
            connection.rollback();
        }
        assertThat(partitions()).contains("usage_log_2033_07");
    }

    @Test
    void aMonthIsMadeWhileALongReportReads() throws SQLException {
        DataSource dataSource = TestSystem.bean(DataSource.class);
        try (Connection report = dataSource.getConnection()) {
            report.setAutoCommit(false);
            report.createStatement().executeQuery("select count(*) from views.usage_log");
            new Months(dataSource).ensure(Instant.parse("2034-01-01T00:00:00Z"));
            report.rollback();
            report.setAutoCommit(true);
        }
        assertThat(partitions()).contains("usage_log_2034_01");
    }

    @Test
    void aMonthThatCannotBeMadeLeavesItsConnectionAsItWas() throws SQLException {
        DataSource dataSource = TestSystem.bean(DataSource.class);
        try (Connection change = dataSource.getConnection();
                Connection one = dataSource.getConnection()) {
            change.setAutoCommit(false);
            change.createStatement().execute("lock table views.usage_log in share mode");
            // As a pool would give the same one again.
            var pool = new SingleConnectionDataSource(one, true);
            assertThatThrownBy(() -> new Months(pool).ensure(Instant.parse("2034-02-01T00:00:00Z")))
                    .isInstanceOf(SQLException.class);
            try (var row = one.createStatement().executeQuery("show lock_timeout")) {
                assertThat(row.next()).isTrue();
                assertThat(row.getString(1)).isEqualTo("0");
            }
            change.rollback();
            change.setAutoCommit(true);
        }
        new Months(dataSource).ensure(Instant.parse("2034-02-01T00:00:00Z"));
        assertThat(partitions()).contains("usage_log_2034_02");
    }

    @Test
    void clearsSliceBySliceAndKeepsNobodyWaitingUntilTheLastRowIsGone() throws Exception {
        DataSource dataSource = TestSystem.bean(DataSource.class);
        Months months = new Months(dataSource);
        Instant before = Instant.parse("2016-02-10T00:00:00Z");
        try (Connection connection = dataSource.getConnection();
                Connection held = dataSource.getConnection()) {
            connection.setAutoCommit(false);
            held.setAutoCommit(false);
            UsageRows rows = new UsageRows(months);
            long last = FIRST + 1_000_000;
            row(rows, FIRST, "2016-01-31T00:00:00Z");
            row(rows, FIRST + 1, "2016-02-01T00:00:00Z");
            row(rows, FIRST + 50_000, "2016-02-02T00:00:00Z");
            row(rows, FIRST + 50_001, "2016-02-02T00:00:00Z");
            row(rows, last - 1, "2016-02-09T23:59:59.999Z");
            row(rows, FIRST + 2, "2016-02-10T00:00:00Z");
            row(rows, last, "2016-02-03T00:00:00Z");
            rows.write(connection);
            connection.commit();
            held.createStatement()
                    .executeQuery("select from views.usage_log where position = " + (last - 1) + " for update");
            Thread clearing = Thread.ofPlatform().start(() -> {
                try {
                    UsageRows cleared = new UsageRows(months);
                    cleared.clear(last, before);
                    cleared.write(connection);
                    connection.commit();
                } catch (SQLException e) {
                    throw new IllegalStateException(e);
                }
            });
            Awaitility.await()
                    .until(
                            () -> TestSystem.views()
                                    .fetchSingle("select count(*) from pg_stat_activity where wait_event_type = 'Lock'"
                                            + " and query like 'delete from views.usage_log%'")
                                    .into(int.class),
                            waiting -> waiting == 1);
            assertThat(positions(held)).hasSize(7);
            held.rollback();
            clearing.join();
            assertThat(positions(held)).containsExactly(FIRST + 2, last);
            held.createStatement().execute("drop table views.usage_log_2016_02");
            held.commit();
            connection.setAutoCommit(true);
            held.setAutoCommit(true);
        }
        assertThat(partitions()).doesNotContain("usage_log_2016_01");
        months.forget();
    }

    private static void row(UsageRows rows, long position, String moment) {
        rows.add(UsageRow.act(position, Instant.parse(moment), LogKind.SYSTEM, 0, "x", null));
    }

    private static List<Long> positions(Connection connection) throws SQLException {
        List<Long> positions = new ArrayList<>();
        try (var statement = connection.createStatement()) {
            statement.execute("set local lock_timeout = '10s'");
            try (var row = statement.executeQuery(
                    "select position from views.usage_log where position >= " + FIRST + " order by position")) {
                while (row.next()) positions.add(row.getLong(1));
            }
        }
        return positions;
    }

    private static List<String> partitions() {
        return TestSystem.views()
                .fetch("select relname::text as name from pg_inherits join pg_class on pg_class.oid = inhrelid")
                .getValues("name", String.class);
    }
}
