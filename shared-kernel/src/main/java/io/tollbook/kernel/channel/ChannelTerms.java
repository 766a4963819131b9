package io.tollbook.kernel.channel;

import io.tollbook.kernel.Refused;
import java.net.URI;
import java.util.List;
import java.util.Map;

/**
 * All of a channel but its secrets, number and status.
 *
 * @param type the provider's number in the management API; see {@link ChannelType}
 * @param baseUrl http or https address without the {@code /v1}; empty for the type's own
 * @param models names that clients may ask for
 * @param groups groups it serves
 * @param priority tiers of a higher number are tried first
 * @param weight share within its tier, 0 to 10,000
 * @param modelMapping client's model name to upstream's
 * @param extra further fields of the management API's channel, kept as their JSON texts by name
 */
public record ChannelTerms(
        int type,
        String name,
        String baseUrl,
        List<String> models,
        List<String> groups,
        long priority,
        int weight,
        boolean autoBan,
        String tag,
        String remark,
        String testModel,
        Map<String, String> modelMapping,
        Map<String, String> extra) {
    public static final int NAME_MAX = 100;
    public static final int MODEL_NAME_MAX = 255;

    public ChannelTerms {
        name = name.strip();
        if (name.isEmpty()) throw Refused.invalid("The channel needs a name.");
        if (name.length() > NAME_MAX)
            throw Refused.invalid("The channel's name is longer than " + NAME_MAX + " characters.");
        baseUrl = baseUrl.strip();
        while (baseUrl.endsWith("/")) baseUrl = baseUrl.substring(0, baseUrl.length() - 1);
        if (!baseUrl.isEmpty()) checkAddress(baseUrl);
        else if (ChannelType.of(type).baseUrl().isEmpty() && type != ChannelType.DEMO.number())
            throw Refused.invalid("This type of channel needs a base URL.");
        models = models.stream()
                .map(String::strip)
                .filter(m -> !m.isEmpty())
                .distinct()
                .toList();
        if (models.isEmpty()) throw Refused.invalid("The channel needs at least one model.");
        for (String model : models)
            if (model.length() > MODEL_NAME_MAX)
                throw Refused.invalid("A model's name is longer than " + MODEL_NAME_MAX + " characters.");
        groups = groups.stream()
                .map(String::strip)
                .filter(g -> !g.isEmpty())
                .distinct()
                .toList();
        if (groups.isEmpty()) throw Refused.invalid("The channel needs at least one group.");
        if (weight < 0 || weight > 10_000) throw Refused.invalid("The weight must lie between 0 and 10,000.");
        if (remark.length() > 255) throw Refused.invalid("The remark is longer than 255 characters.");
        modelMapping = Map.copyOf(modelMapping);
        for (String start : modelMapping.keySet()) upstreamModel(modelMapping, start);
        extra = Map.copyOf(extra);
    }

    /** The same under another name. */
    public ChannelTerms named(String other) {
        return new ChannelTerms(
                type,
                other,
                baseUrl,
                models,
                groups,
                priority,
                weight,
                autoBan,
                tag,
                remark,
                testModel,
                modelMapping,
                extra);
    }

    /** The name to send upstream for a client's model name. Mappings chain; a name mapped to itself ends the chain. */
    public String upstreamModel(String model) {
        return upstreamModel(modelMapping, model);
    }

    private static String upstreamModel(Map<String, String> mapping, String model) {
        String name = model;
        for (int steps = 0; steps <= mapping.size(); steps++) {
            String next = mapping.get(name);
            if (next == null || next.equals(name)) return name;
            name = next;
        }
        throw Refused.invalid("The model mapping goes in a circle at " + model + ".");
    }

    private static void checkAddress(String address) {
        try {
            URI uri = URI.create(address);
            boolean web = "http".equalsIgnoreCase(uri.getScheme()) || "https".equalsIgnoreCase(uri.getScheme());
            if (!web || uri.getHost() == null || uri.getRawQuery() != null || uri.getUserInfo() != null)
                throw Refused.invalid("The base URL must look like https://host/path, without a query.");
        } catch (IllegalArgumentException e) {
            throw Refused.invalid("The base URL is not a URL.");
        }
    }
}
