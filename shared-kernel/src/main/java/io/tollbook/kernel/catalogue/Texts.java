package io.tollbook.kernel.catalogue;

import io.tollbook.kernel.Refused;

/** Texts that people read on the price page: stripped, bounded, without invisible characters. */
final class Texts {
    private Texts() {}

    static String name(String field, String text, int max) {
        String stripped = line(field, text, max);
        if (stripped.isEmpty()) throw Refused.invalid("The " + field + " is missing.");
        return stripped;
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
