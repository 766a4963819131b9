package io.tollbook.query.readmodel;

import java.sql.Connection;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

/**
 * The tables of one read model a second time, in a schema of their own: same columns, keys, indexes, settings and
 * partitions under the same names, so that after a switch nothing tells the new ones from the old.
 */
final class ShadowTables {
    static final String LIVE = "views";
    private static final String PREFIX = "shadow_";
    private static final String REPLACED = "replaced_";

    /** Shorter than PostgreSQL waits before it looks for a deadlock, so that never a reader is the one to give way. */
    private static final String LOCK_WAIT = "set local lock_timeout = '500ms'";

    private final String readModel;
    private final List<String> tables;

    ShadowTables(String readModel) {
        this.readModel = readModel;
        tables = ReadModelNames.tables(readModel);
    }

    String schema() {
        return PREFIX + readModel.replace('-', '_');
    }

    List<String> tables() {
        return tables;
    }

    /** Held by whoever fills the shadow, for as long as its session lives. */
    boolean lock(Connection connection) {
        return Boolean.TRUE.equals(on(connection)
                .queryForObject("select pg_try_advisory_lock(hashtext(?))", Boolean.class, "tollbook " + schema()));
    }

    void unlock(Connection connection) {
        on(connection).queryForObject("select pg_advisory_unlock(hashtext(?))", Boolean.class, "tollbook " + schema());
    }

    void create(Connection connection) {
        JdbcTemplate database = on(connection);
        drop(database);
        database.execute("create schema " + schema());
        for (String table : tables) create(database, table);
    }

    private void create(JdbcTemplate database, String table) {
        String live = LIVE + "." + table;
        String shadow = schema() + "." + table;
        String partitioned = text(database, "select pg_get_partkeydef(?::regclass)", live);
        database.execute("create table " + shadow + " (like " + live + " including defaults including storage)"
                + (partitioned == null ? "" : " partition by " + partitioned));
        String settings =
                text(database, "select array_to_string(reloptions, ', ') from pg_class where oid = ?::regclass", live);
        if (settings != null) database.execute("alter table " + shadow + " set (" + settings + ")");
        for (String constraint : database.queryForList(
                "select format('add constraint %I %s', conname, pg_get_constraintdef(oid)) from pg_constraint"
                        + " where conrelid = ?::regclass and contype in ('p', 'u', 'c')",
                String.class, live)) database.execute("alter table " + shadow + " " + constraint);
        for (String index : database.queryForList(
                "select pg_get_indexdef(indexrelid) from pg_index where indrelid = ?::regclass"
                        + " and not exists (select from pg_constraint where conindid = indexrelid)",
                String.class,
                live)) database.execute(index.replaceFirst(" ON (ONLY )?" + LIVE + "\\.", " ON " + schema() + "."));
        addPartitions(database, table);
    }

    /** Makes the partitions that the live tables have got meanwhile. False if there are none. */
    boolean addPartitions(Connection connection) {
        boolean added = false;
        for (String table : tables) added |= addPartitions(on(connection), table);
        return added;
    }

    private boolean addPartitions(JdbcTemplate database, String table) {
        List<String> missing =
                database.queryForList("""
                select format('create table %s.%I partition of %s.%I %s', cast(? as text), c.relname, cast(? as text),
                    cast(? as text), pg_get_expr(c.relpartbound, c.oid))
                from pg_inherits i join pg_class c on c.oid = i.inhrelid
                where i.inhparent = ?::regclass and to_regclass(format('%I.%I', cast(? as text), c.relname)) is null
                """, String.class, schema(), schema(), table, LIVE + "." + table, schema());
        missing.forEach(database::execute);
        return !missing.isEmpty();
    }

    void analyze(Connection connection) {
        for (String table : tables) on(connection).execute("analyze " + schema() + "." + table);
    }

    /**
     * Puts these tables in the place of the live ones, in the transaction that the database is in. Whoever reads meanwhile
     * waits for a moment and then reads the new ones.
     */
    void takeOver(JdbcTemplate database) {
        String replaced = REPLACED + schema();
        database.execute(LOCK_WAIT);
        database.execute("create schema " + replaced);
        database.execute("lock table "
                + String.join(
                        ", ", tables.stream().map(table -> LIVE + "." + table).toList()) + " in access exclusive mode");
        for (String relation : relations(database, LIVE)) move(database, LIVE, relation, replaced);
        for (String relation : relations(database, schema())) move(database, schema(), relation, LIVE);
    }

    private List<String> relations(JdbcTemplate database, String schema) {
        List<String> relations = new ArrayList<>(tables);
        for (String table : tables)
            relations.addAll(database.queryForList(
                    "select c.relname from pg_inherits i join pg_class c on c.oid = i.inhrelid"
                            + " where i.inhparent = ?::regclass",
                    String.class,
                    schema + "." + table));
        return relations;
    }

    private static void move(JdbcTemplate database, String from, String relation, String to) {
        database.execute("alter table " + from + "." + relation + " set schema " + to);
    }

    /** Removes the shadow, and what it has replaced, in the transaction that the connection is in. */
    void drop(Connection connection) {
        drop(on(connection));
    }

    private void drop(JdbcTemplate database) {
        database.execute("set local lock_timeout = '20s'");
        database.execute("drop schema if exists " + schema() + " cascade");
        database.execute("drop schema if exists " + REPLACED + schema() + " cascade");
    }

    private static @Nullable String text(JdbcTemplate database, String sql, String table) {
        return database.queryForObject(sql, String.class, table);
    }

    private static JdbcTemplate on(Connection connection) {
        return new JdbcTemplate(new SingleConnectionDataSource(connection, true));
    }
}
