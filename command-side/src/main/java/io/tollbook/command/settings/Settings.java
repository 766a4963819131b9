package io.tollbook.command.settings;

import io.tollbook.kernel.secret.Sealed;
import io.tollbook.kernel.secret.Vault;
import io.tollbook.kernel.settings.ChangeOptions;
import io.tollbook.kernel.settings.Option;
import io.tollbook.kernel.settings.OptionsChanged;
import java.util.HashMap;
import java.util.Map;
import org.axonframework.commandhandling.CommandHandler;
import org.axonframework.eventsourcing.EventSourcingHandler;
import org.axonframework.modelling.command.AggregateCreationPolicy;
import org.axonframework.modelling.command.AggregateIdentifier;
import org.axonframework.modelling.command.AggregateLifecycle;
import org.axonframework.modelling.command.CreationPolicy;
import org.axonframework.spring.stereotype.Aggregate;

/** All options of the site. Secret ones are sealed under the site's own key. */
@Aggregate(lockFactory = "noLocks")
public class Settings {
    @AggregateIdentifier
    private String id;

    private final Map<String, String> values = new HashMap<>();

    @SuppressWarnings("NullAway")
    protected Settings() {}

    @CommandHandler
    @CreationPolicy(AggregateCreationPolicy.CREATE_IF_MISSING)
    public void handle(ChangeOptions command, Vault vault) {
        Map<String, String> changed = new HashMap<>();
        Map<String, Sealed> secrets = new HashMap<>();
        command.values().forEach((key, value) -> {
            String checked = Option.of(key).map(option -> option.checked(value)).orElse(value);
            if (ChangeOptions.isSecret(key)) secrets.put(key, vault.seal("site", checked));
            else if (!checked.equals(values.get(key))) changed.put(key, checked);
        });
        if (changed.isEmpty() && secrets.isEmpty()) return;
        AggregateLifecycle.apply(new OptionsChanged(changed, secrets, command.at()));
    }

    @EventSourcingHandler
    void on(OptionsChanged event) {
        id = ChangeOptions.SITE;
        values.putAll(event.values());
    }
}
