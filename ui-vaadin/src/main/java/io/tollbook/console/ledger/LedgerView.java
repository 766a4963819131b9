package io.tollbook.console.ledger;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H2;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.textfield.TextField;
import com.vaadin.flow.data.value.ValueChangeMode;
import com.vaadin.flow.router.AfterNavigationEvent;
import com.vaadin.flow.router.AfterNavigationObserver;
import com.vaadin.flow.router.Route;
import io.tollbook.console.access.OpenTo;
import io.tollbook.console.access.Visitor;
import io.tollbook.console.page.Amounts;
import io.tollbook.console.page.Filters;
import io.tollbook.console.page.Glyph;
import io.tollbook.console.page.Marks;
import io.tollbook.console.page.Moments;
import io.tollbook.console.page.SmallTable;
import io.tollbook.console.page.View;
import io.tollbook.kernel.Refused;
import io.tollbook.kernel.ledger.ChartBalance;
import io.tollbook.kernel.ledger.Cutoff;
import io.tollbook.kernel.ledger.LedgerExport;
import io.tollbook.kernel.ledger.LedgerFault;
import io.tollbook.kernel.ledger.Posting;
import io.tollbook.kernel.ledger.TrialBalance;
import io.tollbook.kernel.ledger.TrialBalanceAsOf;
import io.tollbook.kernel.user.Role;
import java.math.BigInteger;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;

/** Whether the books of everybody together are true, now or as of any event or moment, and the accounts that show it. */
@Route("ledger")
@OpenTo(value = Role.ADMIN, auditors = true)
class LedgerView extends View implements AfterNavigationObserver {
    private final Visitor visitor;
    private final LedgerExport export;
    private final Filters filters = new Filters();
    private final TextField asOf;
    private final Div content = new Div();

    LedgerView(Visitor visitor, LedgerExport export) {
        super("Ledger", "Every event as double-entry postings: what they add up to, and whether they agree.");
        this.visitor = visitor;
        this.export = export;
        asOf = filters.text("as-of", "As of a position or a time");
        asOf.setPlaceholder("1024 or 2030-01-31T00:00:00Z");
        asOf.setValueChangeMode(ValueChangeMode.ON_CHANGE);
        asOf.setPrefixComponent(Glyph.CLOCK.icon());
        asOf.addClassName("wide");
        content.addClassName("ledger");
        add(filters, content);
    }

    @Override
    public void afterNavigation(AfterNavigationEvent event) {
        filters.read(event.getLocation());
        content.removeAll();
        asOf.setInvalid(false);
        try {
            Cutoff cutoff = Cutoff.parse(asOf.getValue());
            show(visitor.ask(new TrialBalanceAsOf(cutoff)), cutoff);
        } catch (Refused refused) {
            asOf.setErrorMessage(refused.getMessage());
            asOf.setInvalid(true);
        }
    }

    private void show(TrialBalance all, Cutoff cutoff) {
        content.add(
                verdict(all),
                section("Trial balance", trialBalance(all)),
                section("Open lots by class", classes(all)),
                section("Files for finance", Downloads.all(export, visitor, null, cutoff)));
    }

    private static Component section(String title, Component... parts) {
        Div section = new Div(new H2(title));
        section.add(parts);
        section.addClassNames("panel", "panel-pad");
        return section;
    }

    private static Component verdict(TrialBalance all) {
        Div panel = new Div();
        panel.setId("ledger-verdict");
        panel.addClassNames("panel", "panel-pad");
        Instant recordedAt = all.recordedAt();
        panel.add(Marks.row(
                all.isTrue()
                        ? Marks.pill("✓ the books balance", Marks.Tone.GOOD)
                        : Marks.pill("the books do not balance", Marks.Tone.BAD),
                Marks.dim("as of event " + Amounts.number(all.position())
                        + (recordedAt == null ? "" : ", " + Moments.milli(recordedAt)) + " · "
                        + Amounts.number(all.accounts()) + (all.accounts() == 1 ? " account" : " accounts"))));
        LedgerFault fault = all.firstFault();
        if (fault != null) {
            Anchor book = new Anchor("book/" + fault.account().value(), "Open its book");
            book.setId("ledger-fault");
            panel.add(Marks.row(
                    Marks.text(
                            "First at event " + Amounts.number(fault.position()) + " of account "
                                    + fault.account().value() + ", " + fault.event() + ": " + fault.what() + ".",
                            "bad"),
                    book));
            panel.add(Marks.dim(Amounts.number(all.faults()) + " contradictions in all"));
        }
        SmallTable table = new SmallTable("Equation", "#Left", "#Right", "");
        all.sums()
                .forEach((commodity, sum) -> table.line(
                        new Span("All accounts in " + commodity + " add up to zero"),
                        amount(commodity, sum),
                        amount(commodity, BigInteger.ZERO),
                        holds(sum.signum() == 0)));
        for (TrialBalance.Equation equation : all.equations())
            table.line(
                    new Span(equation.name()),
                    amount(equation.commodity(), equation.left()),
                    amount(equation.commodity(), equation.right()),
                    holds(equation.holds()));
        panel.add(Marks.box("scrolls", table));
        return panel;
    }

    private static Component holds(boolean yes) {
        return yes ? Marks.pill("✓ holds", Marks.Tone.GOOD) : Marks.pill("broken", Marks.Tone.BAD);
    }

    private static Component trialBalance(TrialBalance all) {
        SmallTable table = new SmallTable("Account", "#Debit", "#Credit");
        Map<String, BigInteger> turnover = new TreeMap<>();
        for (ChartBalance line : all.balances()) {
            boolean debit = line.balance().signum() > 0;
            Component amount = amount(line.commodity(), line.balance().abs());
            table.line(Marks.code(line.account().title()), debit ? amount : new Span(), debit ? new Span() : amount);
            if (debit) turnover.merge(line.commodity(), line.balance(), BigInteger::add);
        }
        turnover.forEach((commodity, debits) -> table.line(
                Marks.text("Sum in " + commodity, "strong"),
                amount(commodity, debits),
                amount(commodity, debits.subtract(all.sums().getOrDefault(commodity, BigInteger.ZERO)))));
        return Marks.box("scrolls", table);
    }

    private static Component classes(TrialBalance all) {
        SmallTable table = new SmallTable("Class", "#Lots", "#Available", "#Held", "#Paid and not yet earned");
        for (TrialBalance.ClassSum sum : all.lots()) {
            Div deferred = new Div();
            new TreeMap<>(sum.deferred()).forEach((currency, nanos) -> deferred.add(new Div(amount(currency, nanos))));
            table.line(
                    new Span(LotWords.name(sum.lotClass())),
                    new Span(Amounts.number(sum.lots())),
                    amount(Posting.QUOTA, sum.available()),
                    amount(Posting.QUOTA, sum.held()),
                    sum.deferred().isEmpty() ? Marks.dim("–") : deferred);
        }
        return Marks.box("scrolls", table);
    }

    private static Component amount(String commodity, BigInteger amount) {
        return new Span(LotWords.amount(commodity, amount));
    }
}
