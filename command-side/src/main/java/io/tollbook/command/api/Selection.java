package io.tollbook.command.api;

import io.tollbook.kernel.Refused;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Several things that a call is about, by their numbers. */
public record Selection(@Nullable List<@Nullable Long> ids) {
    /** @throws Refused unless there are 1 to {@code most}, each a number from 1 */
    public Set<Long> chosen(int most, String things) {
        if (ids == null || ids.isEmpty() || ids.size() > most)
            throw Refused.invalid("Choose 1 to " + most + " " + things + ".");
        Set<Long> chosen = new LinkedHashSet<>();
        for (Long id : ids) {
            if (id == null || id <= 0) throw Refused.invalid("An id is a number from 1.");
            chosen.add(id);
        }
        return chosen;
    }
}
