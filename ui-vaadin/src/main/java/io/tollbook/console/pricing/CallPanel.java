package io.tollbook.console.pricing;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H2;
import com.vaadin.flow.component.tabs.TabSheet;
import io.tollbook.console.client.CodeSample;
import io.tollbook.console.page.Clip;
import io.tollbook.console.page.Facts;
import io.tollbook.console.page.Marks;
import io.tollbook.console.page.Snippet;
import io.tollbook.kernel.pricing.EndpointKind;
import io.tollbook.kernel.pricing.PriceList.Offer;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Where a model is called, and how, in several languages. */
class CallPanel extends Div {
    CallPanel(Offer offer, String base) {
        setId("api");
        addClassNames("panel", "panel-pad");
        add(new H2("How to call it"));
        Facts facts = new Facts();
        facts.add("Base address", Marks.row(Marks.code(base), Clip.button("base address", () -> base)));
        facts.add("Model", Marks.row(Marks.code(offer.model()), Clip.button("name", offer::model)));
        add(facts);
        offer.endpoints().forEach(key -> add(endpoint(key, offer.model(), base)));
    }

    private static Component endpoint(String key, String model, String base) {
        Optional<EndpointKind> kind = EndpointKind.of(key);
        Div section = new Div(Marks.row(
                Marks.text(PricingFilters.endpointName(key), "strong"),
                Marks.code(kind.map(one -> one.method() + " " + one.path()).orElse(""))));
        section.addClassName("section");
        Map<String, String> samples =
                kind.map(one -> CodeSample.of(one, base, model)).orElseGet(Map::of);
        if (samples.isEmpty()) return section;
        TabSheet languages = new TabSheet();
        languages.setId("samples-" + key);
        languages.addClassName("samples");
        samples.forEach((language, text) -> {
            Snippet snippet =
                    new Snippet("sample-" + key + "-" + language.toLowerCase(Locale.ROOT), "sample", () -> text);
            snippet.show(text);
            languages.add(language, snippet);
        });
        section.add(languages);
        return section;
    }
}
