package io.tollbook.query.pricing;

import io.tollbook.kernel.Actor;
import io.tollbook.kernel.Messages;
import io.tollbook.kernel.settings.Option;
import io.tollbook.kernel.settings.Options;
import io.tollbook.query.readmodel.Json;
import java.util.Map;
import java.util.TreeMap;
import org.springframework.stereotype.Component;
import tools.jackson.core.JacksonException;
import tools.jackson.core.type.TypeReference;

/** The groups that a user may choose for a key, with their descriptions. */
@Component
public class UsableGroups {
    private static final TypeReference<TreeMap<String, String>> DESCRIPTIONS = new TypeReference<>() {};

    private final Messages messages;

    UsableGroups(Messages messages) {
        this.messages = messages;
    }

    /** Those open to all, and the user's own. */
    public Map<String, String> of(String userGroup) {
        Map<String, String> groups = open();
        groups.putIfAbsent(userGroup, userGroup);
        return groups;
    }

    private Map<String, String> open() {
        try {
            return Json.read(Option.USER_USABLE_GROUPS.text(messages.ask(new Options(), Actor.SYSTEM)), DESCRIPTIONS);
        } catch (JacksonException e) {
            // The option is a text that root writes; a slip in it must not close the page that shows groups.
            return new TreeMap<>();
        }
    }
}
