package io.tollbook.kernel.channel;

import java.time.Instant;

/** That a key is used until a moment and no longer. */
public record KeyRetirement(KeyPrint key, Instant at) {}
