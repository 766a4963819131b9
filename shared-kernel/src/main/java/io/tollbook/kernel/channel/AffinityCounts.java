package io.tollbook.kernel.channel;

/**
 * How often calls of a rule had a place on this node since it started, and how often not yet.
 *
 * @param remembered how many places of the rule there are now
 */
public record AffinityCounts(String rule, long hits, long misses, long remembered) {}
