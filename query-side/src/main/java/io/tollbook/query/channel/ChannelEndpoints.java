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
import io.tollbook.kernel.channel.ChannelId;
import io.tollbook.kernel.channel.ChannelStatus;
import io.tollbook.kernel.channel.ChannelSummary;
import io.tollbook.kernel.channel.ChannelType;
import io.tollbook.kernel.channel.Channels;
import io.tollbook.kernel.pricing.PriceVersion;
import io.tollbook.kernel.pricing.PricesInForce;
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
            @RequestParam(name = "id_sort", defaultValue = "false") boolean idSort,
            @RequestParam(name = "sort_by", required = false) @Nullable String sortBy,
            @RequestParam(name = "sort_order", required = false) @Nullable String sortOrder,
            @RequestParam(required = false) @Nullable Integer p,
            @RequestParam(name = "page_size", required = false) @Nullable Integer pageSize,
            Actor actor) {
        actor.signedIn();
        Paging paging = PageOf.paging(p, pageSize);
        Page<ChannelSummary> channels = messages.ask(
                new Channels(
                        keyword,
                        model,
                        group,
                        enabled(status),
                        type,
                        idSort ? Channels.Order.ID : order(sortBy),
                        !"asc".equalsIgnoreCase(sortOrder),
                        paging),
                actor);
        PageOf<Map<String, @Nullable Object>> page = PageOf.of(paging, channels, Shapes::channel);
        Map<String, Object> data = new LinkedHashMap<>();
        data.put("items", page.items());
        data.put("total", page.total());
        data.put("page", page.page());
        data.put("page_size", page.pageSize());
        data.put("type_counts", typeCounts(actor));
        return Envelope.of(data);
    }

    private Map<Integer, Integer> typeCounts(Actor actor) {
        Map<Integer, Integer> counts = new TreeMap<>();
        for (ChannelSummary channel : all(actor)) counts.merge(channel.terms().type(), 1, Integer::sum);
        return counts;
    }

    private List<ChannelSummary> all(Actor actor) {
        return messages.ask(
                        new Channels(null, null, null, null, null, Channels.Order.ID, false, Paging.first(1_000)),
                        actor)
                .items();
    }

    private static @Nullable Boolean enabled(@Nullable String status) {
        if (status == null || status.isBlank() || status.equals("all")) return null;
        return switch (status) {
            case "enabled", "1" -> true;
            case "disabled", "0" -> false;
            default -> throw Refused.invalid("The status must be enabled or disabled.");
        };
    }

    private static Channels.Order order(@Nullable String sortBy) {
        return switch (sortBy == null ? "" : sortBy) {
            case "id" -> Channels.Order.ID;
            case "name" -> Channels.Order.NAME;
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
