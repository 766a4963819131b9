package io.tollbook.kernel.catalogue;

import io.tollbook.kernel.settings.Option;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Who may choose which group, as the options say it. They are the one place where it stands; this reads them, and writes
 * their values for a change of one group. An option that is no JSON counts as empty: a slip must not close every page.
 */
public final class GroupRules {
    /** The group that stands for the first group of a list which serves the model. */
    public static final String AUTO = "auto";

    private static final String ADD = "+:";
    private static final String TAKE = "-:";
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final TreeMap<String, String> everybody;
    /** By the user's group, entries as they are written. */
    private final TreeMap<String, TreeMap<String, String>> special = new TreeMap<>();

    private final TreeMap<String, String> descriptions;
    private final List<String> auto = new ArrayList<>();
    private final boolean autoByDefault;
    /** Asked at every call whose key names a group. */
    private final Map<String, Map<String, String>> usable = new ConcurrentHashMap<>();

    private GroupRules(Map<String, String> options) {
        everybody = texts(parsed(Option.USER_USABLE_GROUPS.text(options)));
        descriptions = texts(parsed(Option.GROUP_DESCRIPTIONS.text(options)));
        JsonNode byUserGroup = parsed(Option.SPECIAL_USABLE_GROUPS.text(options));
        byUserGroup.properties().forEach(entry -> special.put(entry.getKey(), texts(entry.getValue())));
        JsonNode list = parsed(Option.AUTO_GROUPS.text(options));
        if (list.isArray())
            list.forEach(group -> {
                if (group.isString()) auto.add(group.asString());
            });
        autoByDefault = Option.DEFAULT_USE_AUTO_GROUP.isOn(options);
    }

    /** @param options those that were ever set */
    public static GroupRules of(Map<String, String> options) {
        return new GroupRules(options);
    }

    private static JsonNode parsed(String text) {
        try {
            return JSON.readTree(text);
        } catch (JacksonException e) {
            return JSON.createObjectNode();
        }
    }

    private static TreeMap<String, String> texts(JsonNode object) {
        TreeMap<String, String> texts = new TreeMap<>();
        object.properties()
                .forEach(entry -> texts.put(entry.getKey(), entry.getValue().asString("")));
        return texts;
    }

    /** The groups that users of a group may choose for a key, with their descriptions: always their own too. */
    public Map<String, String> usable(String userGroup) {
        return usable.computeIfAbsent(userGroup, this::reckoned);
    }

    private Map<String, String> reckoned(String userGroup) {
        TreeMap<String, String> usable = new TreeMap<>(everybody);
        special.getOrDefault(userGroup, new TreeMap<>()).forEach((entry, description) -> {
            if (entry.startsWith(TAKE)) usable.remove(entry.substring(TAKE.length()));
            else usable.put(added(entry), description);
        });
        if (!usable.containsKey(userGroup)) {
            String own = description(userGroup);
            usable.put(userGroup, own.isEmpty() ? userGroup : own);
        }
        return Collections.unmodifiableMap(usable);
    }

    private static String added(String entry) {
        return entry.startsWith(ADD) ? entry.substring(ADD.length()) : entry;
    }

    /** What the group auto tries for users of a group, in order. */
    public List<String> auto(String userGroup) {
        Set<String> usable = usable(userGroup).keySet();
        return auto.stream().filter(usable::contains).toList();
    }

    /** What the group auto tries, for whoever may use them. */
    public List<String> auto() {
        return Collections.unmodifiableList(auto);
    }

    public boolean autoByDefault() {
        return autoByDefault;
    }

    /** Every group that these options name. */
    public Set<String> named() {
        TreeSet<String> named = new TreeSet<>(everybody.keySet());
        named.addAll(descriptions.keySet());
        named.addAll(auto);
        special.forEach((userGroup, entries) -> {
            named.add(userGroup);
            entries.keySet().forEach(entry -> named.add(entry.startsWith(TAKE) ? entry.substring(2) : added(entry)));
        });
        return named;
    }

    /** Empty if nobody described it. */
    public String description(String group) {
        String open = everybody.get(group);
        if (open != null) return open;
        for (Map<String, String> entries : special.values()) {
            String listed = entries.getOrDefault(ADD + group, entries.get(group));
            if (listed != null) return listed;
        }
        return descriptions.getOrDefault(group, "");
    }

    public boolean isOpenToAll(String group) {
        return everybody.containsKey(group);
    }

    /** The groups whose users may choose this one, though it is not open to all. */
    public Set<String> listed(String group) {
        TreeSet<String> listed = new TreeSet<>();
        special.forEach((userGroup, entries) -> {
            if (entries.containsKey(ADD + group) || entries.containsKey(group)) listed.add(userGroup);
        });
        return listed;
    }

    /**
     * The options' values once a group is described and opened so.
     *
     * @param listed the groups whose users may choose it where it is not open to all; none: nobody but its own users
     */
    public Map<String, String> with(String group, String description, boolean openToAll, Set<String> listed) {
        TreeMap<String, String> open = new TreeMap<>(everybody);
        TreeMap<String, String> closed = new TreeMap<>(descriptions);
        TreeMap<String, TreeMap<String, String>> entries = new TreeMap<>();
        special.forEach((userGroup, own) -> entries.put(userGroup, new TreeMap<>(own)));
        open.remove(group);
        closed.remove(group);
        entries.values().forEach(own -> {
            own.remove(group);
            own.remove(ADD + group);
        });
        if (openToAll) open.put(group, description);
        else if (!listed.isEmpty())
            listed.forEach(userGroup ->
                    entries.computeIfAbsent(userGroup, name -> new TreeMap<>()).put(ADD + group, description));
        else if (!description.isBlank()) closed.put(group, description);
        entries.values().removeIf(Map::isEmpty);
        Map<String, @Nullable Object> values = new TreeMap<>();
        values.put(Option.USER_USABLE_GROUPS.key(), open);
        values.put(Option.SPECIAL_USABLE_GROUPS.key(), entries);
        values.put(Option.GROUP_DESCRIPTIONS.key(), closed);
        Map<String, String> texts = new TreeMap<>();
        values.forEach((key, value) -> texts.put(key, JSON.writeValueAsString(value)));
        return texts;
    }

    /** The option's value for another order of the group auto. */
    public static String autoText(List<String> groups) {
        return JSON.writeValueAsString(groups);
    }
}
