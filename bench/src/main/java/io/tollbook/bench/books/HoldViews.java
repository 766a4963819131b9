package io.tollbook.bench.books;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;

/**
 * What the read models say about holds, straight from their tables: the management API shows only what is left.
 *
 * @param open calls listed as under way
 * @param unresolved calls listed as ended by nobody, about which nobody has decided
 */
public record HoldViews(long open, long heldByAccounts, long heldByKeys, long unresolved) {
    public static HoldViews read(String jdbcUrl) throws SQLException {
        try (Connection connection = DriverManager.getConnection(jdbcUrl);
                PreparedStatement statement = connection.prepareStatement("""
                        select (select count(*) from views.open_hold),
                               (select coalesce(sum(held), 0) from views.balance),
                               (select coalesce(sum(held), 0) from views.token_spend),
                               (select count(*) from views.unresolved_call where resolution is null)
                        """);
                ResultSet rows = statement.executeQuery()) {
            rows.next();
            return new HoldViews(rows.getLong(1), rows.getLong(2), rows.getLong(3), rows.getLong(4));
        }
    }
}
