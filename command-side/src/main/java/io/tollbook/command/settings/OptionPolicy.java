package io.tollbook.command.settings;

import io.tollbook.command.pricing.PriceOptions;
import io.tollbook.kernel.Refused;
import io.tollbook.kernel.access.FetchRules;
import io.tollbook.kernel.account.Quota;
import io.tollbook.kernel.catalogue.GroupRules;
import io.tollbook.kernel.limit.CallLimitRules;
import io.tollbook.kernel.settings.HeaderModules;
import io.tollbook.kernel.settings.Option;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What the options' values must keep to beyond their kind and range. Options without a rule are stored as they are. */
final class OptionPolicy {
    /** A way to sign in that is switched on without its credentials locks people out in front of an open door. */
    private static final Map<String, List<String>> NEEDS = Map.of(
            "GitHubOAuthEnabled", List.of("GitHubClientId", "GitHubClientSecret"),
            "discord.enabled", List.of("discord.client_id", "discord.client_secret"),
            "oidc.enabled", List.of("oidc.client_id", "oidc.client_secret"),
            "LinuxDOOAuthEnabled", List.of("LinuxDOClientId", "LinuxDOClientSecret"),
            "TelegramOAuthEnabled", List.of("TelegramBotToken", "TelegramBotName"),
            "WeChatAuthEnabled", List.of("WeChatServerAddress"),
            "TurnstileCheckEnabled", List.of("TurnstileSiteKey", "TurnstileSecretKey"),
            "EmailDomainRestrictionEnabled", List.of("EmailDomainWhitelist"));

    private static final Set<String> STATUS_RANGES =
            Set.of(Option.RETRY_STATUS_CODES.key(), Option.DISABLING_STATUS_CODES.key());
    private static final Set<String> PANELS = Set.of(
            "console_setting.api_info",
            "console_setting.announcements",
            "console_setting.faq",
            "console_setting.uptime_kuma_groups");
    private static final Pattern STATUS_RANGE = Pattern.compile("(\\d{3})(?:\\s*-\\s*(\\d{3}))?");
    private static final Duration LOG_KEPT_LEAST = Duration.ofDays(1);
    private static final int GROUP_MAX = 64;
    private static final int SYMBOL_MAX = 8;

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private OptionPolicy() {}

    static void checkKey(String key) {
        // So that a charge can name the version it followed.
        if (PriceOptions.KEYS.contains(key))
            throw Refused.invalid(key + " is part of the prices and is published with them.");
        if (key.startsWith("payment_setting.compliance_"))
            throw Refused.invalid(key + " is set by confirming the statement, not by hand.");
        if (key.codePoints().anyMatch(Character::isISOControl))
            throw Refused.invalid("An option's key has an invisible character.");
    }

    /**
     * @param present the option's value before this change; null for none
     * @param isSet whether another option has a value once this change is through
     */
    static void checkValue(String key, String value, @Nullable String present, Predicate<String> isSet) {
        if (key.equals("theme.frontend") && !value.equals("default") && !value.equals("classic"))
            throw Refused.invalid("theme.frontend must be default or classic.");
        if (key.equals("QuotaPerUnit")) checkQuotaPerUnit(value);
        if (key.equals(Option.SYSTEM_NAME.key())) checkSystemName(value);
        if (key.equals(Option.LOG_CLEARED_BEFORE.key())) checkLogCleared(value, present);
        if (key.equals(Option.USER_USABLE_GROUPS.key()) || key.equals(Option.GROUP_DESCRIPTIONS.key()))
            checkGroups(key, parsed(key, value));
        if (key.equals(Option.SPECIAL_USABLE_GROUPS.key())) checkSpecialGroups(key, value);
        if (key.equals(Option.AUTO_GROUPS.key())) checkGroupList(key, value);
        CallLimitRules.checkOption(key, value);
        if (STATUS_RANGES.contains(key)) checkStatuses(key, value);
        if (key.equals(Option.HEADER_MODULES.key())) HeaderModules.check(value);
        FetchRules.checkOption(key, value);
        if (key.equals(Option.CUSTOM_CURRENCY_SYMBOL.key())) checkSymbol(key, value);
        if (PANELS.contains(key) && !value.isBlank() && !parsed(key, value).isArray())
            throw Refused.invalid(key + " must be a JSON list.");
        if (NEEDS.containsKey(key) && value.equalsIgnoreCase("true"))
            for (String needed : NEEDS.get(key))
                if (!isSet.test(needed)) throw Refused.invalid(key + " needs " + needed + " first.");
    }

    private static void checkQuotaPerUnit(String value) {
        try {
            if (new BigDecimal(value.strip()).compareTo(BigDecimal.valueOf(Quota.UNITS_PER_USD)) == 0) return;
        } catch (NumberFormatException e) {
            // Falls through: it is not the one value either.
        }
        throw Refused.invalid("QuotaPerUnit is always " + Quota.UNITS_PER_USD + ".");
    }

    /** A row of today may still be on its way into the log, and a replay of the past leaves out what was cleared. */
    private static void checkLogCleared(String value, @Nullable String present) {
        Instant latest = Instant.now().minus(LOG_KEPT_LEAST);
        long second = Long.parseLong(value.strip());
        if (second > latest.getEpochSecond())
            throw Refused.invalid("Rows of the last day stay in the usage log. Choose a moment before " + latest + ".");
        if (present != null && second < Long.parseLong(present.strip()))
            throw Refused.invalid("The usage log is already cleared up to "
                    + Instant.ofEpochSecond(Long.parseLong(present.strip()))
                    + ", and rows that were taken out do not come back. Choose a later moment.");
    }

    private static void checkSystemName(String value) {
        if (value.isBlank() || value.length() > 64 || value.codePoints().anyMatch(Character::isISOControl))
            throw Refused.invalid("SystemName has 1 to 64 visible characters.");
    }

    private static void checkSymbol(String key, String value) {
        if (value.isBlank() || value.length() > SYMBOL_MAX || value.codePoints().anyMatch(Character::isISOControl))
            throw Refused.invalid(key + " has 1 to " + SYMBOL_MAX + " visible characters.");
    }

    private static void checkGroups(String key, JsonNode groups) {
        if (!groups.isObject()) throw Refused.invalid(key + " must look like {\"group\":\"description\"}.");
        for (Map.Entry<String, JsonNode> group : groups.properties()) {
            checkGroup(group.getKey());
            if (!group.getValue().isString())
                throw Refused.invalid(key + " needs a text for the group " + group.getKey() + ".");
        }
    }

    private static void checkGroup(String group) {
        if (group.isBlank() || group.length() > GROUP_MAX)
            throw Refused.invalid("A group's name has 1 to " + GROUP_MAX + " characters.");
    }

    private static void checkSpecialGroups(String key, String value) {
        JsonNode groups = parsed(key, value);
        if (!groups.isObject())
            throw Refused.invalid(key + " must look like {\"user's group\":{\"+:group\":\"description\"}}.");
        groups.properties().forEach(entry -> checkGroups(key, entry.getValue()));
    }

    private static void checkGroupList(String key, String value) {
        JsonNode groups = parsed(key, value);
        if (!groups.isArray()) throw Refused.invalid(key + " must look like [\"group\",\"group\"].");
        Set<String> names = new HashSet<>();
        groups.forEach(group -> {
            checkGroup(group.isString() ? group.asString() : "");
            if (!names.add(group.asString())) throw Refused.invalid(key + " names " + group.asString() + " twice.");
            if (group.asString().equals(GroupRules.AUTO)) throw Refused.invalid(key + " cannot name auto itself.");
        });
    }

    private static void checkStatuses(String key, String value) {
        if (value.isBlank()) return;
        for (String part : value.split(",", -1)) {
            Matcher range = STATUS_RANGE.matcher(part.strip());
            boolean valid = range.matches();
            if (valid) {
                int from = Integer.parseInt(range.group(1));
                int to = range.group(2) == null ? from : Integer.parseInt(range.group(2));
                valid = from >= 100 && to <= 599 && from <= to;
            }
            if (!valid) throw Refused.invalid(key + " must look like 401,500-503, within 100 to 599.");
        }
    }

    private static JsonNode parsed(String key, String value) {
        try {
            return JSON.readTree(value);
        } catch (JacksonException e) {
            throw Refused.invalid(key + " is not JSON.");
        }
    }
}
