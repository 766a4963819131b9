package io.tollbook.command.channel;

import io.tollbook.kernel.Refused;
import io.tollbook.kernel.channel.ChannelTerms;
import io.tollbook.kernel.channel.ChannelType;
import io.tollbook.kernel.channel.override.OverrideMode;
import io.tollbook.kernel.channel.override.OverrideOperation;
import io.tollbook.kernel.channel.override.Overrides;
import io.tollbook.kernel.channel.override.StatusCodes;
import java.util.Map;
import java.util.Set;

/** Bounds of a channel's terms, and what may not stand in them in clear. */
final class TermsPolicy {
    static final int MODELS_MAX = 2_000;
    static final int GROUPS_MAX = 100;
    static final int GROUP_MAX = 64;
    static final int TAG_MAX = 64;
    static final int URL_MAX = 500;
    static final int MAPPINGS_MAX = 1_000;
    static final int EXTRA_FIELDS_MAX = 40;
    static final int EXTRA_TEXT_MAX = 32_768;
    static final long PRIORITY_MAX = 1_000_000_000L;

    /** Fields that hold, or are made to hold, secrets. Terms are stored in clear, so these never go into them. */
    static final Set<String> SECRET_FIELDS = Set.of("key");

    private TermsPolicy() {}

    static void check(ChannelTerms terms) {
        ChannelType.of(terms.type());
        if (terms.baseUrl().length() > URL_MAX)
            throw Refused.invalid("The base URL is longer than " + URL_MAX + " characters.");
        if (terms.models().size() > MODELS_MAX)
            throw Refused.invalid("A channel serves at most " + MODELS_MAX + " models.");
        if (terms.groups().size() > GROUPS_MAX)
            throw Refused.invalid("A channel serves at most " + GROUPS_MAX + " groups.");
        for (String group : terms.groups()) checkText("group's name", group, GROUP_MAX);
        for (String model : terms.models()) checkText("model's name", model, ChannelTerms.MODEL_NAME_MAX);
        if (Math.abs(terms.priority()) > PRIORITY_MAX)
            throw Refused.invalid("The priority must lie between -" + PRIORITY_MAX + " and " + PRIORITY_MAX + ".");
        checkText("name", terms.name(), ChannelTerms.NAME_MAX);
        checkText("tag", terms.tag(), TAG_MAX);
        checkText("test model", terms.testModel(), ChannelTerms.MODEL_NAME_MAX);
        if (terms.modelMapping().size() > MAPPINGS_MAX)
            throw Refused.invalid("The model mapping has more than " + MAPPINGS_MAX + " entries.");
        for (Map.Entry<String, String> mapping : terms.modelMapping().entrySet()) {
            checkText("model's name", mapping.getKey(), ChannelTerms.MODEL_NAME_MAX);
            checkText("model's name", mapping.getValue(), ChannelTerms.MODEL_NAME_MAX);
        }
        checkExtra(terms.extra());
        for (OverrideOperation operation :
                Overrides.parse(terms.extra().get("param_override")).operations())
            if (operation.mode() == OverrideMode.SET_HEADER)
                OverridePolicy.checkHeader(
                        "param_override", operation.path(), operation.value().asString(""));
        StatusCodes.checked(terms.extra().get("status_code_mapping"));
    }

    private static void checkExtra(Map<String, String> extra) {
        if (extra.size() > EXTRA_FIELDS_MAX)
            throw Refused.invalid("The channel has more than " + EXTRA_FIELDS_MAX + " further fields.");
        extra.forEach((field, json) -> {
            checkText("field's name", field, TAG_MAX);
            if (json.length() > EXTRA_TEXT_MAX)
                throw Refused.invalid("The field " + field + " is longer than " + EXTRA_TEXT_MAX + " characters.");
            if (SECRET_FIELDS.contains(field))
                throw Refused.invalid("The field " + field + " cannot be kept: it may hold a secret.");
            if (json.matches("(?s).*://[^/\\s\"\\\\]*:[^/\\s\"\\\\]*@.*"))
                throw Refused.invalid("The field " + field + " holds a password in an address. Leave it out.");
            OverridePolicy.check(field, json);
        });
    }

    private static void checkText(String field, String text, int max) {
        if (text.length() > max) throw Refused.invalid("The " + field + " is longer than " + max + " characters.");
        if (text.codePoints().anyMatch(Character::isISOControl))
            throw Refused.invalid("The " + field + " has an invisible character.");
    }
}
