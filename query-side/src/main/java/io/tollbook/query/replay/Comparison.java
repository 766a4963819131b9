package io.tollbook.query.replay;

import io.tollbook.kernel.replay.ReplayDifference;
import io.tollbook.query.readmodel.Shadow;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HexFormat;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

/**
 * Reads a shadow and the live tables side by side in the order of their keys, in constant memory, takes a digest of each
 * and tells of every value that differs.
 */
final class Comparison {
    private static final int FETCH = 1_000;
    private static final String LIVE = "views";

    private final Shadow shadow;
    private final Connection live;
    private final Consumer<ReplayDifference> found;
    private final MessageDigest expectedDigest = Digests.sha256();
    private final MessageDigest actualDigest = Digests.sha256();
    private long rows;
    private long differences;

    /** @param live in a transaction that sees the live tables as of the shadow's position */
    Comparison(Shadow shadow, Connection live, Consumer<ReplayDifference> found) {
        this.shadow = shadow;
        this.live = live;
        this.found = found;
    }

    long rows() {
        return rows;
    }

    long differences() {
        return differences;
    }

    String digest() {
        return HexFormat.of().formatHex(clone(expectedDigest).digest());
    }

    String liveDigest() {
        return HexFormat.of().formatHex(clone(actualDigest).digest());
    }

    private static MessageDigest clone(MessageDigest digest) {
        try {
            return (MessageDigest) digest.clone();
        } catch (CloneNotSupportedException e) {
            throw new IllegalStateException("SHA-256 can be cloned", e);
        }
    }

    /** Against the live rows, or those of them that a condition lets through. */
    void compare(String condition) throws SQLException {
        prepare(live);
        for (String name : shadow.tableNames()) {
            ComparedTable table = begin(name);
            actualDigest.update(name.getBytes(StandardCharsets.UTF_8));
            try (Rows expected =
                            new Rows(shadow.connection(), table.select(shadow.schema(), condition), table.width());
                    Rows actual = new Rows(live, table.select(LIVE, condition), table.width())) {
                compare(table, expected, actual);
            }
            shadow.connection().commit();
        }
    }

    private void compare(ComparedTable table, Rows expected, Rows actual) throws SQLException {
        while (expected.row != null || actual.row != null) {
            int order = expected.row == null ? 1 : actual.row == null ? -1 : table.compare(expected.row, actual.row);
            if (order < 0) tell(table, expected.row, ReplayDifference.ROW, table.shown(expected.row), null);
            else if (order > 0) tell(table, actual.row, ReplayDifference.ROW, null, table.shown(actual.row));
            else compare(table, expected.row, actual.row);
            if (order <= 0) {
                count(expected.row);
                expected.next();
            }
            if (order >= 0) {
                ComparedTable.digest(actualDigest, actual.row);
                actual.next();
            }
        }
    }

    private void compare(ComparedTable table, @Nullable String[] expected, @Nullable String[] actual) {
        for (int i = 0; i < expected.length; i++)
            if (!java.util.Objects.equals(expected[i], actual[i]))
                tell(table, expected, table.column(i), table.shown(i, expected), table.shown(i, actual));
    }

    private void tell(
            ComparedTable table,
            @Nullable String[] row,
            String column,
            @Nullable String expected,
            @Nullable String actual) {
        differences++;
        found.accept(new ReplayDifference(shadow.readModel(), table.name(), table.key(row), column, expected, actual));
    }

    /** Only takes the digest of the shadow. */
    void digestOnly() throws SQLException {
        for (String name : shadow.tableNames()) {
            ComparedTable table = begin(name);
            try (Rows expected = new Rows(shadow.connection(), table.select(shadow.schema(), ""), table.width())) {
                while (expected.row != null) {
                    count(expected.row);
                    expected.next();
                }
            }
            shadow.connection().commit();
        }
    }

    private ComparedTable begin(String name) throws SQLException {
        prepare(shadow.connection());
        expectedDigest.update(name.getBytes(StandardCharsets.UTF_8));
        return ComparedTable.of(
                new JdbcTemplate(new SingleConnectionDataSource(shadow.connection(), true)), shadow.schema(), name);
    }

    private void count(@Nullable String[] row) {
        ComparedTable.digest(expectedDigest, row);
        rows++;
        if (rows % FETCH == 0) shadow.checkCancelled();
    }

    /** The same moment is the same text on every connection. */
    private static void prepare(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("set local timezone = 'UTC'");
            statement.execute("set local datestyle = 'ISO, YMD'");
        }
    }

    private static final class Rows implements AutoCloseable {
        private final PreparedStatement statement;
        private final ResultSet result;
        private final int width;

        @Nullable
        String @Nullable [] row;

        Rows(Connection connection, String sql, int width) throws SQLException {
            this.width = width;
            statement = connection.prepareStatement(sql);
            statement.setFetchSize(FETCH);
            result = statement.executeQuery();
            next();
        }

        void next() throws SQLException {
            if (!result.next()) {
                row = null;
                return;
            }
            String[] values = new String[width];
            for (int i = 0; i < width; i++) values[i] = result.getString(i + 1);
            row = values;
        }

        @Override
        public void close() throws SQLException {
            statement.close();
        }
    }
}
