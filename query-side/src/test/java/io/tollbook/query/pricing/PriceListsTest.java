package io.tollbook.query.pricing;

import static io.tollbook.query.TestSystem.ask;
import static io.tollbook.query.TestSystem.publish;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tollbook.kernel.Actor;
import io.tollbook.kernel.Messages;
import io.tollbook.kernel.Refusal;
import io.tollbook.kernel.Refused;
import io.tollbook.kernel.channel.ChannelCreated;
import io.tollbook.kernel.channel.ChannelDisabled;
import io.tollbook.kernel.channel.ChannelId;
import io.tollbook.kernel.channel.ChannelTerms;
import io.tollbook.kernel.pricing.ModelPrice;
import io.tollbook.kernel.pricing.PriceDocument;
import io.tollbook.kernel.pricing.PriceList;
import io.tollbook.kernel.pricing.PricesFor;
import io.tollbook.kernel.pricing.PricesPublished;
import io.tollbook.kernel.pricing.PublicPrices;
import io.tollbook.kernel.pricing.Rounding;
import io.tollbook.kernel.settings.OptionsChanged;
import io.tollbook.kernel.user.Role;
import io.tollbook.kernel.user.UserId;
import io.tollbook.query.OpenVault;
import io.tollbook.query.TestSystem;
import io.tollbook.query.World;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Who sees which models, groups and prices: a stranger, a user of a private group, an auditor. */
class PriceListsTest {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final Instant SOON = Instant.now().plus(Duration.ofDays(9)).truncatedTo(ChronoUnit.MILLIS);

    private final long number = TestSystem.number();
    private final String open = "open/model:" + number;
    private final String hidden = "hidden-model-" + number;
    private final String unpriced = "unpriced-" + number;
    private final String partners = "partners-" + number;
    private final String rivals = "rivals-" + number;
    private final UserId partner = new UserId(TestSystem.number());
    private final UserId stranger = new UserId(TestSystem.number());
    private final UserId auditor = new UserId(TestSystem.number());

    @BeforeEach
    void begin() {
        options(Map.of(
                "UserUsableGroups", "{\"default\":\"Everybody\",\"vip\":\"Faster\"}",
                "HeaderNavModules", "",
                "tollbook.planned_prices", "users"));
        Map<String, ModelPrice> models =
                new HashMap<>(World.prices(1).document().models());
        models.put(open, ModelPrice.perToken(new BigDecimal("1.5"), new BigDecimal("2")));
        models.put(hidden, ModelPrice.perToken(BigDecimal.TEN, BigDecimal.ONE));
        PriceDocument document = new PriceDocument(
                models,
                Map.of(
                        "default",
                        BigDecimal.ONE,
                        "vip",
                        new BigDecimal("0.8"),
                        partners,
                        BigDecimal.TWO,
                        rivals,
                        BigDecimal.TEN),
                Map.of(partners, Map.of("vip", new BigDecimal("0.25")), rivals, Map.of("vip", new BigDecimal("0.1"))),
                Rounding.UP,
                4_096,
                Map.of("web_search", BigDecimal.TEN, "web_search:" + hidden, BigDecimal.ONE),
                null);
        models.put(open, ModelPrice.perToken(new BigDecimal("3"), new BigDecimal("2")));
        long version = 1_000_000 + number * 10;
        Instant at =
                Instant.now().minus(Duration.ofHours(2)).plusMillis(version).truncatedTo(ChronoUnit.MILLIS);
        publish(
                World.user(partner.value(), "partner" + number, Role.USER, partners),
                World.user(stranger.value(), "stranger" + number, Role.USER, "default"),
                World.user(auditor.value(), "auditor" + number, Role.AUDITOR, "default"),
                new PricesPublished(version, document, "hash-" + version, "", at),
                new PricesPublished(
                        version + 1, document.withModels(models).from(SOON), "hash-" + (version + 1), "", at),
                channel(List.of(open, unpriced), "default", "vip", rivals),
                channel(List.of(hidden), partners),
                channel(List.of(open), partners));
    }

    @AfterEach
    void end() {
        options(Map.of(
                "UserUsableGroups", "{\"default\":\"Default\",\"vip\":\"VIP\"}",
                "HeaderNavModules", "",
                "tollbook.planned_prices", "users"));
    }

    private static void options(Map<String, String> values) {
        publish(new OptionsChanged(values, Map.of(), World.BORN));
    }

    private static ChannelCreated channel(List<String> models, String... groups) {
        ChannelId id = new ChannelId(TestSystem.number());
        ChannelTerms terms = World.channelTerms("channel" + id, models.toArray(String[]::new));
        return new ChannelCreated(
                id,
                new ChannelTerms(
                        terms.type(),
                        terms.name(),
                        terms.baseUrl(),
                        terms.models(),
                        List.of(groups),
                        1,
                        1,
                        true,
                        "",
                        "",
                        "",
                        Map.of(),
                        Map.of()),
                OpenVault.sealed("channel-" + id, "sk-upstream"),
                World.BORN);
    }

    private static Actor user(UserId id, Role role) {
        return Actor.user(id, role, "session", null);
    }

    @Test
    void aStrangerSeesWhatIsOpenToEverybodyAndNothingElse() {
        PriceList offered = ask(new PublicPrices());
        assertThat(offered.groups()).isEqualTo(Map.of("default", "Everybody", "vip", "Faster"));
        assertThat(offered.offer(open)).hasValueSatisfying(offer -> {
            assertThat(offer.groups()).containsExactly("default", "vip");
            assertThat(offer.endpoints()).containsExactly("openai", "openai-response", "anthropic", "gemini");
        });
        assertThat(offered.offer(hidden)).isEmpty();
        assertThat(offered.offer(unpriced)).isEmpty();
        assertThat(offered.planned()).isEmpty();
        String all = offered.toString();
        assertThat(all)
                .doesNotContain(hidden)
                .doesNotContain(partners)
                .doesNotContain(rivals)
                .doesNotContain("channel");
        assertThat(offered.prices().groupRatio("default", "vip")).isEqualByComparingTo("0.8");
    }

    @Test
    void aUserSeesTheirOwnGroupWithTheirOwnFactors() {
        PriceList offered = TestSystem.bean(Messages.class).ask(new PricesFor(partner), user(partner, Role.USER));
        assertThat(offered.groups()).containsOnlyKeys("default", "vip", partners);
        assertThat(offered.offer(hidden).orElseThrow().groups()).containsExactly(partners);
        assertThat(offered.offer(open).orElseThrow().groups()).containsExactly("default", partners, "vip");
        assertThat(offered.prices().groupRatio(partners, "vip")).isEqualByComparingTo("0.25");
        assertThat(offered.prices().groupOverrides()).containsOnlyKeys(partners);
        assertThat(offered.prices().tools()).containsOnlyKeys("web_search", "web_search:" + hidden);
        assertThat(offered.toString()).doesNotContain(rivals);
    }

    @Test
    void plannedPricesAreForThoseWhoMayKnow() {
        assertThat(ask(new PublicPrices()).planned()).isEmpty();
        assertThat(ask(new PricesFor(stranger)).planned()).singleElement().satisfies(next -> {
            assertThat(next.from()).isEqualTo(SOON);
            assertThat(next.prices().price(open).orElseThrow().inputRatio()).isEqualByComparingTo("3");
            assertThat(next.toString()).doesNotContain(hidden);
        });
        options(Map.of("tollbook.planned_prices", "nobody"));
        assertThat(ask(new PricesFor(stranger)).planned()).isEmpty();
        assertThat(ask(new PricesFor(auditor)).planned()).hasSize(1);
        options(Map.of("tollbook.planned_prices", "everybody"));
        assertThat(ask(new PublicPrices()).planned()).hasSize(1);
    }

    @Test
    void nobodyAsksForAnother() {
        Messages messages = TestSystem.bean(Messages.class);
        assertThatThrownBy(() -> messages.ask(new PricesFor(partner), user(stranger, Role.USER)))
                .isInstanceOf(Refused.class);
        assertThatThrownBy(() -> messages.ask(new PricesFor(partner), Actor.guest(null)))
                .isInstanceOf(Refused.class);
    }

    @Test
    void theSwitchClosesItToStrangersOrToAll() {
        assertThat(TestSystem.get("/api/user/groups", "").statusCode()).isEqualTo(200);
        options(Map.of("HeaderNavModules", "{\"pricing\":{\"enabled\":true,\"requireAuth\":true}}"));
        assertThatThrownBy(() -> ask(new PublicPrices()))
                .isInstanceOfSatisfying(
                        Refused.class, refused -> assertThat(refused.refusal()).isEqualTo(Refusal.SIGN_IN_REQUIRED));
        assertThat(TestSystem.get("/api/pricing", "").statusCode()).isEqualTo(401);
        assertThat(TestSystem.get("/api/pricing", "USER " + partner.value()).statusCode())
                .isEqualTo(200);
        assertThat(TestSystem.get("/api/user/groups", "").statusCode()).isEqualTo(401);
        options(Map.of("HeaderNavModules", "{\"pricing\":{\"enabled\":false}}"));
        assertThat(TestSystem.get("/api/user/groups", "").statusCode()).isEqualTo(401);
        assertThat(TestSystem.get("/api/user/groups", "USER " + partner.value()).statusCode())
                .isEqualTo(200);
        assertThat(TestSystem.get("/api/pricing", "").statusCode()).isEqualTo(403);
        assertThat(TestSystem.get("/api/pricing", "USER " + partner.value()).statusCode())
                .isEqualTo(403);
        // Whoever makes a key still finds the models.
        assertThat(ask(new PricesFor(partner)).offer(open)).isPresent();
    }

    @Test
    void aModelThatNobodyAnswersForIsNotOffered() {
        ChannelCreated only = channel(List.of(hidden), "default");
        publish(only);
        assertThat(ask(new PublicPrices()).offer(hidden)).isPresent();
        publish(new ChannelDisabled(only.channel(), false, "by hand"));
        assertThat(ask(new PublicPrices()).offer(hidden)).isEmpty();
    }

    @Test
    void theEndpointSaysTheSame() {
        JsonNode guest = JSON.readTree(TestSystem.get("/api/pricing", "").body());
        assertThat(guest.path("usable_group").propertyNames()).isEqualTo(Set.of("default", "vip"));
        assertThat(guest.path("group_ratio").path("vip").decimalValue()).isEqualByComparingTo("0.8");
        assertThat(guest.toString()).contains(open).doesNotContain(hidden).doesNotContain(rivals);
        assertThat(guest.path("supported_endpoint").path("openai").path("path").asString())
                .isEqualTo("/v1/chat/completions");
        JsonNode own = JSON.readTree(
                TestSystem.get("/api/pricing", "USER " + partner.value()).body());
        assertThat(own.path("group_ratio").path("vip").decimalValue()).isEqualByComparingTo("0.25");
        assertThat(own.toString()).contains(hidden).doesNotContain(rivals);
    }
}
