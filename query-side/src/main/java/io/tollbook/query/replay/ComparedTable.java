package io.tollbook.query.replay;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;

/** The columns of a table, the order of its rows, and how values are shown. */
final class ComparedTable {
    /** Shown as a digest of what they hold: enough to see that they differ, too little to use. */
    private static final Set<String> SECRET =
            Set.of("password_hash", "access_fingerprint", "fingerprint", "sealed_key", "sealed");

    private static final Set<String> NUMBERS = Set.of("smallint", "integer", "bigint");

    /** @param key its place in the primary key, from 0; -1 for none */
    private record Column(String name, String type, int key) {
        boolean isNumber() {
            return NUMBERS.contains(type);
        }

        /**
         * Of the table: by itself, the name would mean the text that is selected under it, and 10 came before 9. Bytes have an
         * order that does not depend on the database's language.
         */
        String order(String table) {
            boolean text = type.equals("text") || type.startsWith("character varying");
            return table + ".\"" + name + "\"" + (text ? " collate \"C\"" : "");
        }
    }

    private final String name;
    private final List<Column> columns;
    private final int[] key;

    private ComparedTable(String name, List<Column> columns) {
        this.name = name;
        this.columns = columns;
        key = IntStream.range(0, columns.size())
                .filter(i -> columns.get(i).key() >= 0)
                .boxed()
                .sorted((a, b) ->
                        Integer.compare(columns.get(a).key(), columns.get(b).key()))
                .mapToInt(Integer::intValue)
                .toArray();
        if (key.length == 0) throw new IllegalStateException("the table " + name + " has no primary key");
    }

    static ComparedTable of(JdbcTemplate database, String schema, String name) {
        List<Column> columns = database.query(
                """
                select a.attname, format_type(a.atttypid, a.atttypmod), coalesce(array_position(i.indkey, a.attnum), -1)
                from pg_attribute a left join pg_index i on i.indrelid = a.attrelid and i.indisprimary
                where a.attrelid = cast(? as text)::regclass and a.attnum > 0 and not a.attisdropped
                order by a.attnum
                """,
                (row, number) -> new Column(row.getString(1), row.getString(2), row.getInt(3)),
                schema + "." + name);
        return new ComparedTable(name, columns);
    }

    String name() {
        return name;
    }

    int width() {
        return columns.size();
    }

    String column(int index) {
        return columns.get(index).name();
    }

    /** Every value as text, the rows in the order of their keys. */
    String select(String schema, String where) {
        return columns.stream()
                        .map(column -> "\"" + column.name() + "\"::text")
                        .collect(Collectors.joining(", ", "select ", ""))
                + " from " + schema + "." + name + where
                + Arrays.stream(key)
                        .mapToObj(i -> columns.get(i).order(name))
                        .collect(Collectors.joining(", ", " order by ", ""));
    }

    /** Which of two rows comes first, as PostgreSQL orders them. */
    int compare(@Nullable String[] one, @Nullable String[] other) {
        for (int i : key) {
            String a = String.valueOf(one[i]);
            String b = String.valueOf(other[i]);
            int order = columns.get(i).isNumber()
                    ? Long.compare(Long.parseLong(a), Long.parseLong(b))
                    : Arrays.compareUnsigned(a.getBytes(StandardCharsets.UTF_8), b.getBytes(StandardCharsets.UTF_8));
            if (order != 0) return order;
        }
        return 0;
    }

    String key(@Nullable String[] row) {
        return Arrays.stream(key).mapToObj(i -> String.valueOf(row[i])).collect(Collectors.joining(","));
    }

    @Nullable
    String shown(int index, @Nullable String[] row) {
        String value = row[index];
        if (value == null || value.isEmpty() || !SECRET.contains(column(index))) return value;
        byte[] hash = Digests.sha256().digest(value.getBytes(StandardCharsets.UTF_8));
        return "hidden, SHA-256 " + HexFormat.of().formatHex(hash, 0, 6) + "…";
    }

    /** A whole row in words. */
    String shown(@Nullable String[] row) {
        return IntStream.range(0, columns.size())
                .mapToObj(i -> column(i) + "=" + shown(i, row))
                .collect(Collectors.joining(", "));
    }

    /** Takes a row into a digest so that no two different rows look alike. */
    static void digest(MessageDigest digest, @Nullable String[] row) {
        for (String value : row) {
            if (value == null) {
                digest.update((byte) 0);
                continue;
            }
            byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
            digest.update((bytes.length + ":").getBytes(StandardCharsets.US_ASCII));
            digest.update(bytes);
        }
        digest.update((byte) '\n');
    }
}
