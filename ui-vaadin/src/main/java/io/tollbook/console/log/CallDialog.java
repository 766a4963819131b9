package io.tollbook.console.log;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.dialog.Dialog;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H3;
import com.vaadin.flow.component.html.Span;
import io.tollbook.console.access.Visitor;
import io.tollbook.console.ledger.LotWords;
import io.tollbook.console.page.Amounts;
import io.tollbook.console.page.Clip;
import io.tollbook.console.page.Facts;
import io.tollbook.console.page.Marks;
import io.tollbook.console.page.Moments;
import io.tollbook.console.page.SmallTable;
import io.tollbook.console.pricing.ChargeSteps;
import io.tollbook.kernel.account.Attempt;
import io.tollbook.kernel.account.Conversion;
import io.tollbook.kernel.account.LotClass;
import io.tollbook.kernel.account.Meter;
import io.tollbook.kernel.account.Money;
import io.tollbook.kernel.log.LogKind;
import io.tollbook.kernel.log.LogRow;
import io.tollbook.kernel.log.PaidFrom;
import io.tollbook.kernel.log.Receipt;
import io.tollbook.kernel.log.ReceiptOf;
import io.tollbook.kernel.pricing.PriceVersionByNumber;
import io.tollbook.kernel.user.Role;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** All that is known of one line of the log. */
class CallDialog extends Dialog {
    private final Visitor visitor;
    private final LogRow row;
    private final Optional<Receipt> receipt;

    CallDialog(Visitor visitor, LogRow row) {
        this.visitor = visitor;
        this.row = row;
        receipt = row.kind() == LogKind.CONSUME
                ? visitor.ask(new ReceiptOf(row.position(), visitor.maySee(Role.ADMIN) ? null : visitor.user()))
                : Optional.empty();
        setId("call");
        setHeaderTitle(row.model().isEmpty() ? LogView.kindName(row.kind()) : row.model());
        setWidth("720px");
        setMaxWidth("100%");
        add(facts());
        if (!row.meters().isEmpty()) add(section("Tokens", tokens()), section("Price", price()));
        if (!row.attempts().isEmpty()) add(section("Attempts", attempts()));
        receipt.ifPresent(paid -> {
            add(section("Paid from", funds(paid)));
            getFooter().add(ReceiptTools.of(paid));
        });
        Button close = new Button("Close", click -> close());
        close.setId("call-close");
        getFooter().add(close);
    }

    private static Component section(String title, Component content) {
        Div section = new Div(new H3(title), content);
        section.addClassName("section");
        return section;
    }

    private Component facts() {
        Facts facts = new Facts();
        facts.add("Time", Moments.milli(row.at()));
        if (!row.request().isEmpty())
            facts.add(
                    "Request",
                    Marks.row(
                            Marks.code(row.request()),
                            Clip.button("request id", row::request),
                            inTheBook("In the book")));
        if (row.upstreamRequest() != null && !row.upstreamRequest().isEmpty())
            facts.add(
                    "At the provider",
                    Marks.row(
                            Marks.code(row.upstreamRequest()),
                            Clip.button("provider's id", () -> String.valueOf(row.upstreamRequest()))));
        if (!row.quota().isZero() || !row.meters().isEmpty())
            facts.add(
                    "Charged",
                    Marks.row(
                            Marks.usd(row.quota()),
                            Marks.dim(Amounts.number(row.quota().units()) + " quota")));
        if (!row.provenance().isEmpty()) facts.add("Usage", provenance(row.provenance()));
        facts.add("What", row.content());
        if (visitor.maySee(Role.ADMIN)) {
            if (row.user() > 0) facts.add("User", row.username() + " (" + row.user() + ")");
            if (row.channel() > 0) facts.add("Channel", row.channelName() + " (" + row.channel() + ")");
        }
        facts.add("Model there", mapping());
        facts.add("Conversion", conversion());
        facts.add("Key", row.tokenName());
        facts.add("Group", row.group());
        if (row.totalMillis() > 0)
            facts.add(
                    "Timing",
                    Moments.length(row.totalMillis()) + " in all"
                            + (row.firstByteMillis() >= 0
                                    ? ", first byte after " + Moments.length(row.firstByteMillis())
                                    : "")
                            + (row.stream() ? ", streamed" : ""));
        facts.add("Event", Marks.code(Long.toString(row.position())));
        return facts;
    }

    /** What the model was called at the provider, where it was called something else. */
    private String mapping() {
        if (row.attempts().isEmpty()) return "";
        String there = row.attempts().getLast().upstreamModel();
        return there.equals(row.model()) || there.isEmpty() ? "" : row.model() + " → " + there;
    }

    /** Which dialect the call came in and which it went out in, at the last channel it went to. */
    private String conversion() {
        if (row.attempts().isEmpty()) return "";
        Conversion conversion = row.attempts().getLast().conversion();
        return conversion == null
                ? "none, passed on in the client’s own dialect"
                : conversion.client().words() + " → " + conversion.upstream().words();
    }

    private static Component funds(Receipt paid) {
        SmallTable table = new SmallTable("Lot", "Price paid", "#Quota", "#Amount");
        for (PaidFrom from : paid.burned())
            table.line(
                    lot(from),
                    price(from),
                    new Span(Amounts.number(from.amount().units())),
                    Marks.usd(from.amount()));
        if (paid.overdraft().isPositive())
            table.line(
                    Marks.pill("overdraft", Marks.Tone.WARNING),
                    Marks.dim("the next grant pays it"),
                    new Span(Amounts.number(paid.overdraft().units())),
                    Marks.usd(paid.overdraft()));
        Div both = new Div(
                table,
                Marks.dim(Amounts.usd(paid.held()) + " had been set aside; " + Amounts.usd(paid.available())
                        + " were available afterwards."));
        both.setId("funds");
        return both;
    }

    private static Component lot(PaidFrom from) {
        LotClass lotClass = from.lotClass();
        if (lotClass == null) return Marks.code(from.lot().value());
        Span words = new Span(LotWords.name(lotClass) + (from.cause().isEmpty() ? "" : ": " + from.cause()));
        words.setTitle(from.lot().value());
        return Marks.stacked(words, Marks.code(from.lot().value()));
    }

    private static Component price(PaidFrom from) {
        if (from.lotClass() == null) return Marks.dim("not known yet");
        Money price = from.price();
        if (price == null) return Marks.dim("none");
        return Marks.stacked(
                new Span(LotWords.money(price)),
                Marks.dim("for " + Amounts.number(from.granted().units()) + " quota"));
    }

    private Component inTheBook(String label) {
        String account = visitor.maySee(Role.ADMIN) && row.user() > 0 ? "/" + row.user() : "";
        Anchor link =
                new Anchor("book" + account + "?q=" + URLEncoder.encode(row.request(), StandardCharsets.UTF_8), label);
        link.setId("call-book");
        return link;
    }

    private static Component provenance(String provenance) {
        return switch (provenance) {
            case "REPORTED" -> new Span("reported by the provider");
            case "DRAINED" -> new Span("reported after the client had hung up");
            case "ESTIMATED" ->
                Marks.row(
                        Marks.pill("estimated", Marks.Tone.WARNING),
                        Marks.dim("the provider did not report any usage"));
            case "QUARANTINED" ->
                Marks.row(
                        Marks.pill("quarantined", Marks.Tone.WARNING),
                        Marks.dim("the provider reported what cannot be; estimated, never above the hold"));
            default -> new Span(provenance.toLowerCase(Locale.ROOT));
        };
    }

    private Component tokens() {
        SmallTable table = new SmallTable("Meter", "#Count");
        for (Map.Entry<Meter, Long> count : row.meters().counts().entrySet())
            table.line(ChargeSteps.meterName(count.getKey()), Amounts.number(count.getValue()));
        return table;
    }

    private Component price() {
        return visitor.ask(new PriceVersionByNumber(row.priceVersion()))
                .flatMap(version -> PriceSteps.of(row, version.document()).map(steps -> {
                    SmallTable table = new SmallTable("Step", "#", "#Result");
                    steps.steps().forEach(step -> table.line(step.what(), step.sum(), step.result()));
                    Div both = new Div(
                            table,
                            steps.proven()
                                    ? Marks.text(
                                            "✓ This is what was charged, under price version " + version.version()
                                                    + ".",
                                            "good")
                                    : row.provenance().equals("QUARANTINED")
                                            ? Marks.text(
                                                    "What was charged follows the site’s option for impossible usage.",
                                                    "dim")
                                            : Marks.text(
                                                    "Another ratio was in force for this user: the charge stands as settled.",
                                                    "dim"));
                    both.addClassName("steps");
                    return (Component) both;
                }))
                .orElseGet(() -> Marks.dim("The price version of this charge is not known here."));
    }

    private Component attempts() {
        boolean admin = visitor.maySee(Role.ADMIN);
        SmallTable table = admin
                ? new SmallTable("Channel", "Model there", "Outcome", "#Status", "#Time", "#Charged", "#Cost to us")
                : new SmallTable("Try", "Model there", "Outcome", "#Status", "#Time", "#Charged");
        int number = 0;
        for (Attempt attempt : row.attempts()) {
            number++;
            boolean paid = number == row.attempts().size() && row.kind() == LogKind.CONSUME;
            List<Component> cells = new ArrayList<>(List.of(
                    new Span(admin ? Long.toString(attempt.channel().value()) : Integer.toString(number)),
                    there(attempt),
                    outcome(attempt.outcome()),
                    new Span(attempt.status() == 0 ? "–" : Integer.toString(attempt.status())),
                    new Span(Moments.length(attempt.millis())),
                    paid ? Marks.usd(row.quota()) : Marks.dim("nothing")));
            if (admin) cells.add(CostWords.of(attempt.cost()));
            table.line(cells.toArray(Component[]::new));
        }
        table.setId("attempts");
        return admin ? Marks.box("scroll-x", table) : table;
    }

    private static Component there(Attempt attempt) {
        Component model = Marks.code(attempt.upstreamModel());
        Conversion conversion = attempt.conversion();
        return conversion == null
                ? model
                : Marks.stacked(model, Marks.dim("as " + conversion.upstream().words()));
    }

    private static Component outcome(Attempt.Outcome outcome) {
        String word = outcome.name().toLowerCase(Locale.ROOT).replace('_', ' ');
        return Marks.pill(
                word,
                switch (outcome) {
                    case ANSWERED -> Marks.Tone.GOOD;
                    case CANCELLED -> Marks.Tone.NEUTRAL;
                    default -> Marks.Tone.BAD;
                });
    }
}
