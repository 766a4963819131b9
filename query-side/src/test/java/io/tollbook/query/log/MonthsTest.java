package io.tollbook.query.log;

import static org.assertj.core.api.Assertions.assertThat;

import io.tollbook.kernel.log.LogKind;
import io.tollbook.query.TestSystem;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.stream.LongStream;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;

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

    private static List<String> partitions() {
        return TestSystem.views()
                .fetch("select relname::text as name from pg_inherits join pg_class on pg_class.oid = inhrelid")
                .getValues("name", String.class);
    }
}
