package io.tollbook.relay.probe;

import io.tollbook.kernel.channel.ChannelBalance;
import io.tollbook.kernel.channel.ChannelType;
import java.math.BigDecimal;
import java.time.LocalDate;
import tools.jackson.databind.JsonNode;

/** How each vendor tells what is left. */
final class BalanceReader {
    /** As far back as is asked for an account that pays in advance. */
    private static final int DAYS = 100;

    private static final String USD = "USD";

    private BalanceReader() {}

    /** @throws io.tollbook.kernel.Refused PROVIDER_FAILED, saying what was wrong */
    static ChannelBalance read(ChannelType type, ProviderAnswers provider, LocalDate today) {
        return switch (type) {
            case OPENAI, CUSTOM -> subscription(provider, today);
            case OPENROUTER -> {
                JsonNode credits = provider.at("/v1/credits").path("data");
                yield new ChannelBalance(
                        amount(credits, "total_credits").subtract(amount(credits, "total_usage")), USD);
            }
            case DEEPSEEK -> yuan(provider.at("/user/balance").path("balance_infos"));
            case ANTHROPIC, GEMINI, XAI, DEMO ->
                throw ProviderAnswers.failed("Providers of the type " + type.label() + " do not tell a balance.");
        };
    }

    private static ChannelBalance subscription(ProviderAnswers provider, LocalDate today) {
        JsonNode subscription = provider.at("/v1/dashboard/billing/subscription");
        BigDecimal limit = amount(subscription, "hard_limit_usd");
        LocalDate from = subscription.path("has_payment_method").booleanValue(false)
                ? today.withDayOfMonth(1)
                : today.minusDays(DAYS);
        JsonNode usage = provider.at("/v1/dashboard/billing/usage?start_date=" + from + "&end_date=" + today);
        return new ChannelBalance(limit.subtract(amount(usage, "total_usage").movePointLeft(2)), USD);
    }

    private static ChannelBalance yuan(JsonNode infos) {
        JsonNode chosen = infos.path(0);
        for (JsonNode info : infos) if ("CNY".equals(info.path("currency").stringValue(""))) chosen = info;
        return new ChannelBalance(
                amount(chosen, "total_balance"), chosen.path("currency").stringValue(""));
    }

    /** Written as a number or as its text. */
    private static BigDecimal amount(JsonNode node, String field) {
        JsonNode value = node.path(field);
        try {
            if (value.isNumber()) return value.decimalValue();
            if (value.isString() && value.asString().length() <= 64)
                return new BigDecimal(value.asString().strip());
        } catch (NumberFormatException e) {
            // Told below, like a field that is not there.
        }
        throw ProviderAnswers.failed("The provider tells no balance: " + field + " is missing.");
    }
}
