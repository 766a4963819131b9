package io.tollbook.command.catalogue;

import io.tollbook.kernel.Actor;
import io.tollbook.kernel.Messages;
import io.tollbook.kernel.Page;
import io.tollbook.kernel.Paging;
import io.tollbook.kernel.Refusal;
import io.tollbook.kernel.Refused;
import io.tollbook.kernel.api.Envelope;
import io.tollbook.kernel.catalogue.SiteReader;
import io.tollbook.kernel.channel.ChannelFilter;
import io.tollbook.kernel.channel.ChannelSummary;
import io.tollbook.kernel.channel.ChannelType;
import io.tollbook.kernel.channel.Channels;
import io.tollbook.kernel.pricing.OfferedPrices;
import io.tollbook.kernel.pricing.PriceDifference;
import io.tollbook.kernel.pricing.PriceDocument;
import io.tollbook.kernel.pricing.PriceVersion;
import io.tollbook.kernel.pricing.PricesInForce;
import io.tollbook.kernel.pricing.Rounding;
import io.tollbook.kernel.user.Role;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;

/** Prices of other sites beside ours. What is chosen of them is written through the option maps, as by hand. */
@RestController
class RatioSyncEndpoints {
    private static final int SITES_MAX = 16;
    private static final String USUAL = "/api/pricing";

    private final Messages messages;
    private final SiteReader reader;

    /** @param name what the answer calls it */
    private record Site(String name, String address) {}

    RatioSyncEndpoints(Messages messages, SiteReader reader) {
        this.messages = messages;
        this.reader = reader;
    }

    private static void root(Actor actor) {
        actor.signedIn();
        if (!actor.isAtLeast(Role.ROOT)) throw new Refused(Refusal.NOT_PERMITTED);
    }

    /** Channels whose provider may be such a site. */
    @GetMapping("/api/ratio_sync/channels")
    Envelope channels(Actor actor) {
        actor.signedIn();
        if (!actor.maySee(Role.ROOT)) throw new Refused(Refusal.NOT_PERMITTED);
        List<Map<String, Object>> shapes = new ArrayList<>();
        for (ChannelSummary channel : all(actor)) {
            if (address(channel).isEmpty()) continue;
            Map<String, Object> shape = new LinkedHashMap<>();
            shape.put("id", channel.id().value());
            shape.put("name", channel.terms().name());
            shape.put("base_url", address(channel));
            shape.put("status", channel.status().number());
            shape.put("type", channel.terms().type());
            shapes.add(shape);
        }
        return Envelope.of(shapes);
    }

    private List<ChannelSummary> all(Actor actor) {
        List<ChannelSummary> all = new ArrayList<>();
        Page<ChannelSummary> page;
        do {
            page = messages.ask(Channels.byId(ChannelFilter.ALL, new Paging(all.size(), Paging.LIMIT_MAX)), actor);
            all.addAll(page.items());
        } while (!page.items().isEmpty() && all.size() < page.total());
        return all;
    }

    private static String address(ChannelSummary channel) {
        return channel.terms().baseUrl().isEmpty()
                ? ChannelType.of(channel.terms().type()).baseUrl()
                : channel.terms().baseUrl();
    }

    @PostMapping("/api/ratio_sync/fetch")
    Envelope fetch(@RequestBody JsonNode body, Actor actor) {
        root(actor);
        List<Site> sites = sites(body, actor);
        if (sites.isEmpty()) throw Refused.invalid("Name a channel or a site to compare with.");
        if (sites.size() > SITES_MAX) throw Refused.invalid("At most " + SITES_MAX + " sites are compared at once.");
        PriceDocument ours = messages.ask(new PricesInForce(), actor)
                .map(PriceVersion::document)
                .orElseGet(() -> new PriceDocument(Map.of(), Map.of(), Map.of(), Rounding.HALF_AWAY_FROM_ZERO, 4_096));
        Map<String, List<PriceDifference>> bySite = new LinkedHashMap<>();
        List<Map<String, Object>> results = new ArrayList<>();
        for (Site site : sites) {
            Map<String, Object> result = new LinkedHashMap<>();
            result.put("name", site.name());
            try {
                bySite.put(
                        site.name(),
                        OfferedPrices.read(reader.read(site.address())).differences(ours));
                result.put("status", "success");
            } catch (Refused refused) {
                result.put("status", "error");
                result.put("error", refused.getMessage());
            }
            results.add(result);
        }
        Map<String, Object> data = new LinkedHashMap<>();
        data.put("differences", differences(bySite));
        data.put("test_results", results);
        return Envelope.of(data);
    }

    private List<Site> sites(JsonNode body, Actor actor) {
        List<Site> sites = new ArrayList<>();
        Set<Long> channels = new TreeSet<>();
        body.path("channel_ids").forEach(id -> channels.add(id.asLong(0)));
        for (ChannelSummary channel : channels.isEmpty() ? List.<ChannelSummary>of() : all(actor))
            if (channels.contains(channel.id().value()))
                sites.add(
                        new Site(channel.terms().name() + "(" + channel.id().value() + ")", address(channel) + USUAL));
        body.path("upstreams").forEach(upstream -> {
            String base = upstream.path("base_url").asString("").strip();
            String endpoint = upstream.path("endpoint").asString("").strip();
            String name = upstream.path("name").asString("").strip();
            long id = upstream.path("id").asLong(0);
            while (base.endsWith("/")) base = base.substring(0, base.length() - 1);
            String label = name.isEmpty() ? base : name;
            String address = endpoint.startsWith("http") ? endpoint : base + (endpoint.isEmpty() ? USUAL : endpoint);
            sites.add(new Site(id > 0 ? label + "(" + id + ")" : label, address));
        });
        return sites;
    }

    /** By model and field: ours, and what each site says; a site that says the same says so. */
    private static Map<String, Object> differences(Map<String, List<PriceDifference>> bySite) {
        Map<String, Map<String, Map<String, Object>>> merged = new TreeMap<>();
        bySite.forEach((site, differences) -> differences.forEach(one -> {
            Map<String, Object> cell = merged.computeIfAbsent(one.model(), model -> new LinkedHashMap<>())
                    .computeIfAbsent(one.field(), field -> {
                        Map<String, Object> fresh = new LinkedHashMap<>();
                        fresh.put("current", value(one.current()));
                        Map<String, Object> same = new LinkedHashMap<>();
                        Map<String, Object> sure = new LinkedHashMap<>();
                        bySite.keySet().forEach(other -> {
                            same.put(other, "same");
                            sure.put(other, true);
                        });
                        fresh.put("upstreams", same);
                        fresh.put("confidence", sure);
                        return fresh;
                    });
            put(cell, "upstreams", site, value(one.offered()));
            put(cell, "confidence", site, one.confident());
        }));
        return new LinkedHashMap<>(merged);
    }

    @SuppressWarnings("unchecked")
    private static void put(Map<String, Object> cell, String part, String site, @Nullable Object value) {
        ((Map<String, @Nullable Object>) cell.get(part)).put(site, value);
    }

    /** A number as a number, an expression as its text. */
    private static @Nullable Object value(@Nullable String text) {
        if (text == null) return null;
        return text.matches("[0-9.]+") ? new BigDecimal(text) : text;
    }
}
