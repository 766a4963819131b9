package io.tollbook.bench.gateway;

import io.tollbook.bench.Waiting;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** How far a gateway's read models are behind its events. */
public record ReadModelStates(long head, long position, List<String> broken) {
    public static ReadModelStates of(Site site) throws Exception {
        JsonNode models = site.api().get("/api/read-model/");
        long head = 0;
        long position = Long.MAX_VALUE;
        List<String> broken = new ArrayList<>();
        for (JsonNode model : models) {
            head = Math.max(head, model.path("head").asLong());
            position = Math.min(position, model.path("position").asLong());
            if (!model.path("running").asBoolean()
                    || !model.path("error").asString("").isEmpty())
                broken.add(model.path("name").asString() + ": "
                        + model.path("error").asString(""));
        }
        if (models.isEmpty()) throw new IllegalStateException("the gateway names no read models");
        return new ReadModelStates(head, position, broken);
    }

    public long behind() {
        return Math.max(0, head - position);
    }

    /** Waits until every read model has every event. */
    public static void awaitLevel(Site site, Duration most) throws Exception {
        if (!Waiting.until(most, Duration.ofMillis(100), () -> of(site).behind() == 0))
            throw new IllegalStateException("the read models do not catch up: " + of(site));
    }
}
