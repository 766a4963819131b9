package io.tollbook.command.settings;

import io.tollbook.command.pricing.PriceOptions;
import io.tollbook.kernel.Actor;
import io.tollbook.kernel.Messages;
import io.tollbook.kernel.Refusal;
import io.tollbook.kernel.Refused;
import io.tollbook.kernel.api.Envelope;
import io.tollbook.kernel.settings.ChangeOptions;
import io.tollbook.kernel.user.Role;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;

/** Root's options. */
@RestController
class OptionEndpoints {
    record Form(@Nullable String key, @Nullable JsonNode value) {}

    private final Messages messages;
    private final PriceOptions prices;

    OptionEndpoints(Messages messages, PriceOptions prices) {
        this.messages = messages;
        this.prices = prices;
    }

    @PutMapping({"/api/option/", "/api/option"})
    Envelope change(@RequestBody Form form, Actor actor) {
        root(actor);
        if (form.key() == null || form.value() == null || form.value().isNull())
            throw Refused.invalid("An option needs a key and a value.");
        String value =
                form.value().isString() ? form.value().asString() : form.value().toString();
        if (PriceOptions.KEYS.contains(form.key())) prices.write(form.key(), value, actor);
        else messages.send(new ChangeOptions(Map.of(form.key(), value), Instant.now()), actor);
        return Envelope.done();
    }

    /** Puts the prices that a new site starts with in force again, for the models; groups keep theirs. */
    @PostMapping("/api/option/rest_model_ratio")
    Envelope resetPrices(Actor actor) {
        root(actor);
        prices.reset(actor);
        return Envelope.done();
    }

    private static void root(Actor actor) {
        actor.signedIn();
        if (!actor.isAtLeast(Role.ROOT)) throw new Refused(Refusal.NOT_PERMITTED);
    }
}
