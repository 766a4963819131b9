package io.tollbook.kernel.settings;

import io.tollbook.kernel.Caller;
import io.tollbook.kernel.Permits;
import io.tollbook.kernel.Refused;
import java.time.Instant;
import java.util.Map;
import org.axonframework.modelling.command.TargetAggregateIdentifier;

/**
 * Sets options, all or none. Keys whose name ends in Token, Secret, Key, secret or api_key are stored sealed. Price maps
 * are not options: they are published as {@link io.tollbook.kernel.pricing.PublishPrices}.
 *
 * @param settings always {@link #SITE}
 */
@Permits({Caller.ROOT, Caller.SYSTEM})
public record ChangeOptions(@TargetAggregateIdentifier String settings, Map<String, String> values, Instant at)
        implements SettingsCommand {
    public static final String SITE = "settings";
    public static final int VALUE_MAX = 1_000_000;

    public ChangeOptions(Map<String, String> values, Instant at) {
        this(SITE, values, at);
    }

    public ChangeOptions {
        values = Map.copyOf(values);
        values.forEach((key, value) -> {
            if (key.isBlank() || key.length() > 128) throw Refused.invalid("An option's key has 1 to 128 characters.");
            if (value.length() > VALUE_MAX) throw Refused.invalid("The value of " + key + " is too long.");
        });
    }

    public static boolean isSecret(String key) {
        return key.endsWith("Token")
                || key.endsWith("Secret")
                || key.endsWith("Key")
                || key.endsWith("secret")
                || key.endsWith("api_key");
    }
}
