package io.tollbook.relay.probe;

import io.tollbook.kernel.channel.ChannelTerms;
import io.tollbook.kernel.channel.ChannelType;
import io.tollbook.kernel.channel.ProviderAccounts;
import io.tollbook.relay.conversation.Vendor;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/** How each vendor tells which models there are. */
final class ModelNames {
    private static final int PAGES_MAX = 50;
    private static final String RESOURCE = "models/";

    private final Set<String> names = new LinkedHashSet<>();

    private ModelNames() {}

    /** The dialect whose headers show the key. */
    static Vendor vendor(ChannelType type) {
        return switch (type) {
            case ANTHROPIC -> Vendor.CLAUDE;
            case GEMINI -> Vendor.GEMINI;
            default -> Vendor.OPENAI;
        };
    }

    /** @throws io.tollbook.kernel.Refused PROVIDER_FAILED, saying what was wrong */
    static List<String> read(ChannelType type, ProviderAnswers provider) {
        ModelNames all = new ModelNames();
        switch (type) {
            case ANTHROPIC -> all.claude(provider);
            case GEMINI -> all.gemini(provider);
            default -> all.take(provider.at("/v1/models"), "data", "id");
        }
        if (all.names.isEmpty()) throw ProviderAnswers.failed("The provider names no models.");
        return List.copyOf(all.names);
    }

    private void claude(ProviderAnswers provider) {
        String more = "";
        for (int pages = 0; pages < PAGES_MAX; pages++) {
            JsonNode page = provider.at("/v1/models?limit=1000" + more);
            take(page, "data", "id");
            String last = page.path("last_id").stringValue("");
            if (!page.path("has_more").booleanValue(false) || last.isEmpty()) return;
            more = "&after_id=" + URLEncoder.encode(last, StandardCharsets.UTF_8);
        }
    }

    private void gemini(ProviderAnswers provider) {
        String more = "";
        for (int pages = 0; pages < PAGES_MAX; pages++) {
            JsonNode page = provider.at("/v1beta/models?pageSize=1000" + more);
            take(page, "models", "name");
            String token = page.path("nextPageToken").stringValue("");
            if (token.isEmpty()) return;
            more = "&pageToken=" + URLEncoder.encode(token, StandardCharsets.UTF_8);
        }
    }

    private void take(JsonNode page, String list, String field) {
        if (!page.path(list).isArray()) throw ProviderAnswers.failed("The provider's answer is no list of models.");
        for (JsonNode model : page.path(list)) {
            String name = model.path(field).stringValue("").strip();
            if (name.startsWith(RESOURCE)) name = name.substring(RESOURCE.length());
            if (name.isEmpty()
                    || name.length() > ChannelTerms.MODEL_NAME_MAX
                    || name.chars().anyMatch(Character::isISOControl)) continue;
            names.add(name);
            if (names.size() > ProviderAccounts.MODELS_MAX)
                throw ProviderAnswers.failed(
                        "The provider names more than " + ProviderAccounts.MODELS_MAX + " models.");
        }
    }
}
