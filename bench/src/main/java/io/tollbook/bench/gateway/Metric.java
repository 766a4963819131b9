package io.tollbook.bench.gateway;

import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;

/** What a gateway publishes of itself. */
public final class Metric {
    private Metric() {}

    /** @param name with its labels, as it stands before the value */
    public static double of(Site site, String name) throws IOException, InterruptedException {
        try (HttpClient http = HttpClient.newHttpClient()) {
            String all = http.send(
                            HttpRequest.newBuilder(site.base().resolve("/actuator/prometheus"))
                                    .build(),
                            HttpResponse.BodyHandlers.ofString())
                    .body();
            return all.lines()
                    .filter(line -> line.startsWith(name + " "))
                    .mapToDouble(line -> Double.parseDouble(line.substring(name.length() + 1)))
                    .findFirst()
                    .orElseThrow(() -> new IOException("the gateway publishes no " + name));
        }
    }
}
