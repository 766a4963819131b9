package io.tollbook.relay.directory;

/**
 * When a channel is passed over.
 *
 * @param failurePercent of its calls, from which on it is
 * @param callsLeast below which nothing is concluded
 * @param windowSeconds over which calls count
 * @param openSeconds until it is tried again; each time in vain doubles them, up to a minute
 */
public record BreakerRules(int failurePercent, int callsLeast, int windowSeconds, int openSeconds) {}
