package io.tollbook.query.pricing;

import static io.tollbook.query.schema.Tables.CHANNEL;

import io.tollbook.kernel.Actor;
import io.tollbook.kernel.Messages;
import io.tollbook.kernel.Refusal;
import io.tollbook.kernel.Refused;
import io.tollbook.kernel.catalogue.Catalogue;
import io.tollbook.kernel.catalogue.CatalogueNow;
import io.tollbook.kernel.catalogue.DescribedModel;
import io.tollbook.kernel.catalogue.Endpoints;
import io.tollbook.kernel.catalogue.ModelDescription;
import io.tollbook.kernel.catalogue.Vendor;
import io.tollbook.kernel.catalogue.VendorTerms;
import io.tollbook.kernel.channel.ChannelStatus;
import io.tollbook.kernel.pricing.EndpointKind;
import io.tollbook.kernel.pricing.PriceDocument;
import io.tollbook.kernel.pricing.PriceList;
import io.tollbook.kernel.pricing.PriceOutlook;
import io.tollbook.kernel.pricing.PriceSchedule;
import io.tollbook.kernel.pricing.PriceVersion;
import io.tollbook.kernel.pricing.PricesFor;
import io.tollbook.kernel.pricing.PublicPrices;
import io.tollbook.kernel.pricing.Rounding;
import io.tollbook.kernel.settings.HeaderModules;
import io.tollbook.kernel.settings.Option;
import io.tollbook.kernel.settings.Options;
import io.tollbook.kernel.user.Role;
import io.tollbook.kernel.user.UserById;
import io.tollbook.kernel.user.UserProfile;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.axonframework.queryhandling.QueryHandler;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.impl.DSL;
import org.springframework.stereotype.Component;

/** What somebody may call and at what price: the prices in force, cut down to what that person may know. */
@Component
class PriceLists {
    /** Newcomers are in it, so strangers see what they would pay. */
    static final String NEWCOMERS = "default";

    private static final PriceDocument NO_PRICES =
            new PriceDocument(Map.of(), Map.of(), Map.of(), Rounding.HALF_AWAY_FROM_ZERO, 4_096);
    private static final List<String> ENDPOINTS =
            EndpointKind.served().stream().map(EndpointKind::key).toList();

    private final DSLContext views;
    private final Messages messages;
    private final UsableGroups usableGroups;

    PriceLists(DSLContext views, Messages messages, UsableGroups usableGroups) {
        this.views = views;
        this.messages = messages;
        this.usableGroups = usableGroups;
    }

    @QueryHandler
    PriceList handle(PublicPrices query) {
        Map<String, String> options = messages.ask(new Options(), Actor.SYSTEM);
        switch (HeaderModules.pricing(options)) {
            case EVERYBODY -> {}
            case SIGNED_IN -> throw new Refused(Refusal.SIGN_IN_REQUIRED);
            case NOBODY -> throw new Refused(Refusal.NOT_PERMITTED);
        }
        return offered(NEWCOMERS, Option.PLANNED_PRICES.text(options).equals("everybody"));
    }

    @QueryHandler
    PriceList handle(PricesFor query) {
        UserProfile user = messages.ask(new UserById(query.user()), Actor.SYSTEM)
                .orElseThrow(() -> new Refused(Refusal.NOT_FOUND));
        boolean staff = user.role() != Role.USER && user.role() != Role.GUEST;
        String shown = Option.PLANNED_PRICES.text(messages.ask(new Options(), Actor.SYSTEM));
        return offered(user.group(), staff || !shown.equals("nobody"));
    }

    private PriceList offered(String userGroup, boolean seesPlanned) {
        Map<String, String> groups = usableGroups.of(userGroup);
        PriceSchedule schedule = messages.ask(new PriceOutlook(), Actor.SYSTEM);
        PriceDocument document = Optional.ofNullable(schedule.inForce())
                .map(PriceVersion::document)
                .orElse(NO_PRICES);
        Map<String, SortedSet<String>> served = served(groups.keySet());
        Catalogue catalogue = messages.ask(new CatalogueNow(), Actor.SYSTEM);
        served.keySet().removeIf(model -> document.price(model).isEmpty() || !catalogue.isEnabled(model));
        List<PriceList.Offer> offers = new ArrayList<>();
        served.forEach((model, open) -> offers.add(offer(model, open, catalogue)));
        return new PriceList(
                schedule.inForce() == null ? "" : schedule.inForce().hash(),
                userGroup,
                groups,
                document.only(served.keySet(), userGroup, groups.keySet()),
                offers,
                seesPlanned ? planned(schedule, served.keySet(), userGroup, groups.keySet()) : List.of());
    }

    private static PriceList.Offer offer(String model, SortedSet<String> groups, Catalogue catalogue) {
        Optional<ModelDescription> told = catalogue.describing(model).map(DescribedModel::description);
        Set<String> own = told.map(
                        description -> Endpoints.of(description.endpoints()).keySet())
                .orElseGet(Set::of);
        return new PriceList.Offer(
                model,
                groups,
                own.isEmpty() ? ENDPOINTS : List.copyOf(own),
                told.map(ModelDescription::description).orElse(""),
                // A vendor that is not shown is not named either.
                told.map(ModelDescription::vendor)
                        .flatMap(catalogue::vendor)
                        .map(Vendor::terms)
                        .filter(VendorTerms::enabled)
                        .map(VendorTerms::name)
                        .orElse(""),
                told.map(ModelDescription::tags).orElseGet(List::of));
    }

    private static List<PriceList.Planned> planned(
            PriceSchedule schedule, Set<String> models, String userGroup, Set<String> groups) {
        return schedule.planned().stream()
                .map(version -> new PriceList.Planned(
                        version.effectiveFrom(), version.document().only(models, userGroup, groups)))
                .toList();
    }

    /** The models that a channel serves to one of these groups, and to which. */
    private Map<String, SortedSet<String>> served(Set<String> groups) {
        Field<String> model = DSL.field(DSL.name("m", "name"), String.class);
        Field<String> group = DSL.field(DSL.name("g", "name"), String.class);
        Map<String, SortedSet<String>> served = new TreeMap<>();
        views.selectDistinct(model, group)
                .from(
                        CHANNEL,
                        DSL.lateral(DSL.unnest(CHANNEL.MODELS)).as("m", "name"),
                        DSL.lateral(DSL.unnest(CHANNEL.GROUPS)).as("g", "name"))
                .where(CHANNEL.DELETED.isFalse())
                .and(CHANNEL.STATUS.eq((short) ChannelStatus.ENABLED.number()))
                .and(group.in(groups))
                .forEach(row -> served.computeIfAbsent(row.value1(), any -> new TreeSet<>())
                        .add(row.value2()));
        return served;
    }
}
