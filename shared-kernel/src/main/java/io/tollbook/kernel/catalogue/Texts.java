package io.tollbook.kernel.catalogue;

import io.tollbook.kernel.Refused;
import java.text.Normalizer;
import java.util.Set;

/** Texts that people read on the price page: stripped, bounded, without invisible characters. */
final class Texts {
    private static final Set<Integer> INVISIBLE = Set.of(
            (int) Character.FORMAT,
            (int) Character.SURROGATE,
            (int) Character.PRIVATE_USE,
            (int) Character.UNASSIGNED,
            (int) Character.LINE_SEPARATOR,
            (int) Character.PARAGRAPH_SEPARATOR);

    private Texts() {}

    static String name(String field, String text, int max) {
        String stripped = line(field, text, max);
        if (stripped.isEmpty()) throw Refused.invalid("The " + field + " is missing.");
        return stripped;
    }

    /** In NFKC, so that names which look alike are alike; as it was where that would be longer than it may be. */
    static String label(String field, String text, int max) {
        String normal = Normalizer.normalize(text, Normalizer.Form.NFKC);
        return name(field, normal.strip().length() > max ? text : normal, max);
    }

    /** For names that are given from now on: those in events stay as they are. */
    static void checkVisible(String field, String text) {
        if (text.codePoints().map(Character::getType).anyMatch(INVISIBLE::contains))
            throw Refused.invalid("The " + field + " has an invisible character.");
    }

    static String line(String field, String text, int max) {
        String stripped = bounded(field, text, max);
        if (stripped.codePoints().anyMatch(Character::isISOControl))
            throw Refused.invalid("The " + field + " has an invisible character.");
        return stripped;
    }

    /** May have several lines. */
    static String bounded(String field, String text, int max) {
        String stripped = text.strip();
        if (stripped.length() > max)
            throw Refused.invalid("The " + field + " is longer than " + String.format("%,d", max) + " characters.");
        return stripped;
    }
}
