package io.tollbook.query.log;

import static org.assertj.core.api.Assertions.assertThat;

import io.tollbook.kernel.Page;
import io.tollbook.kernel.Paging;
import io.tollbook.kernel.account.Meters;
import io.tollbook.kernel.account.Quota;
import io.tollbook.kernel.log.LogKind;
import io.tollbook.kernel.log.LogRow;
import io.tollbook.query.TestSystem;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.jooq.impl.DSL;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LogCountTest {
    /** True for every row, and found out by ten million numbers. */
    private static final String SLOW = "(select count(*) from generate_series(1, 10000000)) > 0";

    private static final LogRow ROW = new LogRow(
            1,
            LogKind.CONSUME,
            Instant.EPOCH,
            1,
            "",
            1,
            "",
            "",
            "",
            1,
            "",
            Quota.ZERO,
            new Meters(Map.of()),
            1,
            "",
            false,
            0,
            0,
            "",
            "",
            List.of(),
            "");

    @Test
    void countsWhatTakesAMoment() {
        assertThat(new LogCount(TestSystem.views(), 10_000).of(DSL.falseCondition()))
                .isEqualTo(new LogCount.Counted(0, true));
    }

    @Test
    void doesNotWaitForANumberThatTakesLong() {
        LogCount.Counted counted = new LogCount(TestSystem.views(), 1).of(DSL.condition(SLOW));

        assertThat(counted.isExact()).isFalse();
        assertThat(counted.rows()).isNotNegative();
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
        # offset, rows that there are, counted, exact, total
               0,                   0,       9,  true,     0
               0,                   2,       9,  true,     2
               0,                   3,       9,  true,     3
               0,                   4,       4,  true,     4
               0,                   4,       1, false,     4
               0,                   4,     900, false,   900
               6,                   2,       1, false,     8
               6,                   4,       1, false,    10
               6,                   0,       5,  true,     5
        """)
    void aListIsNeverSaidToEndWhereItGoesOn(long offset, int rows, int counted, boolean isExact, long total) {
        Page<LogRow> page = LogQueries.page(
                new Paging(offset, 3),
                Collections.nCopies(Math.min(rows, 4), ROW),
                () -> new LogCount.Counted(counted, isExact));

        assertThat(page.items()).hasSize(Math.min(rows, 3));
        assertThat(page.total()).isEqualTo(total);
    }

    @Test
    void leavesNoLimitBehindOnItsConnection() {
        new LogCount(TestSystem.views(), 1).of(DSL.condition(SLOW));

        assertThat(TestSystem.views().fetchValue("show statement_timeout")).isEqualTo("0");
    }
}
