package io.tollbook.kernel.catalogue;

import io.tollbook.kernel.Refused;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A list that forms are filled in from.
 *
 * @param items JSON: a list of texts, or for endpoints also what {@link Endpoints} reads
 */
public record PrefillTerms(String name, PrefillType type, String items, String description) {
    public static final int NAME_MAX = 64;
    public static final int DESCRIPTION_MAX = 255;
    public static final int ITEMS_MAX = 2_000;
    public static final int ITEMS_TEXT_MAX = 200_000;

    private static final JsonMapper JSON = JsonMapper.builder().build();

    public PrefillTerms {
        name = Texts.label("prefill group's name", name, NAME_MAX);
        description = Texts.line("prefill group's description", description, DESCRIPTION_MAX);
        items = Texts.bounded("list of items", items, ITEMS_TEXT_MAX);
        if (items.isEmpty()) items = "[]";
        if (type == PrefillType.ENDPOINT) Endpoints.of(items);
        else if (names(items).size() > ITEMS_MAX) throw Refused.invalid("A prefill group has at most 2,000 items.");
    }

    public static PrefillTerms of(String name, PrefillType type, List<String> items, String description) {
        return new PrefillTerms(name, type, JSON.writeValueAsString(items), description);
    }

    /** The items' names; of endpoints the kinds. */
    public List<String> names() {
        return type == PrefillType.ENDPOINT ? List.copyOf(Endpoints.of(items).keySet()) : names(items);
    }

    private static List<String> names(String items) {
        try {
            JsonNode list = JSON.readTree(items);
            if (!list.isArray()) throw malformed();
            List<String> names = new ArrayList<>();
            list.forEach(item -> {
                if (!item.isString() || item.asString().isBlank()) throw malformed();
                names.add(item.asString().strip());
            });
            return names;
        } catch (JacksonException e) {
            throw malformed();
        }
    }

    private static Refused malformed() {
        return Refused.invalid("The items must be a JSON list of texts.");
    }
}
