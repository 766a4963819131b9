package io.tollbook.kernel.channel;

import io.tollbook.kernel.secret.Secret;

/** A channel that is to be made. */
public record ChannelDraft(ChannelId channel, ChannelTerms terms, Secret key, boolean enabled) {}
