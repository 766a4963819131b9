package io.tollbook.query.readmodel;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.ToIntFunction;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;

/**
 * Many rows in one statement: each column travels as one array, which the statement opens with {@code unnest}. The
 * columns are given in the order of the statement's question marks.
 */
public final class Rows<R> implements AutoCloseable {
    private final Collection<R> rows;
    private final PGConnection arrays;
    private final PreparedStatement statement;
    private int column = 1;

    public Rows(Connection connection, String sql, Collection<R> rows) throws SQLException {
        this.rows = rows;
        arrays = connection.unwrap(PGConnection.class);
        statement = connection.prepareStatement(sql);
    }

    public Rows<R> longs(ToLongFunction<R> value) throws SQLException {
        long[] values = new long[rows.size()];
        int i = 0;
        for (R row : rows) values[i++] = value.applyAsLong(row);
        return array("int8", values);
    }

    public Rows<R> longsOrNull(Function<R, @Nullable Long> value) throws SQLException {
        Long[] values = new Long[rows.size()];
        int i = 0;
        for (R row : rows) values[i++] = value.apply(row);
        return array("int8", values);
    }

    public Rows<R> ints(ToIntFunction<R> value) throws SQLException {
        int[] values = new int[rows.size()];
        int i = 0;
        for (R row : rows) values[i++] = value.applyAsInt(row);
        return array("int4", values);
    }

    public Rows<R> booleans(Predicate<R> value) throws SQLException {
        boolean[] values = new boolean[rows.size()];
        int i = 0;
        for (R row : rows) values[i++] = value.test(row);
        return array("bool", values);
    }

    public Rows<R> texts(Function<R, @Nullable String> value) throws SQLException {
        String[] values = new String[rows.size()];
        int i = 0;
        for (R row : rows) values[i++] = value.apply(row);
        return array("text", values);
    }

    /** Moments travel as microseconds; the statement turns them back with {@link #MOMENT}. */
    public Rows<R> moments(Function<R, @Nullable Instant> value) throws SQLException {
        Long[] values = new Long[rows.size()];
        int i = 0;
        for (R row : rows) {
            Instant moment = value.apply(row);
            values[i++] = moment == null ? null : micros(moment);
        }
        return array("int8", values);
    }

    /** Turns a column of microseconds, whose name is to be put in, into moments. */
    public static final String MOMENT = "timestamptz 'epoch' + %s * interval '1 microsecond'";

    public static long micros(Instant moment) {
        return Math.addExact(Math.multiplyExact(moment.getEpochSecond(), 1_000_000L), moment.getNano() / 1_000);
    }

    private Rows<R> array(String type, Object values) throws SQLException {
        statement.setArray(column++, arrays.createArrayOf(type, values));
        return this;
    }

    public int run() throws SQLException {
        return statement.executeUpdate();
    }

    @Override
    public void close() throws SQLException {
        statement.close();
    }
}
