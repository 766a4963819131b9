package io.tollbook;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static io.tollbook.ConsolePage.fill;
import static io.tollbook.ConsolePage.picture;
import static io.tollbook.ConsolePage.write;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.regex.Pattern;
import org.assertj.core.api.Assertions;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * Models, vendors, prefill groups and groups through the console, with what that does to calls. With
 * {@code -Dtollbook.screenshots=<folder>} it also leaves pictures.
 */
class ModelsPageTest {

    private static FreshSite site;
    private static HttpServer other;
    private static String base;

    @BeforeAll
    static void start() throws Exception {
        site = new FreshSite();
        base = site.base;
        other = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        other.createContext("/api/pricing", exchange -> {
            byte[] prices = """
                    {"success":true,"data":[{"model_name":"demo-fast","quota_type":0,"model_ratio":0.5,"completion_ratio":3},
                    {"model_name":"elsewhere-1","quota_type":0,"model_ratio":37.5,"completion_ratio":1}]}""".getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, prices.length);
            exchange.getResponseBody().write(prices);
            exchange.close();
        });
        other.start();
    }

    @AfterAll
    static void stop() throws Exception {
        site.close();
        other.stop(0);
    }

    @Test
    void modelsAreDescribedSwitchedPricedAndTakenBack() throws Exception {
        try (BrowserContext context = site.chromium.desktop()) {
            Page page = context.newPage();
            site.setUp(page);
            String key = site.newKey(page);
            vendor(page);
            prefill(page);
            describe(page);
            switchOff(page, key);
            tags(page);
            price(page);
            history(page);
            sync(page);
            groups(page);
            looks(page);
        }
    }

    private static void vendor(Page page) {
        page.navigate(base + "/vendors");
        page.locator("#new-vendor").click();
        page.locator("#vendor-save").click();
        assertThat(page.getByText("The vendor's name is missing.").first()).isVisible();
        fill(page, "vendor-name", "Demo Works");
        write(page, "vendor-description", "Models that answer the same every time, for trying things out.");
        picture(page, "vendor-dialog");
        page.locator("#vendor-save").click();
        assertThat(page.locator("#vendors .strong").getByText("Demo Works")).isVisible();
    }

    private static void prefill(Page page) {
        page.navigate(base + "/prefill-groups");
        picture(page, "prefill-empty");
        page.locator("#new-prefill-group").click();
        fill(page, "prefill-name", "chat tags");
        page.locator("#prefill-type").click();
        pick(page, "Tags");
        write(page, "prefill-items", "chat\ncheap");
        page.locator("#prefill-save").click();
        assertThat(page.locator("#prefill-groups").getByText("2 items").first()).isVisible();
        picture(page, "prefill-groups");
    }

    private static void describe(Page page) {
        page.navigate(base + "/models");
        assertThat(page.locator("#models .pill").getByText("not described").first())
                .isVisible();
        picture(page, "models-missing");
        page.getByLabel("Edit demo-fast").first().click();
        assertThat(page.locator("#model-name")).isVisible();
        write(page, "model-description", "Answers at once.");
        page.locator("#model-vendor").click();
        pick(page, "Demo Works");
        page.locator("#model-tags-from").click();
        pick(page, "chat tags");
        write(page, "model-endpoints", "[\"nowhere\"]");
        page.locator("#model-save").click();
        assertThat(page.getByText("The endpoint nowhere is not a usual one").first())
                .isVisible();
        write(page, "model-endpoints", "[\"openai\"]");
        picture(page, "model-dialog");
        page.locator("#model-save").click();
        assertThat(page.locator("#model-save")).hasCount(0);
        assertThat(page.locator("#models").getByText("Answers at once.").first())
                .isVisible();
    }

    private static void select(Page page, String search) {
        page.navigate(base + "/models?q=" + search);
        page.locator("#models vaadin-checkbox:visible").first().click();
        assertThat(page.locator("#models-bulk")).isVisible();
    }

    private static void switchOff(Page page, String key) throws Exception {
        select(page, "demo-fast");
        picture(page, "models-bulk");
        page.locator("#bulk-disable").click();
        assertThat(page.locator("#bulk-preview").getByText("enabled → disabled").first())
                .isVisible();
        picture(page, "models-disable");
        page.locator("#bulk-change-save").click();
        assertThat(page.locator("#models").getByText("disabled").first()).isVisible();
        Awaitility.await()
                .atMost(Duration.ofSeconds(2))
                .untilAsserted(() -> Assertions.assertThat(call(key)).isEqualTo(404));
        page.locator("#notice-undo").last().click();
        assertThat(page.locator("#models").getByText("enabled").first()).isVisible();
        Awaitility.await()
                .atMost(Duration.ofSeconds(2))
                .untilAsserted(() -> Assertions.assertThat(call(key)).isEqualTo(200));
    }

    private static void tags(Page page) {
        select(page, "demo");
        if (page.locator("#bulk-all").isVisible()) page.locator("#bulk-all").click();
        page.locator("#bulk-tags").click();
        Locator names = page.locator("#bulk-tag-names input");
        names.fill("tried");
        names.press("Enter");
        assertThat(page.locator("#bulk-preview").getByText("tried").first()).isVisible();
        picture(page, "models-tags");
        page.locator("#bulk-change-save").click();
        assertThat(page.locator("#models").getByText("tried").first()).isVisible();
        offered(page);
    }

    /** A tag that was not there when the page was opened can be chosen, and the fields stay where they are. */
    private static void offered(Page page) {
        double before = page.locator("#filter-tag").boundingBox().y;
        page.locator("#filter-tag").click();
        page.getByRole(AriaRole.OPTION, new Page.GetByRoleOptions().setName(Pattern.compile("^tried \\(\\d+\\)$")))
                .click();
        assertThat(page.locator("#active-tag")).hasText("Tag: tried");
        Assertions.assertThat(page.locator("#filter-tag").boundingBox().y).isEqualTo(before);
        page.locator("#active-tag").click();
        assertThat(page.locator("#active-tag")).hasCount(0);
    }

    private static void price(Page page) {
        select(page, "demo-fast");
        page.locator("#bulk-price").click();
        fill(page, "bulk-price-number", "2");
        picture(page, "models-price");
        assertThat(page.locator("#bulk-price-save")).isEnabled();
        page.locator("#bulk-price-save").click();
        assertThat(page.locator(".notice").getByText("1 price published.").last())
                .isVisible();
        page.locator("#notice-undo").last().click();
        assertThat(page.locator(".notice").getByText("Undone.").last()).isVisible();
    }

    private static void history(Page page) {
        page.locator("#show-changes").click();
        assertThat(page.locator("#model-changes").getByText("undone by").first())
                .isVisible();
        picture(page, "models-history");
        page.locator("#model-changes vaadin-button").getByText("Undo").first().click();
        assertThat(page.locator("#model-changes").getByText("undone by").nth(1)).isVisible();
        page.locator("#changes-close").click();
        assertThat(page.locator("#models").getByText("tried")).hasCount(0);
    }

    private static void sync(Page page) {
        page.locator("#sync-prices").click();
        fill(page, "sync-address", "http://127.0.0.1:" + other.getAddress().getPort());
        page.locator("#sync-fetch").click();
        assertThat(page.getByText("The site is at a private network address").first())
                .isVisible();
        page.locator("#sync-cancel").click();
        page.navigate(base + "/system/options");
        option(page, "fetch_setting.allow_private_ip", "true");
        page.navigate(base + "/models");
        page.locator("#sync-prices").click();
        fill(page, "sync-address", "http://127.0.0.1:" + other.getAddress().getPort());
        page.locator("#sync-fetch").click();
        assertThat(page.locator("#sync-found").getByText("model_ratio").first()).isVisible();
        page.locator("#sync-known input").click();
        assertThat(page.locator("#sync-found").getByText("looks like a default").first())
                .isVisible();
        page.locator(".sync-choice").first().click();
        assertThat(page.getByText("Publish 1 chosen").first()).isVisible();
        picture(page, "sync");
        page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(ColorScheme.DARK));
        picture(page, "sync-dark");
        page.setViewportSize(390, 844);
        picture(page, "sync-phone-dark");
        page.setViewportSize(1440, 900);
        page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(ColorScheme.LIGHT));
        page.locator("#sync-save").click();
        assertThat(page.locator(".notice").getByText("1 price published.").last())
                .isVisible();
    }

    /** Over the management API, with the session that the browser has. */
    private static void option(Page page, String key, String value) {
        Object answer = page.evaluate(
                "([key, value]) => fetch('/api/option/', {method: 'PUT', headers: {'Content-Type': 'application/json',"
                        + " 'New-Api-User': '1'}, body: JSON.stringify({key, value})}).then(one => one.text())",
                java.util.List.of(key, value));
        Assertions.assertThat(String.valueOf(answer)).contains("\"success\":true");
    }

    private static void groups(Page page) {
        page.navigate(base + "/groups");
        assertThat(page.locator("#groups").getByText("default").first()).isVisible();
        page.locator("#new-group").click();
        fill(page, "group-name", "lab");
        fill(page, "group-ratio", "0.5");
        fill(page, "group-description", "For people who try things");
        page.locator("#group-access vaadin-radio-button").nth(1).click();
        page.locator("#group-save").click();
        assertThat(page.getByText("Name at least one group").first()).isVisible();
        page.locator("#group-listed input").fill("vip");
        page.locator("#group-listed input").press("Enter");
        // The list of the others would lie over the buttons.
        page.locator("#group-listed input").press("Tab");
        picture(page, "group-dialog");
        page.locator("#group-save").click();
        assertThat(page.locator("#groups").getByText("some groups").first()).isVisible();
        page.locator("#auto-add-lab").click();
        assertThat(page.locator("#auto-up-lab")).isVisible();
        page.locator("#auto-up-lab").focus();
        page.keyboard().press("Enter");
        assertThat(page.locator("#auto-up-lab")).isDisabled();
        assertThat(page.locator("#auto-down-lab")).isEnabled();
        picture(page, "groups");
    }

    private static void looks(Page page) {
        page.navigate(base + "/models");
        picture(page, "models");
        page.navigate(base + "/vendors");
        picture(page, "vendors");
        page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(ColorScheme.DARK));
        page.navigate(base + "/models");
        assertThat(page.locator("#models").getByText("demo-fast").first()).isVisible();
        picture(page, "models-dark");
        page.navigate(base + "/groups");
        picture(page, "groups-dark");
        page.setViewportSize(390, 844);
        for (String one : new String[] {"models", "vendors", "prefill-groups", "groups"}) {
            page.navigate(base + "/" + one);
            assertThat(page.locator("#" + one)).isVisible();
            picture(page, one + "-phone-dark");
        }
        page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(ColorScheme.LIGHT));
        page.navigate(base + "/models");
        page.getByLabel("Edit demo-fast").first().click();
        assertThat(page.locator("#model-name")).isVisible();
        picture(page, "model-dialog-phone");
    }

    private static int call(String key) throws IOException, InterruptedException {
        try (HttpClient http = HttpClient.newHttpClient()) {
            return http.send(
                            HttpRequest.newBuilder(URI.create(base + "/v1/chat/completions"))
                                    .header("Authorization", "Bearer " + key)
                                    .header("Content-Type", "application/json")
                                    .POST(
                                            HttpRequest.BodyPublishers.ofString(
                                                    "{\"model\":\"demo-fast\",\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]}"))
                                    .build(),
                            HttpResponse.BodyHandlers.ofString())
                    .statusCode();
        }
    }

    private static void pick(Page page, String option) {
        page.getByRole(
                        AriaRole.OPTION,
                        new Page.GetByRoleOptions().setName(option).setExact(true))
                .first()
                .click();
    }
}
