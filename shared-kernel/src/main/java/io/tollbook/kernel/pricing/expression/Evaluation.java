package io.tollbook.kernel.pricing.expression;

import io.tollbook.kernel.account.Meter;
import io.tollbook.kernel.account.Meters;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A formula's value for one call. What a request says may be of any kind: where a number is needed anything else is 0, where
 * a condition is needed anything else is false, and what is of different kinds is neither equal nor in order.
 */
final class Evaluation {
    private final long[] counts = new long[Variable.COUNT];
    private final long length;
    private final Circumstances circumstances;
    private @Nullable String tier;

    Evaluation(Map<Meter, Variable> places, Meters meters, Circumstances circumstances) {
        this.circumstances = circumstances;
        length = meters.promptTokens();
        meters.counts().forEach((meter, count) -> {
            Variable variable = places.get(meter);
            if (variable != null) counts[variable.ordinal()] += count;
        });
    }

    /** The tier that was named last; null if none was. */
    @Nullable
    String tier() {
        return tier;
    }

    Fraction number(Node node) {
        return value(node) instanceof Fraction number ? number : Fraction.ZERO;
    }

    private boolean truth(Node node) {
        return value(node) instanceof Boolean truth && truth;
    }

    private @Nullable Object value(Node node) {
        return switch (node) {
            case Node.Number number -> number.value();
            case Node.Text text -> text.value();
            case Node.Truth truth -> truth.value();
            case Node.Missing missing -> null;
            case Node.Count count -> Fraction.of(counts[count.variable().ordinal()]);
            case Node.Length whole -> Fraction.of(length);
            case Node.Not not -> !truth(not.of());
            case Node.Arithmetic sum -> arithmetic(sum.operator(), number(sum.left()), number(sum.right()));
            case Node.Shape shape -> shaped(shape.function(), number(shape.of()));
            case Node.Comparison comparison ->
                compared(comparison.operator(), value(comparison.left()), value(comparison.right()));
            case Node.Logic logic ->
                logic.and() ? truth(logic.left()) && truth(logic.right()) : truth(logic.left()) || truth(logic.right());
            case Node.Choice choice -> value(truth(choice.condition()) ? choice.then() : choice.otherwise());
            case Node.Tier named -> {
                Object value = value(named.value());
                tier = named.name();
                yield value;
            }
            case Node.Asked asked -> asked(asked, circumstances);
            case Node.Has has -> has(value(has.text()), value(has.part()));
            case Node.Clock clock ->
                Fraction.of(clock.hand().of(circumstances.at().atZone(clock.zone())));
        };
    }

    static @Nullable Object asked(Node.Asked asked, Circumstances circumstances) {
        if (!asked.body()) return circumstances.header(asked.path());
        Object value = circumstances.param(asked.path());
        if (!(value instanceof BigDecimal number)) return value;
        boolean taken = number.scale() <= Node.PARAM_SCALE_MAX
                && number.scale() >= -Node.PARAM_SCALE_MAX
                && number.abs().compareTo(Node.PARAM_MAX) <= 0;
        return taken ? Fraction.of(number) : null;
    }

    static boolean has(@Nullable Object text, @Nullable Object part) {
        return text instanceof String whole && part instanceof String piece && whole.contains(piece);
    }

    static Fraction arithmetic(String operator, Fraction left, Fraction right) {
        return switch (operator) {
            case "+" -> left.plus(right);
            case "-" -> left.minus(right);
            case "*" -> left.times(right);
            case "/" -> left.dividedBy(right);
            case "%" -> left.minus(right.times(whole(left.dividedBy(right), RoundingMode.DOWN)));
            case "max" -> left.max(right);
            case "min" -> left.min(right);
            default -> throw new IllegalStateException(operator);
        };
    }

    static Fraction shaped(String function, Fraction of) {
        return switch (function) {
            case "abs" -> of.signum() < 0 ? of.negated() : of;
            case "ceil" -> whole(of, RoundingMode.CEILING);
            case "floor" -> whole(of, RoundingMode.FLOOR);
            default -> throw new IllegalStateException(function);
        };
    }

    private static Fraction whole(Fraction of, RoundingMode mode) {
        return new Fraction(of.rounded(mode).toBigIntegerExact(), BigInteger.ONE);
    }

    static boolean compared(String operator, @Nullable Object left, @Nullable Object right) {
        if (operator.equals("==")) return Objects.equals(left, right);
        if (operator.equals("!=")) return !Objects.equals(left, right);
        if (!(left instanceof Fraction one) || !(right instanceof Fraction other)) return false;
        int order = one.compareTo(other);
        return switch (operator) {
            case "<" -> order < 0;
            case "<=" -> order <= 0;
            case ">" -> order > 0;
            case ">=" -> order >= 0;
            default -> throw new IllegalStateException(operator);
        };
    }
}
