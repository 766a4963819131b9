package io.tollbook.kernel.pricing;

import io.tollbook.kernel.account.Meter;
import io.tollbook.kernel.pricing.Charge.Subject;
import io.tollbook.kernel.pricing.expression.Fraction;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Adds up a call. The relay only wants the sum; {@link Itemised} writes the lines down as well, and adds up by the same code. */
class Bill {
    private BigDecimal sum = BigDecimal.ZERO;
    private @Nullable Fraction formula;

    void add(Subject subject, @Nullable Meter meter, long count, BigDecimal price) {
        sum = sum.add(count == 1 ? price : price.multiply(BigDecimal.valueOf(count)));
    }

    void add(Fraction amount) {
        formula = amount;
    }

    void tier(@Nullable String name) {}

    /** The list price in quota, where no formula made it anything but a decimal; else null. */
    final @Nullable BigDecimal decimal() {
        return formula == null ? sum : null;
    }

    final Fraction list() {
        return formula == null ? Fraction.of(sum) : Fraction.of(sum).plus(formula);
    }

    static final class Itemised extends Bill {
        final List<Charge.Line> lines = new ArrayList<>();

        @Nullable
        String tier;

        @Override
        void add(Subject subject, @Nullable Meter meter, long count, BigDecimal price) {
            super.add(subject, meter, count, price);
            BigDecimal amount = price.multiply(BigDecimal.valueOf(count));
            lines.add(new Charge.Line(subject, meter, count, price, Fraction.of(amount)));
        }

        @Override
        void add(Fraction amount) {
            super.add(amount);
            lines.add(new Charge.Line(Subject.FORMULA, null, 1, BigDecimal.ZERO, amount));
        }

        @Override
        void tier(@Nullable String name) {
            tier = name;
        }
    }
}
