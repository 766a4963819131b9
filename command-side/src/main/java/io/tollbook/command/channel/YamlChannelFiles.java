package io.tollbook.command.channel;

import io.tollbook.kernel.Refused;
import io.tollbook.kernel.channel.ChannelAddresses;
import io.tollbook.kernel.channel.ChannelChange;
import io.tollbook.kernel.channel.ChannelFiles;
import io.tollbook.kernel.channel.ChannelId;
import io.tollbook.kernel.channel.ChannelPlan;
import io.tollbook.kernel.channel.ChannelStatus;
import io.tollbook.kernel.channel.ChannelSummary;
import io.tollbook.kernel.channel.ChannelTerms;
import io.tollbook.kernel.channel.ChannelType;
import io.tollbook.kernel.secret.Secret;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.yaml.snakeyaml.DumperOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** The file of channels. A field that it leaves out stays as it is, or has its default in a new channel. */
@Component
final class YamlChannelFiles implements ChannelFiles {
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();
    private static final int CHANNELS_MAX = 2_000;
    private static final String HEAD = """
            # Channels of Tollbook, without their keys. A channel with an id, or with the name of one, is changed; any other is
            # made and needs its keys as `key`, one per line. What is left out stays as it is. Nothing is deleted.
            """;

    private final ChannelAddresses addresses;

    YamlChannelFiles(ChannelAddresses addresses) {
        this.addresses = addresses;
    }

    @Override
    public String write(List<ChannelSummary> channels) {
        DumperOptions options = new DumperOptions();
        options.setDefaultFlowStyle(DumperOptions.FlowStyle.BLOCK);
        options.setIndicatorIndent(2);
        options.setIndentWithIndicator(true);
        options.setAllowUnicode(true);
        options.setWidth(120);
        options.setSplitLines(false);
        return HEAD
                + new Yaml(options)
                        .dump(Map.of(
                                "channels",
                                channels.stream().map(YamlChannelFiles::map).toList()));
    }

    private static Map<String, Object> map(ChannelSummary channel) {
        ChannelTerms terms = channel.terms();
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("id", channel.id().value());
        map.put("name", terms.name());
        map.put("type", ChannelType.of(terms.type()).label());
        // What Tollbook itself switched off is a state and no wish.
        map.put("enabled", channel.status() != ChannelStatus.DISABLED_BY_HAND);
        map.put("base_url", terms.baseUrl());
        map.put("models", new ArrayList<>(terms.models()));
        map.put("groups", new ArrayList<>(terms.groups()));
        map.put("priority", terms.priority());
        map.put("weight", terms.weight());
        map.put("auto_ban", terms.autoBan());
        map.put("tag", terms.tag());
        map.put("remark", terms.remark());
        map.put("test_model", terms.testModel());
        map.put("model_mapping", new TreeMap<>(terms.modelMapping()));
        Map<String, Object> others = new TreeMap<>();
        new TreeMap<>(terms.extra()).forEach((field, text) -> {
            Object value = ChannelFileFields.STRUCTURED.contains(field) ? structured(text) : text;
            if (ChannelFileFields.EXTRA.contains(field)) map.put(field, value);
            else others.put(field, text);
        });
        if (!others.isEmpty()) map.put("extra", others);
        return map;
    }

    private static Object structured(String text) {
        try {
            return JSON.readValue(text, Object.class);
        } catch (JacksonException e) {
            return text; // Stored before such texts were checked.
        }
    }

    @Override
    public ChannelPlan read(String yaml, List<ChannelSummary> present) {
        Map<String, NodeTuple> top = YamlNodes.fields(YamlNodes.root(yaml), "the file");
        for (NodeTuple field : top.values())
            if (!"channels".equals(YamlNodes.text(field.getKeyNode(), "a field")))
                throw YamlNodes.refused(field.getKeyNode(), "the file has channels, and nothing else.");
        NodeTuple channels = top.get("channels");
        if (channels == null) throw Refused.invalid("Line 1: the file has no list of channels.");
        List<Node> items = YamlNodes.items(channels.getValueNode(), "channels");
        if (items.size() > CHANNELS_MAX) throw Refused.invalid("The file has more than " + CHANNELS_MAX + " channels.");
        Map<ChannelId, ChannelSummary> left = new LinkedHashMap<>();
        present.forEach(channel -> left.put(channel.id(), channel));
        List<ChannelPlan.Creation> created = new ArrayList<>();
        List<ChannelChange> changed = new ArrayList<>();
        List<ChannelSummary> unchanged = new ArrayList<>();
        Set<ChannelId> named = new HashSet<>();
        Set<String> newNames = new HashSet<>();
        for (Node item : items) {
            ChannelFileFields fields = new ChannelFileFields(item);
            ChannelSummary before = fields.present(present);
            if (before == null) {
                ChannelPlan.Creation creation = creation(fields);
                if (!newNames.add(creation.terms().name()))
                    throw fields.refused("name", "two new channels have this name.");
                created.add(creation);
                continue;
            }
            if (!named.add(before.id())) throw fields.refused("name", "this channel stands in the file twice.");
            left.remove(before.id());
            ChannelChange change = change(fields, before);
            if (change.before().equals(change.after()) && change.enabled() == null) unchanged.add(before);
            else changed.add(change);
        }
        return new ChannelPlan(created, changed, unchanged, List.copyOf(left.values()));
    }

    private ChannelPlan.Creation creation(ChannelFileFields fields) {
        ChannelTerms terms = checked(fields, null);
        String key = fields.key();
        if (key == null && terms.type() != ChannelType.DEMO.number())
            throw fields.refused("name", "no channel has this name, and a new one needs its keys: add `key`.");
        try {
            Channel.readKeys(terms, new Secret(key == null ? "" : key));
        } catch (Refused refused) {
            throw fields.refused("key", refused.getMessage());
        }
        return new ChannelPlan.Creation(terms, new Secret(key == null ? "" : key), fields.enabled(true));
    }

    private ChannelChange change(ChannelFileFields fields, ChannelSummary before) {
        ChannelTerms terms = checked(fields, before.terms());
        if (fields.key() != null)
            throw fields.refused("key", "keys of a channel that is there are changed with its keys, not by a file.");
        if (!Channel.origin(terms).equals(Channel.origin(before.terms())))
            throw fields.refused(
                    "base_url",
                    "this leads to another host, which needs the key again. Change it where the channel is edited.");
        boolean wasOn = before.status() != ChannelStatus.DISABLED_BY_HAND;
        boolean on = fields.enabled(wasOn);
        return new ChannelChange(before.id(), before.terms(), terms, on == wasOn ? null : on);
    }

    private ChannelTerms checked(ChannelFileFields fields, @Nullable ChannelTerms before) {
        ChannelTerms terms = fields.terms(before);
        try {
            TermsPolicy.check(terms);
            if (before == null || !before.baseUrl().equals(terms.baseUrl())) addresses.check(terms);
        } catch (Refused refused) {
            throw fields.refused(refused);
        }
        return terms;
    }
}
