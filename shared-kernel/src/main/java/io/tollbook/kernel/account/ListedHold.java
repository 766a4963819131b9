package io.tollbook.kernel.account;

/** An open hold as people look at it. */
public record ListedHold(OpenHold hold, CallNames names) {}
