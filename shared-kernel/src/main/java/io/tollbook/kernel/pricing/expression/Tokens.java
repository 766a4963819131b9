package io.tollbook.kernel.pricing.expression;

import io.tollbook.kernel.Refused;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The words, numbers, texts and signs of a formula, one after the other. */
final class Tokens {
    private static final Pattern TOKEN = Pattern.compile("\\s*+(?:"
            + "(?<word>[A-Za-z_][A-Za-z0-9_]*+)"
            + "|(?<number>(?:\\d++(?:\\.\\d*+)?|\\.\\d++)(?:[eE][+-]?\\d{1,2})?)"
            + "|(?<text>\"[^\"\\\\]*+\"|'[^'\\\\]*+')"
            + "|(?<sign>\\|\\||&&|==|!=|<=|>=|[-+*/%<>?:(),!]))");

    private record Token(String text, int at) {}

    private final List<Token> tokens = new ArrayList<>();
    private int next;

    Tokens(String text) {
        Matcher matcher = TOKEN.matcher(text);
        int at = 0;
        int end = text.stripTrailing().length();
        while (at < end) {
            matcher.region(at, end);
            if (!matcher.lookingAt()) throw unreadable(text.substring(at, end), at);
            tokens.add(new Token(
                    matcher.group().strip(),
                    matcher.end() - matcher.group().strip().length() + 1));
            at = matcher.end();
        }
    }

    private static Refused unreadable(String rest, int at) {
        String shown = rest.stripLeading();
        int place = at + rest.length() - shown.length() + 1;
        return Refused.invalid("The expression cannot be read at character " + place + ": "
                + shown.substring(0, Math.min(shown.length(), 12)));
    }

    boolean atEnd() {
        return next == tokens.size();
    }

    boolean take(String text) {
        if (atEnd() || !tokens.get(next).text.equals(text)) return false;
        next++;
        return true;
    }

    void expect(String text) {
        if (take(text)) return;
        if (atEnd()) throw Refused.invalid("The expression ends where “" + text + "” is expected.");
        Token found = tokens.get(next);
        throw Refused.invalid("The expression has “" + found.text + "” at character " + found.at + " where “" + text
                + "” is expected.");
    }

    String next() {
        if (atEnd()) throw Refused.invalid("The expression ends too early.");
        return tokens.get(next++).text;
    }

    /** Of the next token. */
    Refused unexpected() {
        return refused(tokens.get(next));
    }

    /** Of the token that was taken last. */
    Refused misplaced() {
        return refused(tokens.get(next - 1));
    }

    private static Refused refused(Token token) {
        return Refused.invalid(
                "The expression has “" + token.text + "” at character " + token.at + ", which does not belong there.");
    }
}
