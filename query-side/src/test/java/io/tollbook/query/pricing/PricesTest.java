package io.tollbook.query.pricing;

import static io.tollbook.query.TestSystem.ask;
import static io.tollbook.query.TestSystem.publish;
import static org.assertj.core.api.Assertions.assertThat;

import io.tollbook.kernel.pricing.ContextTier;
import io.tollbook.kernel.pricing.ModelPrice;
import io.tollbook.kernel.pricing.OwnRatios;
import io.tollbook.kernel.pricing.PriceDocument;
import io.tollbook.kernel.pricing.PriceOutlook;
import io.tollbook.kernel.pricing.PriceSchedule;
import io.tollbook.kernel.pricing.PriceVersion;
import io.tollbook.kernel.pricing.PriceVersionByNumber;
import io.tollbook.kernel.pricing.PricesInForce;
import io.tollbook.kernel.pricing.PricesPublished;
import io.tollbook.kernel.pricing.expression.Expression;
import io.tollbook.kernel.settings.OptionsChanged;
import io.tollbook.kernel.user.Role;
import io.tollbook.query.TestSystem;
import io.tollbook.query.World;
import io.tollbook.query.readmodel.ReadModelNames;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jooq.DSLContext;
import org.jooq.ExecuteContext;
import org.jooq.ExecuteListener;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class PricesTest {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    /** Later than any moment at which another test publishes prices. */
    private static final Instant PUBLISHED =
            Instant.now().minus(Duration.ofHours(2)).truncatedTo(ChronoUnit.MILLIS);

    private final long first = 1_000_000 + TestSystem.number() * 10;
    private final Instant at = PUBLISHED.plusMillis(first);

    /** What other tests need, and a group that tells the versions apart. */
    private static PriceDocument document(String group) {
        Map<String, BigDecimal> groups =
                new HashMap<>(World.prices(1).document().groups());
        groups.put(group, BigDecimal.TEN);
        return World.prices(1).document().withGroups(groups);
    }

    private PricesPublished published(long version, PriceDocument document, @Nullable Instant from) {
        return new PricesPublished(version, document.from(from), "hash-" + version, "a note", at);
    }

    @Test
    void aVersionIsInForceFromItsMoment() {
        Instant soon = Instant.now().plus(Duration.ofDays(1)).truncatedTo(ChronoUnit.MILLIS);
        publish(
                published(first, document("now"), null),
                published(first + 1, document("later"), soon.plusSeconds(60)),
                published(first + 2, document("soon"), soon),
                published(first + 3, document("same"), soon));

        for (int i = 0; i < 2; i++) {
            assertThat(ask(new PricesInForce()).map(PriceVersion::version)).contains(first);
            PriceSchedule schedule = ask(new PriceOutlook());
            assertThat(schedule.newest()).isEqualTo(first + 3);
            assertThat(schedule.at(soon.minusMillis(1)).map(PriceVersion::version))
                    .contains(first);
            assertThat(schedule.at(soon).map(PriceVersion::version)).contains(first + 3);
            assertThat(schedule.at(soon.plusSeconds(60)).map(PriceVersion::version))
                    .contains(first + 1);
            assertThat(ask(new PriceVersionByNumber(first + 1)).map(PriceVersion::effectiveFrom))
                    .contains(soon.plusSeconds(60));
            if (i == 0) TestSystem.rebuild(ReadModelNames.DIRECTORY);
        }
    }

    @Test
    void aVersionThatIsPublishedWhileTheScheduleIsReadIsNewerThanIt() {
        publish(published(first, document("before"), null));
        AtomicBoolean done = new AtomicBoolean();
        DSLContext interrupted = DSL.using(TestSystem.views().configuration().derive(new ExecuteListener() {
            @Override
            public void end(ExecuteContext ctx) {
                if (!done.getAndSet(true)) publish(published(first + 1, document("meanwhile"), null));
            }
        }));

        assertThat(new PriceQueries(interrupted).handle(new PriceOutlook()).newest())
                .isEqualTo(first);
        assertThat(ask(new PriceOutlook()).newest()).isEqualTo(first + 1);
    }

    @Test
    void aDocumentIsReadOnce() {
        publish(published(first, document("large"), null));
        PriceQueries queries = new PriceQueries(TestSystem.views());
        PriceVersion version = queries.handle(new PricesInForce()).orElseThrow();
        assertThat(version.version()).isEqualTo(first);
        assertThat(queries.handle(new PricesInForce()).orElseThrow().document()).isSameAs(version.document());
        assertThat(queries.handle(new PriceVersionByNumber(first)).orElseThrow().document())
                .isSameAs(version.document());
    }

    @Test
    void theMapsAndThePricingSayWhatTheDocumentSays() {
        long channel = TestSystem.number();
        Map<String, ModelPrice> models =
                new HashMap<>(World.prices(1).document().models());
        ModelPrice spoken = ModelPrice.perToken(new BigDecimal("1.25"), new BigDecimal("4"))
                .withOwn(new OwnRatios(null, new BigDecimal("16"), new BigDecimal("2"), new BigDecimal("3"), null))
                .withTiers(List.of(new ContextTier(200_000, new BigDecimal("2"), new BigDecimal("1.5"))));
        models.put("spoken", spoken);
        models.put("film", spoken.pricedBy(null, null, new BigDecimal("0.3"), Map.of()));
        models.put(
                "drawing",
                spoken.pricedBy(
                        null,
                        null,
                        null,
                        Map.of("1024x1024", new BigDecimal("0.04"), "1536x1024", new BigDecimal("0.06"))));
        models.put("formula", spoken.withExpression(Expression.of("p * 3")));
        models.put("nobody-serves", spoken);
        PriceDocument document = World.prices(1)
                .document()
                .withModels(models)
                .withTools(Map.of("web_search:gpt*", new BigDecimal("25")));
        publish(
                published(first, document, at),
                World.channel(channel, "serves" + channel, "spoken", "film", "drawing", "formula", "unpriced"),
                new OptionsChanged(Map.of("ExposeRatioEnabled", "true"), Map.of(), World.BORN));

        assertThat(ask(new PriceVersionByNumber(first))
                        .map(PriceVersion::document)
                        .map(stored -> stored.from(null)))
                .contains(document);
        JsonNode options = JSON.readTree(
                TestSystem.get("/api/option/", "ROOT " + user(Role.ROOT)).body());
        assertThat(option(options, "AudioRatio"))
                .isEqualTo("{\"drawing\":16,\"film\":16,\"formula\":16,\"nobody-serves\":16,\"spoken\":16}");
        assertThat(option(options, "ModelPrice")).isEqualTo("{\"film\":0.3}");
        assertThat(option(options, "billing_setting.billing_mode")).isEqualTo("{\"formula\":\"tiered_expr\"}");
        assertThat(option(options, "billing_setting.billing_expr")).isEqualTo("{\"formula\":\"p * 3\"}");
        assertThat(option(options, "tool_price_setting.prices")).isEqualTo("{\"web_search:gpt*\":25}");

        JsonNode pricing = JSON.readTree(TestSystem.get("/api/pricing", "").body());
        Map<String, JsonNode> entries = new HashMap<>();
        pricing.path("data")
                .forEach(entry -> entries.put(entry.path("model_name").asString(), entry));
        assertThat(entries)
                .containsKeys("spoken", "film", "drawing", "formula")
                .doesNotContainKeys("unpriced", "nobody-serves");
        assertThat(entries.get("film").path("quota_type").asInt()).isEqualTo(1);
        assertThat(entries.get("film").path("model_price").decimalValue()).isEqualByComparingTo("0.3");
        assertThat(entries.get("drawing").path("model_price").decimalValue()).isEqualByComparingTo("0.06");
        assertThat(entries.get("spoken").path("audio_completion_ratio").asInt()).isEqualTo(2);
        assertThat(entries.get("formula").path("billing_expr").asString()).isEqualTo("p * 3");

        JsonNode ratios = JSON.readTree(TestSystem.get("/api/ratio_config", "").body());
        assertThat(ratios.path("data").path("image_ratio").path("spoken").asInt())
                .isEqualTo(3);
        publish(new OptionsChanged(Map.of("ExposeRatioEnabled", "false"), Map.of(), World.BORN));
        assertThat(TestSystem.get("/api/ratio_config", "").statusCode()).isEqualTo(403);
        publish(new OptionsChanged(Map.of("ExposeRatioEnabled", "true"), Map.of(), World.BORN));
    }

    private static long user(Role role) {
        long id = TestSystem.number();
        publish(World.user(id, "priced" + id, role, "default"));
        return id;
    }

    private static String option(JsonNode options, String key) {
        for (JsonNode option : options.path("data"))
            if (option.path("key").asString().equals(key))
                return option.path("value").asString();
        return "";
    }
}
