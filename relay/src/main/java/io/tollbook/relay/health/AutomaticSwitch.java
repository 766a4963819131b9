package io.tollbook.relay.health;

import io.tollbook.kernel.channel.DisableChannelKey;
import io.tollbook.relay.conversation.Failure;
import io.tollbook.relay.directory.SiteOptions;
import io.tollbook.relay.routing.ProviderKey;
import io.tollbook.relay.routing.Target;
import java.time.Instant;
import java.util.Locale;
import org.springframework.stereotype.Component;

/** Switches off, for good and for every node, keys whose failure says that they will not work again by themselves. */
@Component
public final class AutomaticSwitch {
    private static final int MESSAGE_MAX = 200;

    private final SiteOptions options;
    private final Healths healths;

    AutomaticSwitch(SiteOptions options, Healths healths) {
        this.options = options;
        this.healths = healths;
    }

    /** @param status the provider's */
    public void failed(Target target, ProviderKey key, int status, Failure failure) {
        if (!options.disablesAutomatically() || !isTelling(target, status, failure.message())) return;
        String message = failure.message();
        String why =
                status + ": " + (message.length() > MESSAGE_MAX ? message.substring(0, MESSAGE_MAX) + "…" : message);
        healths.send(new DisableChannelKey(target.channel(), key.print(), true, why, Instant.now()));
    }

    /**
     * Whether a failure is one that does not go away by itself, at a channel that may be switched off for it.
     *
     * @param status the provider's; 0 if it told none
     */
    public boolean isTelling(Target target, int status, String message) {
        if (!target.terms().autoBan() || target.isDemo()) return false;
        String lower = message.toLowerCase(Locale.ROOT);
        return options.disablesAfter(status)
                || options.disablingWords().stream().anyMatch(lower::contains);
    }
}
