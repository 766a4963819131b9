package io.tollbook;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.ReducedMotion;
import io.tollbook.bench.books.Prices;
import io.tollbook.bench.gateway.Tenant;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Performance in a browser and for Prometheus: both know what was called, and Grafana asks for nothing that is not there. */
class PerformancePageTest {
    private static final String PASSWORD = "correct-horse-9";
    private static final String SMALL = "mock-gpt-mini";

    private static TestSite site;
    private static Chromium chromium;
    private static Tenant ann;

    @BeforeAll
    static void start() throws Exception {
        site = new TestSite();
        chromium = new Chromium();
        ann = site.user("ann", 5_000_000);
        for (int i = 0; i < 3; i++) call(SMALL, "");
        for (int i = 0; i < 2; i++) call(Prices.PLAIN, ",\"stream\":true");
    }

    @AfterAll
    static void stop() throws Exception {
        chromium.close();
        site.close();
    }

    private static void call(String model, String more) throws Exception {
        assertThat(site.chat(ann.key(), TestSite.ask(model, more)).statusCode()).isEqualTo(200);
    }

    private static void open(Page page, String path) {
        page.navigate(site.base + "/" + path);
        assertThat(page.locator("#percentiles-chart[drawn]")).isVisible();
    }

    @Test
    void everyFigureLeadsToItsRows() {
        List<String> complaints = new ArrayList<>();
        try (BrowserContext context = chromium.desktop()) {
            Page page = context.newPage();
            page.onConsoleMessage(message -> {
                if (message.type().equals("error")) complaints.add(message.text());
            });
            page.onPageError(complaints::add);
            page.emulateMedia(new Page.EmulateMediaOptions().setReducedMotion(ReducedMotion.REDUCE));
            ConsolePage.signIn(page, site.base, "root", PASSWORD);
            page.locator("#nav-performance").click();
            assertThat(page.locator("#percentiles-chart[drawn]")).isVisible();
            assertThat(page.locator("#total-calls .figure-value")).hasText("5");
            assertThat(page.locator("#total-success .figure-value")).hasText("100 %");
            assertThat(page.locator("#channels-performance")).containsText("in use");
            assertThat(page.locator("#load-heap .figure-value")).containsText("MB");
            assertThat(page.locator("#slowest tbody tr")).hasCount(5);
            page.locator("#models-performance tbody tr a").first().click();
            leadsTo(page, 3);
            open(page, "performance");
            page.locator("vaadin-button[id='only-model-" + Prices.PLAIN + "']").click();
            assertThat(page.locator("#total-calls .figure-value")).hasText("2");
            assertThat(page).hasURL(Pattern.compile(".*model=.*"));
            page.locator("#total-calls a").click();
            leadsTo(page, 2);
            open(page, "performance");
            page.locator("#percentiles-table").click();
            page.locator("#percentiles tbody a").first().click();
            leadsTo(page, 5);
            heat(page);
            open(page, "performance");
            page.locator("#slowest tbody a").first().click();
            page.waitForURL(Pattern.compile(".*/log\\?request=.*"));
            page.navigate(site.base + "/performance?model=nobody");
            assertThat(page.getByText("No calls in this time")).isVisible();
            page.navigate(site.base + "/performance?channel=x");
            assertThat(page.getByText("A channel id is a number")).isVisible();
            pictures(page);
        }
        assertThat(complaints).isEmpty();
    }

    private static void leadsTo(Page page, int rows) {
        page.waitForURL(Pattern.compile(".*/log\\?.*"));
        assertThat(page.locator("#total")).hasText(rows + " rows");
    }

    private static void heat(Page page) {
        open(page, "performance");
        assertThat(page.locator("#heat-chart[drawn]")).isVisible();
        page.locator("#heat-chart").scrollIntoViewIfNeeded();
        List<?> at = (List<?>) page.locator("#heat-chart")
                .evaluate("element => element.chart.convertToPixel({ seriesIndex: 0 },"
                        + " element.figures.cells[0].slice(0, 2))");
        page.locator("#heat-chart")
                .click(new com.microsoft.playwright.Locator.ClickOptions()
                        .setPosition(((Number) at.get(0)).doubleValue(), ((Number) at.get(1)).doubleValue()));
        leadsTo(page, 5);
    }

    private static void pictures(Page page) {
        if (!ConsolePage.takesPictures()) return;
        for (String range : List.of("1", "30")) {
            page.setViewportSize(1440, 900);
            page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(ColorScheme.LIGHT));
            open(page, "performance?range=" + range);
            ConsolePage.picture(page, "performance-" + range);
            page.locator("#percentiles").scrollIntoViewIfNeeded();
            ConsolePage.picture(page, "performance-" + range + "-charts");
            page.locator("#slowest").scrollIntoViewIfNeeded();
            ConsolePage.picture(page, "performance-" + range + "-slowest");
            page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(ColorScheme.DARK));
            page.locator("#system").scrollIntoViewIfNeeded();
            ConsolePage.picture(page, "performance-" + range + "-system-dark");
            open(page, "performance?range=" + range);
            ConsolePage.picture(page, "performance-" + range + "-dark");
            page.setViewportSize(390, 844);
            open(page, "performance?range=" + range);
            ConsolePage.picture(page, "performance-" + range + "-phone");
            page.locator("#heat").scrollIntoViewIfNeeded();
            ConsolePage.picture(page, "performance-" + range + "-phone-heat");
        }
    }

    @Test
    void usersSeeNothingOfIt() {
        try (BrowserContext context = chromium.desktop()) {
            Page page = context.newPage();
            ConsolePage.signIn(page, site.base, ann.username(), PASSWORD);
            assertThat(page.locator("#nav-performance")).hasCount(0);
            page.navigate(site.base + "/performance");
            assertThat(page.locator("h1").first()).isVisible();
            assertThat(page.locator("#system")).hasCount(0);
        }
    }

    @Test
    void everyMetricOfTheDashboardIsThere() throws Exception {
        HttpResponse<String> scraped = site.http.send(
                HttpRequest.newBuilder(site.base.resolve("/actuator/prometheus"))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
        Set<String> there = scraped.body()
                .lines()
                .filter(line -> !line.startsWith("#"))
                .map(line -> line.split("[{ ]")[0])
                .collect(Collectors.toSet());
        Set<String> wanted = new TreeSet<>();
        JsonNode dashboard = JsonMapper.shared().readTree(Files.readString(Path.of("../deploy/grafana/tollbook.json")));
        for (JsonNode panel : dashboard.path("panels"))
            for (JsonNode target : panel.path("targets")) {
                Matcher metric = Pattern.compile("\\b[a-z]+_[a-z_]+\\b(?=[{\\[)]| |$)")
                        .matcher(target.path("expr").stringValue());
                while (metric.find()) if (!metric.group().equals("histogram_quantile")) wanted.add(metric.group());
            }
        assertThat(wanted).hasSizeGreaterThan(12);
        assertThat(there).containsAll(wanted);
        assertThat(scraped.body())
                .contains("tollbook_attempts_total{channel=\"")
                .contains("result=\"answered\"} 5.0");
    }
}
