package io.tollbook.kernel.pricing.expression;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.text.DecimalFormat;
import java.text.DecimalFormatSymbols;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A formula in plain words, made from the tree that is evaluated: a case a sentence, with amounts where there are amounts. */
final class Wording {
    private static final BigDecimal MILLION = BigDecimal.valueOf(1_000_000);

    private final Set<Variable> named;
    private final Function<BigDecimal, String> money;
    private final List<String> sentences = new ArrayList<>();

    /** @param money how US dollars are told */
    Wording(Set<Variable> named, Function<BigDecimal, String> money) {
        this.named = named;
        this.money = money;
    }

    List<String> of(Node root) {
        cases(root, "");
        return List.copyOf(sentences);
    }

    /** @param before what leads to this case, with the comma behind it */
    private void cases(Node node, String before) {
        if (node instanceof Node.Choice choice) {
            String condition = condition(choice.condition());
            cases(choice.then(), before + (before.isEmpty() ? "If " : "if ") + condition + ", ");
            cases(choice.otherwise(), "Otherwise, ");
        } else if (before.isEmpty()
                && node instanceof Node.Arithmetic(String operator, Node price, Node.Choice rule)
                && operator.equals("*")
                && rule.otherwise() instanceof Node.Number(Fraction one)
                && one.equals(Fraction.ONE)) {
            cases(price, before);
            sentences.add(
                    "If " + condition(rule.condition()) + ", all of this is multiplied by " + plain(rule.then()) + ".");
        } else sentences.add(capital(before + amount(node)) + ".");
    }

    private static String capital(String sentence) {
        return Character.toUpperCase(sentence.charAt(0)) + sentence.substring(1);
    }

    /** What something costs. */
    private String amount(Node node) {
        Line line = line(node);
        if (line != null) return told(line);
        return switch (node) {
            case Node.Tier(String name, Node value) -> amount(value) + " (called “" + name + "”)";
            case Node.Choice choice ->
                "either " + amount(choice.then()) + " if " + condition(choice.condition()) + " or else "
                        + amount(choice.otherwise());
            case Node.Arithmetic(String operator, Node left, Node right) -> sum(operator, left, right, node);
            default -> plain(node) + ", in US dollars per 1M";
        };
    }

    private String sum(String operator, Node left, Node right, Node whole) {
        return switch (operator) {
            case "+" -> amount(left) + " plus " + amount(right);
            case "-" -> amount(left) + " less " + amount(right);
            case "max" -> "the larger of [" + amount(left) + "] and [" + amount(right) + "]";
            case "min" -> "the smaller of [" + amount(left) + "] and [" + amount(right) + "]";
            case "*" -> {
                if (number(left) != null) yield plain(left) + " times [" + amount(right) + "]";
                if (number(right) != null) yield plain(right) + " times [" + amount(left) + "]";
                yield plain(whole) + ", in US dollars per 1M";
            }
            default -> plain(whole) + ", in US dollars per 1M";
        };
    }

    /** So much for each token of each kind. */
    private String told(Line line) {
        List<String> parts = new ArrayList<>();
        Fraction whole = line.slopes()[Variable.P.ordinal()];
        boolean all = whole.signum() != 0 && namesPartOfThePrompt();
        for (Variable variable : Variable.values())
            if (variable.isPrompt && counts(variable) && !line.slopes()[variable.ordinal()].equals(whole)) all = false;
        if (all) parts.add(perMillion(whole, "of the whole prompt"));
        for (Variable variable : Variable.values()) {
            Fraction slope = line.slopes()[variable.ordinal()];
            if (!counts(variable) || slope.signum() == 0 || all && variable.isPrompt) continue;
            parts.add(perMillion(slope, noun(variable)));
        }
        if (line.start().signum() != 0) parts.add(dollars(line.start(), true) + " a call");
        if (parts.isEmpty()) return "nothing";
        return String.join(" + ", parts).replace("+ -", "− ");
    }

    private boolean namesPartOfThePrompt() {
        return named.stream().anyMatch(variable -> variable.isPrompt && variable != Variable.P);
    }

    /** A kind that the formula does not name counts as the rest, so its own count is always zero. */
    private boolean counts(Variable variable) {
        return variable == Variable.P || variable == Variable.C || named.contains(variable);
    }

    private String perMillion(Fraction slope, String what) {
        return dollars(slope, false) + " per 1M tokens " + what;
    }

    private String dollars(Fraction amount, boolean single) {
        BigDecimal shown = amount.shown();
        return money.apply(single ? shown.divide(MILLION) : shown);
    }

    private String noun(Variable variable) {
        boolean rest = variable == Variable.P
                ? namesPartOfThePrompt()
                : named.contains(Variable.IMG_O) || named.contains(Variable.AO);
        return switch (variable) {
            case P -> rest ? "of the rest of the prompt" : "of the prompt";
            case CR -> "read from the cache";
            case CC -> named.contains(Variable.CC1H) ? "written to the cache for 5 minutes" : "written to the cache";
            case CC1H -> "written to the cache for an hour";
            case IMG -> "of pictures in the prompt";
            case AI -> "of sound in the prompt";
            case C -> rest ? "of the rest of the answer" : "of the answer";
            case IMG_O -> "of pictures in the answer";
            case AO -> "of sound in the answer";
        };
    }

    /** The node as a sum over the counts; null if it is none. */
    private static @Nullable Line line(Node node) {
        return switch (node) {
            case Node.Number number -> Line.of(number.value());
            case Node.Count count -> Line.of(count.variable());
            case Node.Length _ -> Line.length();
            case Node.Arithmetic(String operator, Node left, Node right) -> {
                Line one = line(left);
                Line other = one == null ? null : line(right);
                yield one == null || other == null ? null : line(operator, one, other);
            }
            default -> null;
        };
    }

    private static @Nullable Line line(String operator, Line one, Line other) {
        switch (operator) {
            case "+":
                return one.with(other, Fraction::plus);
            case "-":
                return one.with(other, Fraction::minus);
            case "*":
                if (one.isNumber()) return other.times(one.start());
                return other.isNumber() ? one.times(other.start()) : null;
            case "/":
                boolean divides = other.isNumber() && other.start().signum() != 0;
                return divides ? one.times(Fraction.ONE.dividedBy(other.start())) : null;
            default:
                return null;
        }
    }

    private static @Nullable Fraction number(Node node) {
        Line line = line(node);
        return line != null && line.isNumber() ? line.start() : null;
    }

    private String condition(Node node) {
        return switch (node) {
            case Node.Comparison(String operator, Node left, Node right) -> compared(operator, left, right);
            case Node.Logic(boolean and, Node left, Node right) ->
                joined(and, left) + (and ? " and " : " or ") + joined(and, right);
            case Node.Not(Node of) -> "not (" + condition(of) + ")";
            case Node.Has(Node text, Node part) -> plain(text) + " contains " + plain(part);
            case Node.Truth(boolean value) -> value ? "anything is the case" : "nothing is the case";
            default -> plain(node) + " is true";
        };
    }

    private String joined(boolean and, Node part) {
        boolean mixed = part instanceof Node.Logic logic && logic.and() != and;
        return mixed ? "(" + condition(part) + ")" : condition(part);
    }

    private String compared(String operator, Node left, Node right) {
        if (right instanceof Node.Missing && operator.equals("!=")) return plain(left) + " is given";
        if (right instanceof Node.Missing && operator.equals("==")) return plain(left) + " is not given";
        String unit = left instanceof Node.Length && number(right) != null ? " tokens" : "";
        return plain(left)
                + switch (operator) {
                    case "<" -> " is less than ";
                    case "<=" -> " is at most ";
                    case ">" -> " is more than ";
                    case ">=" -> " is at least ";
                    case "==" -> " is ";
                    default -> " is not ";
                }
                + plain(right)
                + unit;
    }

    /** A value that is no amount: a count, a text, what the request says, what the clock shows. */
    private String plain(Node node) {
        return switch (node) {
            case Node.Number number -> decimal(number.value());
            case Node.Text text -> "“" + text.value() + "”";
            case Node.Truth truth -> Boolean.toString(truth.value());
            case Node.Missing _ -> "nothing";
            case Node.Count count -> "the number of tokens " + noun(count.variable());
            case Node.Length _ -> "the whole prompt";
            case Node.Tier(String name, Node value) -> plain(value) + " (called “" + name + "”)";
            case Node.Asked(boolean body, String path) ->
                (body ? "“" + path + "” in the request" : "the header “" + path + "”");
            case Node.Clock(Node.Hand hand, ZoneId zone) ->
                hand(hand) + " (" + (zone.equals(ZoneOffset.UTC) ? "UTC" : zone.getId()) + ")";
            case Node.Shape(String function, Node of) -> shape(function, of);
            case Node.Choice choice ->
                "(" + plain(choice.then()) + " if " + condition(choice.condition()) + ", otherwise "
                        + plain(choice.otherwise()) + ")";
            case Node.Arithmetic(String operator, Node left, Node right) -> arithmetic(operator, left, right);
            case Node.Comparison _, Node.Logic _, Node.Not _, Node.Has _ -> condition(node);
        };
    }

    private String arithmetic(String operator, Node left, Node right) {
        Fraction number = number(new Node.Arithmetic(operator, left, right));
        if (number != null) return decimal(number);
        return switch (operator) {
            case "max" -> "the larger of " + plain(left) + " and " + plain(right);
            case "min" -> "the smaller of " + plain(left) + " and " + plain(right);
            case "%" -> "the remainder of (" + plain(left) + " ÷ " + plain(right) + ")";
            default ->
                "(" + plain(left)
                        + switch (operator) {
                            case "*" -> " × ";
                            case "/" -> " ÷ ";
                            case "-" -> " − ";
                            default -> " + ";
                        }
                        + plain(right) + ")";
        };
    }

    private String shape(String function, Node of) {
        return switch (function) {
            case "ceil" -> plain(of) + " rounded up";
            case "floor" -> plain(of) + " rounded down";
            default -> plain(of) + " without its sign";
        };
    }

    private static String hand(Node.Hand hand) {
        return switch (hand) {
            case HOUR -> "the hour of the day";
            case MINUTE -> "the minute of the hour";
            case WEEKDAY -> "the day of the week from Sunday = 0";
            case MONTH -> "the month";
            case DAY -> "the day of the month";
        };
    }

    private static String decimal(Fraction number) {
        DecimalFormat format = new DecimalFormat("#,##0.############", DecimalFormatSymbols.getInstance(Locale.ROOT));
        format.setRoundingMode(RoundingMode.HALF_UP);
        return format.format(number.shown());
    }
}
