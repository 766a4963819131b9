package io.tollbook.query.channel;

import io.tollbook.kernel.Actor;
import io.tollbook.kernel.Messages;
import io.tollbook.kernel.Page;
import io.tollbook.kernel.Paging;
import io.tollbook.kernel.Refusal;
import io.tollbook.kernel.Refused;
import io.tollbook.kernel.api.Envelope;
import io.tollbook.kernel.api.PageOf;
import io.tollbook.kernel.api.Shapes;
import io.tollbook.kernel.catalogue.Catalogue;
import io.tollbook.kernel.catalogue.CatalogueNow;
import io.tollbook.kernel.channel.ChannelById;
import io.tollbook.kernel.channel.ChannelFilter;
import io.tollbook.kernel.channel.ChannelHistory;
import io.tollbook.kernel.channel.ChannelId;
import io.tollbook.kernel.channel.ChannelOutages;
import io.tollbook.kernel.channel.ChannelStatus;
import io.tollbook.kernel.channel.ChannelSummary;
import io.tollbook.kernel.channel.ChannelTags;
import io.tollbook.kernel.channel.ChannelType;
import io.tollbook.kernel.channel.ChannelTypeCounts;
import io.tollbook.kernel.channel.Channels;
import io.tollbook.kernel.channel.HistoryEntry;
import io.tollbook.kernel.channel.ListedTag;
import io.tollbook.kernel.pricing.PriceVersion;
import io.tollbook.kernel.pricing.PricesInForce;
import io.tollbook.kernel.settings.Option;
import io.tollbook.kernel.settings.Options;
import io.tollbook.kernel.user.Role;
import io.tollbook.kernel.user.UserById;
import io.tollbook.kernel.user.UserId;
import io.tollbook.kernel.user.UserProfile;
import io.tollbook.query.pricing.UsableGroups;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Channels as administrators see them, and the models they make available. Keys are never part of it. */
@RestController("channelReads")
class ChannelEndpoints {
    private static final long CREATED = 1_626_777_600L;

    private final Messages messages;
    private final UsableGroups usableGroups;

    ChannelEndpoints(Messages messages, UsableGroups usableGroups) {
        this.messages = messages;
        this.usableGroups = usableGroups;
    }

    @GetMapping({"/api/channel/", "/api/channel", "/api/channel/search"})
    Envelope list(
            @RequestParam(required = false) @Nullable String keyword,
            @RequestParam(required = false) @Nullable String model,
            @RequestParam(required = false) @Nullable String group,
            @RequestParam(required = false) @Nullable String status,
            @RequestParam(required = false) @Nullable Integer type,
            @RequestParam(required = false) @Nullable String tag,
            @RequestParam(name = "tag_mode", defaultValue = "false") boolean byTag,
            @RequestParam(name = "id_sort", defaultValue = "false") boolean idSort,
            @RequestParam(name = "sort_by", required = false) @Nullable String sortBy,
            @RequestParam(name = "sort_order", required = false) @Nullable String sortOrder,
            @RequestParam(required = false) @Nullable Integer p,
            @RequestParam(name = "page_size", required = false) @Nullable Integer pageSize,
            Actor actor) {
        actor.signedIn();
        Paging paging = PageOf.paging(p, pageSize);
        ChannelFilter filter = new ChannelFilter(keyword, model, group, statuses(status), type, tag);
        Channels.Order order = idSort ? Channels.Order.ID : order(sortBy);
        boolean descending = !"asc".equalsIgnoreCase(sortOrder);
        Map<String, Object> data = new LinkedHashMap<>();
        if (byTag) {
            Page<ListedTag> tags = messages.ask(new ChannelTags(filter, paging), actor);
            List<Map<String, @Nullable Object>> items = new ArrayList<>();
            for (ListedTag one : tags.items())
                pages(filter.withTag(one.tag()), order, descending, actor)
                        .forEach(channel -> items.add(Shapes.channel(channel)));
            data.put("items", items);
            data.put("total", tags.total());
        } else {
            Page<ChannelSummary> page = messages.ask(new Channels(filter, order, descending, paging), actor);
            data.put("items", page.items().stream().map(Shapes::channel).toList());
            data.put("total", page.total());
        }
        data.put("page", paging.offset() / paging.limit() + 1);
        data.put("page_size", paging.limit());
        data.put("type_counts", messages.ask(new ChannelTypeCounts(filter), actor));
        return Envelope.of(data);
    }

    /** All of them, page by page. */
    private List<ChannelSummary> pages(ChannelFilter filter, Channels.Order order, boolean descending, Actor actor) {
        List<ChannelSummary> all = new ArrayList<>();
        Page<ChannelSummary> page;
        do {
            Paging paging = new Paging(all.size(), Paging.LIMIT_MAX);
            page = messages.ask(new Channels(filter, order, descending, paging), actor);
            all.addAll(page.items());
        } while (!page.items().isEmpty() && all.size() < page.total());
        return all;
    }

    private List<ChannelSummary> all(Actor actor) {
        return pages(ChannelFilter.ALL, Channels.Order.ID, false, actor);
    }

    private static Set<ChannelStatus> statuses(@Nullable String status) {
        if (status == null || status.isBlank() || status.equals("all") || status.equals("-1")) return Set.of();
        return switch (status) {
            case "enabled", "1" -> Set.of(ChannelStatus.ENABLED);
            case "disabled", "0" -> Set.of(ChannelStatus.DISABLED_BY_HAND, ChannelStatus.DISABLED_AUTOMATICALLY);
            case "2" -> Set.of(ChannelStatus.DISABLED_BY_HAND);
            case "3" -> Set.of(ChannelStatus.DISABLED_AUTOMATICALLY);
            default -> throw Refused.invalid("The status must be enabled, disabled, 2 (by hand) or 3 (automatically).");
        };
    }

    private static Channels.Order order(@Nullable String sortBy) {
        return switch (sortBy == null ? "" : sortBy) {
            case "id" -> Channels.Order.ID;
            case "name" -> Channels.Order.NAME;
            case "weight" -> Channels.Order.WEIGHT;
            case "used_quota" -> Channels.Order.USED;
            case "balance" -> Channels.Order.BALANCE;
            case "response_time" -> Channels.Order.RESPONSE_TIME;
            case "test_time" -> Channels.Order.TEST_TIME;
            default -> Channels.Order.PRIORITY;
        };
    }

    @GetMapping("/api/channel/{id:\\d+}")
    Envelope one(@PathVariable long id, Actor actor) {
        actor.signedIn();
        return Envelope.of(messages.ask(new ChannelById(new ChannelId(id)), actor)
                .map(Shapes::channel)
                .orElseThrow(() -> new Refused(Refusal.NOT_FOUND)));
    }

    /** The models of the channel that serves the most among those with a tag. */
    @GetMapping("/api/channel/tag/models")
    Envelope tagModels(@RequestParam(required = false) @Nullable String tag, Actor actor) {
        administrator(actor);
        if (tag == null || tag.isBlank()) throw Refused.invalid("The tag is missing.");
        List<String> longest = List.of();
        for (ChannelSummary channel : pages(ChannelFilter.ALL.withTag(tag), Channels.Order.ID, false, actor))
            if (channel.terms().models().size() > longest.size())
                longest = channel.terms().models();
        return Envelope.of(String.join(",", longest));
    }

    @GetMapping("/api/channel/ops")
    Envelope ops(Actor actor) {
        administrator(actor);
        return Envelope.of(Map.of("retry_times", Option.RETRY_TIMES.number(messages.ask(new Options(), Actor.SYSTEM))));
    }

    /** What was done to a channel and befell it, newest first. */
    @GetMapping("/api/channel/{id:\\d+}/history")
    Envelope history(
            @PathVariable long id,
            @RequestParam(required = false) @Nullable Integer p,
            @RequestParam(name = "page_size", required = false) @Nullable Integer pageSize,
            Actor actor) {
        administrator(actor);
        Paging paging = PageOf.paging(p, pageSize);
        return Envelope.of(PageOf.of(
                paging, messages.ask(new ChannelHistory(new ChannelId(id), paging), actor), ChannelEndpoints::entry));
    }

    private static Map<String, Object> entry(HistoryEntry entry) {
        Map<String, Object> shape = new LinkedHashMap<>();
        shape.put("time", entry.at().getEpochSecond());
        shape.put("by", entry.by());
        shape.put("what", entry.what());
        shape.put("changes", entry.changes());
        return shape;
    }

    /** Which nodes pass which channels over at the moment. */
    @GetMapping("/api/channel/outages")
    Envelope outages(Actor actor) {
        administrator(actor);
        return Envelope.of(messages.ask(new ChannelOutages(), actor).stream()
                .map(outage -> Map.of(
                        "channel_id", outage.channel().value(),
                        "node", outage.node(),
                        "reason", outage.why(),
                        "since", outage.since().getEpochSecond()))
                .toList());
    }

    @GetMapping("/api/channel/models")
    Envelope models(Actor actor) {
        administrator(actor);
        List<Map<String, @Nullable Object>> models = new ArrayList<>();
        TreeSet<String> names = new TreeSet<>(priced(actor));
        for (ChannelSummary channel : all(actor)) names.addAll(channel.terms().models());
        for (String name : names) {
            Map<String, @Nullable Object> model = new LinkedHashMap<>();
            model.put("id", name);
            model.put("object", "model");
            model.put("created", CREATED);
            model.put("owned_by", "tollbook");
            model.put("supported_endpoint_types", null);
            models.add(model);
        }
        return Envelope.of(models);
    }

    private TreeSet<String> priced(Actor actor) {
        return messages.ask(new PricesInForce(), actor)
                .map(PriceVersion::document)
                .map(document -> new TreeSet<>(document.models().keySet()))
                .orElseGet(TreeSet::new);
    }

    private static void administrator(Actor actor) {
        actor.signedIn();
        if (!actor.maySee(Role.ADMIN)) throw new Refused(Refusal.NOT_PERMITTED);
    }

    @GetMapping("/api/channel/models_enabled")
    Envelope modelsEnabled(Actor actor) {
        administrator(actor);
        return Envelope.of(enabledModels(null));
    }

    private List<String> enabledModels(@Nullable Set<String> groups) {
        TreeSet<String> models = new TreeSet<>();
        for (ChannelSummary channel : all(Actor.SYSTEM))
            if (channel.status() == ChannelStatus.ENABLED
                    && (groups == null || !Collections.disjoint(channel.terms().groups(), groups)))
                models.addAll(channel.terms().models());
        Catalogue catalogue = messages.ask(new CatalogueNow(), Actor.SYSTEM);
        models.removeIf(model -> !catalogue.isEnabled(model));
        return List.copyOf(models);
    }

    /** Models by channel type. */
    @GetMapping("/api/models")
    Envelope modelsByType(Actor actor) {
        actor.signedIn();
        Map<Integer, TreeSet<String>> byType = new TreeMap<>();
        for (ChannelType type : ChannelType.values()) byType.put(type.number(), new TreeSet<>());
        for (ChannelSummary channel : all(Actor.SYSTEM))
            byType.computeIfAbsent(channel.terms().type(), number -> new TreeSet<>())
                    .addAll(channel.terms().models());
        return Envelope.of(byType);
    }

    @GetMapping("/api/user/models")
    Envelope ownModels(Actor actor) {
        UserId id = actor.signedIn();
        UserProfile user = messages.ask(new UserById(id), actor).orElseThrow(() -> new Refused(Refusal.NOT_FOUND));
        return Envelope.of(enabledModels(usableGroups.of(user.group()).keySet()));
    }
}
