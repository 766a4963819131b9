package io.tollbook.console.paper;

import io.tollbook.kernel.channel.ChannelFilter;
import io.tollbook.kernel.channel.ChannelStatus;
import io.tollbook.kernel.channel.ChannelSummary;
import io.tollbook.kernel.channel.Channels;
import io.tollbook.kernel.channel.ListedTag;
import java.util.Comparator;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Channels and their tags on paper. */
final class PaperChannels {
    private PaperChannels() {}

    private static boolean fits(ChannelFilter f, ChannelSummary c) {
        return (f.keyword() == null
                        || c.terms().name().toLowerCase().contains(f.keyword().toLowerCase()))
                && (f.model() == null || c.terms().models().contains(f.model()))
                && (f.group() == null || c.terms().groups().contains(f.group()))
                && (f.type() == null || c.terms().type() == f.type())
                && (f.tag() == null || c.terms().tag().equals(f.tag()))
                && (f.statuses().isEmpty() || f.statuses().contains(c.status()));
    }

    static List<ListedTag> tags(PaperBooks books, ChannelFilter f) {
        return books.channels.values().stream()
                .filter(c -> !c.terms().tag().isEmpty() && fits(f, c))
                .collect(Collectors.groupingBy(c -> c.terms().tag(), TreeMap::new, Collectors.toList()))
                .entrySet()
                .stream()
                .map(e -> new ListedTag(
                        e.getKey(),
                        e.getValue().size(),
                        (int) e.getValue().stream()
                                .filter(c -> c.status() == ChannelStatus.ENABLED)
                                .count(),
                        e.getValue().stream()
                                .mapToLong(c -> c.terms().priority())
                                .max()
                                .orElse(0)))
                .toList();
    }

    static List<ChannelSummary> sorted(PaperBooks books, Channels q) {
        Comparator<ChannelSummary> order = switch (q.order()) {
            case NAME -> Comparator.comparing(c -> c.terms().name());
            case PRIORITY -> Comparator.comparing(c -> c.terms().priority());
            case RESPONSE_TIME -> Comparator.comparing(ChannelSummary::testMillis);
            default -> Comparator.comparing(c -> c.id().value());
        };
        return books.channels.values().stream()
                .filter(c -> fits(q.filter(), c))
                .sorted(q.descending() ? order.reversed() : order)
                .toList();
    }
}
