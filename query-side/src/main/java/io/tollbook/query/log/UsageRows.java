package io.tollbook.query.log;

import io.tollbook.query.readmodel.Changes;
import io.tollbook.query.readmodel.Rows;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * The log rows of a batch. A row that is there already would be a fault and stops the projection; looking the other way
 * with {@code on conflict} would cost a fifth of the insert.
 */
final class UsageRows implements Changes {
    private static final String INSERT = """
            insert into views.usage_log (
                position, at, kind, user_id, token, channel, quota, price_version, prompt_tokens, completion_tokens,
                first_byte_millis, total_millis, stream, model, model_group, provenance, request, upstream_request,
                meters, attempts, content, operation)
            select position, %s, kind, user_id, token, channel, quota, price_version, prompt_tokens,
                completion_tokens, first_byte_millis, total_millis, stream, model, model_group, provenance, request,
                upstream_request, meters, attempts, content, operation
            from unnest(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) as r (
                position, micros, kind, user_id, token, channel, quota, price_version, prompt_tokens,
                completion_tokens, first_byte_millis, total_millis, stream, model, model_group, provenance, request,
                upstream_request, meters, attempts, content, operation)
            """.formatted(Rows.MOMENT.formatted("micros"));

    private final Months months;
    private final List<UsageRow> all = new ArrayList<>();
    private final List<Clearing> clearings = new ArrayList<>();

    /** Rows from before a moment go, if their events stand before a position. */
    private record Clearing(long position, Instant before) {}

    UsageRows(Months months) {
        this.months = months;
    }

    void add(UsageRow row) {
        all.add(row);
    }

    void clear(long position, Instant before) {
        clearings.add(new Clearing(position, before));
    }

    @Override
    public void write(Connection connection) throws SQLException {
        for (UsageRow row : all) months.ensure(row.at());
        if (!all.isEmpty()) insert(connection);
        for (Clearing clearing : clearings) months.clear(connection, clearing.before(), clearing.position());
    }

    private void insert(Connection connection) throws SQLException {
        try (var rows = new Rows<>(connection, INSERT, all)) {
            rows.longs(UsageRow::position)
                    .moments(UsageRow::at)
                    .ints(row -> row.kind().number())
                    .longs(UsageRow::user)
                    .longs(UsageRow::token)
                    .longs(UsageRow::channel)
                    .longs(UsageRow::quota)
                    .longs(UsageRow::priceVersion)
                    .ints(row -> count(row.promptTokens()))
                    .ints(row -> count(row.completionTokens()))
                    .ints(row -> count(row.firstByteMillis()))
                    .ints(row -> count(row.totalMillis()))
                    .booleans(UsageRow::stream)
                    .texts(UsageRow::model)
                    .texts(UsageRow::group)
                    .texts(UsageRow::provenance)
                    .texts(UsageRow::request)
                    .texts(UsageRow::upstreamRequest)
                    .texts(UsageRow::meters)
                    .texts(UsageRow::attempts)
                    .texts(UsageRow::content)
                    .texts(UsageRow::operation)
                    .run();
        } catch (SQLException e) {
            months.forget();
            throw e;
        }
    }

    /** Columns that people only look at are four bytes; six meters of 10^9 each would not fit. */
    private static int count(long value) {
        return (int) Math.clamp(value, -1, Integer.MAX_VALUE);
    }
}
