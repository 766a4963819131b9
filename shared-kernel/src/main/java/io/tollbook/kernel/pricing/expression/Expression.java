package io.tollbook.kernel.pricing.expression;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import io.tollbook.kernel.Refused;
import io.tollbook.kernel.account.Meter;
import io.tollbook.kernel.account.Meters;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A price as a formula over the counts of a call: US dollars a million tokens, so {@code p * 2.5 + c * 15} asks 2.5 for the
 * prompt and 15 for the answer. It is read once; evaluating it is exact, has no loops, reaches nothing outside the call, and
 * cannot fail once {@link #check} has let it pass.
 */
public final class Expression {
    /** What one meter may count, times the meters of a prompt. */
    private static final long EVERY_PROMPT = 10 * Meters.COUNT_MAX;

    private static final long[] SMOKE = {0, 1_000, 100_000, 1_000_000};
    /** 10,000,000 USD for two million tokens: nobody means that. */
    private static final Fraction SMOKE_MAX = Fraction.of(10_000_000_000_000L);

    private final String text;
    private final Node root;
    private final Map<Meter, Variable> places;

    /** @param tier the tier that applied; null if the formula names none */
    public record Value(Fraction amount, @Nullable String tier) {}

    private Expression(String text) {
        this.text = text;
        root = Parser.parse(text);
        Set<Variable> named = EnumSet.noneOf(Variable.class);
        collect(root, named);
        places = Variable.places(named);
    }

    /** @throws Refused INVALID with the reason, for a text that is no formula */
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public static Expression of(String text) {
        return new Expression(text.strip());
    }

    @JsonValue
    public String text() {
        return text;
    }

    /** The formula's value in millionths of a dollar, never below zero. */
    public Value evaluate(Meters meters, Circumstances circumstances) {
        Evaluation evaluation = new Evaluation(places, meters, circumstances);
        Fraction amount = evaluation.number(root);
        return new Value(amount.max(Fraction.ZERO), evaluation.tier());
    }

    /**
     * The formula in plain words, a case a sentence.
     *
     * @param money how a number of US dollars is told
     */
    public List<String> words(Function<BigDecimal, String> money) {
        Set<Variable> named = EnumSet.noneOf(Variable.class);
        collect(root, named);
        return new Wording(named, money).of(root);
    }

    /** The most it can be for a call with at most so many tokens, in millionths of a dollar. */
    public Fraction most(long promptTokens, long outputTokens, Circumstances circumstances) {
        return new Bounds(promptTokens, outputTokens, circumstances).most(root).max(Fraction.ZERO);
    }

    /**
     * @throws Refused INVALID for a formula that may divide by zero, that runs away, that gives money back, or that chooses
     *     between values of different kinds
     */
    public void check() {
        checkChoices(root);
        new Bounds(EVERY_PROMPT, EVERY_PROMPT, null).most(root);
        for (Circumstances circumstances : samples())
            for (long in : SMOKE)
                for (long out : SMOKE) {
                    check(new Meters(Map.of(Meter.INPUT, in, Meter.OUTPUT, out)), circumstances);
                    check(spread(in, out), circumstances);
                }
    }

    // Not while it is read: stored documents stay readable.
    private static void checkChoices(Node node) {
        if (node instanceof Node.Choice choice
                && choice.then().type() != choice.otherwise().type())
            throw Refused.invalid("The expression chooses between values of different kinds, so the most that it can"
                    + " cost is not known. Give both sides of the “:” a number, a text or a condition.");
        children(node).forEach(Expression::checkChoices);
    }

    private void check(Meters meters, Circumstances circumstances) {
        Fraction amount = new Evaluation(places, meters, circumstances).number(root);
        String tokens = String.format(
                Locale.ROOT, "%,d tokens in and %,d out", meters.promptTokens(), meters.completionTokens());
        if (amount.signum() < 0) throw Refused.invalid("The expression is negative for " + tokens + ".");
        if (amount.compareTo(SMOKE_MAX) > 0)
            throw Refused.invalid("The expression runs away: " + tokens + " would cost more than 10,000,000 USD.");
    }

    /** As many tokens of every kind as there are. */
    private static Meters spread(long in, long out) {
        Map<Meter, Long> counts = new EnumMap<>(Meter.class);
        List<Meter> ins = List.of(
                Meter.INPUT,
                Meter.CACHE_READ,
                Meter.CACHE_WRITE_5M,
                Meter.CACHE_WRITE_1H,
                Meter.IMAGE_INPUT,
                Meter.AUDIO_INPUT);
        ins.forEach(meter -> counts.put(meter, in / ins.size()));
        List<Meter> outs = List.of(Meter.OUTPUT, Meter.REASONING, Meter.IMAGE_OUTPUT, Meter.AUDIO_OUTPUT);
        outs.forEach(meter -> counts.put(meter, out / outs.size()));
        return new Meters(counts);
    }

    /** Calls that say nothing, and calls that say what the formula asks for, at different hours. */
    private List<Circumstances> samples() {
        List<Circumstances> samples = new ArrayList<>(List.of(Circumstances.NONE));
        Map<Node.Asked, Set<Object>> said = new HashMap<>();
        sample(root, said);
        int most = said.values().stream().mapToInt(Set::size).max().orElse(1);
        for (int i = 0; i < Math.min(most, 20); i++) samples.add(new Sample(said, i));
        return samples;
    }

    private record Sample(Map<Node.Asked, Set<Object>> said, int number) implements Circumstances {
        @Override
        public Instant at() {
            return Instant.EPOCH.plusSeconds(number * 7L * 3_600);
        }

        @Override
        public @Nullable String header(String name) {
            return choose(new Node.Asked(false, name)) instanceof String text ? text : null;
        }

        @Override
        public @Nullable Object param(String path) {
            return choose(new Node.Asked(true, path));
        }

        private @Nullable Object choose(Node.Asked asked) {
            Set<Object> values = said.getOrDefault(asked, Set.of());
            return values.stream()
                    .skip(values.isEmpty() ? 0 : number % values.size())
                    .findFirst()
                    .orElse(null);
        }

        @Override
        public String picture() {
            return "";
        }
    }

    private static void sample(Node node, Map<Node.Asked, Set<Object>> said) {
        if (node instanceof Node.Comparison(String operator, Node left, Node right)) {
            said(left, right, said);
            said(right, left, said);
        } else if (node instanceof Node.Has(Node text, Node part)) said(text, part, said);
        children(node).forEach(child -> sample(child, said));
    }

    private static void said(Node asked, Node value, Map<Node.Asked, Set<Object>> said) {
        if (!(asked instanceof Node.Asked key)) return;
        Set<Object> values = said.computeIfAbsent(key, any -> new java.util.LinkedHashSet<>());
        if (value instanceof Node.Text text) values.add(text.value());
        else if (value instanceof Node.Truth truth) values.add(truth.value());
        else if (value instanceof Node.Number number) values.add(number.value().shown());
    }

    private static void collect(Node node, Set<Variable> named) {
        if (node instanceof Node.Count count) named.add(count.variable());
        children(node).forEach(child -> collect(child, named));
    }

    private static List<Node> children(Node node) {
        return switch (node) {
            case Node.Not not -> List.of(not.of());
            case Node.Arithmetic sum -> List.of(sum.left(), sum.right());
            case Node.Shape shape -> List.of(shape.of());
            case Node.Comparison comparison -> List.of(comparison.left(), comparison.right());
            case Node.Logic logic -> List.of(logic.left(), logic.right());
            case Node.Choice choice -> List.of(choice.condition(), choice.then(), choice.otherwise());
            case Node.Tier tier -> List.of(tier.value());
            case Node.Has has -> List.of(has.text(), has.part());
            default -> List.of();
        };
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Expression expression && expression.text.equals(text);
    }

    @Override
    public int hashCode() {
        return text.hashCode();
    }

    @Override
    public String toString() {
        return text;
    }
}
