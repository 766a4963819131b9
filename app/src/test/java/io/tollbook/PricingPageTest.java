package io.tollbook;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static io.tollbook.ConsolePage.fill;
import static io.tollbook.ConsolePage.picture;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import io.tollbook.kernel.Actor;
import io.tollbook.kernel.Messages;
import io.tollbook.kernel.catalogue.DescribeModels;
import io.tollbook.kernel.catalogue.ModelDescription;
import io.tollbook.kernel.catalogue.NameRule;
import io.tollbook.kernel.catalogue.SaveVendor;
import io.tollbook.kernel.catalogue.VendorId;
import io.tollbook.kernel.catalogue.VendorTerms;
import io.tollbook.kernel.channel.ChannelId;
import io.tollbook.kernel.channel.ChannelTerms;
import io.tollbook.kernel.channel.CreateChannel;
import io.tollbook.kernel.pricing.ContextTier;
import io.tollbook.kernel.pricing.ModelPrice;
import io.tollbook.kernel.pricing.OwnRatios;
import io.tollbook.kernel.pricing.PriceDocument;
import io.tollbook.kernel.pricing.PriceOutlook;
import io.tollbook.kernel.pricing.PriceSchedule;
import io.tollbook.kernel.pricing.PublishPrices;
import io.tollbook.kernel.pricing.expression.Expression;
import io.tollbook.kernel.secret.Secret;
import io.tollbook.kernel.settings.ChangeOptions;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What a stranger finds on the page of models and prices, and what stays hidden from them. */
class PricingPageTest {
    /** Names that would do something if anything read them as more than names. */
    private static final String NASTY = "=HYPERLINK(\"x\")<img src=x onerror=\"window.hacked=1\">'; $(reboot) #";

    private static FreshSite site;
    private static String base;

    @BeforeAll
    static void start() throws Exception {
        site = new FreshSite();
        base = site.base;
        try (BrowserContext context = site.chromium.desktop()) {
            Page page = context.newPage();
            site.setUp(page);
            page.locator("#all-models").click();
            assertThat(page.locator("#offers")).isVisible();
        }
        world();
    }

    @AfterAll
    static void stop() throws Exception {
        site.close();
    }

    private static Messages messages() {
        return site.tollbook.part(Messages.class);
    }

    private static void world() {
        Messages messages = messages();
        PriceSchedule schedule = messages.ask(new PriceOutlook(), Actor.SYSTEM);
        PriceDocument present =
                java.util.Objects.requireNonNull(schedule.inForce()).document();
        Map<String, ModelPrice> models = new HashMap<>();
        ModelPrice plain = ModelPrice.perToken(new BigDecimal("1.25"), new BigDecimal("4"));
        List<String> open = new ArrayList<>();
        for (int i = 1; i <= 70; i++)
            open.add(price(
                    models,
                    "acme/series-%02d:free".formatted(i),
                    plain.pricedBy(BigDecimal.valueOf(i, 2), null, null, Map.of())));
        open.add(price(
                models,
                "openai/gpt-long:2.5",
                plain.withTiers(List.of(new ContextTier(200_000, BigDecimal.TWO, new BigDecimal("1.5"))))
                        .withOwn(new OwnRatios(new BigDecimal("6"), new BigDecimal("16"), null, null, null))));
        open.add(price(
                models,
                "drawing",
                plain.pricedBy(
                        null,
                        null,
                        null,
                        Map.of("1024x1024", new BigDecimal("0.04"), "1024x1024/high", new BigDecimal("0.17")))));
        open.add(price(models, "film", plain.pricedBy(null, null, new BigDecimal("0.3"), Map.of())));
        open.add(price(models, "one-price", plain.pricedBy(null, new BigDecimal("0.02"), null, Map.of())));
        open.add(price(
                models,
                "formula-model",
                plain.withExpression(Expression.of(
                        "len <= 8000 ? tier(\"short\", p * 3 + c * 15) : tier(\"long\", p * 6 + c * 22.5)"))));
        open.add(price(models, NASTY, plain));
        open.add(price(models, "odd//name/../x", plain));
        open.add(price(models, "switched-off", plain));
        price(models, "inner-model", plain);
        PriceDocument document = present.withModels(models)
                .withGroups(Map.of("default", BigDecimal.ONE, "vip", new BigDecimal("0.8"), "inner", BigDecimal.TEN))
                .withTools(Map.of("web_search", BigDecimal.TEN));
        messages.send(new PublishPrices(schedule, document, "", Instant.now()), Actor.SYSTEM);
        PriceSchedule now = messages.ask(new PriceOutlook(), Actor.SYSTEM);
        models.put("one-price", plain.pricedBy(null, new BigDecimal("0.03"), null, Map.of()));
        messages.send(
                new PublishPrices(
                        now,
                        document.withModels(models).from(Instant.now().plus(Duration.ofDays(30))),
                        "",
                        Instant.now()),
                Actor.SYSTEM);
        channel("open", open, "default", "vip");
        channel("inner", List.of("inner-model"), "inner");
        described(messages);
    }

    /** What is told of the series could do something too, if it were read as more than text. */
    private static void described(Messages messages) {
        VendorId vendor = messages.send(
                new SaveVendor(null, new VendorTerms("Acme <i>Labs</i>", "", "", true), Instant.now()), Actor.SYSTEM);
        ModelDescription series = new ModelDescription(
                "acme/",
                NameRule.PREFIX,
                "Quick and small. <img src=x onerror=\"window.hacked=2\"> Made for many short calls.",
                "",
                List.of("fast", "<b>bold</b>"),
                vendor,
                "[\"openai\",\"anthropic\"]",
                true,
                true);
        ModelDescription off = ModelDescription.of("switched-off").withEnabled(false);
        messages.send(
                new DescribeModels(
                        List.of(new DescribeModels.Wish(null, series), new DescribeModels.Wish(null, off)),
                        Instant.now()),
                Actor.SYSTEM);
    }

    private static String price(Map<String, ModelPrice> models, String model, ModelPrice price) {
        models.put(model, price);
        return model;
    }

    private static void channel(String name, List<String> models, String... groups) {
        messages()
                .send(
                        new CreateChannel(
                                new ChannelId(1_000 + name.length()),
                                new ChannelTerms(
                                        1,
                                        name,
                                        "https://upstream.example",
                                        models,
                                        List.of(groups),
                                        0,
                                        1,
                                        true,
                                        "",
                                        "",
                                        "",
                                        Map.of(),
                                        Map.of()),
                                new Secret("sk-upstream"),
                                Instant.now()),
                        Actor.SYSTEM);
    }

    @Test
    void aStrangerSearchesFiltersOpensAModelAndCopiesASample() {
        try (BrowserContext context = site.chromium.desktop()) {
            context.grantPermissions(List.of("clipboard-read", "clipboard-write"));
            Page page = context.newPage();
            page.navigate(base + "/sign-in");
            page.locator("#to-pricing").click();
            page.waitForURL("**/pricing");
            assertThat(page.locator("#offers-count")).containsText("77 models");
            assertThat(page.locator(".offer")).hasCount(30);
            picture(page, "pricing", true);
            page.locator("#page-2").click();
            page.waitForURL("**page=2");
            assertThat(page.getByText("Page 2 of 3")).isVisible();
            Assertions.assertThat(page.content()).doesNotContain("inner-model").doesNotContain("× 10");

            fill(page, "filter-q", "acme/series-0");
            assertThat(page.locator("#offers-count")).containsText("9 of 77 models");
            assertThat(page.locator("#active-q")).isVisible();
            choose(page, "filter-type", "Formula (0)");
            assertThat(page.getByText("No model matches")).isVisible();
            picture(page, "pricing-none", true);
            page.locator("#active-q").click();
            assertThat(page.locator(".offer")).hasCount(1);
            page.locator("#active-type").click();
            choose(page, "filter-group", "vip (77)");
            choose(page, "look-sort", "Dearest first");
            page.locator("#look-per").getByText("1K").click();
            page.waitForURL(Pattern.compile(".*group=vip.*"));
            page.waitForURL(Pattern.compile(".*per=1k.*"));
            page.locator("#look-view").getByText("Table").click();
            page.waitForURL(Pattern.compile(".*view=table.*"));
            assertThat(page.locator("#offers-table").getByText("openai/gpt-long:2.5"))
                    .isVisible();
            String shared = page.url();
            Assertions.assertThat(shared).contains("sort=price-down", "per=1k", "view=table", "group=vip");
            picture(page, "pricing-table", true);

            // The address alone leads somebody else to the same list.
            Page other = context.newPage();
            other.navigate(shared);
            assertThat(other.locator("#active-group")).containsText("vip");
            other.locator("#offers-table").getByText("openai/gpt-long:2.5").click();
            other.waitForURL(Pattern.compile(".*/pricing/openai/gpt-long:2\\.5.*"));
            model(other);
        }
    }

    private static void model(Page page) {
        assertThat(page.locator("h1")).hasText("openai/gpt-long:2.5");
        assertThat(page.locator("#overview")).containsText("vip × 0.8");
        assertThat(page.locator("#overview")).containsText("above 200,000 tokens");
        assertThat(page.locator("#overview")).containsText("$0.002");
        page.locator("#look-per").getByText("1M").click();
        assertThat(page.locator("#overview")).containsText("$2.50");
        assertThat(page.locator("#rules")).containsText("What you send costs $2.50 per 1M tokens.");
        assertThat(page.locator("#rules")).containsText("more than 200,000 tokens");
        // 1,000 × 1.25 + 500 × 5 = 3,750 quota, of which vip pays 3,000.
        assertThat(page.locator("#calculated")).containsText("$0.006");
        fill(page, "calculate-input", "2000");
        assertThat(page.locator("#calculated")).containsText("$0.008");
        picture(page, "model", true);
        page.locator("#samples-openai").getByText("Python").click();
        assertThat(page.locator("#sample-openai-python")).containsText("\"openai/gpt-long:2.5\"");
        page.locator("#sample-openai-python-copy").click();
        assertThat(page.getByText("Sample copied.")).isVisible();
        Assertions.assertThat(page.evaluate("navigator.clipboard.readText()").toString())
                .contains("base_url=\"" + base + "/v1\"", "model=\"openai/gpt-long:2.5\"");
        page.locator("#api").scrollIntoViewIfNeeded();
        picture(page, "model-api", true);
    }

    @Test
    void namesAreOnlyNames() {
        try (BrowserContext context = site.chromium.desktop()) {
            Page page = context.newPage();
            page.navigate(base + "/pricing?q=HYPERLINK");
            page.locator(".offer-link").click();
            assertThat(page.locator("h1")).hasText(NASTY);
            assertThat(page.locator("#sample-openai-curl"))
                    .containsText("=HYPERLINK(\\\"x\\\")<img src=x onerror=\\\"window.hacked=1\\\">'\\''; $(reboot) #");
            page.reload();
            assertThat(page.locator("h1")).hasText(NASTY);
            Assertions.assertThat(page.evaluate("window.hacked")).isNull();
            assertThat(page.locator("#fault-page, img[src=x]")).hasCount(0);
            page.navigate(base + "/pricing?q=odd");
            page.locator(".offer-link").click();
            assertThat(page.locator("h1")).hasText("odd//name/../x");
            page.navigate(base + "/pricing");
            choose(page, "filter-vendor", "Acme <i>Labs</i> (70)");
            assertThat(page.locator("#active-vendor")).containsText("Acme <i>Labs</i>");
            choose(page, "filter-tag", "<b>bold</b> (70)");
            assertThat(page.locator("#offers-count")).containsText("70 of 77 models");
            picture(page, "pricing-described", true);
            page.locator(".offer-link").first().click();
            assertThat(page.getByText("<img src=x onerror=\"window.hacked=2\">").first())
                    .isVisible();
            assertThat(page.locator("#samples-anthropic")).isVisible();
            picture(page, "model-described", true);
            Assertions.assertThat(page.evaluate("window.hacked")).isNull();
            page.navigate(base + "/pricing/switched-off");
            assertThat(page.getByText("No model of this name is offered to you"))
                    .isVisible();
            page.navigate(base + "/pricing/inner-model");
            assertThat(page.getByText("No model of this name is offered to you"))
                    .isVisible();
            page.navigate(base + "/pricing?page=99&group=nobody&view=%3Cb%3E&sort=x&type=y");
            assertThat(page.getByText("Page 3 of 3")).isVisible();
            page.navigate(base + "/pricing/");
            assertThat(page.locator(".offer").first()).isVisible();
        }
    }

    @Test
    void everyKindOfPriceHasItsPage() {
        try (BrowserContext context = site.chromium.desktop()) {
            Page page = context.newPage();
            for (String model : List.of("drawing", "film", "one-price", "formula-model")) {
                page.navigate(base + "/pricing/" + model);
                assertThat(page.locator("#calculated")).containsText("quota");
                assertThat(page.locator("#overview")).not().containsText("it will cost");
                picture(page, "model-" + model, true);
            }
            assertThat(page.locator("#rules")).containsText("If the whole prompt is at most 8,000 tokens");
            page.navigate(base + "/sign-in?to=pricing/one-price");
            fill(page, "username", "root");
            fill(page, "password", FreshSite.PASSWORD);
            page.locator("#sign-in").click();
            assertThat(page.locator("#overview")).containsText("it will cost");
            assertThat(page.locator("#overview")).containsText("$0.03");
            picture(page, "model-planned", true);
            assertThat(page.locator("#nav-pricing")).isVisible();
            looks(page);
        }
    }

    private static void looks(Page page) {
        if (!ConsolePage.takesPictures()) return;
        page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(ColorScheme.DARK));
        for (String path : List.of("pricing", "pricing?view=table", "pricing/openai/gpt-long:2.5")) {
            page.setViewportSize(1440, 900);
            page.navigate(base + "/" + path);
            assertThat(page.locator("h1")).isVisible();
            String name = path.replaceAll("[^a-z]+", "-");
            picture(page, name + "-dark", true);
            page.setViewportSize(390, 844);
            page.navigate(base + "/" + path);
            assertThat(page.locator("#calculated, .offer, #offers-table").first())
                    .isVisible();
            picture(page, name + "-phone", true);
        }
    }

    @Test
    void rootClosesThePageToStrangersOrToAll() {
        try (BrowserContext context = site.chromium.desktop()) {
            Page page = context.newPage();
            header("{\"pricing\":{\"enabled\":true,\"requireAuth\":true}}");
            page.navigate(base + "/pricing/one-price");
            page.waitForURL(Pattern.compile(".*/sign-in\\?to=pricing.*one-price"));
            assertThat(page.locator("#to-pricing")).hasCount(0);
            header("{\"pricing\":{\"enabled\":false,\"requireAuth\":false}}");
            page.navigate(base + "/pricing");
            assertThat(page.locator("#lost-page")).isVisible();
        } finally {
            header("");
        }
    }

    private static void header(String value) {
        messages().send(new ChangeOptions(Map.of("HeaderNavModules", value), Instant.now()), Actor.SYSTEM);
    }

    private static void choose(Page page, String id, String item) {
        page.locator("#" + id).click();
        page.locator("vaadin-select-item").getByText(item).click();
    }
}
