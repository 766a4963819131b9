package io.tollbook.query.readmodel;

import io.tollbook.kernel.Refused;
import java.util.Arrays;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jooq.Condition;
import org.jooq.Field;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;

/** Text filters of lists: exact, or with {@code %} for anything. */
public final class Patterns {
    private Patterns() {}

    /** No condition for null or blank. */
    public static Condition matches(Field<String> field, @Nullable String text) {
        if (text == null || text.isBlank()) return DSL.noCondition();
        if (text.indexOf('%') < 0) return field.eq(text);
        long percents = text.chars().filter(c -> c == '%').count();
        if (percents > 2 || text.contains("%%") || text.length() - percents < 2)
            throw Refused.invalid("A pattern has at most two % with at least two other characters, not side by side.");
        return field.like(text.replace("\\", "\\\\").replace("_", "\\_"), '\\');
    }

    /** Whether one text does; never for null or blank. */
    public static boolean fits(String text, @Nullable String pattern) {
        if (pattern == null || pattern.isBlank()) return false;
        if (pattern.indexOf('%') < 0) return text.equals(pattern);
        String[] parts = pattern.split("%", -1);
        String any = Arrays.stream(parts).map(Pattern::quote).collect(Collectors.joining(".*"));
        return text.matches(any);
    }

    /** Some part of the field, whatever the case. */
    public static Condition contains(Field<String> field, String part) {
        return field.containsIgnoreCase(part);
    }
}
