package io.tollbook.bench.gateway;

import io.tollbook.bench.Waiting;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** How long a gateway took to build one read model again and put it in its place. */
public record RebuildSpeed(String readModel, long events, double seconds) {
    private static final Duration MOST = Duration.ofMinutes(20);

    public double eventsPerSecond() {
        return events / seconds;
    }

    /** Rebuilds each read model, one after the other. */
    public static List<RebuildSpeed> ofEach(Site site) throws Exception {
        List<RebuildSpeed> all = new ArrayList<>();
        for (JsonNode model : site.api().get("/api/read-model/"))
            all.add(of(site, model.path("name").asString()));
        return all;
    }

    private static RebuildSpeed of(Site site, String readModel) throws Exception {
        long began = System.nanoTime();
        site.api().post("/api/read-model/" + readModel + "/rebuild", Map.of());
        if (!Waiting.until(
                MOST,
                Duration.ofMillis(50),
                () -> rebuild(site, readModel).path("state").asString("").equals("done")))
            throw new IllegalStateException("the rebuild does not end: " + rebuild(site, readModel));
        double seconds = (System.nanoTime() - began) / 1e9;
        return new RebuildSpeed(readModel, rebuild(site, readModel).path("done").asLong(), seconds);
    }

    private static JsonNode rebuild(Site site, String readModel) throws Exception {
        for (JsonNode model : site.api().get("/api/read-model/"))
            if (model.path("name").asString().equals(readModel)) return model.path("rebuild");
        throw new IllegalStateException("no read model " + readModel);
    }
}
