package io.tollbook.console.statistics;

import io.tollbook.console.page.Amounts;
import io.tollbook.kernel.account.Quota;
import io.tollbook.kernel.statistics.Usage;

/** Which figure is looked at. */
enum Metric {
    COST("Cost"),
    TOKENS("Tokens"),
    CALLS("Calls");

    private final String label;

    Metric(String label) {
        this.label = label;
    }

    String label() {
        return label;
    }

    boolean isMoney() {
        return this == COST;
    }

    long of(Usage used) {
        return switch (this) {
            case COST -> used.quota().units();
            case TOKENS -> used.tokens();
            case CALLS -> used.calls();
        };
    }

    String words(Usage used) {
        return this == COST
                ? Amounts.usd(Quota.of(of(used)))
                : Amounts.number(of(used)) + " " + label.toLowerCase(java.util.Locale.ROOT);
    }
}
