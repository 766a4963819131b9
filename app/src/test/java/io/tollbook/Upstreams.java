package io.tollbook;

import io.tollbook.bench.vendor.ClaudeDouble;
import io.tollbook.bench.vendor.OpenAiDouble;
import io.tollbook.bench.vendor.OpenAiDouble.Call;
import io.tollbook.bench.vendor.Said;
import io.tollbook.bench.vendor.VendorDouble;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/** Providers of several dialects that all say the same, each behind a channel and a model of its own. */
final class Upstreams implements AutoCloseable {
    enum Spoken {
        CLAUDE("claude-sonnet-4-5", 14),
        OPENAI("gpt-4o-double", 1);

        private final String model;
        private final int type;

        Spoken(String model, int type) {
            this.model = model;
            this.type = type;
        }

        String model() {
            return model;
        }
    }

    private final ClaudeDouble claude = new ClaudeDouble();
    private final OpenAiDouble openAi = new OpenAiDouble();

    Upstreams(TestSite site) throws Exception {
        Map<String, Object> ratios = new HashMap<>(TestSite.PRICES.options().get("ModelRatio"));
        for (Spoken spoken : Spoken.values()) {
            ratios.put(spoken.model, 1);
            site.root()
                    .post(
                            "/api/channel/",
                            Map.of(
                                    "mode",
                                    "single",
                                    "channel",
                                    Map.of(
                                            "type",
                                            spoken.type,
                                            "name",
                                            spoken.name(),
                                            "key",
                                            "a-provider-key",
                                            "base_url",
                                            of(spoken).base().toString(),
                                            "models",
                                            spoken.model,
                                            "group",
                                            "default",
                                            "priority",
                                            0,
                                            "weight",
                                            1)));
        }
        site.root()
                .put(
                        "/api/option/",
                        Map.of("key", "ModelRatio", "value", JsonMapper.shared().writeValueAsString(ratios)));
    }

    VendorDouble of(Spoken spoken) {
        return switch (spoken) {
            case CLAUDE -> claude;
            case OPENAI -> openAi;
        };
    }

    ClaudeDouble claude() {
        return claude;
    }

    void says(Spoken spoken, @Nullable String thinking, String text, Call... calls) {
        switch (spoken) {
            case OPENAI -> openAi.says(thinking, text, calls);
            case CLAUDE -> claude.says(ClaudeDouble.message(new Said(thinking, text, List.of(calls))));
        }
    }

    void fails(Spoken spoken, int status, String type, String... headers) {
        switch (spoken) {
            case OPENAI -> openAi.fails(status, type, type, "why", headers);
            case CLAUDE -> claude.fails(status, type, "why", headers);
        }
    }

    @Override
    public void close() {
        claude.close();
        openAi.close();
    }
}
