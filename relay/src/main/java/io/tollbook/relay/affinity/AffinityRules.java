package io.tollbook.relay.affinity;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import io.tollbook.kernel.settings.Option;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The rules in the order in which they are tried, and what else the site's options say. */
record AffinityRules(
        boolean on, boolean followsSuccess, boolean keepsDisabled, long ttlSeconds, List<AffinityRule> all) {
    private static final Logger log = LoggerFactory.getLogger(AffinityRules.class);
    private static final JsonMapper JSON = JsonMapper.builder().build();

    static AffinityRules of(Map<String, String> options) {
        return new AffinityRules(
                Option.AFFINITY.isOn(options),
                Option.AFFINITY_FOLLOWS_SUCCESS.isOn(options),
                Option.AFFINITY_KEEPS_DISABLED.isOn(options),
                Option.AFFINITY_TTL_SECONDS.number(options),
                read(Option.AFFINITY_RULES.text(options)));
    }

    /** A rule that cannot be read is left out: calls go where they would without it. */
    private static List<AffinityRule> read(String json) {
        List<AffinityRule> rules = new ArrayList<>();
        try {
            for (JsonNode rule : JSON.readTree(json)) {
                try {
                    rules.add(rule(rule));
                } catch (PatternSyntaxException e) {
                    log.warn("The affinity rule {} is left out: {}", rule.path("name"), e.getMessage());
                }
            }
        } catch (JacksonException e) {
            log.warn("The affinity rules are left out: {}", e.getOriginalMessage());
        }
        return rules;
    }

    private static AffinityRule rule(JsonNode rule) {
        List<AffinityRule.Source> sources = new ArrayList<>();
        for (JsonNode source : rule.path("key_sources"))
            switch (source.path("type").asString("")) {
                case "gjson" ->
                    sources.add(new AffinityRule.Source(
                            AffinityRule.Kind.BODY, source.path("path").asString("")));
                case "request_header" ->
                    sources.add(new AffinityRule.Source(
                            AffinityRule.Kind.HEADER, source.path("key").asString("")));
                default ->
                    sources.add(new AffinityRule.Source(
                            AffinityRule.Kind.CALLER, source.path("key").asString("")));
            }
        String value = rule.path("value_regex").asString("");
        return new AffinityRule(
                rule.path("name").asString(""),
                patterns(rule.path("model_regex")),
                patterns(rule.path("path_regex")),
                texts(rule.path("user_agent_include")).stream()
                        .map(text -> text.toLowerCase(Locale.ROOT))
                        .toList(),
                sources,
                value.isEmpty() ? null : Pattern.compile(value),
                rule.path("ttl_seconds").asLong(0),
                rule.path("skip_retry_on_failure").asBoolean(false),
                rule.path("include_using_group").asBoolean(false),
                rule.path("include_model_name").asBoolean(false),
                rule.path("include_rule_name").asBoolean(false));
    }

    private static List<Pattern> patterns(JsonNode texts) {
        return texts(texts).stream().map(Pattern::compile).toList();
    }

    private static List<String> texts(JsonNode texts) {
        List<String> all = new ArrayList<>();
        if (texts.isString() && !texts.asString().isEmpty()) all.add(texts.asString());
        texts.forEach(text -> all.add(text.asString("")));
        return all;
    }
}
