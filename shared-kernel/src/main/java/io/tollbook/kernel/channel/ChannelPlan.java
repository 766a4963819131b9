package io.tollbook.kernel.channel;

import io.tollbook.kernel.Ids;
import io.tollbook.kernel.secret.Secret;
import java.time.Instant;
import java.util.List;

/**
 * What a file of channels would change.
 *
 * @param created channels that are not there yet
 * @param unchanged channels that are as the file says
 * @param missing channels that the file does not name; they stay
 */
public record ChannelPlan(
        List<Creation> created,
        List<ChannelChange> changed,
        List<ChannelSummary> unchanged,
        List<ChannelSummary> missing) {
    /** A channel to be made. */
    public record Creation(ChannelTerms terms, Secret key, boolean enabled) {}

    public boolean isEmpty() {
        return created.isEmpty() && changed.isEmpty();
    }

    /** All of it as one command. */
    public ChangeChannels command(Ids ids, Instant at) {
        return new ChangeChannels(
                created.stream()
                        .map(one -> new ChannelDraft(
                                new ChannelId(ids.next(Ids.Kind.CHANNEL)), one.terms(), one.key(), one.enabled()))
                        .toList(),
                changed,
                at);
    }
}
