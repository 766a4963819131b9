package io.tollbook.relay.dialect.gemini;

import io.tollbook.relay.conversation.Reasoning;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** What Gemini's models can do, by their names. One that is not known is taken for a new one. */
final class GeminiModels {
    private static final int FLASH_BUDGET_MAX = 24_576;
    private static final int PRO_BUDGET_MAX = 32_768;
    private static final int PRO_BUDGET_MIN = 128;
    private static final int LITE_BUDGET_MIN = 512;

    private GeminiModels() {}

    private static boolean isBefore25(String model) {
        return model.contains("gemini-1") || model.contains("gemini-2.0") || model.contains("gemini-pro-vision");
    }

    private static boolean is25(String model) {
        return model.contains("gemini-2.5");
    }

    static boolean takesJsonSchema(String model) {
        return !isBefore25(model);
    }

    /** Whether a call without its seal is refused. */
    static boolean wantsSeals(String model) {
        return !isBefore25(model) && !is25(model) && model.contains("gemini");
    }

    static boolean drawsPictures(String model) {
        return model.contains("gemini") && model.contains("-image");
    }

    private static boolean thinks(String model) {
        return model.contains("gemini") && !isBefore25(model) && (!drawsPictures(model) || wantsSeals(model));
    }

    /** How much to think, as the model takes it; null for nothing to say. Google's own table turns efforts into budgets. */
    static @Nullable ObjectNode thinking(@Nullable Reasoning reasoning, String model) {
        if (reasoning == null || !thinks(model)) return null;
        ObjectNode config = JsonMapper.shared().createObjectNode();
        boolean isSaid = reasoning.effort() != null || reasoning.budget() != null;
        if (is25(model)) {
            if (isSaid) config.put("thinkingBudget", budget(reasoning, model));
        } else {
            String level = level(reasoning, model);
            if (level != null) config.put("thinkingLevel", level);
        }
        boolean shown = reasoning.shown() == null ? isSaid && !reasoning.isOff() : reasoning.shown();
        if (shown || reasoning.shown() != null) config.put("includeThoughts", shown);
        return config.isEmpty() ? null : config;
    }

    private static long budget(Reasoning reasoning, String model) {
        boolean pro = model.contains("pro");
        int most = pro ? PRO_BUDGET_MAX : FLASH_BUDGET_MAX;
        long wanted = wanted(reasoning, most);
        if (wanted == -1) return -1;
        if (pro) return Math.clamp(wanted, PRO_BUDGET_MIN, most);
        if (wanted == 0) return 0;
        return Math.clamp(wanted, model.contains("flash-lite") ? LITE_BUDGET_MIN : 0, most);
    }

    private static long wanted(Reasoning reasoning, int most) {
        if (reasoning.budget() != null) return reasoning.budget();
        return switch (effort(reasoning)) {
            case "none" -> 0;
            case "minimal", "low" -> 1_024;
            case "medium" -> 8_192;
            case "high" -> 24_576;
            case "xhigh", "max" -> most;
            default -> -1;
        };
    }

    private static String effort(Reasoning reasoning) {
        return reasoning.effort() == null ? "" : reasoning.effort().toLowerCase(Locale.ROOT);
    }

    private static @Nullable String level(Reasoning reasoning, String model) {
        String effort = effort(reasoning);
        if (effort.isEmpty() && reasoning.budget() != null) {
            long budget = reasoning.budget();
            if (budget < 0) return null;
            effort = budget == 0 ? "none" : budget <= 2_048 ? "low" : budget <= 8_192 ? "medium" : "high";
        }
        boolean pro = model.contains("pro");
        return switch (effort) {
            // Such a model cannot leave it.
            case "none", "minimal" -> pro ? "LOW" : "MINIMAL";
            case "low" -> "LOW";
            case "medium" -> model.contains("gemini-3-pro") ? "HIGH" : "MEDIUM";
            case "high", "xhigh", "max" -> "HIGH";
            default -> null;
        };
    }
}
