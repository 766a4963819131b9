package io.tollbook.console.channel;

import io.tollbook.kernel.channel.ChannelTerms;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Terms of a channel with some fields of others. */
final class TermsEdit {
    /** What is done with names that are given. */
    enum Deed {
        ADD("Add"),
        REMOVE("Remove"),
        REPLACE("Replace all by");

        final String words;

        Deed(String words) {
            this.words = words;
        }

        List<String> apply(List<String> before, List<String> named) {
            Set<String> after = new LinkedHashSet<>(this == REPLACE ? List.of() : before);
            if (this == REMOVE) named.forEach(after::remove);
            else after.addAll(named);
            return List.copyOf(after);
        }
    }

    private TermsEdit() {}

    static ChannelTerms priority(ChannelTerms t, long priority) {
        return of(t, t.models(), t.groups(), priority, t.weight(), t.autoBan(), t.tag(), t.modelMapping(), t.extra());
    }

    static ChannelTerms weight(ChannelTerms t, int weight) {
        return of(t, t.models(), t.groups(), t.priority(), weight, t.autoBan(), t.tag(), t.modelMapping(), t.extra());
    }

    static ChannelTerms autoBan(ChannelTerms t, boolean on) {
        return of(t, t.models(), t.groups(), t.priority(), t.weight(), on, t.tag(), t.modelMapping(), t.extra());
    }

    static ChannelTerms tag(ChannelTerms t, String tag) {
        return of(t, t.models(), t.groups(), t.priority(), t.weight(), t.autoBan(), tag, t.modelMapping(), t.extra());
    }

    static ChannelTerms models(ChannelTerms t, List<String> models) {
        return of(t, models, t.groups(), t.priority(), t.weight(), t.autoBan(), t.tag(), t.modelMapping(), t.extra());
    }

    static ChannelTerms groups(ChannelTerms t, List<String> groups) {
        return of(t, t.models(), groups, t.priority(), t.weight(), t.autoBan(), t.tag(), t.modelMapping(), t.extra());
    }

    static ChannelTerms mapping(ChannelTerms t, Map<String, String> mapping) {
        return of(t, t.models(), t.groups(), t.priority(), t.weight(), t.autoBan(), t.tag(), mapping, t.extra());
    }

    /** @param json empty to take the field away */
    static ChannelTerms extra(ChannelTerms t, String field, String json) {
        Map<String, String> extra = new HashMap<>(t.extra());
        if (json.isBlank()) extra.remove(field);
        else extra.put(field, json.strip());
        return of(t, t.models(), t.groups(), t.priority(), t.weight(), t.autoBan(), t.tag(), t.modelMapping(), extra);
    }

    private static ChannelTerms of(
            ChannelTerms t,
            List<String> models,
            List<String> groups,
            long priority,
            int weight,
            boolean autoBan,
            String tag,
            Map<String, String> mapping,
            Map<String, String> extra) {
        return new ChannelTerms(
                t.type(),
                t.name(),
                t.baseUrl(),
                models,
                groups,
                priority,
                weight,
                autoBan,
                tag,
                t.remark(),
                t.testModel(),
                mapping,
                extra);
    }
}
