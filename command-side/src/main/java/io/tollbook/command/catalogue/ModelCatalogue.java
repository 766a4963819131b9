package io.tollbook.command.catalogue;

import static org.axonframework.modelling.command.AggregateLifecycle.apply;

import com.fasterxml.jackson.annotation.JsonAutoDetect;
import io.tollbook.kernel.EventName;
import io.tollbook.kernel.Refusal;
import io.tollbook.kernel.Refused;
import io.tollbook.kernel.catalogue.CatalogueCommand;
import io.tollbook.kernel.catalogue.DescribeModels;
import io.tollbook.kernel.catalogue.ForgetModels;
import io.tollbook.kernel.catalogue.ModelChange;
import io.tollbook.kernel.catalogue.ModelDescription;
import io.tollbook.kernel.catalogue.ModelId;
import io.tollbook.kernel.catalogue.ModelsDescribed;
import io.tollbook.kernel.catalogue.PrefillGroupId;
import io.tollbook.kernel.catalogue.PrefillGroupRemoved;
import io.tollbook.kernel.catalogue.PrefillGroupSaved;
import io.tollbook.kernel.catalogue.PrefillTerms;
import io.tollbook.kernel.catalogue.RemovePrefillGroup;
import io.tollbook.kernel.catalogue.RemoveVendor;
import io.tollbook.kernel.catalogue.SavePrefillGroup;
import io.tollbook.kernel.catalogue.SaveVendor;
import io.tollbook.kernel.catalogue.UndoModelChange;
import io.tollbook.kernel.catalogue.VendorId;
import io.tollbook.kernel.catalogue.VendorRemoved;
import io.tollbook.kernel.catalogue.VendorSaved;
import io.tollbook.kernel.catalogue.VendorTerms;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.axonframework.commandhandling.CommandHandler;
import org.axonframework.eventsourcing.EventSourcingHandler;
import org.axonframework.modelling.command.AggregateCreationPolicy;
import org.axonframework.modelling.command.AggregateIdentifier;
import org.axonframework.modelling.command.CreationPolicy;
import org.axonframework.spring.stereotype.Aggregate;
import org.jspecify.annotations.Nullable;

/** The one catalogue. It hands out the numbers of what is in it; none is given twice. */
@Aggregate(cache = "siteCache", lockFactory = "noLocks", snapshotTriggerDefinition = "accountSnapshots")
@EventName("catalogue.state")
@JsonAutoDetect(
        fieldVisibility = JsonAutoDetect.Visibility.ANY,
        getterVisibility = JsonAutoDetect.Visibility.NONE,
        isGetterVisibility = JsonAutoDetect.Visibility.NONE)
class ModelCatalogue {
    private static final int VENDORS_MAX = 1_000;
    private static final int GROUPS_MAX = 1_000;
    /** Older changes stay in the history and cannot be taken back. */
    private static final int UNDOABLE_MAX = 200;
    /** Of all changes that can be taken back together: at 1 KB before and after, 40 MB at most. */
    private static final int UNDOABLE_MODELS_MAX = 20_000;

    @AggregateIdentifier
    private @Nullable String id;

    private Map<Long, VendorTerms> vendors = new HashMap<>();
    private Descriptions models = new Descriptions();
    private Map<Long, PrefillTerms> groups = new HashMap<>();
    private Deque<ModelsDescribed> changes = new ArrayDeque<>();
    private long lastVendor;
    private long lastGroup;
    private long lastChange;
    private int undoable;

    protected ModelCatalogue() {}

    @CommandHandler
    @CreationPolicy(AggregateCreationPolicy.CREATE_IF_MISSING)
    VendorId handle(SaveVendor command) {
        check(command.catalogue());
        VendorId present = command.vendor();
        if (present != null && !vendors.containsKey(present.value())) throw noVendor(present);
        if (present == null && vendors.size() >= VENDORS_MAX) throw Refused.invalid("There are 1,000 vendors already.");
        vendors.forEach((other, terms) -> {
            if ((present == null || other != present.value())
                    && terms.name().equalsIgnoreCase(command.terms().name()))
                throw Refused.invalid("There is a vendor called " + terms.name() + " already.");
        });
        VendorId vendor = present == null ? new VendorId(lastVendor + 1) : present;
        if (!command.terms().equals(vendors.get(vendor.value())))
            apply(new VendorSaved(vendor, command.terms(), command.at()));
        return vendor;
    }

    @CommandHandler
    @CreationPolicy(AggregateCreationPolicy.CREATE_IF_MISSING)
    void handle(RemoveVendor command) {
        check(command.catalogue());
        if (!vendors.containsKey(command.vendor().value())) throw noVendor(command.vendor());
        long using = models.of(command.vendor());
        if (using > 0)
            throw Refused.invalid("The vendor has " + using + (using == 1 ? " model" : " models")
                    + ". Give them another vendor first, or disable this one.");
        apply(new VendorRemoved(command.vendor()));
    }

    @CommandHandler
    @CreationPolicy(AggregateCreationPolicy.CREATE_IF_MISSING)
    DescribeModels.Described handle(DescribeModels command) {
        check(command.catalogue());
        List<ModelId> described = new ArrayList<>();
        List<ModelChange> changed = new ArrayList<>();
        long next = models.last() + 1;
        for (DescribeModels.Wish wish : command.models()) {
            ModelId model = wish.model() == null ? new ModelId(next++) : wish.model();
            ModelDescription before = models.get(model);
            if (wish.model() != null && before == null) throw noModel(model);
            described.add(model);
            if (!wish.description().equals(before)) changed.add(new ModelChange(model, before, wish.description()));
        }
        if (changed.isEmpty()) return new DescribeModels.Described(0, described);
        changed.forEach(change -> checkVendor(change.after()));
        models.check(changed);
        apply(new ModelsDescribed(lastChange + 1, changed, null, command.at()));
        return new DescribeModels.Described(lastChange, described);
    }

    @CommandHandler
    @CreationPolicy(AggregateCreationPolicy.CREATE_IF_MISSING)
    long handle(ForgetModels command) {
        check(command.catalogue());
        List<ModelChange> changed = new ArrayList<>();
        for (ModelId model : command.models()) {
            ModelDescription before = models.get(model);
            if (before == null) throw noModel(model);
            changed.add(new ModelChange(model, before, null));
        }
        apply(new ModelsDescribed(lastChange + 1, changed, null, command.at()));
        return lastChange;
    }

    @CommandHandler
    @CreationPolicy(AggregateCreationPolicy.CREATE_IF_MISSING)
    long handle(UndoModelChange command) {
        check(command.catalogue());
        ModelsDescribed undone = changes.stream()
                .filter(change -> change.change() == command.change())
                .findFirst()
                .orElseThrow(() -> new Refused(
                        Refusal.NOT_FOUND,
                        "The change " + command.change() + " is none of the last that can be undone."));
        for (ModelChange change : undone.models())
            if (!java.util.Objects.equals(models.get(change.model()), change.after()))
                throw Refused.invalid(name(change) + " was changed again since. Undo the later change first.");
        List<ModelChange> back =
                undone.models().stream().map(ModelChange::reversed).toList();
        back.forEach(change -> checkVendor(change.after()));
        models.check(back);
        apply(new ModelsDescribed(lastChange + 1, back, command.change(), command.at()));
        return lastChange;
    }

    private static String name(ModelChange change) {
        ModelDescription one = change.after() != null ? change.after() : change.before();
        return one == null ? "A model" : one.name();
    }

    @CommandHandler
    @CreationPolicy(AggregateCreationPolicy.CREATE_IF_MISSING)
    PrefillGroupId handle(SavePrefillGroup command) {
        check(command.catalogue());
        PrefillGroupId present = command.group();
        if (present != null && !groups.containsKey(present.value())) throw noGroup();
        if (present == null && groups.size() >= GROUPS_MAX)
            throw Refused.invalid("There are 1,000 prefill groups already.");
        groups.forEach((other, terms) -> {
            if ((present == null || other != present.value())
                    && terms.name().equalsIgnoreCase(command.terms().name()))
                throw Refused.invalid("There is a prefill group called " + terms.name() + " already.");
        });
        PrefillGroupId group = present == null ? new PrefillGroupId(lastGroup + 1) : present;
        if (!command.terms().equals(groups.get(group.value())))
            apply(new PrefillGroupSaved(group, command.terms(), command.at()));
        return group;
    }

    @CommandHandler
    @CreationPolicy(AggregateCreationPolicy.CREATE_IF_MISSING)
    void handle(RemovePrefillGroup command) {
        check(command.catalogue());
        if (!groups.containsKey(command.group().value())) throw noGroup();
        apply(new PrefillGroupRemoved(command.group()));
    }

    private static void check(String catalogue) {
        if (!catalogue.equals(CatalogueCommand.CATALOGUE)) throw Refused.invalid("There is one catalogue.");
    }

    private void checkVendor(@Nullable ModelDescription description) {
        if (description == null || description.vendor() == null) return;
        if (!vendors.containsKey(description.vendor().value()))
            throw Refused.invalid(description.name() + ": there is no vendor " + description.vendor() + ".");
    }

    private static Refused noVendor(VendorId vendor) {
        return new Refused(Refusal.NOT_FOUND, "There is no vendor " + vendor + ".");
    }

    private static Refused noModel(ModelId model) {
        return new Refused(Refusal.NOT_FOUND, "There is no model " + model + " in the catalogue.");
    }

    private static Refused noGroup() {
        return new Refused(Refusal.NOT_FOUND, "There is no such prefill group.");
    }

    @EventSourcingHandler
    void on(VendorSaved event) {
        id = CatalogueCommand.CATALOGUE;
        vendors.put(event.vendor().value(), event.terms());
        lastVendor = Math.max(lastVendor, event.vendor().value());
    }

    @EventSourcingHandler
    void on(VendorRemoved event) {
        id = CatalogueCommand.CATALOGUE;
        vendors.remove(event.vendor().value());
    }

    @EventSourcingHandler
    void on(ModelsDescribed event) {
        if (event.change() != lastChange + 1)
            throw new IllegalStateException("change " + event.change() + " follows " + lastChange);
        id = CatalogueCommand.CATALOGUE;
        lastChange = event.change();
        models.put(event.models());
        changes.addLast(event);
        undoable += event.models().size();
        while (changes.size() > UNDOABLE_MAX || undoable > UNDOABLE_MODELS_MAX)
            undoable -= changes.removeFirst().models().size();
    }

    @EventSourcingHandler
    void on(PrefillGroupSaved event) {
        id = CatalogueCommand.CATALOGUE;
        groups.put(event.group().value(), event.terms());
        lastGroup = Math.max(lastGroup, event.group().value());
    }

    @EventSourcingHandler
    void on(PrefillGroupRemoved event) {
        id = CatalogueCommand.CATALOGUE;
        groups.remove(event.group().value());
    }
}
