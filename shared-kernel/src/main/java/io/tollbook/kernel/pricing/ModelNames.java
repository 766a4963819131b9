package io.tollbook.kernel.pricing;

import java.util.Optional;
import java.util.regex.Pattern;

/** Models that have numberless names share one price: {@code gpt-4-gizmo-g-abc} is priced as {@code gpt-4-gizmo-*}. */
final class ModelNames {
    private static final Pattern THINKING = Pattern.compile("(gemini-2\\.5-(?:flash-lite|flash|pro).*-thinking-)\\d+");
    private static final String COMPACT = "-openai-compact";

    private ModelNames() {}

    /** The name whose price a model without one of its own has. */
    static Optional<String> shared(String model) {
        for (String gizmo : new String[] {"gpt-4-gizmo-", "gpt-4o-gizmo-"})
            if (model.startsWith(gizmo)) return Optional.of(gizmo + "*");
        if (model.endsWith(COMPACT)) return Optional.of("*" + COMPACT);
        var thinking = THINKING.matcher(model);
        return thinking.matches() ? Optional.of(thinking.group(1) + "*") : Optional.empty();
    }
}
