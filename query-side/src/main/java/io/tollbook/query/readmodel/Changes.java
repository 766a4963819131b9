package io.tollbook.query.readmodel;

import java.sql.Connection;
import java.sql.SQLException;

/** What one projection has gathered from the events of one batch. */
public interface Changes {
    /** Writes all of it, with as few statements as there are tables. The transaction is the batch's own. */
    void write(Connection connection) throws SQLException;
}
