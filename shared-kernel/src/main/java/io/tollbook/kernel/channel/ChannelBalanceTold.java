package io.tollbook.kernel.channel;

import io.tollbook.kernel.EventName;
import java.math.BigDecimal;
import java.time.Instant;

/** A provider has told what is left of the channel's account. */
@EventName("channel.balance-told")
public record ChannelBalanceTold(ChannelId channel, BigDecimal amount, String currency, Instant at)
        implements ChannelEvent {}
