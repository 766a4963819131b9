package io.tollbook.kernel.catalogue;

import io.tollbook.kernel.Refused;

/** Which models a description is about. {@code number} is the management API's. */
public enum NameRule {
    EXACT(0),
    PREFIX(1),
    CONTAINS(2),
    SUFFIX(3);

    private final int number;

    NameRule(int number) {
        this.number = number;
    }

    public int number() {
        return number;
    }

    public static NameRule of(int number) {
        for (NameRule rule : values()) if (rule.number == number) return rule;
        throw Refused.invalid(
                "There is no name rule " + number + "; use 0 (exact), 1 (prefix), 2 (contains) or 3 (suffix).");
    }

    public boolean fits(String name, String model) {
        return switch (this) {
            case EXACT -> model.equals(name);
            case PREFIX -> model.startsWith(name);
            case CONTAINS -> model.contains(name);
            case SUFFIX -> model.endsWith(name);
        };
    }
}
