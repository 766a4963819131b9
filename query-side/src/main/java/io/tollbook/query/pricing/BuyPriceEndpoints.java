package io.tollbook.query.pricing;

import io.tollbook.kernel.Actor;
import io.tollbook.kernel.Messages;
import io.tollbook.kernel.Refusal;
import io.tollbook.kernel.Refused;
import io.tollbook.kernel.api.Envelope;
import io.tollbook.kernel.pricing.BuyPriceOutlook;
import io.tollbook.kernel.pricing.BuyPriceSchedule;
import io.tollbook.kernel.pricing.BuyPriceVersion;
import io.tollbook.kernel.pricing.BuyPriceVersionByNumber;
import io.tollbook.query.readmodel.Json;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

/** What providers take, for administrators and auditors. */
@RestController("buyPriceReads")
class BuyPriceEndpoints {
    private final Messages messages;

    BuyPriceEndpoints(Messages messages) {
        this.messages = messages;
    }

    @GetMapping({"/api/buy_price/", "/api/buy_price"})
    Envelope outlook(Actor actor) {
        actor.signedIn();
        BuyPriceSchedule schedule = messages.ask(new BuyPriceOutlook(), actor);
        Map<String, @Nullable Object> shape = new LinkedHashMap<>();
        shape.put("newest", schedule.newest());
        shape.put("in_force", schedule.inForce() == null ? null : shape(schedule.inForce()));
        shape.put(
                "planned",
                schedule.planned().stream().map(BuyPriceEndpoints::shape).toList());
        return Envelope.of(shape);
    }

    @GetMapping("/api/buy_price/{version}")
    Envelope version(@PathVariable long version, Actor actor) {
        actor.signedIn();
        return Envelope.of(messages.ask(new BuyPriceVersionByNumber(version), actor)
                .map(BuyPriceEndpoints::shape)
                .orElseThrow(() ->
                        new Refused(Refusal.NOT_FOUND, "There is no version " + version + " of the buy prices.")));
    }

    private static Map<String, Object> shape(BuyPriceVersion version) {
        Map<String, Object> shape = new LinkedHashMap<>();
        shape.put("version", version.version());
        shape.put("hash", version.hash());
        shape.put("note", version.note());
        shape.put("published_at", version.at().getEpochSecond());
        shape.put("effective_from", version.effectiveFrom().getEpochSecond());
        shape.put("document", Json.read(Json.write(version.document()), Map.class));
        return shape;
    }
}
