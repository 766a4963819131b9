package io.tollbook.query.readmodel;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.CallableStatement;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.Statement;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A connection on which the name of the live schema means another one. So projections write into a shadow as they write
 * live, and none of them has to know, or can forget, that there are shadows.
 */
final class Redirected {
    /**
     * The schema's name as people and as jOOQ write it. What stands in quotes is a value, and stays; one with a quote in it
     * looks like two that touch. Without a group that repeats, since such a one takes stack for each character.
     */
    private static final Pattern LIVE = Pattern.compile("'[^']*+'|\"views\"\\.|\\bviews\\.");

    private Redirected() {}

    static Connection to(String schema, Connection connection) {
        return wrap(connection, Connection.class, schema);
    }

    static String sql(String schema, String sql) {
        return LIVE.matcher(sql)
                .replaceAll(
                        name -> Matcher.quoteReplacement(name.group().startsWith("'") ? name.group() : schema + "."));
    }

    private static <T> T wrap(T target, Class<T> type, String schema) {
        InvocationHandler handler = (proxy, method, arguments) -> call(target, method, arguments, schema);
        return type.cast(Proxy.newProxyInstance(Redirected.class.getClassLoader(), new Class<?>[] {type}, handler));
    }

    private static @Nullable Object call(
            Object target, Method method, @Nullable Object @Nullable [] arguments, String schema) throws Throwable {
        if (arguments != null && takesSql(method)) arguments[0] = sql(schema, (String) arguments[0]);
        Object result;
        try {
            result = method.invoke(target, arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
        if (method.getReturnType() == Statement.class) return wrap((Statement) result, Statement.class, schema);
        return result;
    }

    private static boolean takesSql(Method method) {
        Class<?>[] parameters = method.getParameterTypes();
        if (parameters.length == 0 || parameters[0] != String.class) return false;
        return method.getReturnType() == PreparedStatement.class
                || method.getReturnType() == CallableStatement.class
                || method.getName().startsWith("execute")
                || method.getName().equals("addBatch");
    }
}
