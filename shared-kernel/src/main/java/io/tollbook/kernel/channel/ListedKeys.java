package io.tollbook.kernel.channel;

import io.tollbook.kernel.Page;

/** Some of a channel's keys, and how all of them stand. */
public record ListedKeys(Page<ListedKey> page, KeyCounts counts) {}
