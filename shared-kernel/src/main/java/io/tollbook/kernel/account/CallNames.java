package io.tollbook.kernel.account;

/** The present names of what a call names by number; empty where that is gone. */
public record CallNames(String user, String token, String channel) {}
