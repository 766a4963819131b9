package io.tollbook.console.settings;

import com.vaadin.flow.server.VaadinServletRequest;
import io.tollbook.kernel.Actor;
import io.tollbook.kernel.Messages;
import io.tollbook.kernel.catalogue.GroupRules;
import io.tollbook.kernel.settings.DisplayCurrency;
import io.tollbook.kernel.settings.HeaderModules;
import io.tollbook.kernel.settings.Option;
import io.tollbook.kernel.settings.Options;
import java.net.URI;
import java.util.Map;
import java.util.TreeMap;
import org.springframework.stereotype.Component;

/** What the site says of itself to everybody, signed in or not: its name, its address, whether strangers may sign up. */
@Component
public class Site {
    private final Messages messages;

    Site(Messages messages) {
        this.messages = messages;
    }

    public String name() {
        return Option.SYSTEM_NAME.text(options());
    }

    public boolean isDemo() {
        return Option.DEMO_SITE.isOn(options());
    }

    public boolean takesSignUps() {
        Map<String, String> options = options();
        return Option.REGISTER_ENABLED.isOn(options)
                && Option.PASSWORD_REGISTER_ENABLED.isOn(options)
                && !Option.SELF_USE_MODE.isOn(options);
    }

    public long quotaForNewUser() {
        return Option.QUOTA_FOR_NEW_USER.number(options());
    }

    /** Where clients reach the site: as set, or as this browser did. */
    public String address() {
        String set = Option.SERVER_ADDRESS.text(options()).strip();
        if (!set.isEmpty()) return set.endsWith("/") ? set.substring(0, set.length() - 1) : set;
        VaadinServletRequest request = VaadinServletRequest.getCurrent();
        URI seen = URI.create(request.getHttpServletRequest().getRequestURL().toString());
        return seen.getScheme() + "://" + seen.getRawAuthority();
    }

    /** Whether the page of models and prices is open to this visitor. */
    public boolean showsPrices(boolean signedIn) {
        HeaderModules.Access access = HeaderModules.pricing(options());
        return access == HeaderModules.Access.EVERYBODY || signedIn && access == HeaderModules.Access.SIGNED_IN;
    }

    /** What list prices are shown in. */
    public DisplayCurrency currency() {
        return DisplayCurrency.of(options());
    }

    /** Every group that the options name, with its description. */
    public Map<String, String> groups() {
        GroupRules rules = GroupRules.of(options());
        Map<String, String> groups = new TreeMap<>();
        groups.put("default", rules.description("default"));
        rules.named().forEach(group -> groups.put(group, rules.description(group)));
        return groups;
    }

    /** Groups that users of this one may choose for a key, with their descriptions. */
    public Map<String, String> usableGroups(String userGroup) {
        return GroupRules.of(options()).usable(userGroup);
    }

    /** Whether a new key's group is auto where its user may choose that. */
    public boolean startsWithAuto() {
        return Option.DEFAULT_USE_AUTO_GROUP.isOn(options());
    }

    /** Where descriptions of models may be taken from; empty for nowhere. */
    public String catalogueSource() {
        return Option.CATALOGUE_SOURCE.text(options()).strip();
    }

    private Map<String, String> options() {
        return messages.ask(new Options(), Actor.SYSTEM);
    }
}
