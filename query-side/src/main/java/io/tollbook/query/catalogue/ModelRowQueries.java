package io.tollbook.query.catalogue;

import static io.tollbook.query.schema.Tables.CHANNEL;

import io.tollbook.kernel.Actor;
import io.tollbook.kernel.Messages;
import io.tollbook.kernel.catalogue.Catalogue;
import io.tollbook.kernel.catalogue.CatalogueNow;
import io.tollbook.kernel.catalogue.DescribedModel;
import io.tollbook.kernel.catalogue.ModelRow;
import io.tollbook.kernel.catalogue.ModelRows;
import io.tollbook.kernel.catalogue.NameRule;
import io.tollbook.kernel.channel.ChannelStatus;
import io.tollbook.kernel.pricing.ModelPrice;
import io.tollbook.kernel.pricing.PriceDocument;
import io.tollbook.kernel.pricing.PriceVersion;
import io.tollbook.kernel.pricing.PricesInForce;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import org.axonframework.queryhandling.QueryHandler;
import org.jooq.DSLContext;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.Lazy;
import org.springframework.stereotype.Component;

/** Answers which models there are: those served and those described, with their prices. */
@Component
class ModelRowQueries {
    private final DSLContext views;
    private final Messages messages;

    ModelRowQueries(DSLContext views, @Lazy Messages messages) {
        this.views = views;
        this.messages = messages;
    }

    private static final class Serving {
        private int channels;
        private final TreeSet<String> groups = new TreeSet<>();
    }

    @QueryHandler
    List<ModelRow> handle(ModelRows query) {
        Catalogue catalogue = messages.ask(new CatalogueNow(), Actor.SYSTEM);
        Optional<PriceDocument> prices =
                messages.ask(new PricesInForce(), Actor.SYSTEM).map(PriceVersion::document);
        Map<String, Serving> served = served();
        List<ModelRow> rows = new ArrayList<>();
        Map<Long, List<String>> matched = new LinkedHashMap<>();
        served.forEach((name, serving) -> {
            DescribedModel told = catalogue.describing(name).orElse(null);
            boolean own = told != null && told.description().rule() == NameRule.EXACT;
            if (told != null && !own)
                matched.computeIfAbsent(told.id().value(), any -> new ArrayList<>())
                        .add(name);
            rows.add(new ModelRow(
                    name,
                    own ? told : null,
                    told,
                    price(prices, name),
                    serving.channels,
                    List.copyOf(serving.groups),
                    List.of()));
        });
        for (DescribedModel model : catalogue.models()) {
            String name = model.description().name();
            boolean single = model.description().rule() == NameRule.EXACT;
            if (single && served.containsKey(name)) continue;
            rows.add(new ModelRow(
                    name,
                    model,
                    model,
                    single ? price(prices, name) : null,
                    0,
                    List.of(),
                    matched.getOrDefault(model.id().value(), List.of())));
        }
        rows.sort(Comparator.comparingInt(ModelRow::urgency)
                .thenComparing(ModelRow::name, String.CASE_INSENSITIVE_ORDER)
                .thenComparing(ModelRow::name));
        return rows;
    }

    private static @Nullable ModelPrice price(Optional<PriceDocument> prices, String model) {
        return prices.flatMap(document -> document.price(model)).orElse(null);
    }

    private Map<String, Serving> served() {
        Map<String, Serving> served = new TreeMap<>();
        views.select(CHANNEL.MODELS, CHANNEL.GROUPS)
                .from(CHANNEL)
                .where(CHANNEL.DELETED.isFalse())
                .and(CHANNEL.STATUS.eq((short) ChannelStatus.ENABLED.number()))
                .forEach(row -> {
                    for (String model : row.value1()) {
                        Serving serving = served.computeIfAbsent(model, any -> new Serving());
                        serving.channels++;
                        serving.groups.addAll(List.of(row.value2()));
                    }
                });
        return served;
    }
}
