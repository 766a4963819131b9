package io.tollbook.bench.gateway;

/**
 * One user with an account and one API key.
 *
 * @param accessToken for reading their own figures
 */
public record Tenant(long user, String username, long granted, long token, String key, String accessToken) {}
