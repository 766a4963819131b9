package io.tollbook.command.settings;

import static org.axonframework.modelling.command.AggregateLifecycle.apply;

import com.fasterxml.jackson.annotation.JsonAutoDetect;
import io.tollbook.command.secret.Subject;
import io.tollbook.kernel.EventName;
import io.tollbook.kernel.Refused;
import io.tollbook.kernel.secret.Sealed;
import io.tollbook.kernel.secret.Vault;
import io.tollbook.kernel.settings.ChangeOptions;
import io.tollbook.kernel.settings.Option;
import io.tollbook.kernel.settings.OptionsChanged;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.axonframework.commandhandling.CommandHandler;
import org.axonframework.eventsourcing.EventSourcingHandler;
import org.axonframework.modelling.command.AggregateCreationPolicy;
import org.axonframework.modelling.command.AggregateIdentifier;
import org.axonframework.modelling.command.CreationPolicy;
import org.axonframework.spring.stereotype.Aggregate;
import org.jspecify.annotations.Nullable;

/** All options of the site. */
@Aggregate(cache = "siteCache", lockFactory = "noLocks", snapshotTriggerDefinition = "accountSnapshots")
@EventName("settings.state")
@JsonAutoDetect(
        fieldVisibility = JsonAutoDetect.Visibility.ANY,
        getterVisibility = JsonAutoDetect.Visibility.NONE,
        isGetterVisibility = JsonAutoDetect.Visibility.NONE)
public class Settings {
    private static final int CHANGES_MAX = 500;

    @AggregateIdentifier
    private @Nullable String id;

    private Map<String, String> values = new HashMap<>();
    private Set<String> secrets = new HashSet<>();
    private ChangeLimit changeLimit = new ChangeLimit();

    protected Settings() {}

    /** For decisions of others; nobody else is told. */
    public long number(Option option) {
        return option.number(values);
    }

    long secondPersonAbove(Instant now) {
        return changeLimit.inForce(number(Option.SECOND_PERSON_ABOVE), now);
    }

    @CommandHandler
    @CreationPolicy(AggregateCreationPolicy.CREATE_IF_MISSING)
    void handle(ChangeOptions command, Vault vault) {
        if (!command.settings().equals(ChangeOptions.SITE)) throw Refused.invalid("There is one set of options.");
        if (command.values().size() > CHANGES_MAX)
            throw Refused.invalid("At most " + CHANGES_MAX + " options change at once.");
        Map<String, String> changed = new TreeMap<>();
        Map<String, Sealed> sealed = new TreeMap<>();
        Map<String, String> after = new HashMap<>(values);
        after.putAll(command.values());
        command.values().forEach((key, raw) -> {
            OptionPolicy.checkKey(key);
            if (ChangeOptions.isSecret(key)) {
                // A form shows no secret, so its empty field means: as it was.
                if (!raw.isBlank()) sealed.put(key, vault.seal(Subject.SITE, raw));
                return;
            }
            String value = Option.of(key).map(option -> option.checked(raw)).orElse(raw);
            OptionPolicy.checkValue(key, value, values.get(key), name -> isSet(name, command.values(), after));
            if (!value.equals(values.get(key))) changed.put(key, value);
        });
        checkNewcomers(changed.keySet(), after, command.at());
        if (!changed.isEmpty() || !sealed.isEmpty()) apply(new OptionsChanged(changed, sealed, command.at()));
    }

    /** What every new user gets is nobody's change, so it must not be a way around the limit. */
    private void checkNewcomers(Set<String> changed, Map<String, String> after, Instant now) {
        if (!changed.contains(Option.QUOTA_FOR_NEW_USER.key()) && !changed.contains(Option.SECOND_PERSON_ABOVE.key()))
            return;
        ChangeLimit limit = changed.contains(Option.SECOND_PERSON_ABOVE.key())
                ? changeLimit.replaced(number(Option.SECOND_PERSON_ABOVE), now)
                : changeLimit;
        long above = limit.inForce(Option.SECOND_PERSON_ABOVE.number(after), now);
        if (above > 0 && Option.QUOTA_FOR_NEW_USER.number(after) > above)
            throw Refused.invalid(Option.QUOTA_FOR_NEW_USER.key() + " cannot be above the " + above + " quota of "
                    + Option.SECOND_PERSON_ABOVE.key() + " that are in force.");
    }

    private boolean isSet(String name, Map<String, String> now, Map<String, String> after) {
        if (ChangeOptions.isSecret(name))
            return secrets.contains(name) || !now.getOrDefault(name, "").isBlank();
        return !after.getOrDefault(name, "").isBlank();
    }

    @EventSourcingHandler
    void on(OptionsChanged event) {
        id = ChangeOptions.SITE;
        if (event.values().containsKey(Option.SECOND_PERSON_ABOVE.key()))
            changeLimit = changeLimit.replaced(number(Option.SECOND_PERSON_ABOVE), event.at());
        values.putAll(event.values());
        secrets.addAll(event.secrets().keySet());
    }
}
