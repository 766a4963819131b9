package io.tollbook.kernel.channel;

/**
 * Channels that share a tag.
 *
 * @param priority the highest among them
 */
public record ListedTag(String tag, int channels, int enabled, long priority) {}
