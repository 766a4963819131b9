package io.tollbook.kernel.catalogue;

import io.tollbook.kernel.Refused;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is told of a model, or of all whose names fit a rule, and whether they may be called.
 *
 * @param name a model's, or the part of its name that the rule looks for
 * @param tags words to find it by
 * @param endpoints where it is called, as {@link Endpoints} reads it; empty for the usual ones
 * @param enabled whether it may be called and is shown
 * @param synced whether a catalogue of somebody else's may change it
 */
public record ModelDescription(
        String name,
        NameRule rule,
        String description,
        String icon,
        List<String> tags,
        @Nullable VendorId vendor,
        String endpoints,
        boolean enabled,
        boolean synced) {
    public static final int NAME_MAX = 128;
    public static final int DESCRIPTION_MAX = 5_000;
    public static final int ICON_MAX = 255;
    /** Of all tags with the commas between them. */
    public static final int TAGS_MAX = 255;

    public ModelDescription {
        name = Texts.name("model's name", name, NAME_MAX);
        description = Texts.bounded("model's description", description, DESCRIPTION_MAX);
        icon = Texts.line("model's icon", icon, ICON_MAX);
        tags = tags.stream()
                .map(tag -> Texts.line("tag", tag, TAGS_MAX))
                .filter(tag -> !tag.isEmpty())
                .distinct()
                .toList();
        for (String tag : tags) if (tag.indexOf(',') >= 0) throw Refused.invalid("A tag has no comma: " + tag + ".");
        if (String.join(",", tags).length() > TAGS_MAX)
            throw Refused.invalid("The tags have more than " + TAGS_MAX + " characters together.");
        endpoints = endpoints.strip();
        Endpoints.of(endpoints);
    }

    /** A model of which nothing is known but its name. */
    public static ModelDescription of(String name) {
        return new ModelDescription(name, NameRule.EXACT, "", "", List.of(), null, "", true, true);
    }

    public ModelDescription withEnabled(boolean changed) {
        return new ModelDescription(name, rule, description, icon, tags, vendor, endpoints, changed, synced);
    }

    public ModelDescription withTags(List<String> changed) {
        return new ModelDescription(name, rule, description, icon, changed, vendor, endpoints, enabled, synced);
    }

    public ModelDescription withVendor(@Nullable VendorId changed) {
        return new ModelDescription(name, rule, description, icon, tags, changed, endpoints, enabled, synced);
    }

    public boolean fits(String model) {
        return rule.fits(name, model);
    }
}
