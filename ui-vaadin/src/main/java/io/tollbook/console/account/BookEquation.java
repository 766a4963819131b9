package io.tollbook.console.account;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Span;
import io.tollbook.console.page.Amounts;
import io.tollbook.console.page.Marks;
import io.tollbook.kernel.account.BookSummary;
import java.math.BigInteger;

/** The sums of a book as an equation: what came in less what went out is what is there. */
class BookEquation extends Div {
    BookEquation() {
        setId("equation");
        addClassNames("panel", "equation");
    }

    void show(BookSummary sums) {
        removeAll();
        add(
                term("", "granted", Marks.usd(sums.granted())),
                term("−", "deducted", Marks.usd(sums.deducted())),
                term("−", "charged", Marks.usd(sums.charged())),
                term("−", "expired", Marks.usd(sums.expired())),
                term("+", "overdraft", Marks.usd(sums.overdraft())),
                term("=", "available", Marks.usd(sums.available())),
                term("+", "held", Marks.usd(sums.held())));
        boolean balanced = balances(sums);
        Div verdict = new Div(
                balanced ? Marks.pill("✓ balances", Marks.Tone.GOOD) : Marks.pill("does not balance", Marks.Tone.BAD),
                Marks.dim(Amounts.number(sums.events()) + " events added up"));
        verdict.addClassName("verdict");
        add(verdict);
    }

    /** In whole units, and wide enough for any sum. */
    static boolean balances(BookSummary sums) {
        BigInteger in = of(sums.granted().units())
                .subtract(of(sums.deducted().units()))
                .subtract(of(sums.charged().units()))
                .subtract(of(sums.expired().units()))
                .add(of(sums.overdraft().units()));
        return in.equals(of(sums.available().units()).add(of(sums.held().units())));
    }

    private static BigInteger of(long units) {
        return BigInteger.valueOf(units);
    }

    private static Component term(String sign, String name, Component amount) {
        Span operator = new Span(sign);
        operator.addClassName("operator");
        Div term = new Div(operator, Marks.stacked(Marks.dim(name), amount));
        term.addClassName("term");
        return term;
    }
}
