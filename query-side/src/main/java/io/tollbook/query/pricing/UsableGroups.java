package io.tollbook.query.pricing;

import io.tollbook.kernel.Actor;
import io.tollbook.kernel.Messages;
import io.tollbook.kernel.catalogue.GroupRules;
import io.tollbook.kernel.settings.Options;
import java.util.List;
import java.util.Map;
import org.springframework.stereotype.Component;

/** The groups that a user may choose for a key, with their descriptions. */
@Component
public class UsableGroups {
    private final Messages messages;

    UsableGroups(Messages messages) {
        this.messages = messages;
    }

    /** Those open to the users of this group, and their own. */
    public Map<String, String> of(String userGroup) {
        return rules().usable(userGroup);
    }

    /** What the group auto tries for them, in order. */
    List<String> auto(String userGroup) {
        return rules().auto(userGroup);
    }

    private GroupRules rules() {
        return GroupRules.of(messages.ask(new Options(), Actor.SYSTEM));
    }
}
