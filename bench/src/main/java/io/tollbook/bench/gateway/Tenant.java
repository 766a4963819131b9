package io.tollbook.bench.gateway;

/** One user with an account and one API key. */
public record Tenant(long user, String username, long granted, long token, String key) {}
