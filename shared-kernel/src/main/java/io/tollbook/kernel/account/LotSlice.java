package io.tollbook.kernel.account;

/** Part of a lot. */
public record LotSlice(LotId lot, Quota amount) {}
