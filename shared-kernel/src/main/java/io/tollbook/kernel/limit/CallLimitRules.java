package io.tollbook.kernel.limit;

import io.tollbook.kernel.Refused;
import io.tollbook.kernel.settings.Option;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The options about how many calls a customer may make, made ready. One that is no JSON limits nobody. */
public final class CallLimitRules {
    private static final long MOST = 1_000_000_000L;
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final int windowMinutes;
    /** For groups that have none of their own; null for none. */
    private final @Nullable CallLimit ofUser;

    private final Map<String, CallLimit> ofGroups = new HashMap<>();
    private final @Nullable CallLimit ofToken;
    private final Map<String, CallLimit> ofModels = new HashMap<>();
    private final int openOfUser;
    private final int openOfToken;
    private final boolean isOff;

    private CallLimitRules(Map<String, String> options) {
        windowMinutes = number(Option.LIMIT_MINUTES, options);
        boolean limitsUsers = Option.LIMITS_USERS.isOn(options);
        ofUser = limitsUsers
                ? limit(CallScope.USER, number(Option.LIMIT_CALLS, options), number(Option.LIMIT_SUCCESSES, options))
                : null;
        if (limitsUsers) read(CallScope.USER, Option.LIMIT_GROUPS, options, ofGroups);
        ofToken = limit(
                CallScope.TOKEN,
                number(Option.LIMIT_TOKEN_CALLS, options),
                number(Option.LIMIT_TOKEN_SUCCESSES, options));
        read(CallScope.MODEL, Option.LIMIT_MODELS, options, ofModels);
        openOfUser = number(Option.LIMIT_USER_OPEN, options);
        openOfToken = number(Option.LIMIT_TOKEN_OPEN, options);
        isOff = !limitsUsers && ofToken == null && ofModels.isEmpty() && openOfUser == 0 && openOfToken == 0;
    }

    /** @param options those that were ever set */
    public static CallLimitRules of(Map<String, String> options) {
        return new CallLimitRules(options);
    }

    private static int number(Option option, Map<String, String> options) {
        return (int) option.number(options);
    }

    private static @Nullable CallLimit limit(CallScope scope, int calls, int successes) {
        return calls == 0 && successes == 0 ? null : new CallLimit(scope, calls, successes);
    }

    private static void read(
            CallScope scope, Option option, Map<String, String> options, Map<String, CallLimit> limits) {
        try {
            JSON.readTree(option.text(options)).properties().forEach(entry -> {
                JsonNode pair = entry.getValue();
                if (!isPair(pair, 0)) return;
                CallLimit limit =
                        limit(scope, pair.get(0).intValue(), pair.get(1).intValue());
                if (limit != null) limits.put(entry.getKey(), limit);
            });
        } catch (JacksonException e) {
            limits.clear();
        }
    }

    /** Whether no call is limited at all. */
    public boolean isOff() {
        return isOff;
    }

    /**
     * What binds one call; null for nothing.
     *
     * @param group the key's, or else its user's
     */
    public @Nullable CallLimits of(String group, String model, Instant at) {
        List<CallLimit> rates = new ArrayList<>(3);
        CallLimit user = ofGroups.getOrDefault(group, ofUser);
        if (user != null) rates.add(user);
        if (ofToken != null) rates.add(ofToken);
        CallLimit toModel = ofModels.get(model);
        if (toModel != null) rates.add(toModel);
        return rates.isEmpty() && openOfUser == 0 && openOfToken == 0
                ? null
                : new CallLimits(at, windowMinutes, rates, openOfUser, openOfToken);
    }

    /** @throws Refused INVALID if this is one of the options with pairs of limits, and its value has another shape */
    public static void checkOption(String key, String value) {
        if (key.equals(Option.LIMIT_GROUPS.key())) check(key, value, "group", 1);
        if (key.equals(Option.LIMIT_MODELS.key())) check(key, value, "model", 0);
    }

    private static void check(String key, String value, String what, int successesLeast) {
        JsonNode limits;
        try {
            limits = JSON.readTree(value);
        } catch (JacksonException e) {
            throw Refused.invalid(key + " is not JSON.");
        }
        if (!limits.isObject()) throw Refused.invalid(key + " must look like {\"" + what + "\":[200,100]}.");
        for (Map.Entry<String, JsonNode> limit : limits.properties()) {
            if (limit.getKey().isBlank()) throw Refused.invalid(key + " has a " + what + " without a name.");
            if (!isPair(limit.getValue(), successesLeast))
                throw Refused.invalid("%s needs two whole numbers for the %s %s: all calls from 0, good calls from %d."
                        .formatted(key, what, limit.getKey(), successesLeast));
        }
    }

    private static boolean isPair(JsonNode pair, int successesLeast) {
        return pair.isArray() && pair.size() == 2 && isLimit(pair.get(0), 0) && isLimit(pair.get(1), successesLeast);
    }

    private static boolean isLimit(JsonNode number, long least) {
        return number.isIntegralNumber()
                && number.canConvertToLong()
                && number.longValue() >= least
                && number.longValue() <= MOST;
    }
}
