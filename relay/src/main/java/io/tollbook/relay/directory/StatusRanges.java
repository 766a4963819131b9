package io.tollbook.relay.directory;

import java.util.BitSet;

/** HTTP statuses written as {@code 100-199,300-399,429}. Parts that are no numbers are left out. */
final class StatusRanges {
    private final BitSet statuses = new BitSet(600);

    static StatusRanges of(String text) {
        StatusRanges ranges = new StatusRanges();
        for (String part : text.replace('，', ',').split(",")) {
            String[] ends = part.strip().split("-", 2);
            try {
                int from = Integer.parseInt(ends[0].strip());
                int to = ends.length == 1 ? from : Integer.parseInt(ends[1].strip());
                if (from >= 100 && to <= 599 && from <= to) ranges.statuses.set(from, to + 1);
            } catch (NumberFormatException e) {
                // A typing mistake must not switch retries off for the statuses that are written well.
            }
        }
        return ranges;
    }

    /** Statuses that no server should send are retried: they say that something between is broken. */
    boolean contain(int status) {
        return status < 100 || status > 599 || statuses.get(status);
    }
}
