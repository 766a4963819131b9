package io.tollbook.kernel.pricing.expression;

import java.util.function.BinaryOperator;

/** A number plus so much for each token of each variable. */
record Line(Fraction start, Fraction[] slopes) {
    static Line of(Fraction number) {
        Fraction[] slopes = new Fraction[Variable.COUNT];
        java.util.Arrays.fill(slopes, Fraction.ZERO);
        return new Line(number, slopes);
    }

    static Line of(Variable variable) {
        Line line = of(Fraction.ZERO);
        line.slopes[variable.ordinal()] = Fraction.ONE;
        return line;
    }

    /** One for each token of the prompt, whatever it is. */
    static Line length() {
        Line line = of(Fraction.ZERO);
        for (Variable variable : Variable.values())
            if (variable.isPrompt) line.slopes[variable.ordinal()] = Fraction.ONE;
        return line;
    }

    /** @param each makes zero of two zeros: most formulas name few variables, so most slopes are zero */
    Line with(Line other, BinaryOperator<Fraction> each) {
        Fraction[] both = new Fraction[Variable.COUNT];
        for (int i = 0; i < both.length; i++)
            both[i] = slopes[i].signum() == 0 && other.slopes[i].signum() == 0
                    ? Fraction.ZERO
                    : each.apply(slopes[i], other.slopes[i]);
        return new Line(each.apply(start, other.start), both);
    }

    Line times(Fraction factor) {
        return with(this, (one, same) -> one.times(factor));
    }

    boolean isNumber() {
        for (Fraction slope : slopes) if (slope.signum() != 0) return false;
        return true;
    }

    /** The most it can be, if the variables of the prompt sum up to at most {@code prompt}, those of the answer to {@code output}. */
    Fraction most(Fraction prompt, Fraction output) {
        Fraction dearestIn = Fraction.ZERO;
        Fraction dearestOut = Fraction.ZERO;
        for (Variable variable : Variable.values()) {
            Fraction slope = slopes[variable.ordinal()];
            if (slope.signum() <= 0) continue;
            if (variable.isPrompt) dearestIn = dearestIn.max(slope);
            else dearestOut = dearestOut.max(slope);
        }
        return start.plus(dearestIn.times(prompt)).plus(dearestOut.times(output));
    }

    Fraction least(Fraction prompt, Fraction output) {
        return times(Fraction.ONE.negated()).most(prompt, output).negated();
    }
}
