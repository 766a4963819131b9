package io.tollbook.kernel.catalogue;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A change of descriptions.
 *
 * @param by who did it; empty if Tollbook itself did
 * @param undoes the change it took back; null if it is none of that kind
 * @param undoneBy the change that took it back; null if none did
 */
public record ListedModelChange(
        long change,
        Instant at,
        String by,
        List<ModelChange> models,
        @Nullable Long undoes,
        @Nullable Long undoneBy) {}
