package io.tollbook.kernel.channel;

import io.tollbook.kernel.secret.Sealed;
import java.util.List;

/**
 * A channel as the relay needs it, with its sealed keys.
 *
 * @param off keys that are switched off; may name keys that are gone
 * @param retirements keys with a last moment; may name keys that are gone
 */
public record Route(
        ChannelId channel,
        ChannelTerms terms,
        ChannelStatus status,
        Sealed key,
        List<KeySwitch> off,
        List<KeyRetirement> retirements) {}
