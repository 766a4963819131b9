package io.tollbook.bench.books;

import io.tollbook.bench.gateway.ManagementApi;
import io.tollbook.bench.gateway.Site;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Calls as the management API lists them. */
public final class LogBook {
    private static final int PAGE = 100;
    private static final int CHARGED = 2;
    private static final int FAILED = 5;

    public record Row(
            long user,
            long token,
            String model,
            long quota,
            long prompt,
            long completion,
            long cached,
            String request,
            String upstreamRequest,
            String provenance,
            String content) {}

    private LogBook() {}

    public static List<Row> charged(Site site) throws Exception {
        return read(site, CHARGED);
    }

    public static List<Row> failed(Site site) throws Exception {
        return read(site, FAILED);
    }

    private static List<Row> read(Site site, int type) throws Exception {
        ManagementApi api = site.api();
        List<Row> rows = new ArrayList<>();
        for (int page = 1; ; page++) {
            JsonNode data = api.get("/api/log/?type=" + type + "&start_timestamp=" + site.startedAt() + "&page_size="
                    + PAGE + "&p=" + page);
            for (JsonNode item : data.path("items")) rows.add(row(item));
            if (data.path("items").size() < PAGE) return rows;
        }
    }

    static Row row(JsonNode item) {
        JsonNode other = JsonMapper.shared().readTree(item.path("other").asString("{}"));
        return new Row(
                item.path("user_id").asLong(),
                item.path("token_id").asLong(),
                item.path("model_name").asString(""),
                item.path("quota").asLong(),
                item.path("prompt_tokens").asLong(),
                item.path("completion_tokens").asLong(),
                other.path("cache_tokens").asLong(0),
                item.path("request_id").asString(""),
                item.path("upstream_request_id").asString(""),
                other.path("provenance").asString(""),
                item.path("content").asString(""));
    }
}
