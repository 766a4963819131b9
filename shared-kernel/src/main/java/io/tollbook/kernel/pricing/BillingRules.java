package io.tollbook.kernel.pricing;

import io.tollbook.kernel.account.Meter;
import io.tollbook.kernel.account.Quota;
import io.tollbook.kernel.settings.DisplayCurrency;
import java.math.BigDecimal;
import java.text.DecimalFormat;
import java.text.DecimalFormatSymbols;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * How one model is charged, in plain words: made from the price document that charges, so that a page cannot say anything
 * else. Prices are list prices; the group's factor has its own rule.
 */
public final class BillingRules {
    private static final BigDecimal THOUSAND = BigDecimal.valueOf(1_000);
    private static final BigDecimal USD_PER_QUOTA = BigDecimal.ONE.divide(BigDecimal.valueOf(Quota.UNITS_PER_USD));

    private final PriceDocument document;
    private final String model;
    private final ModelPrice price;
    private final DisplayCurrency currency;
    private final List<Rule> rules = new ArrayList<>();

    /** @param subject what it is about, in a word or three */
    public record Rule(String subject, List<String> sentences) {
        public Rule {
            sentences = List.copyOf(sentences);
        }
    }

    private BillingRules(PriceDocument document, String model, ModelPrice price, DisplayCurrency currency) {
        this.document = document;
        this.model = model;
        this.price = price;
        this.currency = currency;
    }

    /**
     * @param groups those that whoever reads this may use
     * @return nothing for a model without a price
     */
    public static List<Rule> of(
            PriceDocument document,
            String model,
            String userGroup,
            Collection<String> groups,
            DisplayCurrency currency) {
        ModelPrice price = document.price(model).orElse(null);
        if (price == null) return List.of();
        BillingRules words = new BillingRules(document, model, price, currency);
        words.write(userGroup, groups);
        return List.copyOf(words.rules);
    }

    private void write(String userGroup, Collection<String> groups) {
        if (!document.models().containsKey(model))
            ModelNames.shared(model)
                    .ifPresent(
                            shared -> rule("Name", "It has the price that all models named “" + shared + "” share."));
        switch (PricedBy.of(price)) {
            case TOKENS -> tokens();
            case CALL ->
                rule(
                        "Each call",
                        "A call costs " + dollars(price.perCall()) + ", however long the prompt and the answer are.",
                        "A call that was not answered costs nothing.");
            case SECOND ->
                rule(
                        "Each second",
                        "A second of the sound or film that is made costs " + dollars(price.perSecond()) + ".",
                        "An answer without seconds, like a chat, counts as one.");
            case PICTURE -> pictures();
            case EXPRESSION -> formula();
        }
        tools();
        groups(userGroup, groups);
        rounding();
        hold();
    }

    private void rule(String subject, String... sentences) {
        rules.add(new Rule(subject, List.of(sentences)));
    }

    private void tokens() {
        BigDecimal input = price.inputRatio();
        if (input == null || input.signum() == 0) {
            rule("Tokens", "Tokens of this model cost nothing.");
            return;
        }
        rule("Prompt", "What you send costs " + perMillion(BigDecimal.ONE) + " tokens.");
        rule(
                "Cache",
                "Tokens that the provider reads from its cache cost " + perMillion(price.cacheReadRatio())
                        + ", which is " + compared(price.cacheReadRatio(), "the prompt") + ".",
                "Tokens written to the cache cost " + perMillion(price.cacheWriteRatio())
                        + (price.cacheWriteRatio().compareTo(price.cacheWriteHourRatio()) == 0
                                ? ", for five minutes or an hour."
                                : " for five minutes and " + perMillion(price.cacheWriteHourRatio())
                                        + " for an hour."));
        rule(
                "Answer",
                "What comes back costs " + perMillion(price.completionRatio()) + " tokens, which is "
                        + compared(price.completionRatio(), "the prompt") + ".");
        OwnRatios own = price.ownOrNone();
        rule(
                "Thinking",
                own.reasoning() == null
                        ? "Tokens spent on thinking cost what the answer costs."
                        : "Tokens spent on thinking cost " + perMillion(own.reasoning()) + ".");
        BigDecimal soundIn = own.audioInput() == null ? BigDecimal.ONE : own.audioInput();
        BigDecimal soundOut =
                own.audioCompletion() == null ? null : own.audioCompletion().multiply(soundIn);
        otherTokens("Sound", own.audioInput(), soundOut);
        otherTokens("Pictures", own.imageInput(), own.imageOutput());
        tiers();
        counted();
    }

    private void otherTokens(String subject, @Nullable BigDecimal in, @Nullable BigDecimal out) {
        String thing = subject.toLowerCase(Locale.ROOT);
        if (in == null && out == null) {
            rule(subject, "Tokens of " + thing + " cost what text costs, in the prompt and in the answer.");
            return;
        }
        rule(
                subject,
                "Tokens of " + thing + " in the prompt cost "
                        + (in == null ? "what the prompt costs." : perMillion(in) + "."),
                "Tokens of " + thing + " in the answer cost "
                        + (out == null ? "what the answer costs." : perMillion(out) + "."));
    }

    private void tiers() {
        if (price.tiers().isEmpty()) return;
        List<String> sentences = new ArrayList<>();
        for (ContextTier tier : price.tiers())
            sentences.add("When the whole prompt, cached or not, has more than " + number(tier.above())
                    + " tokens, everything in the prompt costs " + times(tier.input())
                    + " and everything in the answer " + times(tier.output()) + ", for the whole call.");
        if (price.tiers().size() > 1) sentences.add("Of several the highest that is passed counts.");
        rules.add(new Rule("Long prompts", sentences));
    }

    private void counted() {
        rule("Counting", "The provider counts the tokens. Each is in one kind only, so nothing is paid twice.");
    }

    private void pictures() {
        List<String> sentences = new ArrayList<>();
        new TreeMap<>(price.perPicture()).forEach((name, dollars) -> {
            String[] parts = name.split("/", 2);
            sentences.add("A picture of " + parts[0]
                    + (parts.length > 1
                            ? " in quality " + parts[1]
                            : price.perPicture().keySet().stream().anyMatch(other -> other.startsWith(parts[0] + "/"))
                                    ? " in any other quality"
                                    : "")
                    + " costs " + dollars(dollars) + ".");
        });
        sentences.add("What is not listed, or a call that does not say what it wants, costs what the dearest does: "
                + dollars(price.dearestPicture()) + ".");
        sentences.add("An answer without pictures, like a chat, counts as one.");
        rules.add(new Rule("Each picture", sentences));
    }

    private void formula() {
        if (price.expression() == null) return;
        rules.add(new Rule("Formula", price.expression().words(currency::of)));
        counted();
    }

    private void tools() {
        List<String> sentences = new ArrayList<>();
        for (Meter meter : Tools.meters()) {
            String name = Tools.name(document.tools(), meter, model);
            BigDecimal dollars = name == null ? null : document.tools().get(name);
            if (dollars == null || dollars.signum() == 0) continue;
            int own = name.indexOf(':');
            sentences.add("Each " + toolName(meter) + " costs " + dollars(dollars.divide(THOUSAND)) + " on top"
                    + (own < 0
                            ? "."
                            : name.endsWith("*")
                                    ? ", the price for models named “" + name.substring(own + 1) + "”."
                                    : ", a price of this model’s own."));
        }
        if (!sentences.isEmpty()) rules.add(new Rule("Tools", sentences));
    }

    private static String toolName(Meter meter) {
        return switch (meter) {
            case WEB_SEARCH -> "web search";
            case WEB_SEARCH_PREVIEW -> "web search by the older tool";
            case FILE_SEARCH -> "file search";
            case GOOGLE_SEARCH -> "Google search";
            default -> throw new IllegalArgumentException(meter + " is no tool");
        };
    }

    private void groups(String userGroup, Collection<String> groups) {
        List<String> sentences = new ArrayList<>();
        for (String group : new TreeSet<>(groups)) {
            BigDecimal ratio = document.groupRatio(userGroup, group);
            BigDecimal usual = document.groups().getOrDefault(group, BigDecimal.ONE);
            sentences.add("A key in the group “" + group + "” pays "
                    + (ratio.signum() == 0 ? "nothing" : "all this × " + decimal(ratio))
                    + (ratio.compareTo(usual) == 0
                            ? "."
                            : ": as a member of “" + userGroup + "” you have that instead of × " + decimal(usual)
                                    + "."));
        }
        rules.add(new Rule("Groups", sentences));
    }

    private void rounding() {
        rule(
                "Rounding",
                "Everything is added up exactly and rounded once, "
                        + switch (document.rounding()) {
                            case HALF_AWAY_FROM_ZERO -> "half up";
                            case UP -> "up";
                        }
                        + ", to a whole quota: " + number(Quota.UNITS_PER_USD) + " quota are 1 USD.",
                "A call that costs anything costs 1 quota at least, which is " + DisplayCurrency.USD.of(USD_PER_QUOTA)
                        + ".");
    }

    private void hold() {
        rule(
                "Hold",
                "While a call runs, the most it can cost is set aside, and what it did not cost is given back.",
                "Where a call does not say how long the answer may be, " + number(document.maxOutputTokens(model))
                        + " tokens are reckoned with.");
    }

    private String perMillion(BigDecimal ratio) {
        BigDecimal input = price.inputRatio() == null ? BigDecimal.ZERO : price.inputRatio();
        return dollars(input.multiply(ratio).multiply(BigDecimal.TWO)) + " per 1M";
    }

    /** How a price stands to another. */
    private static String compared(BigDecimal ratio, String with) {
        return ratio.compareTo(BigDecimal.ONE) == 0
                ? "the price of " + with
                : ratio.signum() == 0 ? "free" : decimal(ratio) + " times the price of " + with;
    }

    private static String times(BigDecimal factor) {
        return factor.compareTo(BigDecimal.ONE) == 0 ? "the same" : decimal(factor) + " times as much";
    }

    private String dollars(@Nullable BigDecimal usd) {
        return currency.of(usd == null ? BigDecimal.ZERO : usd);
    }

    private static String number(long number) {
        return decimal(BigDecimal.valueOf(number));
    }

    private static String decimal(BigDecimal number) {
        return new DecimalFormat("#,##0.############", DecimalFormatSymbols.getInstance(Locale.ROOT)).format(number);
    }
}
