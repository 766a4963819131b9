package io.tollbook.kernel.catalogue;

import java.math.BigDecimal;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A group with whom it serves.
 *
 * @param ratio null if it has none and costs what the list says
 * @param listed the groups whose users may choose it, where it is not open to all
 * @param autoPlace its place in the order of the group auto, from 1; 0 if it has none
 * @param channels that serve it
 * @param users whose group it is
 * @param keys that name it
 */
public record GroupRow(
        String name,
        @Nullable BigDecimal ratio,
        String description,
        boolean openToAll,
        List<String> listed,
        int autoPlace,
        long channels,
        long users,
        long keys) {
    public boolean isUsed() {
        return channels + users + keys > 0;
    }
}
