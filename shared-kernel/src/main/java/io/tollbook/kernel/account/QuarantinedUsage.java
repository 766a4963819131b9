package io.tollbook.kernel.account;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A usage object that cannot be what happened, as far as it is kept: numbers under the names of their fields. Texts never
 * are, since a provider may put anything there.
 *
 * @param fields path to number, in the provider's order: {@code prompt_tokens_details.cached_tokens} to {@code 12}
 * @param cut whether there was more than is kept
 */
public record QuarantinedUsage(UsageFault fault, Map<String, String> fields, boolean cut) {
    /** As events and pages keep it, so many fields are enough for every dialect that is known. */
    public static final int FIELDS_MAX = 48;

    public QuarantinedUsage {
        if (fields.size() > FIELDS_MAX) throw new IllegalArgumentException(fields.size() + " fields of usage");
        fields = Collections.unmodifiableMap(new LinkedHashMap<>(fields));
    }
}
