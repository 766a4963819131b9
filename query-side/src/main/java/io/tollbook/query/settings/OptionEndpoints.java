package io.tollbook.query.settings;

import io.tollbook.kernel.Actor;
import io.tollbook.kernel.Messages;
import io.tollbook.kernel.api.Envelope;
import io.tollbook.kernel.pricing.PriceVersion;
import io.tollbook.kernel.pricing.PricesInForce;
import io.tollbook.kernel.settings.Option;
import io.tollbook.kernel.settings.Options;
import io.tollbook.query.pricing.PriceMaps;
import io.tollbook.query.readmodel.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** Root's options: what was set, the defaults of the rest, and the price maps as the document in force has them. */
@RestController("optionReads")
class OptionEndpoints {
    private final Messages messages;

    OptionEndpoints(Messages messages) {
        this.messages = messages;
    }

    @GetMapping({"/api/option/", "/api/option"})
    Envelope options(Actor actor) {
        actor.signedIn();
        Map<String, String> values = new TreeMap<>();
        for (Option option : Option.values()) values.put(option.key(), option.initial());
        values.putAll(messages.ask(new Options(), actor));
        messages.ask(new PricesInForce(), actor)
                .map(PriceVersion::document)
                .ifPresent(document -> PriceMaps.of(document).forEach((key, map) -> values.put(key, Json.write(map))));
        List<Map<String, String>> list = new ArrayList<>();
        values.forEach((key, value) -> list.add(Map.of("key", key, "value", value)));
        return Envelope.of(list);
    }
}
