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

    Type type();

    record Number(Fraction value) implements Node {
        @Override
        public Type type() {
            return Type.NUMBER;
        }
    }

    record Text(String value) implements Node {
        @Override
        public Type type() {
            return Type.TEXT;
        }
    }

    record Truth(boolean value) implements Node {
        @Override
        public Type type() {
            return Type.TRUTH;
        }
    }

    record Missing() implements Node {
        @Override
        public Type type() {
            return Type.ANY;
        }
    }

    record Count(Variable variable) implements Node {
        @Override
        public Type type() {
            return Type.NUMBER;
        }
    }

    /** The whole prompt, however it was priced. */
    record Length() implements Node {
        @Override
        public Type type() {
            return Type.NUMBER;
        }
    }

    record Not(Node of) implements Node {
        @Override
        public Type type() {
            return Type.TRUTH;
        }
    }

    /** @param operator one of + - * / % and max, min */
    record Arithmetic(String operator, Node left, Node right) implements Node {
        @Override
        public Type type() {
            return Type.NUMBER;
        }
    }

    /** @param function abs, ceil or floor */
    record Shape(String function, Node of) implements Node {
        @Override
        public Type type() {
            return Type.NUMBER;
        }
    }

    record Comparison(String operator, Node left, Node right) implements Node {
        @Override
        public Type type() {
            return Type.TRUTH;
        }
    }

    record Logic(boolean and, Node left, Node right) implements Node {
        @Override
        public Type type() {
            return Type.TRUTH;
        }
    }

    record Choice(Node condition, Node then, Node otherwise) implements Node {
        @Override
        public Type type() {
            return then.type() == otherwise.type() ? then.type() : Type.ANY;
        }
    }

    /** Names the price that applied. */
    record Tier(String name, Node value) implements Node {
        @Override
        public Type type() {
            return value.type();
        }
    }

    /** @param body whether it is a field of the body, else a header */
    record Asked(boolean body, String path) implements Node {
        @Override
        public Type type() {
            return Type.ANY;
        }
    }

    record Has(Node text, Node part) implements Node {
        @Override
        public Type type() {
            return Type.TRUTH;
        }
    }

    record Clock(Hand hand, ZoneId zone) implements Node {
        @Override
        public Type type() {
            return Type.NUMBER;
        }
    }

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
