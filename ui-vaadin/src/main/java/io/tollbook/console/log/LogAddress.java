package io.tollbook.console.log;

import com.vaadin.flow.router.QueryParameters;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Where the log lists the charged calls behind a figure, and no others. */
public final class LogAddress {
    static final String SINCE = "since";
    static final String BEFORE = "before";
    static final String KEY = "key-id";
    static final String USER = "user-id";
    static final String NOT_USERS = "not-user-id";
    static final String NOT_KEYS = "not-key-id";
    static final String NOT_GROUPS = "not-group";
    static final String NOT_MODELS = "not-model";
    static final String NOT_CHANNELS = "not-channel";

    private final Map<String, String> parameters;

    private LogAddress(Map<String, String> parameters) {
        this.parameters = parameters;
    }

    /** All charged calls. */
    public static LogAddress charges() {
        return new LogAddress(Map.of("kind", "consume"));
    }

    /** Failed calls too, and whatever else the log lists under the same filters. */
    public LogAddress ofAllKinds() {
        Map<String, String> all = new LinkedHashMap<>(parameters);
        all.remove("kind");
        return new LogAddress(all);
    }

    /** Narrowed further; what was narrowed by the same filter before no longer is. */
    public LogAddress with(Map<String, String> filters) {
        Map<String, String> all = new LinkedHashMap<>(parameters);
        all.putAll(filters);
        return new LogAddress(all);
    }

    public LogAddress between(@Nullable Instant since, @Nullable Instant before) {
        return with(range(since, before));
    }

    /** @param before does not belong to it */
    public static Map<String, String> range(@Nullable Instant since, @Nullable Instant before) {
        Map<String, String> range = new LinkedHashMap<>();
        if (since != null) range.put(SINCE, since.toString());
        if (before != null) range.put(BEFORE, before.toString());
        return range;
    }

    /** A name is found exactly unless it is empty or would be taken for a pattern. */
    public static Map<String, String> user(long id, String name) {
        return name.isBlank() || name.indexOf('%') >= 0 ? Map.of(USER, Long.toString(id)) : Map.of("user", name);
    }

    /** By number: a user may have two keys of one name. */
    public static Map<String, String> key(long id) {
        return Map.of(KEY, Long.toString(id));
    }

    public static Map<String, String> group(String name) {
        return Map.of("group", name);
    }

    public static Map<String, String> model(String name) {
        return Map.of("model", name);
    }

    public static Map<String, String> channel(long id) {
        return Map.of("channel", Long.toString(id));
    }

    public static Map<String, String> withoutUsers(Collection<String> ids) {
        return Map.of(NOT_USERS, list(ids));
    }

    public static Map<String, String> withoutKeys(Collection<String> ids) {
        return Map.of(NOT_KEYS, list(ids));
    }

    public static Map<String, String> withoutGroups(Collection<String> names) {
        return Map.of(NOT_GROUPS, list(names));
    }

    public static Map<String, String> withoutModels(Collection<String> names) {
        return Map.of(NOT_MODELS, list(names));
    }

    public static Map<String, String> withoutChannels(Collection<String> ids) {
        return Map.of(NOT_CHANNELS, list(ids));
    }

    /** Names may contain commas, so each is encoded by itself. */
    private static String list(Collection<String> values) {
        return values.stream()
                .map(value -> URLEncoder.encode(value, StandardCharsets.UTF_8))
                .collect(Collectors.joining(","));
    }

    static List<String> list(String text) {
        return Arrays.stream(text.split(","))
                .map(value -> URLDecoder.decode(value, StandardCharsets.UTF_8))
                .toList();
    }

    /** The filters alone, as they stand in an address. */
    public static String query(Map<String, String> filters) {
        return QueryParameters.simple(filters).getQueryString();
    }

    @Override
    public String toString() {
        return "log?" + query(parameters);
    }
}
