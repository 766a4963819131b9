package io.tollbook.console.settings;

import com.vaadin.flow.server.VaadinServletRequest;
import io.tollbook.kernel.Actor;
import io.tollbook.kernel.Messages;
import io.tollbook.kernel.settings.Option;
import io.tollbook.kernel.settings.Options;
import java.net.URI;
import java.util.Map;
import java.util.TreeMap;
import org.springframework.stereotype.Component;
import tools.jackson.core.JacksonException;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** What the site says of itself to everybody, signed in or not: its name, its address, whether strangers may sign up. */
@Component
public class Site {
    private static final JsonMapper JSON = JsonMapper.shared();

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

    /** Groups that users may choose, with their descriptions. */
    public Map<String, String> groups() {
        try {
            return new TreeMap<>(JSON.readValue(
                    Option.USER_USABLE_GROUPS.text(options()), new TypeReference<Map<String, String>>() {}));
        } catch (JacksonException e) {
            return Map.of(
                    "default", ""); // Root may have typed anything into the option; the default group is always there.
        }
    }

    private Map<String, String> options() {
        return messages.ask(new Options(), Actor.SYSTEM);
    }
}
