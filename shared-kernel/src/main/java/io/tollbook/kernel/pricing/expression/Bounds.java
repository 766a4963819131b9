package io.tollbook.kernel.pricing.expression;

import io.tollbook.kernel.Refused;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Between which values a formula lies, whatever the counts turn out to be. A number is enclosed by two lines over the counts,
 * not by two numbers: so a prompt is reckoned once, at its dearest price, and not once for each price it could get. Where a
 * condition depends on what is not known yet, both of its branches are enclosed.
 */
final class Bounds {
    /** A text, or a condition, that depends on what is not known yet. */
    private static final Object UNKNOWN = new Object();

    private static final Fraction SAID_MAX = Fraction.of(Node.PARAM_MAX);

    private final Fraction prompt;
    private final Fraction output;
    private final @Nullable Circumstances circumstances;

    /** @param circumstances those of the call; null to enclose every call there could be */
    Bounds(long promptTokens, long outputTokens, @Nullable Circumstances circumstances) {
        prompt = Fraction.of(promptTokens);
        output = Fraction.of(outputTokens);
        this.circumstances = circumstances;
    }

    private record Range(Line low, Line high) {
        static Range of(Line line) {
            return new Range(line, line);
        }

        static Range of(Fraction least, Fraction most) {
            return new Range(Line.of(least), Line.of(most));
        }

        static Range of(Fraction number) {
            return of(Line.of(number));
        }

        boolean isNumber() {
            return low.isNumber() && high.isNumber() && low.start().equals(high.start());
        }

        Range plus(Range other) {
            return new Range(low.with(other.low, Fraction::plus), high.with(other.high, Fraction::plus));
        }

        Range times(Fraction factor) {
            return factor.signum() >= 0
                    ? new Range(low.times(factor), high.times(factor))
                    : new Range(high.times(factor), low.times(factor));
        }

        Range or(Range other) {
            return new Range(low.with(other.low, Fraction::min), high.with(other.high, Fraction::max));
        }
    }

    /**
     * The most the formula can be.
     *
     * @throws Refused INVALID if it may divide by zero
     */
    Fraction most(Node node) {
        return most(number(node));
    }

    private Fraction most(Range range) {
        return range.high.most(prompt, output);
    }

    private Fraction least(Range range) {
        return range.low.least(prompt, output);
    }

    private Range number(Node node) {
        Object value = value(node);
        if (value instanceof Range range) return range;
        return value == UNKNOWN ? Range.of(SAID_MAX.negated(), SAID_MAX) : Range.of(Fraction.ZERO);
    }

    /** TRUE, FALSE or UNKNOWN. */
    private Object truth(Node node) {
        Object value = value(node);
        return value == UNKNOWN || value instanceof Boolean ? Objects.requireNonNull(value) : Boolean.FALSE;
    }

    private @Nullable Object value(Node node) {
        return switch (node) {
            case Node.Number number -> Range.of(number.value());
            case Node.Text text -> text.value();
            case Node.Truth truth -> truth.value();
            case Node.Missing missing -> null;
            case Node.Count count -> Range.of(Line.of(count.variable()));
            case Node.Length whole -> Range.of(Line.length());
            case Node.Not not -> truth(not.of()) instanceof Boolean truth ? !truth : UNKNOWN;
            case Node.Arithmetic sum -> arithmetic(sum.operator(), number(sum.left()), number(sum.right()));
            case Node.Shape shape -> shaped(shape.function(), number(shape.of()));
            case Node.Comparison comparison ->
                compared(comparison.operator(), value(comparison.left()), value(comparison.right()));
            case Node.Logic logic -> logic(logic.and(), truth(logic.left()), truth(logic.right()));
            case Node.Choice choice -> chosen(choice);
            case Node.Tier named -> value(named.value());
            case Node.Asked asked -> circumstances == null ? UNKNOWN : said(Evaluation.asked(asked, circumstances));
            case Node.Has has -> {
                Object text = value(has.text());
                Object part = value(has.part());
                yield text == UNKNOWN || part == UNKNOWN ? UNKNOWN : Evaluation.has(text, part);
            }
            case Node.Clock clock ->
                circumstances == null
                        ? Range.of(Fraction.of(clock.hand().least), Fraction.of(clock.hand().most))
                        : Range.of(
                                Fraction.of(clock.hand().of(circumstances.at().atZone(clock.zone()))));
        };
    }

    private static @Nullable Object said(@Nullable Object value) {
        return value instanceof Fraction number ? Range.of(number) : value;
    }

    private static Object logic(boolean and, Object left, Object right) {
        Boolean decisive = !and;
        if (left.equals(decisive) || right.equals(decisive)) return decisive;
        return left == UNKNOWN || right == UNKNOWN ? UNKNOWN : and;
    }

    private @Nullable Object chosen(Node.Choice choice) {
        if (truth(choice.condition()) instanceof Boolean truth)
            return value(truth ? choice.then() : choice.otherwise());
        boolean numbers =
                choice.then().type() == Node.Type.NUMBER || choice.otherwise().type() == Node.Type.NUMBER;
        return numbers ? number(choice.then()).or(number(choice.otherwise())) : UNKNOWN;
    }

    private Object compared(String operator, @Nullable Object left, @Nullable Object right) {
        if (left == UNKNOWN || right == UNKNOWN) return UNKNOWN;
        if (!(left instanceof Range one) || !(right instanceof Range other))
            return switch (operator) {
                case "==" -> Objects.equals(left, right);
                case "!=" -> !Objects.equals(left, right);
                default -> Boolean.FALSE;
            };
        Range difference = one.plus(other.times(Fraction.ONE.negated()));
        int least = least(difference).signum();
        int most = most(difference).signum();
        return switch (operator) {
            case "<" -> decided(most < 0, least >= 0);
            case "<=" -> decided(most <= 0, least > 0);
            case ">" -> decided(least > 0, most <= 0);
            case ">=" -> decided(least >= 0, most < 0);
            case "==" -> decided(least == 0 && most == 0, least > 0 || most < 0);
            case "!=" -> decided(least > 0 || most < 0, least == 0 && most == 0);
            default -> throw new IllegalStateException(operator);
        };
    }

    private static Object decided(boolean yes, boolean no) {
        return yes ? Boolean.TRUE : no ? Boolean.FALSE : UNKNOWN;
    }

    private Range arithmetic(String operator, Range left, Range right) {
        return switch (operator) {
            case "+" -> left.plus(right);
            case "-" -> left.plus(right.times(Fraction.ONE.negated()));
            case "*" -> product(left, right);
            case "/" -> product(left, inverse(right));
            case "%" -> remainder(left, right);
            // Counts are never negative, so the larger line is nowhere above the line of the larger slopes.
            case "max" ->
                new Range(
                        least(left).compareTo(least(right)) >= 0 ? left.low : right.low,
                        left.high.with(right.high, Fraction::max));
            case "min" ->
                new Range(
                        left.low.with(right.low, Fraction::min),
                        most(left).compareTo(most(right)) <= 0 ? left.high : right.high);
            default -> throw new IllegalStateException(operator);
        };
    }

    private Range product(Range left, Range right) {
        if (right.isNumber()) return left.times(right.low.start());
        if (left.isNumber()) return right.times(left.low.start());
        List<Fraction> corners = List.of(
                least(left).times(least(right)),
                least(left).times(most(right)),
                most(left).times(least(right)),
                most(left).times(most(right)));
        return Range.of(
                corners.stream().reduce(Fraction::min).orElseThrow(),
                corners.stream().reduce(Fraction::max).orElseThrow());
    }

    private Range inverse(Range divisor) {
        if (divisor.isNumber() && divisor.low.start().signum() != 0)
            return Range.of(Fraction.ONE.dividedBy(divisor.low.start()));
        if (least(divisor).signum() <= 0 && most(divisor).signum() >= 0)
            throw Refused.invalid(
                    "The expression divides by something that can be zero. Write max(…, 1) around the divisor.");
        return Range.of(Fraction.ONE.dividedBy(most(divisor)), Fraction.ONE.dividedBy(least(divisor)));
    }

    /** A remainder is smaller than its divisor and has the sign of what was divided. */
    private Range remainder(Range left, Range right) {
        inverse(right);
        Fraction size = most(right).max(least(right).negated());
        return Range.of(
                least(left).signum() >= 0 ? Fraction.ZERO : size.negated(),
                most(left).signum() <= 0 ? Fraction.ZERO : size);
    }

    private Range shaped(String function, Range of) {
        return switch (function) {
            case "ceil" -> new Range(of.low, of.high.with(Line.of(Fraction.ONE), Fraction::plus));
            case "floor" -> new Range(of.low.with(Line.of(Fraction.ONE), Fraction::minus), of.high);
            case "abs" -> {
                if (least(of).signum() >= 0) yield of;
                if (most(of).signum() <= 0) yield of.times(Fraction.ONE.negated());
                yield Range.of(Fraction.ZERO, most(of).max(least(of).negated()));
            }
            default -> throw new IllegalStateException(function);
        };
    }
}
