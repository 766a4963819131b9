package io.tollbook.command.catalogue;

import static org.assertj.core.api.Assertions.assertThat;

import io.tollbook.command.RecordedMessages;
import io.tollbook.command.api.Api;
import io.tollbook.kernel.Actor;
import io.tollbook.kernel.Page;
import io.tollbook.kernel.Refused;
import io.tollbook.kernel.account.Quota;
import io.tollbook.kernel.channel.ChannelId;
import io.tollbook.kernel.channel.ChannelStatus;
import io.tollbook.kernel.channel.ChannelSummary;
import io.tollbook.kernel.channel.ChannelTerms;
import io.tollbook.kernel.channel.Channels;
import io.tollbook.kernel.channel.KeyCounts;
import io.tollbook.kernel.pricing.ModelPrice;
import io.tollbook.kernel.pricing.PriceDocument;
import io.tollbook.kernel.pricing.PriceVersion;
import io.tollbook.kernel.pricing.PricesInForce;
import io.tollbook.kernel.pricing.Rounding;
import io.tollbook.kernel.user.Role;
import io.tollbook.kernel.user.UserId;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class RatioSyncEndpointsTest {
    private static final Actor ROOT = Actor.user(new UserId(1), Role.ROOT, "session", null);
    private static final Actor ADMIN = Actor.user(new UserId(2), Role.ADMIN, "session", null);
    private static final PriceDocument OURS = new PriceDocument(
            Map.of("gpt", ModelPrice.perToken(BigDecimal.ONE, new BigDecimal("4"))),
            Map.of(),
            Map.of(),
            Rounding.HALF_AWAY_FROM_ZERO,
            1_000);

    private final List<String> read = new ArrayList<>();
    private final RecordedMessages messages = new RecordedMessages()
            .answer(PricesInForce.class, query -> Optional.of(new PriceVersion(1, OURS, "", "", Instant.EPOCH)))
            .answer(Channels.class, query -> new Page<>(List.of(channel(3, "https://up.example")), 1));
    private final Api api = new Api(new RatioSyncEndpoints(messages, this::read)).as(ROOT);

    private byte[] read(String address) {
        read.add(address);
        if (address.startsWith("https://down")) throw Refused.invalid("The site could not be read.");
        String same = "{\"data\":{\"model_ratio\":{\"gpt\":1}}}";
        String other = "{\"data\":{\"model_ratio\":{\"gpt\":2},\"billing_expr\":{\"new\":\"p * 3\"}}}";
        return (address.startsWith("https://same") ? same : other).getBytes(StandardCharsets.UTF_8);
    }

    private static ChannelSummary channel(long id, String baseUrl) {
        ChannelTerms terms = new ChannelTerms(
                1, "Up", baseUrl, List.of("gpt"), List.of("default"), 0, 1, true, "", "", "", Map.of(), Map.of());
        return new ChannelSummary(
                new ChannelId(id),
                terms,
                ChannelStatus.ENABLED,
                "",
                null,
                KeyCounts.ONE,
                Quota.ZERO,
                Instant.EPOCH,
                null,
                false,
                0,
                "");
    }

    @Test
    void comparesChannelsAndOtherSites() {
        JsonNode data = api.post("/api/ratio_sync/fetch", """
                        {"channel_ids":[3],"upstreams":[{"name":"same","base_url":"https://same.example/","endpoint":"/api/ratio_config"},
                        {"name":"down","base_url":"https://down.example"}]}""").succeeds().data();

        assertThat(read)
                .containsExactly(
                        "https://up.example/api/pricing",
                        "https://same.example/api/ratio_config",
                        "https://down.example/api/pricing");
        assertThat(data.path("differences").path("gpt").path("model_ratio"))
                .hasToString(
                        "{\"current\":1,\"upstreams\":{\"Up(3)\":2,\"same\":\"same\"},\"confidence\":{\"Up(3)\":true,\"same\":true}}");
        assertThat(data.path("differences")
                        .path("new")
                        .path("billing_expr")
                        .path("current")
                        .isNull())
                .isTrue();
        assertThat(data.path("test_results"))
                .hasToString("[{\"name\":\"Up(3)\",\"status\":\"success\"},{\"name\":\"same\",\"status\":\"success\"},"
                        + "{\"name\":\"down\",\"status\":\"error\",\"error\":\"The site could not be read.\"}]");
    }

    @Test
    void listsTheChannelsItCanRead() {
        JsonNode data = api.get("/api/ratio_sync/channels").succeeds().data();
        assertThat(data)
                .hasToString(
                        "[{\"id\":3,\"name\":\"Up\",\"base_url\":\"https://up.example\",\"status\":1,\"type\":1}]");
    }

    @Test
    void isForRootAndNamesAtLeastOneSite() {
        api.post("/api/ratio_sync/fetch", "{}").fails(200, "Name a channel");
        String many = "{\"base_url\":\"https://same.example\"},".repeat(17);
        api.post("/api/ratio_sync/fetch", "{\"upstreams\":[" + many.substring(0, many.length() - 1) + "]}")
                .fails(200, "16");
        api.as(ADMIN);
        api.post("/api/ratio_sync/fetch", "{}").fails(200, "may not");
        api.get("/api/ratio_sync/channels").fails(200, "may not");
        assertThat(read).isEmpty();
    }
}
