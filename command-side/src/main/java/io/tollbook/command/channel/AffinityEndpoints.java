package io.tollbook.command.channel;

import io.tollbook.kernel.Actor;
import io.tollbook.kernel.Messages;
import io.tollbook.kernel.Refusal;
import io.tollbook.kernel.Refused;
import io.tollbook.kernel.api.Envelope;
import io.tollbook.kernel.channel.AffinityCounts;
import io.tollbook.kernel.channel.ChannelAffinities;
import io.tollbook.kernel.settings.Option;
import io.tollbook.kernel.settings.Options;
import io.tollbook.kernel.user.Role;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Where conversations are at home, as this node remembers it: each node remembers for itself. */
@RestController
class AffinityEndpoints {
    private final Messages messages;
    private final ChannelAffinities affinities;

    AffinityEndpoints(Messages messages, ChannelAffinities affinities) {
        this.messages = messages;
        this.affinities = affinities;
    }

    @GetMapping("/api/option/channel_affinity_cache")
    Envelope counts(Actor actor) {
        atLeast(Role.ROOT, actor);
        Map<String, String> options = messages.ask(new Options(), actor);
        List<AffinityCounts> counts = affinities.counts();
        Map<String, Object> byRule = new LinkedHashMap<>();
        Map<String, Object> hits = new LinkedHashMap<>();
        Map<String, Object> misses = new LinkedHashMap<>();
        for (AffinityCounts one : counts) {
            byRule.put(one.rule(), one.remembered());
            hits.put(one.rule(), one.hits());
            misses.put(one.rule(), one.misses());
        }
        long known = counts.stream().mapToLong(AffinityCounts::remembered).sum();
        Map<String, Object> shape = new LinkedHashMap<>();
        shape.put("enabled", Option.AFFINITY.isOn(options));
        shape.put("total", Math.max(affinities.remembered(), known));
        shape.put("unknown", Math.max(0, affinities.remembered() - known));
        shape.put("by_rule_name", byRule);
        shape.put("hits_by_rule_name", hits);
        shape.put("misses_by_rule_name", misses);
        shape.put("cache_capacity", Option.AFFINITIES_MOST.number(options));
        shape.put("cache_algo", "W-TinyLFU");
        return Envelope.of(shape);
    }

    @DeleteMapping("/api/option/channel_affinity_cache")
    Envelope forget(
            @RequestParam(defaultValue = "false") boolean all,
            @RequestParam(name = "rule_name", required = false) @Nullable String rule,
            Actor actor) {
        atLeast(Role.ROOT, actor);
        boolean named = rule != null && !rule.isBlank();
        if (all == named) throw Refused.invalid("Say all=true or rule_name, one of the two.");
        long deleted = affinities.remembered();
        if (named) deleted = affinities.forget(rule.strip());
        else affinities.forget();
        return Envelope.of(Map.of("deleted", deleted));
    }

    private static void atLeast(Role role, Actor actor) {
        actor.signedIn();
        if (!actor.isAtLeast(role)) throw new Refused(Refusal.NOT_PERMITTED);
    }
}
