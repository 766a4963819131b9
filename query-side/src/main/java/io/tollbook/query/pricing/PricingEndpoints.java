package io.tollbook.query.pricing;

import io.tollbook.kernel.Actor;
import io.tollbook.kernel.Messages;
import io.tollbook.kernel.api.Envelope;
import io.tollbook.kernel.catalogue.Catalogue;
import io.tollbook.kernel.catalogue.CatalogueNow;
import io.tollbook.kernel.catalogue.DescribedModel;
import io.tollbook.kernel.catalogue.Endpoint;
import io.tollbook.kernel.catalogue.Endpoints;
import io.tollbook.kernel.catalogue.Vendor;
import io.tollbook.kernel.catalogue.VendorId;
import io.tollbook.kernel.pricing.ModelPrice;
import io.tollbook.kernel.pricing.OwnRatios;
import io.tollbook.kernel.pricing.PriceDocument;
import io.tollbook.kernel.pricing.PriceList;
import io.tollbook.kernel.pricing.PriceVersion;
import io.tollbook.kernel.pricing.PricesFor;
import io.tollbook.kernel.pricing.PricesInForce;
import io.tollbook.kernel.pricing.PublicPrices;
import io.tollbook.kernel.settings.HeaderModules;
import io.tollbook.kernel.settings.Option;
import io.tollbook.kernel.settings.Options;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** What everybody may know of the prices: those of the models that can be called, and the bare maps if root allows it. */
@RestController
class PricingEndpoints {
    /** Where a model is called of which nobody says otherwise. */
    private static final Map<String, Endpoint> USUAL = Map.of("openai", Endpoints.KNOWN.get("openai"));

    private final Messages messages;
    private final UsableGroups usableGroups;

    PricingEndpoints(Messages messages, UsableGroups usableGroups) {
        this.messages = messages;
        this.usableGroups = usableGroups;
    }

    @GetMapping("/api/pricing")
    ResponseEntity<Map<String, @Nullable Object>> pricing(Actor actor) {
        HeaderModules.Access access = HeaderModules.pricing(messages.ask(new Options(), Actor.SYSTEM));
        if (access == HeaderModules.Access.NOBODY)
            return ResponseEntity.status(403)
                    .body(Map.of(
                            "success",
                            false,
                            "message",
                            "This site does not show its prices: pricing is off in HeaderNavModules."));
        PriceList list =
                messages.ask(actor.user() == null ? new PublicPrices() : new PricesFor(actor.signedIn()), actor);
        Map<String, BigDecimal> ratios = new TreeMap<>();
        for (String group : list.groups().keySet())
            ratios.put(group, list.prices().groupRatio(list.userGroup(), group));
        Catalogue catalogue = messages.ask(new CatalogueNow(), Actor.SYSTEM);
        Map<String, Endpoint> endpoints = new LinkedHashMap<>(USUAL);
        List<Object> models = new ArrayList<>();
        Set<@Nullable Object> shown = new HashSet<>();
        for (PriceList.Offer offer : list.offers()) {
            Map<String, Object> entry = entry(list, offer);
            entry.putAll(told(offer.model(), catalogue, endpoints));
            shown.add(entry.get("vendor_id"));
            models.add(entry);
        }
        Map<String, @Nullable Object> answer = new LinkedHashMap<>();
        answer.put("success", true);
        answer.put("data", models);
        answer.put("vendors", vendors(catalogue, shown));
        answer.put("group_ratio", ratios);
        answer.put("usable_group", list.groups());
        answer.put("supported_endpoint", endpoints);
        answer.put("auto_groups", usableGroups.auto(list.userGroup()));
        answer.put("pricing_version", list.hash());
        return ResponseEntity.ok(answer);
    }

    /** Of the models that are shown, and of no others: who else is here is no stranger's business. */
    private static List<Object> vendors(Catalogue catalogue, Set<@Nullable Object> shown) {
        List<Object> vendors = new ArrayList<>();
        for (Vendor vendor : catalogue.vendors())
            if (vendor.terms().enabled() && shown.contains(vendor.id().value()))
                vendors.add(Map.of(
                        "id",
                        vendor.id().value(),
                        "name",
                        vendor.terms().name(),
                        "description",
                        vendor.terms().description(),
                        "icon",
                        vendor.terms().icon()));
        return vendors;
    }

    /** @param endpoints gets those that the model is called at */
    private static Map<String, Object> told(String model, Catalogue catalogue, Map<String, Endpoint> endpoints) {
        Map<String, Object> told = new LinkedHashMap<>();
        Map<String, Endpoint> own = new LinkedHashMap<>();
        catalogue.describing(model).map(DescribedModel::description).ifPresent(description -> {
            if (!description.description().isEmpty()) told.put("description", description.description());
            if (!description.icon().isEmpty()) told.put("icon", description.icon());
            if (!description.tags().isEmpty()) told.put("tags", String.join(",", description.tags()));
            VendorId vendor = description.vendor();
            // A vendor that is not shown is not pointed at either.
            if (vendor != null
                    && catalogue.vendor(vendor).filter(v -> v.terms().enabled()).isPresent())
                told.put("vendor_id", vendor.value());
            own.putAll(Endpoints.of(description.endpoints()));
        });
        if (own.isEmpty()) own.putAll(USUAL);
        own.forEach(endpoints::putIfAbsent);
        told.put("supported_endpoint_types", own.keySet());
        return told;
    }

    private static Map<String, Object> entry(PriceList list, PriceList.Offer offer) {
        ModelPrice price = list.price(offer);
        OwnRatios own = price.ownOrNone();
        BigDecimal byThePiece = PriceMaps.byThePiece(price);
        // There is one number for all sizes; the dearest promises nobody too little.
        if (byThePiece == null) byThePiece = price.dearestPicture();
        Map<String, Object> entry = new LinkedHashMap<>();
        entry.put("model_name", offer.model());
        entry.put("quota_type", price.inputRatio() == null && price.expression() == null ? 1 : 0);
        entry.put("model_ratio", price.inputRatio() == null ? BigDecimal.ZERO : price.inputRatio());
        entry.put("model_price", byThePiece);
        entry.put("owner_by", "");
        entry.put("completion_ratio", price.completionRatio());
        if (price.inputRatio() != null) {
            entry.put("cache_ratio", price.cacheReadRatio());
            entry.put("create_cache_ratio", price.cacheWriteRatio());
        }
        if (own.imageInput() != null) entry.put("image_ratio", own.imageInput());
        if (own.audioInput() != null) entry.put("audio_ratio", own.audioInput());
        if (own.audioCompletion() != null) entry.put("audio_completion_ratio", own.audioCompletion());
        if (price.expression() != null) {
            entry.put("billing_mode", "tiered_expr");
            entry.put("billing_expr", price.expression().text());
        }
        entry.put("enable_groups", offer.groups());
        entry.put("pricing_version", list.hash());
        return entry;
    }

    @GetMapping("/api/ratio_config")
    ResponseEntity<Envelope> ratios() {
        if (!Option.EXPOSE_RATIO.isOn(messages.ask(new Options(), Actor.SYSTEM)))
            return ResponseEntity.status(403)
                    .body(Envelope.failure("This site does not show its ratios: ExposeRatioEnabled is off."));
        Map<String, Object> maps = messages.ask(new PricesInForce(), Actor.SYSTEM)
                .map(PriceVersion::document)
                .map(PricingEndpoints::ratios)
                .orElseGet(Map::of);
        return ResponseEntity.ok(Envelope.of(maps));
    }

    private static Map<String, Object> ratios(PriceDocument document) {
        Map<String, Object> all = PriceMaps.of(document);
        Map<String, Object> maps = new LinkedHashMap<>();
        maps.put("model_ratio", all.get("ModelRatio"));
        maps.put("completion_ratio", all.get("CompletionRatio"));
        maps.put("cache_ratio", all.get("CacheRatio"));
        maps.put("create_cache_ratio", all.get("CreateCacheRatio"));
        maps.put("image_ratio", all.get("ImageRatio"));
        maps.put("audio_ratio", all.get("AudioRatio"));
        maps.put("audio_completion_ratio", all.get("AudioCompletionRatio"));
        maps.put("model_price", all.get("ModelPrice"));
        return maps;
    }
}
