package io.tollbook.command.eventstore;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.concurrent.atomic.AtomicReference;
import javax.sql.DataSource;
import org.springframework.jdbc.datasource.DelegatingDataSource;

/** Connections of a real database that break once, right before or right after an update reaches it. */
final class FlakyDataSource extends DelegatingDataSource {
    private enum Fault {
        NONE,
        BEFORE,
        AFTER
    }

    private final AtomicReference<Fault> next = new AtomicReference<>(Fault.NONE);

    FlakyDataSource(DataSource real) {
        super(real);
    }

    void breakBeforeNextUpdate() {
        next.set(Fault.BEFORE);
    }

    void breakAfterNextUpdate() {
        next.set(Fault.AFTER);
    }

    @Override
    public Connection getConnection() throws SQLException {
        Connection real = super.getConnection();
        return proxy(
                Connection.class,
                real,
                (name, result) -> result instanceof PreparedStatement statement
                        ? proxy(PreparedStatement.class, statement, (inner, answer) -> answer)
                        : result);
    }

    private interface Wrap {
        Object around(String method, Object result);
    }

    private <T> T proxy(Class<T> type, T real, Wrap wrap) {
        return type.cast(Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {type}, (self, method, arguments) -> {
                    boolean update = method.getName().equals("executeUpdate");
                    if (update && next.compareAndSet(Fault.BEFORE, Fault.NONE)) throw broken();
                    try {
                        Object result = method.invoke(real, arguments);
                        if (update && next.compareAndSet(Fault.AFTER, Fault.NONE)) throw broken();
                        return wrap.around(method.getName(), result);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                }));
    }

    private static SQLException broken() {
        return new SQLException("the connection broke", "08006");
    }
}
