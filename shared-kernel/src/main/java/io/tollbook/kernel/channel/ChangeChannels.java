package io.tollbook.kernel.channel;

import io.tollbook.kernel.Caller;
import io.tollbook.kernel.Command;
import io.tollbook.kernel.Permits;
import io.tollbook.kernel.Refused;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Makes and changes many channels: all of it or, if one is refused or was changed meanwhile, nothing. Keys stay as they are.
 */
@Permits(Caller.ADMIN)
public record ChangeChannels(List<ChannelDraft> created, List<ChannelChange> changed, Instant at)
        implements Command<Void> {
    public static final int MAX = 2_000;

    public ChangeChannels {
        created = List.copyOf(created);
        changed = List.copyOf(changed);
        if (created.isEmpty() && changed.isEmpty()) throw Refused.invalid("There is nothing to change.");
        if (created.size() + changed.size() > MAX)
            throw Refused.invalid("At most " + MAX + " channels are changed at once.");
        Set<ChannelId> once = new HashSet<>();
        for (ChannelChange change : changed)
            if (!once.add(change.channel())) throw Refused.invalid("A channel is changed twice at once.");
    }

    public static ChangeChannels of(List<ChannelChange> changed, Instant at) {
        return new ChangeChannels(List.of(), changed, at);
    }
}
