package io.tollbook.command.pricing;

import io.tollbook.kernel.Actor;
import io.tollbook.kernel.Messages;
import io.tollbook.kernel.Refusal;
import io.tollbook.kernel.Refused;
import io.tollbook.kernel.api.Envelope;
import io.tollbook.kernel.pricing.BuyPriceDocument;
import io.tollbook.kernel.pricing.BuyPriceOutlook;
import io.tollbook.kernel.pricing.BuyPriceSchedule;
import io.tollbook.kernel.pricing.PublishBuyPrices;
import io.tollbook.kernel.user.Role;
import java.time.Instant;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DatabindException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Publishes what providers take, as root sends it: {@code {"newest": 4, "note": "…", "document": {…}}}. */
@RestController
class BuyPriceEndpoints {
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();

    private final Messages messages;

    BuyPriceEndpoints(Messages messages) {
        this.messages = messages;
    }

    @PutMapping({"/api/buy_price/", "/api/buy_price"})
    Envelope publish(@RequestBody String text, Actor actor) {
        actor.signedIn();
        if (!actor.isAtLeast(Role.ROOT)) throw new Refused(Refusal.NOT_PERMITTED);
        JsonNode body = body(text);
        JsonNode newest = body.path("newest");
        if (!newest.isIntegralNumber())
            throw Refused.invalid("newest must be the number of the newest version, from which you made this one.");
        JsonNode note = body.path("note");
        if (!note.isMissingNode() && !note.isString()) throw Refused.invalid("note must be a text.");
        BuyPriceDocument document = document(body.path("document"));
        BuyPriceSchedule seen = messages.ask(new BuyPriceOutlook(), actor);
        if (seen.newest() != newest.longValue()) throw new Refused(Refusal.PRICE_CHANGED);
        messages.send(new PublishBuyPrices(seen, document, note.stringValue(""), Instant.now()), actor);
        return Envelope.done();
    }

    private static JsonNode body(String text) {
        try {
            JsonNode body = JSON.readTree(text);
            if (body.isObject()) return body;
        } catch (JacksonException e) {
            // Told below, like JSON that is no object.
        }
        throw Refused.invalid("The body must be a JSON object.");
    }

    private static BuyPriceDocument document(JsonNode document) {
        if (!document.isObject()) throw Refused.invalid("document must be a JSON object.");
        try {
            return JSON.treeToValue(document, BuyPriceDocument.class);
        } catch (DatabindException e) {
            StringBuilder where = new StringBuilder("document");
            for (JacksonException.Reference step : e.getPath())
                if (step.getPropertyName() == null)
                    where.append('[').append(step.getIndex()).append(']');
                else where.append('.').append(step.getPropertyName());
            if (e.getCause() instanceof Refused refused) throw Refused.invalid(where + ": " + refused.getMessage());
            throw Refused.invalid(where + " cannot be read: " + e.getOriginalMessage());
        }
    }
}
