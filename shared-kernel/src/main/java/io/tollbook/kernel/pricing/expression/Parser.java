package io.tollbook.kernel.pricing.expression;

import io.tollbook.kernel.Refused;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Reads a formula by recursive descent. Its length, depth and number of parts are bounded, and nothing in it can repeat. */
final class Parser {
    static final int LENGTH_MAX = 4_000;
    private static final int DEPTH_MAX = 60;
    private static final int NODES_MAX = 600;
    private static final int DIGITS_MAX = 24;
    private static final String VERSION = "v1:";
    private static final String RULES = "|||";

    private final Tokens tokens;
    private int depth;
    private int nodes;

    private Parser(String text) {
        tokens = new Tokens(text);
    }

    /** @throws Refused INVALID with the place and the reason */
    static Node parse(String text) {
        if (text.isBlank()) throw Refused.invalid("The expression is empty.");
        if (text.length() > LENGTH_MAX)
            throw Refused.invalid("The expression is longer than " + LENGTH_MAX + " characters.");
        String body = text.strip();
        if (body.startsWith(VERSION)) body = body.substring(VERSION.length());
        int rules = body.indexOf(RULES);
        Parser parser = new Parser(rules < 0 ? body : body.substring(0, rules));
        Node node = parser.whole();
        if (rules >= 0) node = parser.ruled(node, body.substring(rules + RULES.length()));
        number(node, "The expression");
        return node;
    }

    private Node whole() {
        Node node = choice();
        if (!tokens.atEnd()) throw tokens.unexpected();
        return node;
    }

    /** Each rule is {@code when(condition) * factor}, and rules are parted by one or three bars. */
    private Node ruled(Node price, String text) {
        Node product = price;
        for (String rule : text.split("\\|\\|\\||(?<!\\|)\\|(?!\\|)")) {
            Parser parser = new Parser(rule);
            parser.nodes = nodes;
            parser.tokens.expect("when");
            parser.tokens.expect("(");
            Node condition = truth(parser.choice(), "when");
            parser.tokens.expect(")");
            parser.tokens.expect("*");
            Node factor = number(parser.unary(), "A rule's factor");
            if (!parser.tokens.atEnd()) throw parser.tokens.unexpected();
            nodes = parser.nodes;
            product = counted(new Node.Arithmetic(
                    "*", product, new Node.Choice(condition, factor, new Node.Number(Fraction.ONE))));
        }
        return product;
    }

    private Node choice() {
        if (++depth > DEPTH_MAX) throw Refused.invalid("The expression is nested deeper than " + DEPTH_MAX + ".");
        Node node = either();
        if (tokens.take("?")) {
            Node then = choice();
            tokens.expect(":");
            node = counted(new Node.Choice(truth(node, "?"), then, choice()));
        }
        depth--;
        return node;
    }

    private Node either() {
        Node node = both();
        while (tokens.take("||") || tokens.take("or"))
            node = counted(new Node.Logic(false, truth(node, "||"), truth(both(), "||")));
        return node;
    }

    private Node both() {
        Node node = comparison();
        while (tokens.take("&&") || tokens.take("and"))
            node = counted(new Node.Logic(true, truth(node, "&&"), truth(comparison(), "&&")));
        return node;
    }

    private Node comparison() {
        Node node = sum();
        for (String operator : List.of("==", "!=", "<=", ">=", "<", ">"))
            if (tokens.take(operator)) return counted(new Node.Comparison(operator, node, sum()));
        if (tokens.take("has")) return counted(new Node.Has(node, sum()));
        return node;
    }

    private Node sum() {
        Node node = product();
        while (true) {
            String operator = tokens.take("+") ? "+" : tokens.take("-") ? "-" : "";
            if (operator.isEmpty()) return node;
            node = counted(new Node.Arithmetic(operator, number(node, operator), number(product(), operator)));
        }
    }

    private Node product() {
        Node node = unary();
        while (true) {
            String operator = tokens.take("*") ? "*" : tokens.take("/") ? "/" : tokens.take("%") ? "%" : "";
            if (operator.isEmpty()) return node;
            node = counted(new Node.Arithmetic(operator, number(node, operator), number(unary(), operator)));
        }
    }

    private Node unary() {
        if (++depth > DEPTH_MAX) throw Refused.invalid("The expression is nested deeper than " + DEPTH_MAX + ".");
        try {
            if (tokens.take("-"))
                return counted(
                        new Node.Arithmetic("-", new Node.Number(Fraction.ZERO), number(unary(), "a minus sign")));
            if (tokens.take("!") || tokens.take("not")) return counted(new Node.Not(truth(unary(), "!")));
            return primary();
        } finally {
            depth--;
        }
    }

    private Node primary() {
        if (tokens.take("(")) {
            Node node = choice();
            tokens.expect(")");
            return node;
        }
        String token = tokens.next();
        char first = token.charAt(0);
        if (Character.isDigit(first) || first == '.') return counted(new Node.Number(numeral(token)));
        if (first == '"' || first == '\'') return counted(new Node.Text(token.substring(1, token.length() - 1)));
        if (!Character.isLetter(first)) throw tokens.misplaced();
        if (tokens.take("(")) return counted(call(token));
        Variable variable = Variable.named(token);
        if (variable != null) return counted(new Node.Count(variable));
        return switch (token) {
            case "len" -> counted(new Node.Length());
            case "true", "false" -> counted(new Node.Truth(token.equals("true")));
            case "nil", "null" -> counted(new Node.Missing());
            default ->
                throw Refused.invalid("The expression names " + token
                        + ". It may name p, c, len, cr, cc, cc1h, img, img_o, ai and ao.");
        };
    }

    private Node call(String function) {
        List<Node> given = new ArrayList<>();
        if (!tokens.take(")")) {
            do given.add(choice());
            while (tokens.take(","));
            tokens.expect(")");
        }
        return switch (function) {
            case "tier" -> {
                count(function, given, 2, 2);
                yield new Node.Tier(text(function, given.getFirst()), number(given.get(1), function));
            }
            case "param", "header" -> {
                count(function, given, 1, 1);
                String path = text(function, given.getFirst());
                yield new Node.Asked(
                        function.equals("param"), function.equals("param") ? path : path.toLowerCase(Locale.ROOT));
            }
            case "has" -> {
                count(function, given, 2, 2);
                yield new Node.Has(given.getFirst(), given.get(1));
            }
            case "hour", "minute", "weekday", "month", "day" -> {
                count(function, given, 0, 1);
                ZoneId zone = given.isEmpty() ? ZoneOffset.UTC : zone(text(function, given.getFirst()));
                yield new Node.Clock(Node.Hand.valueOf(function.toUpperCase(Locale.ROOT)), zone);
            }
            case "max", "min" -> {
                count(function, given, 2, 20);
                Node node = number(given.getFirst(), function);
                for (Node other : given.subList(1, given.size()))
                    node = counted(new Node.Arithmetic(function, node, number(other, function)));
                yield node;
            }
            case "abs", "ceil", "floor" -> {
                count(function, given, 1, 1);
                yield new Node.Shape(function, number(given.getFirst(), function));
            }
            default ->
                throw Refused.invalid("The expression calls " + function + ". It may call "
                        + String.join(", ", Node.functions()) + ".");
        };
    }

    private static ZoneId zone(String name) {
        try {
            return ZoneId.of(name);
        } catch (DateTimeException e) {
            throw Refused.invalid("The expression names the time zone " + name + ", which does not exist.");
        }
    }

    private static void count(String function, List<Node> given, int least, int most) {
        if (given.size() >= least && given.size() <= most) return;
        String wanted = least == most ? Integer.toString(least) : least + " to " + most;
        throw Refused.invalid(
                "The expression gives " + function + " " + given.size() + " values; it takes " + wanted + ".");
    }

    private static String text(String function, Node node) {
        if (node instanceof Node.Text text) return text.value();
        throw Refused.invalid("The expression must give " + function + " a text in quotes.");
    }

    private static Node number(Node node, String where) {
        if (node.type().mayBe(Node.Type.NUMBER)) return node;
        throw Refused.invalid(where + " needs a number in the expression.");
    }

    private static Node truth(Node node, String where) {
        if (node.type().mayBe(Node.Type.TRUTH)) return node;
        throw Refused.invalid(where + " needs a condition in the expression.");
    }

    private static Fraction numeral(String token) {
        try {
            BigDecimal number = new BigDecimal(token);
            if (number.precision() <= DIGITS_MAX && Math.abs((long) number.scale()) <= DIGITS_MAX)
                return Fraction.of(number);
        } catch (NumberFormatException e) {
            // Told below, like a number that is too long.
        }
        throw Refused.invalid("The expression has the number " + token + ", which is none or has too many digits.");
    }

    private Node counted(Node node) {
        if (++nodes > NODES_MAX) throw Refused.invalid("The expression has more than " + NODES_MAX + " parts.");
        return node;
    }
}
