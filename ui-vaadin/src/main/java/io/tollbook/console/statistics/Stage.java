package io.tollbook.console.statistics;

import io.tollbook.console.log.LogAddress;
import io.tollbook.kernel.statistics.Dimension;
import io.tollbook.kernel.statistics.UsagePart;
import java.util.List;
import java.util.Map;

/** What usage passes on its way: whose it is, and through what it goes. */
enum Stage {
    USER("User", "users", Dimension.USER),
    KEY("Key", "keys", Dimension.TOKEN),
    GROUP("Group", "groups", Dimension.GROUP),
    MODEL("Model", "models", Dimension.MODEL),
    CHANNEL("Channel", "channels", Dimension.CHANNEL);

    private final String label;
    private final String many;
    private final Dimension dimension;

    Stage(String label, String many, Dimension dimension) {
        this.label = label;
        this.many = many;
        this.dimension = dimension;
    }

    /** What a user's own calls pass. */
    static List<Stage> own() {
        return List.of(KEY, GROUP, MODEL);
    }

    static List<Stage> everybodys() {
        return List.of(USER, GROUP, MODEL, CHANNEL);
    }

    String label() {
        return label;
    }

    String many() {
        return many;
    }

    Dimension dimension() {
        return dimension;
    }

    String key(UsagePart part) {
        return switch (this) {
            case USER -> Long.toString(part.user());
            case KEY -> Long.toString(part.token());
            case GROUP -> part.group();
            case MODEL -> part.model();
            case CHANNEL -> Long.toString(part.channel());
        };
    }

    Part part(UsagePart part) {
        return switch (this) {
            case USER ->
                new Part(
                        key(part),
                        name(part.username(), part.user()),
                        LogAddress.user(part.user(), part.username()),
                        false);
            case KEY -> new Part(key(part), name(part.tokenName(), part.token()), LogAddress.key(part.token()), false);
            case GROUP -> new Part(key(part), part.group(), LogAddress.group(part.group()), false);
            case MODEL -> new Part(key(part), part.model(), LogAddress.model(part.model()), false);
            case CHANNEL ->
                new Part(
                        key(part), name(part.channelName(), part.channel()), LogAddress.channel(part.channel()), false);
        };
    }

    private String name(String name, long id) {
        return name.isBlank() ? label.toLowerCase(java.util.Locale.ROOT) + " " + id : name;
    }

    /** All but these. */
    Part others(List<String> keys) {
        Map<String, String> filters = switch (this) {
            case USER -> LogAddress.withoutUsers(keys);
            case KEY -> LogAddress.withoutKeys(keys);
            case GROUP -> LogAddress.withoutGroups(keys);
            case MODEL -> LogAddress.withoutModels(keys);
            case CHANNEL -> LogAddress.withoutChannels(keys);
        };
        return new Part(Part.REST, "other " + many, filters, true);
    }
}
