package io.tollbook.query.log;

import static org.assertj.core.api.Assertions.assertThat;

import io.tollbook.query.TestSystem;
import org.jooq.impl.DSL;
import org.junit.jupiter.api.Test;

class LogCountTest {
    /** True for every row, and found out by ten million numbers. */
    private static final String SLOW = "(select count(*) from generate_series(1, 10000000)) > 0";

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

    @Test
    void leavesNoLimitBehindOnItsConnection() {
        new LogCount(TestSystem.views(), 1).of(DSL.condition(SLOW));

        assertThat(TestSystem.views().fetchValue("show statement_timeout")).isEqualTo("0");
    }
}
