package io.tollbook.query.log;

import static io.tollbook.query.schema.Tables.USAGE_LOG;

import io.tollbook.kernel.log.UsageLog;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.sql.Statement;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Record1;
import org.jooq.SQLDialect;
import org.jooq.SelectLimitPercentStep;
import org.jooq.exception.DataAccessException;
import org.jooq.impl.DSL;

/**
 * How many rows a filter leaves: counted where that takes a moment, else what PostgreSQL expects by its statistics. Nobody
 * waits for a number that is read as "many".
 */
final class LogCount {
    /** With it the page of a rare value, which may take 150 ms itself over ten million rows, stays below 300 ms. */
    private static final int MILLIS = 75;

    private static final String CANCELED = "57014";

    private final DSLContext views;
    private final int millis;

    LogCount(DSLContext views) {
        this(views, MILLIS);
    }

    LogCount(DSLContext views, int millis) {
        this.views = views;
        this.millis = millis;
    }

    /**
     * @param rows up to {@link UsageLog#COUNT_MAX}
     * @param isExact whether they were counted
     */
    record Counted(int rows, boolean isExact) {}

    Counted of(Condition condition) {
        try {
            return new Counted(views.connectionResult(connection -> counted(connection, condition)), true);
        } catch (DataAccessException e) {
            if (!CANCELED.equals(e.sqlState())) throw e;
            double expected = views.explain(rows(views, condition)).rows();
            return new Counted((int) Math.clamp(Math.round(expected), 0, UsageLog.COUNT_MAX), false);
        }
    }

    private static SelectLimitPercentStep<Record1<Integer>> rows(DSLContext views, Condition condition) {
        return views.selectOne().from(USAGE_LOG).where(condition).limit(UsageLog.COUNT_MAX);
    }

    /** By hand, as jOOQ's transactions do not nest here: a question may be asked inside of one, which must not notice. */
    private int counted(Connection connection, Condition condition) throws SQLException {
        boolean isAlone = connection.getAutoCommit();
        if (isAlone) connection.setAutoCommit(false);
        Savepoint before = connection.setSavepoint();
        try {
            try (Statement statement = connection.createStatement()) {
                statement.execute("set local statement_timeout = " + millis);
            }
            DSLContext here = DSL.using(connection, SQLDialect.POSTGRES, views.settings());
            return here.fetchCount(rows(here, condition));
        } finally {
            connection.rollback(before);
            if (isAlone) connection.setAutoCommit(true);
        }
    }
}
