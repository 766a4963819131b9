package io.tollbook.kernel.pricing.expression;

import java.math.BigDecimal;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.List;

/** A formula as a tree. Only what a request says has no type before it is evaluated. */
sealed interface Node {
    /** What a node is for sure; a value of the request may be ANY. */
    enum Type {
        NUMBER,
        TRUTH,
        TEXT,
        ANY;

        boolean mayBe(Type other) {
            return this == other || this == ANY;
        }
    }

    default Type type() {
        return switch (this) {
            case Number _, Count _, Length _, Arithmetic _, Shape _, Clock _ -> Type.NUMBER;
            case Truth _, Not _, Comparison _, Logic _, Has _ -> Type.TRUTH;
            case Text _ -> Type.TEXT;
            case Missing _, Asked _ -> Type.ANY;
            case Tier tier -> tier.value().type();
            case Choice choice -> {
                // Asked once: asked twice, each level of a nested choice would double the work.
                Type then = choice.then().type();
                yield then == choice.otherwise().type() ? then : Type.ANY;
            }
        };
    }

    record Number(Fraction value) implements Node {}

    record Text(String value) implements Node {}

    record Truth(boolean value) implements Node {}

    record Missing() implements Node {}

    record Count(Variable variable) implements Node {}

    /** The whole prompt, however it was priced. */
    record Length() implements Node {}

    record Not(Node of) implements Node {}

    /** @param operator one of + - * / % and max, min */
    record Arithmetic(String operator, Node left, Node right) implements Node {}

    /** @param function abs, ceil or floor */
    record Shape(String function, Node of) implements Node {}

    record Comparison(String operator, Node left, Node right) implements Node {}

    record Logic(boolean and, Node left, Node right) implements Node {}

    record Choice(Node condition, Node then, Node otherwise) implements Node {}

    /** Names the price that applied. */
    record Tier(String name, Node value) implements Node {}

    /** @param body whether it is a field of the body, else a header */
    record Asked(boolean body, String path) implements Node {}

    record Has(Node text, Node part) implements Node {}

    record Clock(Hand hand, ZoneId zone) implements Node {}

    /** What a clock or calendar shows, and between which numbers. */
    enum Hand {
        HOUR(0, 23),
        MINUTE(0, 59),
        /** From Sunday, which is 0. */
        WEEKDAY(0, 6),
        MONTH(1, 12),
        DAY(1, 31);

        final int least;
        final int most;

        Hand(int least, int most) {
            this.least = least;
            this.most = most;
        }

        int of(ZonedDateTime time) {
            return switch (this) {
                case HOUR -> time.getHour();
                case MINUTE -> time.getMinute();
                case WEEKDAY -> time.getDayOfWeek().getValue() % 7;
                case MONTH -> time.getMonthValue();
                case DAY -> time.getDayOfMonth();
            };
        }
    }

    /** A number that a request says is taken up to this size; beyond it, it is missing. */
    BigDecimal PARAM_MAX = new BigDecimal("1000000000000");

    int PARAM_SCALE_MAX = 12;

    static List<String> functions() {
        return List.of(
                "tier", "param", "header", "has", "hour", "minute", "weekday", "month", "day", "max", "min", "abs",
                "ceil", "floor");
    }
}
