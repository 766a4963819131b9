package io.tollbook.relay.call;

import io.tollbook.kernel.Refusal;
import io.tollbook.kernel.Refused;
import io.tollbook.kernel.channel.ChannelId;
import io.tollbook.kernel.token.Admission;
import io.tollbook.kernel.user.Role;
import io.tollbook.relay.routing.RoutingTable;
import io.tollbook.relay.routing.Target;
import io.tollbook.relay.routing.Wanted;
import java.util.Optional;
import java.util.Set;

/** Where a call goes first. */
final class FirstTarget {
    private FirstTarget() {}

    /**
     * @param pinned the channel that an administrator's key names; 0 for none
     * @throws Refused NOT_FOUND for a model that nobody has, NO_CHANNEL if nobody can serve it now
     */
    static Target of(RoutingTable table, Admission by, Wanted wanted, long pinned) {
        if (pinned != 0) return pinned(table, by, pinned);
        Optional<Target> target = table.choose(wanted, Set.of());
        if (target.isPresent()) return target.get();
        String model = wanted.model();
        if (table.knows(model))
            throw new Refused(Refusal.NO_CHANNEL, "No channel can serve the model " + model + " at the moment.");
        throw new Refused(Refusal.NOT_FOUND, "The model " + model + " does not exist.");
    }

    private static Target pinned(RoutingTable table, Admission by, long pinned) {
        if (by.role().compareTo(Role.ADMIN) < 0)
            throw new Refused(Refusal.NOT_PERMITTED, "Only an administrator's key may name a channel.");
        Target target = table.channel(new ChannelId(pinned))
                .orElseThrow(() -> Refused.invalid("There is no channel " + pinned + "."));
        if (!target.enabled()) throw new Refused(Refusal.NOT_PERMITTED, "The channel " + pinned + " is disabled.");
        return target;
    }
}
