package io.tollbook.command.channel;

import io.tollbook.kernel.Actor;
import io.tollbook.kernel.Messages;
import io.tollbook.kernel.Refusal;
import io.tollbook.kernel.Refused;
import io.tollbook.kernel.channel.ChangeChannel;
import io.tollbook.kernel.channel.ChannelById;
import io.tollbook.kernel.channel.ChannelId;
import io.tollbook.kernel.channel.ChannelStatus;
import io.tollbook.kernel.channel.ChannelSummary;
import io.tollbook.kernel.channel.ChannelTerms;
import io.tollbook.kernel.channel.ChannelUpstream;
import io.tollbook.kernel.channel.ChannelUpstreams;
import io.tollbook.kernel.channel.ModelDifference;
import io.tollbook.kernel.channel.ModelWatch;
import io.tollbook.kernel.channel.ProviderAccounts;
import io.tollbook.kernel.channel.RecordChannelModels;
import io.tollbook.kernel.channel.Route;
import io.tollbook.kernel.channel.Routes;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Compares channels' models with what their providers have, and takes over what is wanted of it. */
final class ModelUpdates {
    private static final Logger log = LoggerFactory.getLogger(ModelUpdates.class);

    /** @param takenIn how many new models the channel serves at once, because its settings say so */
    record Compared(ChannelSummary channel, ModelDifference difference, int takenIn, Instant at) {}

    /** @param left of the difference that was found last */
    record Applied(ChannelTerms terms, ModelDifference done, ModelDifference left) {}

    /** @param failed channels that could not take the changes */
    record AppliedAll(List<ChannelId> processed, long added, long removed, List<ChannelId> failed) {}

    private final Messages messages;
    private final ProviderAccounts accounts;
    private final Clock clock;
    private final Gap gap;

    ModelUpdates(Messages messages, ProviderAccounts accounts, Clock clock, Gap gap) {
        this.messages = messages;
        this.accounts = accounts;
        this.clock = clock;
        this.gap = gap;
    }

    /** @throws Refused INVALID, saying what was wrong at the provider */
    Compared compare(ChannelId id, Actor actor) {
        ChannelSummary channel = channel(id, actor);
        ModelWatch watch = ModelWatch.of(channel.terms());
        List<String> offered = accounts.models(id);
        ModelDifference difference = ModelDifference.of(channel.terms(), offered, watch.ignored());
        int takenIn = 0;
        if (watch.takesIn() && !difference.added().isEmpty()) {
            takenIn = difference.added().size();
            List<String> models = ModelDifference.applied(channel.terms().models(), difference.added(), List.of());
            messages.send(new ChangeChannel(id, with(channel.terms(), models, null), null), actor);
            difference = new ModelDifference(List.of(), difference.removed());
        }
        Instant now = clock.instant();
        messages.send(new RecordChannelModels(id, difference.added(), difference.removed(), now), actor);
        return new Compared(channel, difference, takenIn, now);
    }

    private ChannelSummary channel(ChannelId id, Actor actor) {
        return messages.ask(new ChannelById(id), actor)
                .orElseThrow(() -> new Refused(Refusal.NOT_FOUND, "There is no such channel."));
    }

    /** Compares every channel that wants it and is not switched off by hand. */
    Map<String, Long> run(Consumer<Map<String, Long>> progress) throws InterruptedException {
        List<Route> routes = watched();
        long processed = 0;
        long changed = 0;
        long added = 0;
        long removed = 0;
        long takenIn = 0;
        long failed = 0;
        for (Route route : routes) {
            if (processed > 0) gap.pass();
            try {
                Compared compared = compare(route.channel(), Actor.SYSTEM);
                if (!compared.difference().isEmpty() || compared.takenIn() > 0) changed++;
                added += compared.difference().added().size();
                removed += compared.difference().removed().size();
                takenIn += compared.takenIn();
            } catch (Refused refused) {
                log.debug("{}: {}", route.channel(), refused.getMessage());
                failed++;
            }
            processed++;
            progress.accept(Map.of(
                    "total",
                    (long) routes.size(),
                    "processed",
                    processed,
                    "progress",
                    processed * 100 / routes.size()));
        }
        Map<String, Long> result = new LinkedHashMap<>();
        result.put("checked_channels", processed);
        result.put("changed_channels", changed);
        result.put("detected_add_models", added);
        result.put("detected_remove_models", removed);
        result.put("auto_added_models", takenIn);
        result.put("failed_channels", failed);
        return result;
    }

    boolean isWanted() {
        return !watched().isEmpty();
    }

    private List<Route> watched() {
        return messages.ask(new Routes(), Actor.SYSTEM).stream()
                .filter(route -> route.status() != ChannelStatus.DISABLED_BY_HAND)
                .filter(route -> ModelWatch.of(route.terms()).on())
                .toList();
    }

    /** @param ignored names and patterns that are not told of any more */
    Applied apply(ChannelId id, List<String> added, List<String> removed, List<String> ignored, Actor actor) {
        ChannelTerms before = channel(id, actor).terms();
        List<String> models = ModelDifference.applied(before.models(), added, removed);
        ChannelTerms after = with(before, models, ignored.isEmpty() ? null : ModelWatch.ignoring(before, ignored));
        messages.send(new ChangeChannel(id, after, null), actor);
        ModelDifference done = new ModelDifference(
                models.stream().filter(name -> !before.models().contains(name)).toList(),
                before.models().stream().filter(name -> !models.contains(name)).toList());
        ModelDifference left = left(id, after, actor);
        messages.send(new RecordChannelModels(id, left.added(), left.removed(), clock.instant()), actor);
        return new Applied(after, done, left);
    }

    private ModelDifference left(ChannelId id, ChannelTerms after, Actor actor) {
        ModelDifference found = found(List.of(id), actor).getOrDefault(id, ModelDifference.NONE);
        List<String> ignored = ModelWatch.of(after).ignored();
        return new ModelDifference(
                ModelDifference.of(after, found.added(), ignored).added(),
                found.removed().stream().filter(after.models()::contains).toList());
    }

    private Map<ChannelId, ModelDifference> found(List<ChannelId> channels, Actor actor) {
        Map<ChannelId, ModelDifference> found = new HashMap<>();
        for (ChannelUpstream upstream : messages.ask(new ChannelUpstreams(channels), actor))
            found.put(upstream.channel(), upstream.difference());
        return found;
    }

    /** Takes over all that was found last, channel by channel. */
    AppliedAll applyAll(Actor actor) {
        List<Route> routes = messages.ask(new Routes(), Actor.SYSTEM);
        Map<ChannelId, ModelDifference> found =
                found(routes.stream().map(Route::channel).toList(), actor);
        List<ChannelId> processed = new ArrayList<>();
        List<ChannelId> failed = new ArrayList<>();
        long added = 0;
        long removed = 0;
        for (Route route : routes) {
            ModelDifference difference = found.getOrDefault(route.channel(), ModelDifference.NONE);
            if (difference.isEmpty()) continue;
            try {
                Applied applied = apply(route.channel(), difference.added(), difference.removed(), List.of(), actor);
                processed.add(route.channel());
                added += applied.done().added().size();
                removed += applied.done().removed().size();
            } catch (Refused refused) {
                log.debug("{}: {}", route.channel(), refused.getMessage());
                failed.add(route.channel());
            }
        }
        return new AppliedAll(processed, added, removed, failed);
    }

    private static ChannelTerms with(ChannelTerms terms, List<String> models, @Nullable String settings) {
        Map<String, String> extra = new HashMap<>(terms.extra());
        if (settings != null) extra.put("settings", settings);
        return new ChannelTerms(
                terms.type(),
                terms.name(),
                terms.baseUrl(),
                models,
                terms.groups(),
                terms.priority(),
                terms.weight(),
                terms.autoBan(),
                terms.tag(),
                terms.remark(),
                terms.testModel(),
                terms.modelMapping(),
                extra);
    }
}
