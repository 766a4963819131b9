package io.tollbook.kernel.catalogue;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * All descriptions and vendors, ready to be asked about a model. A description of its very name wins; of those with a rule
 * the one that says the most of the name does, so {@code gpt-4o-*} wins over {@code gpt-*}. Immutable.
 */
public final class Catalogue {
    public static final Catalogue EMPTY = new Catalogue(List.of(), List.of());

    private final List<Vendor> vendors;
    private final List<DescribedModel> models;
    private final Map<String, DescribedModel> exact = new HashMap<>();
    private final List<DescribedModel> ruled = new ArrayList<>();
    private final Map<VendorId, Vendor> vendorById = new HashMap<>();
    private final boolean anyDisabled;

    public Catalogue(List<Vendor> vendors, List<DescribedModel> models) {
        this.vendors = List.copyOf(vendors);
        this.models = List.copyOf(models);
        for (Vendor vendor : vendors) vendorById.put(vendor.id(), vendor);
        for (DescribedModel model : models)
            if (model.description().rule() == NameRule.EXACT)
                exact.put(model.description().name(), model);
            else ruled.add(model);
        ruled.sort(Comparator.comparingInt(
                        (DescribedModel model) -> -model.description().name().length())
                .thenComparing(model -> model.description().rule())
                .thenComparingLong(model -> model.id().value()));
        anyDisabled = models.stream().anyMatch(model -> !model.description().enabled());
    }

    public List<Vendor> vendors() {
        return vendors;
    }

    public List<DescribedModel> models() {
        return models;
    }

    /** What is told of a model; empty if nothing is. */
    public Optional<DescribedModel> describing(String model) {
        DescribedModel own = exact.get(model);
        if (own != null) return Optional.of(own);
        for (DescribedModel candidate : ruled) if (candidate.description().fits(model)) return Optional.of(candidate);
        return Optional.empty();
    }

    /** Whether nobody has switched the model off. */
    public boolean isEnabled(String model) {
        return !anyDisabled
                || describing(model).map(found -> found.description().enabled()).orElse(true);
    }

    public Optional<Vendor> vendor(VendorId vendor) {
        return Optional.ofNullable(vendorById.get(vendor));
    }
}
