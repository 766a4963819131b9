package io.tollbook;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static io.tollbook.ConsolePage.fill;
import static io.tollbook.ConsolePage.picture;
import static io.tollbook.ConsolePage.write;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.LocalDate;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What root does on the page of prices, and what a caller then pays and sees. */
class PricesPageTest {

    private static FreshSite site;
    private static String base;

    @BeforeAll
    static void start() throws Exception {
        site = new FreshSite();
        base = site.base;
    }

    @AfterAll
    static void stop() throws Exception {
        site.close();
    }

    @Test
    void aPriceIsWrittenPublishedPlannedChargedAndExplained() throws Exception {
        try (BrowserContext context = site.chromium.desktop()) {
            Page page = context.newPage();
            site.setUp(page);
            String key = site.newKey(page);
            page.navigate(base + "/prices");
            expression(page);
            tiers(page);
            tools(page);
            publish(page, "");
            call(key);
            explained(page);
            page.navigate(base + "/prices");
            plan(page);
            looks(page);
        }
    }

    private static void edit(Page page, String model) {
        fill(page, "filter-q", model);
        page.getByLabel("Edit " + model).first().click();
        assertThat(page.locator("#price-model")).isVisible();
    }

    private static void choose(Page page, String way) {
        page.locator("#price-by").click();
        page.locator("vaadin-select-item").getByText(way).click();
    }

    private static void expression(Page page) {
        edit(page, "demo-fast");
        choose(page, "By an expression");
        write(page, "price-expression", "p / c");
        page.locator("#price-save").click();
        assertThat(page.getByText("divides by something that can be zero").first())
                .isVisible();
        write(page, "price-expression", "len <= 8 ? tier(\"tiny\", p * 3 + c * 15) : tier(\"usual\", p * 4 + c * 16)");
        picture(page, "price-expression");
        page.locator("#price-save").click();
        assertThat(page.getByText("1 change in the draft")).isVisible();
    }

    private static void tiers(Page page) {
        edit(page, "demo-thinking");
        page.locator("#price-other vaadin-details-summary").click();
        page.locator("#price-long-prompts vaadin-details-summary").click();
        fill(page, "price-reasoning-ratio", "6");
        write(page, "price-tiers", "200000 = 2 / 1.5");
        picture(page, "price-tokens");
        page.locator("#price-save").click();
        assertThat(page.getByText("2 changes in the draft")).isVisible();
    }

    private static void tools(Page page) {
        page.locator("#edit-tools").click();
        write(page, "tools-prices", "web_search = 10\nweb_search:demo* = 25");
        picture(page, "price-tools");
        page.locator("#tools-save").click();
        assertThat(page.getByText("3 changes in the draft")).isVisible();
    }

    private static void publish(Page page, String from) {
        page.locator("#publish-prices").click();
        assertThat(page.locator("#publish-changes")).isVisible();
        if (!from.isEmpty()) {
            Locator date = page.locator("#publish-from input").first();
            date.fill(from);
            date.press("Enter");
            page.locator("#publish-from input").nth(1).fill("12:00");
            page.locator("#publish-from input").nth(1).press("Tab");
        }
        picture(page, from.isEmpty() ? "price-publish" : "price-plan");
        page.locator("#publish-save").click();
        assertThat(page.locator("#publish-save")).hasCount(0);
    }

    private static void call(String key) throws Exception {
        try (HttpClient http = HttpClient.newHttpClient()) {
            HttpResponse<String> answer = http.send(
                    HttpRequest.newBuilder(URI.create(base + "/v1/chat/completions"))
                            .header("Authorization", "Bearer " + key)
                            .header("Content-Type", "application/json")
                            .POST(
                                    HttpRequest.BodyPublishers.ofString(
                                            "{\"model\":\"demo-fast\",\"messages\":[{\"role\":\"user\",\"content\":\"What is a ledger, and why are there two sides to it?\"}]}"))
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
            Assertions.assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        }
    }

    private static void explained(Page page) {
        page.navigate(base + "/log");
        page.getByText("demo-fast").first().click();
        Locator dialog = page.locator("#call");
        assertThat(dialog.getByText("Expression")).isVisible();
        assertThat(dialog.getByText("usual")).isVisible();
        assertThat(dialog.getByText("This is what was charged")).isVisible();
        picture(page, "price-explained");
    }

    private static void plan(Page page) {
        edit(page, "demo-fast");
        choose(page, "By tokens");
        page.locator("#price-save").click();
        publish(page, LocalDate.now().plusDays(30).format(java.time.format.DateTimeFormatter.ofPattern("dd/MM/yyyy")));
        assertThat(page.locator("#planned")).isVisible();
        page.locator("#show-history").click();
        assertThat(page.getByText("planned", new Page.GetByTextOptions().setExact(true)))
                .isVisible();
        picture(page, "price-history");
        page.locator("#history-close").click();
    }

    private static void looks(Page page) {
        fill(page, "filter-q", "demo");
        picture(page, "prices-planned");
        page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(ColorScheme.DARK));
        edit(page, "demo-thinking");
        picture(page, "price-tokens-dark");
        page.locator("#price-cancel").click();
        page.setViewportSize(390, 844);
        page.navigate(base + "/prices?q=demo");
        picture(page, "prices-planned-phone");
        page.getByLabel("Edit demo-thinking").first().click();
        assertThat(page.locator("#price-model")).isVisible();
        picture(page, "price-tokens-phone");
    }
}
