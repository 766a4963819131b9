package io.tollbook.command.settings;

import io.tollbook.kernel.settings.ChangeOptions;
import io.tollbook.kernel.settings.Option;
import org.axonframework.modelling.command.AggregateNotFoundException;
import org.axonframework.modelling.command.Repository;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.context.annotation.Lazy;
import org.springframework.stereotype.Component;

/** The options as they stand when a command is decided, and not as some read model has them. */
@Component
public final class SiteSettings {
    private final Repository<Settings> settings;

    public SiteSettings(@Lazy @Qualifier("settingsRepository") Repository<Settings> settings) {
        this.settings = settings;
    }

    public long number(Option option) {
        try {
            return settings.load(ChangeOptions.SITE).invoke(all -> all.number(option));
        } catch (AggregateNotFoundException e) {
            return Long.parseLong(option.initial()); // Nobody has ever set any.
        }
    }
}
