package io.tollbook.query.pricing;

import io.tollbook.kernel.Actor;
import io.tollbook.kernel.Messages;
import io.tollbook.kernel.Refusal;
import io.tollbook.kernel.Refused;
import io.tollbook.kernel.api.Envelope;
import io.tollbook.kernel.catalogue.GroupRules;
import io.tollbook.kernel.pricing.PriceDocument;
import io.tollbook.kernel.pricing.PriceVersion;
import io.tollbook.kernel.pricing.PricesInForce;
import io.tollbook.kernel.settings.HeaderModules;
import io.tollbook.kernel.settings.Options;
import io.tollbook.kernel.user.Role;
import io.tollbook.kernel.user.UserById;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** Groups, with their factors. */
@RestController
class GroupEndpoints {
    private final Messages messages;
    private final UsableGroups usableGroups;

    GroupEndpoints(Messages messages, UsableGroups usableGroups) {
        this.messages = messages;
        this.usableGroups = usableGroups;
    }

    @GetMapping({"/api/group/", "/api/group"})
    Envelope names(Actor actor) {
        actor.signedIn();
        if (!actor.maySee(Role.ADMIN)) throw new Refused(Refusal.NOT_PERMITTED);
        TreeSet<String> names = new TreeSet<>(List.of("default"));
        document().ifPresent(document -> names.addAll(document.groups().keySet()));
        return Envelope.of(names);
    }

    private Optional<PriceDocument> document() {
        return messages.ask(new PricesInForce(), Actor.SYSTEM).map(PriceVersion::document);
    }

    /** They say what the pricing page says, so strangers who may not see that do not see them. */
    @GetMapping("/api/user/groups")
    Envelope usable(Actor actor) {
        if (HeaderModules.pricing(messages.ask(new Options(), Actor.SYSTEM)) != HeaderModules.Access.EVERYBODY)
            actor.signedIn();
        return Envelope.of(groups("default"));
    }

    @GetMapping("/api/user/self/groups")
    Envelope ownUsable(Actor actor) {
        String group = messages.ask(new UserById(actor.signedIn()), actor)
                .map(user -> user.group())
                .orElse("default");
        return Envelope.of(groups(group));
    }

    private Map<String, Object> groups(String userGroup) {
        Optional<PriceDocument> document = document();
        Map<String, Object> groups = new LinkedHashMap<>();
        usableGroups
                .of(userGroup)
                .forEach((name, description) -> groups.put(
                        name,
                        Map.of(
                                "ratio",
                                name.equals(GroupRules.AUTO)
                                        // It costs what the group costs that serves the call.
                                        ? GroupRules.AUTO
                                        : document.map(d -> d.groupRatio(userGroup, name))
                                                .orElse(BigDecimal.ONE),
                                "desc",
                                description)));
        return groups;
    }
}
