package io.tollbook.kernel.channel;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One of a channel's keys, as lists show it.
 *
 * @param index its place among the channel's keys, from 0
 * @param preview a few of its characters, never enough to use it
 * @param why it is off; empty if it is not
 * @param since when it is off; null if it is not
 * @param retiresAt the moment after which it is used no more; null if there is none
 */
public record ListedKey(
        int index,
        KeyPrint print,
        String preview,
        KeyState state,
        String why,
        @Nullable Instant since,
        @Nullable Instant retiresAt) {}
