package io.tollbook.kernel.account;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One event of one account, as the book shows it.
 *
 * @param position in the whole store, from 1, gapless
 * @param sequence in the account, from 0, gapless
 * @param name the event's stored name, with its version: {@code account.funds-held.1}
 * @param change what the event did to the available balance
 * @param available the running balance after it
 * @param hold the call it belongs to; null if none
 * @param summary one sentence for people
 * @param payload the stored bytes, as they are
 * @param metadata the stored metadata, as they are
 */
public record BookEntry(
        long position,
        long sequence,
        Instant recordedAt,
        String name,
        Quota change,
        Quota available,
        @Nullable String hold,
        String summary,
        String payload,
        String metadata) {}
