package io.tollbook.query.catalogue;

import io.tollbook.kernel.Actor;
import io.tollbook.kernel.Messages;
import io.tollbook.kernel.Page;
import io.tollbook.kernel.Paging;
import io.tollbook.kernel.Refusal;
import io.tollbook.kernel.Refused;
import io.tollbook.kernel.api.CatalogueShapes;
import io.tollbook.kernel.api.Envelope;
import io.tollbook.kernel.api.PageOf;
import io.tollbook.kernel.catalogue.CatalogueNow;
import io.tollbook.kernel.catalogue.DescribedModel;
import io.tollbook.kernel.catalogue.ModelDescription;
import io.tollbook.kernel.catalogue.ModelRow;
import io.tollbook.kernel.catalogue.ModelRows;
import io.tollbook.kernel.catalogue.NameRule;
import io.tollbook.kernel.catalogue.PrefillGroups;
import io.tollbook.kernel.catalogue.PrefillType;
import io.tollbook.kernel.catalogue.Vendor;
import io.tollbook.kernel.catalogue.VendorId;
import io.tollbook.kernel.channel.ChannelFilter;
import io.tollbook.kernel.channel.ChannelStatus;
import io.tollbook.kernel.channel.ChannelSummary;
import io.tollbook.kernel.channel.Channels;
import io.tollbook.kernel.user.Role;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Models, vendors and prefill groups as administrators see them. */
@RestController("catalogueReads")
class CatalogueEndpoints {
    private final Messages messages;

    CatalogueEndpoints(Messages messages) {
        this.messages = messages;
    }

    private static void administrator(Actor actor) {
        actor.signedIn();
        if (!actor.maySee(Role.ADMIN)) throw new Refused(Refusal.NOT_PERMITTED);
    }

    @GetMapping({"/api/vendors/", "/api/vendors", "/api/vendors/search"})
    Envelope vendors(
            @RequestParam(required = false) @Nullable String keyword,
            @RequestParam(required = false) @Nullable Integer p,
            @RequestParam(name = "page_size", required = false) @Nullable Integer pageSize,
            Actor actor) {
        administrator(actor);
        Paging paging = PageOf.paging(p, pageSize);
        List<Vendor> found = messages.ask(new CatalogueNow(), actor).vendors().stream()
                .filter(vendor -> contains(vendor.terms().name(), keyword)
                        || contains(vendor.terms().description(), keyword))
                .sorted(Comparator.comparingLong((Vendor vendor) -> vendor.id().value())
                        .reversed())
                .toList();
        return Envelope.of(PageOf.of(paging, page(found, paging), CatalogueShapes::vendor));
    }

    @GetMapping("/api/vendors/{id:\\d+}")
    Envelope vendor(@PathVariable long id, Actor actor) {
        administrator(actor);
        return Envelope.of(messages.ask(new CatalogueNow(), actor)
                .vendor(new VendorId(id))
                .map(CatalogueShapes::vendor)
                .orElseThrow(() -> new Refused(Refusal.NOT_FOUND)));
    }

    @GetMapping({"/api/models/", "/api/models/search"})
    Envelope models(
            @RequestParam(required = false) @Nullable String keyword,
            @RequestParam(required = false) @Nullable String vendor,
            @RequestParam(required = false) @Nullable String status,
            @RequestParam(name = "sync_official", required = false) @Nullable String synced,
            @RequestParam(required = false) @Nullable Integer p,
            @RequestParam(name = "page_size", required = false) @Nullable Integer pageSize,
            Actor actor) {
        administrator(actor);
        Paging paging = PageOf.paging(p, pageSize);
        var catalogue = messages.ask(new CatalogueNow(), actor);
        Map<VendorId, String> names = catalogue.vendors().stream()
                .collect(Collectors.toMap(Vendor::id, one -> one.terms().name()));
        List<DescribedModel> found = catalogue.models().stream()
                .filter(model -> fits(model.description(), keyword, vendor, names)
                        && isFlag(model.description().enabled(), status, "enabled")
                        && isFlag(model.description().synced(), synced, "yes"))
                .sorted(Comparator.comparingLong(
                                (DescribedModel model) -> model.id().value())
                        .reversed())
                .toList();
        Map<String, ModelRow> rows = messages.ask(new ModelRows(), actor).stream()
                .collect(Collectors.toMap(
                        ModelRow::name, Function.identity(), (one, other) -> one.isRule() ? one : other));
        List<ChannelSummary> channels = channels(actor);
        PageOf<Map<String, @Nullable Object>> page =
                PageOf.of(paging, page(found, paging), model -> shape(model, rows, channels));
        Map<String, Object> data = new LinkedHashMap<>();
        data.put("items", page.items());
        data.put("total", page.total());
        data.put("page", page.page());
        data.put("page_size", page.pageSize());
        Map<String, Long> counts = new TreeMap<>();
        catalogue.vendors().forEach(one -> counts.put(Long.toString(one.id().value()), one.models()));
        data.put("vendor_counts", counts);
        return Envelope.of(data);
    }

    private static boolean fits(
            ModelDescription model, @Nullable String keyword, @Nullable String vendor, Map<VendorId, String> names) {
        if (!contains(model.name(), keyword)
                && !contains(model.description(), keyword)
                && !contains(String.join(",", model.tags()), keyword)) return false;
        if (vendor == null || vendor.isBlank()) return true;
        VendorId own = model.vendor();
        return own != null
                && (own.toString().equals(vendor.strip()) || contains(names.getOrDefault(own, ""), vendor.strip()));
    }

    private static boolean contains(String text, @Nullable String part) {
        return part == null
                || text.toLowerCase(Locale.ROOT).contains(part.strip().toLowerCase(Locale.ROOT));
    }

    private static boolean isFlag(boolean flag, @Nullable String wanted, String yes) {
        if (wanted == null || wanted.isBlank() || wanted.equals("all") || wanted.equals("-1")) return true;
        return flag == (wanted.equals("1") || wanted.equals(yes));
    }

    private static <T> Page<T> page(List<T> all, Paging paging) {
        return new Page<>(
                all.stream().skip(paging.offset()).limit(paging.limit()).toList(), all.size());
    }

    private List<ChannelSummary> channels(Actor actor) {
        List<ChannelSummary> all = new ArrayList<>();
        Page<ChannelSummary> some;
        do {
            Paging paging = new Paging(all.size(), Paging.LIMIT_MAX);
            some = messages.ask(Channels.byId(ChannelFilter.ALL.withStatuses(ChannelStatus.ENABLED), paging), actor);
            all.addAll(some.items());
        } while (!some.items().isEmpty() && all.size() < some.total());
        return all;
    }

    /** With what can be reckoned: who serves it, to whom, and how it is priced. */
    private static Map<String, @Nullable Object> shape(
            DescribedModel model, Map<String, ModelRow> rows, List<ChannelSummary> channels) {
        Map<String, @Nullable Object> shape = CatalogueShapes.model(model);
        ModelRow row = rows.get(model.description().name());
        if (row == null) return shape;
        TreeSet<String> groups = new TreeSet<>(row.groups());
        TreeSet<Integer> quotaTypes = new TreeSet<>();
        List<String> names = model.description().rule() == NameRule.EXACT ? List.of(row.name()) : row.matched();
        Set<String> known = Set.copyOf(names);
        for (String name : names) {
            ModelRow one = rows.get(name);
            if (one == null) continue;
            groups.addAll(one.groups());
            if (one.price() != null)
                quotaTypes.add(one.price().inputRatio() == null && one.price().expression() == null ? 1 : 0);
        }
        shape.put(
                "bound_channels",
                channels.stream()
                        .filter(channel -> !Collections.disjoint(channel.terms().models(), known))
                        .map(channel -> Map.of(
                                "name",
                                channel.terms().name(),
                                "type",
                                channel.terms().type()))
                        .toList());
        shape.put("enable_groups", groups);
        shape.put("quota_types", new ArrayList<>(quotaTypes));
        if (model.description().rule() != NameRule.EXACT) {
            shape.put("matched_models", row.matched());
            shape.put("matched_count", row.matched().size());
        }
        return shape;
    }

    /** Models that a channel serves and nobody described. */
    @GetMapping("/api/models/missing")
    Envelope missing(Actor actor) {
        administrator(actor);
        return Envelope.of(messages.ask(new ModelRows(), actor).stream()
                .filter(ModelRow::isMissing)
                .map(ModelRow::name)
                .sorted()
                .toList());
    }

    @GetMapping("/api/models/{id:\\d+}")
    Envelope model(@PathVariable long id, Actor actor) {
        administrator(actor);
        return Envelope.of(messages.ask(new CatalogueNow(), actor).models().stream()
                .filter(model -> model.id().value() == id)
                .findFirst()
                .map(CatalogueShapes::model)
                .orElseThrow(() -> new Refused(Refusal.NOT_FOUND)));
    }

    @GetMapping({"/api/prefill_group/", "/api/prefill_group"})
    Envelope prefillGroups(@RequestParam(required = false) @Nullable String type, Actor actor) {
        administrator(actor);
        PrefillType only = type == null || type.isBlank() ? null : PrefillType.of(type);
        return Envelope.of(messages.ask(new PrefillGroups(only), actor).stream()
                .map(CatalogueShapes::prefillGroup)
                .toList());
    }
}
