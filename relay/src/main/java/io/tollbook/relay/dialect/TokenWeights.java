package io.tollbook.relay.dialect;

import java.math.BigDecimal;
import java.math.RoundingMode;

/**
 * How many tokens a text has about, for vendors that keep their tokenizer to themselves: each kind of letter, word and sign has
 * a weight, in hundredths of a token. For answers to the question how many there are; no hold and no charge rests on it.
 */
public enum TokenWeights {
    OPENAI(102, 155, 85, 40, 268, 100, 200, 212, 50, 42),
    CLAUDE(113, 163, 121, 40, 452, 126, 282, 260, 89, 39),
    GEMINI(115, 280, 68, 38, 105, 120, 250, 108, 115, 20);

    /** Longer ones are several tokens. */
    private static final int WORD_LETTERS = 10;

    private static final int NUMBER_DIGITS = 3;

    private final int word;
    private final int number;
    private final int ideograph;
    private final int symbol;
    private final int math;
    private final int urlDelimiter;
    private final int at;
    private final int emoji;
    private final int newline;
    private final int space;

    TokenWeights(
            int word,
            int number,
            int ideograph,
            int symbol,
            int math,
            int urlDelimiter,
            int at,
            int emoji,
            int newline,
            int space) {
        this.word = word;
        this.number = number;
        this.ideograph = ideograph;
        this.symbol = symbol;
        this.math = math;
        this.urlDelimiter = urlDelimiter;
        this.at = at;
        this.emoji = emoji;
        this.newline = newline;
        this.space = space;
    }

    public Count count() {
        return new Count(this);
    }

    /** The tokens of several pieces of text. */
    public static final class Count {
        private final TokenWeights weights;
        private long hundredths;

        private Count(TokenWeights weights) {
            this.weights = weights;
        }

        public void add(String text) {
            int at = 0;
            while (at < text.length()) {
                int c = text.codePointAt(at);
                int end = at + Character.charCount(c);
                if (isLetter(c)) {
                    end = runEnd(text, end, true);
                    hundredths += (long) weights.word * parts(end - at, WORD_LETTERS);
                } else if (Character.isDigit(c)) {
                    end = runEnd(text, end, false);
                    hundredths += (long) weights.number * parts(end - at, NUMBER_DIGITS);
                } else {
                    hundredths += weight(c);
                }
                at = end;
            }
        }

        private static int runEnd(String text, int from, boolean letters) {
            int at = from;
            while (at < text.length()) {
                int c = text.codePointAt(at);
                if (letters ? !isLetter(c) : !Character.isDigit(c)) break;
                at += Character.charCount(c);
            }
            return at;
        }

        private static int parts(int length, int most) {
            return (length + most - 1) / most;
        }

        private static boolean isLetter(int c) {
            return Character.isLetter(c) && !isSingle(c);
        }

        /** A sign of a script that is written without spaces. */
        private static boolean isSingle(int c) {
            return Character.isIdeographic(c) || c >= 0x3040 && c <= 0x30FF || c >= 0xAC00 && c <= 0xD7AF;
        }

        private int weight(int c) {
            if (c == '\n') return weights.newline;
            if (Character.isWhitespace(c)) return weights.space;
            if (isSingle(c)) return weights.ideograph;
            if (c == '@') return weights.at;
            if (c == '/' || c == ':' || c == '?' || c == '&' || c == '=' || c == '#' || c == '%')
                return weights.urlDelimiter;
            if (Character.isEmoji(c)) return weights.emoji;
            if (Character.getType(c) == Character.MATH_SYMBOL && c > 0x7F) return weights.math;
            return weights.symbol;
        }

        public long tokens() {
            return BigDecimal.valueOf(hundredths, 2)
                    .setScale(0, RoundingMode.CEILING)
                    .longValueExact();
        }
    }
}
