package io.tollbook.kernel.channel;

import java.time.Instant;

/**
 * That a key of a channel is switched off.
 *
 * @param automatically whether Tollbook itself did it
 */
public record KeySwitch(KeyPrint key, boolean automatically, String why, Instant at) {}
