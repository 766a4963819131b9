package io.tollbook;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.ReducedMotion;
import com.microsoft.playwright.options.ScreenshotAnimations;
import io.tollbook.bench.books.Prices;
import io.tollbook.bench.gateway.Tenant;
import io.tollbook.command.statistics.MarginWatch;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.assertj.core.api.Assertions;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What root says that providers take, what calls then cost, what is left of them, and who learns of it. */
class MarginPageTest {
    private static final String PASSWORD = "correct-horse-9";
    private static final String MINI = "mock-gpt-mini";
    private static final @Nullable String PICTURES = System.getProperty("tollbook.screenshots");

    private static TestSite site;
    private static Chromium chromium;
    private static Tenant ann;
    private static Tenant auditor;

    @BeforeAll
    static void start() throws Exception {
        site = new TestSite();
        chromium = new Chromium();
        ann = site.user("ann", 50_000_000);
        auditor = site.user("auditor", 1_000_000);
        site.root().post("/api/user/manage", Map.of("id", auditor.user(), "action", "make_auditor"));
    }

    @AfterAll
    static void stop() throws Exception {
        chromium.close();
        site.close();
    }

    private static void call(String model) throws Exception {
        Assertions.assertThat(site.chat(ann.key(), TestSite.ask(model, "")).statusCode())
                .isEqualTo(200);
    }

    private static void signIn(Page page, String name) {
        page.emulateMedia(new Page.EmulateMediaOptions().setReducedMotion(ReducedMotion.REDUCE));
        page.navigate(site.base + "/sign-in");
        page.locator("#username input").fill(name);
        page.locator("#password input").fill(PASSWORD);
        page.locator("#password input").press("Enter");
        assertThat(page.locator("#balance")).isVisible();
    }

    @Test
    void aBuyPriceIsPublishedBookedShownAndAlarmedOf() throws Exception {
        call(Prices.PLAIN);
        try (BrowserContext context = chromium.desktop()) {
            Page page = context.newPage();
            signIn(page, "root");
            page.navigate(site.base + "/buy-prices");
            picture(page, "buy-prices-empty");
            buy(page, "Every channel", "*", "0.6");
            buy(page, "Every channel", MINI, "2");
            assertThat(page.getByText("2 changes in the draft")).isVisible();
            publish(page, "contract");
            call(Prices.PLAIN);
            call(Prices.PLAIN);
            for (int i = 0; i < 40; i++) call(MINI);
            figures(page);
            oneCall(page);
            alarm(page);
            undo(page);
            pictures(page);
        }
        usersLearnNoCost();
        auditorsLearnThemAndChangeNothing();
    }

    private static void buy(Page page, String kind, String model, String factor) {
        page.locator("#new-buy-price").click();
        page.locator("#buy-kind").click();
        page.locator("vaadin-select-item").getByText(kind).click();
        fill(page, "buy-model", model);
        page.locator("#buy-save").click();
        assertThat(page.getByText("Enter the factor").first()).isVisible();
        fill(page, "buy-factor", factor);
        if (model.equals("*")) picture(page, "buy-price");
        page.locator("#buy-save").click();
        assertThat(page.locator("#buy-save")).hasCount(0);
    }

    private static void publish(Page page, String note) {
        page.locator("#publish-prices").click();
        assertThat(page.locator("#publish-changes")).containsText("every channel, every model: new, sell price × 0.6");
        fill(page, "publish-note", note);
        picture(page, "buy-publish");
        page.locator("#publish-save").click();
        assertThat(page.locator("#publish-save")).hasCount(0);
        assertThat(page.locator("#show-history")).containsText("Version 1");
    }

    /** The first call was made before anybody said what it costs. */
    private static void figures(Page page) {
        Awaitility.await()
                .untilAsserted(
                        () -> Assertions.assertThat(get(auditor, "/api/margin/").body())
                                .contains("\"calls\":43,"));
        page.navigate(site.base + "/dashboard/margin");
        assertThat(page.locator("#margin-revenue")).containsText("43 calls");
        assertThat(page.locator("#margin-unknown .figure-value")).hasText("1");
        page.navigate(site.base + "/dashboard/margin?part=model");
        assertThat(page.locator("#margins")).containsText(Prices.PLAIN);
        // Sold at 1.1 in its group and bought at 0.6: 45.5 percent are left, but for roundings to whole quota.
        assertThat(page.locator("#margins")).containsText(Pattern.compile("45\\.\\d %"));
        page.locator("#margins").getByText(Prices.PLAIN).first().click();
        page.waitForURL(Pattern.compile(".*/log\\?.*"));
        assertThat(page.locator("#total")).hasText("3 rows");
    }

    private static void oneCall(Page page) {
        page.locator("vaadin-grid").getByText(Prices.PLAIN).first().click();
        Locator attempts = page.locator("#attempts");
        assertThat(attempts).containsText("Cost to us");
        assertThat(attempts).containsText("buy price 1");
        picture(page, "margin-call");
        page.locator("#call-close").click();
    }

    private static void alarm(Page page) {
        site.tollbook.part(MarginWatch.class).look();
        Awaitility.await()
                .untilAsserted(() -> Assertions.assertThat(
                                get(auditor, "/api/margin/alarms").body())
                        .contains(MINI, "\"threshold_percent\":0"));
        page.navigate(site.base + "/");
        assertThat(page.locator("#margin-alarms")).containsText("1 alarm");
        picture(page, "margin-dashboard");
        page.locator("#margin-alarms").click();
        assertThat(page.locator("#alarms")).containsText(MINI);
        site.tollbook.part(MarginWatch.class).look();
        page.reload();
        assertThat(page.locator("#alarms .recent-line")).hasCount(1);
    }

    private static void undo(Page page) {
        page.navigate(site.base + "/buy-prices");
        page.getByLabel("Remove " + MINI + " for every channel").first().click();
        page.locator("#publish-prices").click();
        assertThat(page.locator("#publish-changes")).containsText("no price any more");
        page.locator("#publish-save").click();
        assertThat(page.locator("#show-history")).containsText("Version 2");
        page.locator("#notice-undo").click();
        assertThat(page.locator("#show-history")).containsText("Version 3");
        assertThat(page.locator("#buy-prices")).containsText(MINI);
        page.locator("#show-history").click();
        assertThat(page.locator("#history")).containsText("contract");
        picture(page, "buy-history");
        page.locator("#history-close").click();
    }

    private static HttpResponse<String> get(Tenant tenant, String path) throws Exception {
        return site.http.send(
                HttpRequest.newBuilder(site.base.resolve(path))
                        .header("Authorization", tenant.accessToken())
                        .header("New-Api-User", Long.toString(tenant.user()))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    private static void usersLearnNoCost() throws Exception {
        for (String path : List.of(
                "/api/margin/", "/api/margin/export", "/api/margin/alarms", "/api/buy_price/", "/api/buy_price/1"))
            Assertions.assertThat(get(ann, path).body()).as(path).contains("\"success\":false");
        String rows = get(ann, "/api/log/self").body();
        Assertions.assertThat(rows).contains(MINI);
        String id = rows.replaceAll("(?s).*?\"id\":(\\d+).*", "$1");
        for (String path : List.of(
                "/api/log/self",
                "/api/log/self/export?format=jsonl",
                "/api/log/self/receipt?id=" + id,
                "/api/ledger/export/events.jsonl?account=" + ann.user()))
            Assertions.assertThat(get(ann, path).body())
                    .as(path)
                    .contains(MINI)
                    .doesNotContain("cost", "nanoUsd", "buy");
        try (BrowserContext context = chromium.desktop()) {
            Page page = context.newPage();
            signIn(page, ann.username());
            assertThat(page.locator("#tab-margin")).hasCount(0);
            for (String closed : List.of("dashboard/margin", "buy-prices")) {
                page.navigate(site.base + "/" + closed);
                assertThat(page.locator("h1").first()).isVisible();
                assertThat(page.locator("#margins, #buy-prices")).hasCount(0);
            }
            page.navigate(site.base + "/log");
            page.locator("vaadin-grid").getByText(MINI).first().click();
            assertThat(page.locator("#attempts")).isVisible();
            assertThat(page.locator("#attempts")).not().containsText("Cost");
            page.navigate(site.base + "/book");
            page.locator("vaadin-grid").getByText("charged for").first().click();
            assertThat(page.locator("#entry-payload")).containsText("attempts");
            assertThat(page.locator("#entry-payload")).not().containsText("nanoUsd");
        }
    }

    private static void auditorsLearnThemAndChangeNothing() throws Exception {
        String margins =
                get(auditor, "/api/margin/?by=channel,model&order=margin").body();
        Assertions.assertThat(margins).contains("\"success\":true", "\"margin_usd\":", MINI);
        Assertions.assertThat(get(auditor, "/api/margin/export?by=user").body())
                .startsWith("user_id,username,calls,quota,revenue_usd,cost_usd,margin_usd,margin_percent");
        Assertions.assertThat(get(auditor, "/api/margin/?by=key").body()).contains("nothing that “by” can be");
        Assertions.assertThat(get(auditor, "/api/margin/?by=token").body()).contains("not summed by key");
        Assertions.assertThat(get(auditor, "/api/buy_price/").body()).contains("\"newest\":3", "\"factor\":0.6");
        Assertions.assertThat(get(auditor, "/api/ledger/export/events.jsonl?account=" + ann.user())
                        .body())
                .contains("nanoUsd");
        try (BrowserContext context = chromium.desktop()) {
            Page page = context.newPage();
            signIn(page, auditor.username());
            page.navigate(site.base + "/buy-prices");
            assertThat(page.locator("#buy-prices")).containsText(MINI);
            assertThat(page.locator("#new-buy-price, .row-tools")).hasCount(0);
        }
    }

    private static void fill(Page page, String id, String text) {
        Locator input = page.locator("#" + id + " input");
        input.fill(text);
        input.press("Tab");
    }

    private static void pictures(Page page) {
        if (PICTURES == null) return;
        for (String path : List.of("dashboard/margin", "dashboard/margin?part=model", "buy-prices")) {
            String name = path.replaceAll("[^a-z-]+", "-");
            page.setViewportSize(1440, 900);
            page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(ColorScheme.LIGHT));
            page.navigate(site.base + "/" + path);
            picture(page, name);
            page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(ColorScheme.DARK));
            picture(page, name + "-dark");
            page.setViewportSize(390, 844);
            page.reload();
            picture(page, name + "-phone");
        }
        page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(ColorScheme.LIGHT));
    }

    private static void picture(Page page, String name) {
        if (PICTURES == null) return;
        page.waitForFunction(
                "Object.values(window.Vaadin.Flow.clients).every(one => !one.isActive || !one.isActive())");
        page.screenshot(new Page.ScreenshotOptions()
                .setPath(Path.of(PICTURES, name + ".png"))
                .setAnimations(ScreenshotAnimations.DISABLED));
    }
}
