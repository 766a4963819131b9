package io.tollbook.kernel.channel;

import io.tollbook.kernel.secret.Sealed;

/** A channel as the relay needs it, with its sealed key. */
public record Route(ChannelId channel, ChannelTerms terms, ChannelStatus status, Sealed key) {}
