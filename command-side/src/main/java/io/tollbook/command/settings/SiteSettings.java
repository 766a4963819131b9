package io.tollbook.command.settings;

import io.tollbook.kernel.settings.ChangeOptions;
import io.tollbook.kernel.settings.Option;
import java.time.Instant;
import java.util.function.ToLongFunction;
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
        return of(all -> all.number(option), Long.parseLong(option.initial()));
    }

    /** How much quota one person may change in a day, as that stands now; 0 for any amount. */
    public long secondPersonAbove(Instant now) {
        return of(all -> all.secondPersonAbove(now), Long.parseLong(Option.SECOND_PERSON_ABOVE.initial()));
    }

    /** @param initial where nobody has ever set any option */
    private long of(ToLongFunction<Settings> question, long initial) {
        try {
            return settings.load(ChangeOptions.SITE).invoke(question::applyAsLong);
        } catch (AggregateNotFoundException e) {
            return initial;
        }
    }
}
