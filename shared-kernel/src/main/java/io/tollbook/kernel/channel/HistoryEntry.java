package io.tollbook.kernel.channel;

import java.time.Instant;
import java.util.List;

/**
 * Something that was done to a channel, or befell it.
 *
 * @param by who did it; empty if it was Tollbook itself
 * @param changes fields that were changed; none for anything else
 */
public record HistoryEntry(Instant at, String by, String what, List<FieldChange> changes) {}
