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
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.assertj.core.api.Assertions;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The dashboard in a browser: what is clicked in a chart leads to exactly its rows in the log. */
class AnalysisPageTest {
    private static final String PASSWORD = "correct-horse-9";
    private static final String SMALL = "mock-gpt-mini";
    private static final @Nullable String PICTURES = System.getProperty("tollbook.screenshots");

    private static TestSite site;
    private static Chromium chromium;
    private static Tenant ann;
    private static Tenant bob;

    @BeforeAll
    static void start() throws Exception {
        site = new TestSite();
        chromium = new Chromium();
        ann = site.user("ann", 5_000_000);
        bob = site.user("bob", 5_000_000);
        for (int i = 0; i < 3; i++) call(ann, SMALL);
        for (int i = 0; i < 2; i++) call(ann, Prices.PLAIN);
        for (int i = 0; i < 4; i++) call(bob, Prices.PLAIN);
    }

    @AfterAll
    static void stop() throws Exception {
        chromium.close();
        site.close();
    }

    private static void call(Tenant tenant, String model) throws Exception {
        Assertions.assertThat(site.chat(tenant.key(), TestSite.ask(model, "")).statusCode())
                .isEqualTo(200);
    }

    private static void signIn(Page page, String name) {
        page.emulateMedia(new Page.EmulateMediaOptions().setReducedMotion(ReducedMotion.REDUCE));
        ConsolePage.signIn(page, site.base, name, PASSWORD);
    }

    @Test
    void everyMarkOfAChartLeadsToItsRows() {
        List<String> complaints = new ArrayList<>();
        try (BrowserContext context = chromium.desktop()) {
            Page page = context.newPage();
            page.onConsoleMessage(message -> {
                if (message.type().equals("error")) complaints.add(message.text());
            });
            page.onPageError(complaints::add);
            signIn(page, "root");
            bars(page);
            lines(page);
            slices(page);
            flow(page);
            users(page);
            figures(page);
            tables(page);
            asOf(page);
            pictures(page);
        }
        Assertions.assertThat(complaints).isEmpty();
    }

    private static void open(Page page, String path, String chart) {
        page.navigate(site.base + "/" + path);
        assertThat(page.locator("#" + chart + "[drawn]")).isVisible();
    }

    /** The rows that the log counts where a click has led. */
    private static void leadsTo(Page page, int rows, String... parameters) {
        page.waitForURL(Pattern.compile(".*/log\\?.*"));
        for (String parameter : parameters) Assertions.assertThat(page.url()).contains(parameter);
        assertThat(page.locator("#active-kind")).hasText("Kind: Call");
        assertThat(page.locator("#total")).hasText(rows + (rows == 1 ? " row" : " rows"));
    }

    /** Clicks where the chart itself says that a mark is. */
    private static void click(Page page, String chart, String place) {
        Locator element = page.locator("#" + chart);
        element.scrollIntoViewIfNeeded();
        Object at = element.evaluate("(element) => { const chart = element.chart; const series = chart.getModel()"
                + ".getSeriesByIndex(0); const data = series.getData(); " + place + " }");
        Map<?, ?> point = (Map<?, ?>) at;
        element.click(new Locator.ClickOptions().setPosition(number(point, "x"), number(point, "y")));
    }

    private static double number(Map<?, ?> point, String name) {
        return ((Number) java.util.Objects.requireNonNull(point.get(name))).doubleValue();
    }

    private static void bars(Page page) {
        open(page, "dashboard/models", "consumption-chart");
        assertThat(page.locator("#total-calls .figure-value")).hasText("9");
        // The first in the stack stands on the axis, and is the dearest model.
        String lowest = "const at = series.get('data').findIndex(value => value > 0);"
                + " const [x, y] = chart.convertToPixel({ seriesIndex: 0 }, [at, series.get('data')[at] / 2]);"
                + " return { x, y };";
        click(page, "consumption-chart", lowest);
        leadsTo(page, 6, "model=" + Prices.PLAIN, "since=", "before=");
        assertThat(page.locator("#active-since")).isVisible();
        page.goBack();
        assertThat(page.locator("#consumption-chart[drawn]")).isVisible();
        open(page, "dashboard/models?by=hour&range=1&of=calls&user=ann0", "consumption-chart");
        assertThat(page.locator("#total-calls .figure-value")).hasText("5");
        click(page, "consumption-chart", lowest);
        leadsTo(page, 3, "model=" + SMALL, "user=ann0");
    }

    /** A point is one day of one model; between two points the nearer day counts. */
    private static void lines(Page page) {
        for (String place : List.of(
                "const [x, y] = chart.convertToPixel({ seriesIndex: 1 }, [6, 3]); return { x, y };",
                "const [left, low] = chart.convertToPixel({ seriesIndex: 1 }, [5, 0]);"
                        + " const [right, high] = chart.convertToPixel({ seriesIndex: 1 }, [6, 3]);"
                        + " return { x: left + 0.8 * (right - left), y: low + 0.8 * (high - low) };")) {
            open(page, "dashboard/models", "trend-chart");
            click(page, "trend-chart", place);
            leadsTo(page, 3, "model=" + SMALL, "since=");
        }
    }

    private static void slices(Page page) {
        open(page, "dashboard/models?of=calls", "share-chart");
        String second = "const one = data.getItemLayout(1); const angle = (one.startAngle + one.endAngle) / 2;"
                + " const r = (one.r0 + one.r) / 2;"
                + " return { x: one.cx + r * Math.cos(angle), y: one.cy + r * Math.sin(angle) };";
        click(page, "share-chart", second);
        leadsTo(page, 3, "model=" + SMALL);
        open(page, "dashboard/models?of=calls", "ranking-chart");
        click(
                page,
                "ranking-chart",
                "const one = data.getItemLayout(0); return { x: one.x + one.width / 2, y: one.y + one.height / 2 };");
        leadsTo(page, 6, "model=" + Prices.PLAIN);
    }

    private static void flow(Page page) {
        open(page, "dashboard/flow?of=calls", "flow-chart");
        assertThat(page.locator("#flow-calls")).hasText("9");
        click(
                page,
                "flow-chart",
                "const one = data.getItemLayout(1);"
                        + " return { x: 6 + one.x + one.dx / 2, y: 10 + one.y + one.dy / 2 };");
        leadsTo(page, 4, "user=bob0");
        open(page, "dashboard/flow?of=calls&hide=group", "flow-chart");
        // Between user and model: ann's calls of the dearer one.
        click(
                page,
                "flow-chart",
                "const edge = series.getGraph().edges.find(one => one.node1.dataIndex === 0 && one.node2.dataIndex === 2);"
                        + " const from = edge.node1.getLayout(); const to = edge.node2.getLayout(); const own = edge.getLayout();"
                        + " return { x: 6 + (from.x + from.dx + to.x) / 2,"
                        + " y: 10 + (from.y + own.sy + to.y + own.ty + own.dy) / 2 };");
        leadsTo(page, 2, "user=ann0", "model=" + Prices.PLAIN);
        page.navigate(site.base + "/dashboard/flow?hide=user,group,model");
        assertThat(page.getByText("A flow needs two stages at least")).isVisible();
    }

    private static void users(Page page) {
        open(page, "dashboard/users?of=calls", "ranking-chart");
        click(
                page,
                "ranking-chart",
                "const one = data.getItemLayout(1); return { x: one.x + one.width / 2, y: one.y + one.height / 2 };");
        leadsTo(page, 4, "user=bob0");
    }

    private static void figures(Page page) {
        open(page, "dashboard/models?model=x", "consumption-chart");
        page.locator("#total-calls a").click();
        leadsTo(page, 9);
        page.navigate(site.base + "/");
        page.locator("#last-day a").click();
        leadsTo(page, 0, "since=");
    }

    private static void tables(Page page) {
        open(page, "dashboard/flow?of=calls", "flow-chart");
        page.locator("#flow-table").focus();
        page.keyboard().press("Enter");
        page.locator("#flow tbody a").getByText("bob0").first().focus();
        page.keyboard().press("Enter");
        leadsTo(page, 4, "user=bob0");
        open(page, "dashboard/models", "consumption-chart");
        page.locator("#share-table").click();
        page.locator("#share tbody a").getByText(SMALL).click();
        leadsTo(page, 3);
        open(page, "dashboard/users", "ranking-chart");
        page.locator("#tab-flow").click();
        assertThat(page.locator("#flow-chart[drawn]")).isVisible();
    }

    /** Before the first call there was nothing. */
    private static void asOf(Page page) {
        page.navigate(site.base + "/dashboard/models?as-of=2020-05-01T12:00:00Z");
        assertThat(page.locator("#past")).containsText("As of 2020-05-01");
        assertThat(page.locator("#total-calls .figure-value")).hasText("0");
        page.locator("#back-to-now").click();
        assertThat(page.locator("#total-calls .figure-value")).hasText("9");
    }

    @Test
    void aUserSeesTheirOwnFlowAndNobodyElses() {
        try (BrowserContext context = chromium.desktop()) {
            Page page = context.newPage();
            signIn(page, ann.username());
            assertThat(page.locator("#tab-users")).hasCount(0);
            for (String path : List.of("dashboard/flow", "dashboard/flow?user=bob0&channel=1&hide=channel")) {
                open(page, path, "flow-chart");
                assertThat(page.locator("#flow-calls")).hasText("5");
                assertThat(page.locator(".flow-heads")).containsText("Key");
                assertThat(page.locator(".flow-heads")).not().containsText("Channel");
            }
            click(
                    page,
                    "flow-chart",
                    "const one = data.getItemLayout(0);"
                            + " return { x: 6 + one.x + one.dx / 2, y: 10 + one.y + one.dy / 2 };");
            leadsTo(page, 5, "key-id=" + ann.token());
            page.navigate(site.base + "/dashboard/models");
            assertThat(page.locator("#total-calls .figure-value")).hasText("5");
            page.navigate(site.base + "/dashboard/users");
            assertThat(page.locator("h1").first()).isVisible();
            assertThat(page.locator("#ranking")).hasCount(0);
        }
    }

    private static void pictures(Page page) {
        if (PICTURES == null) return;
        for (String path : List.of("", "dashboard/models", "dashboard/flow", "dashboard/users")) {
            String name = "analysis-" + (path.isEmpty() ? "overview" : path.substring(path.indexOf('/') + 1));
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
    }

    private static void picture(Page page, String name) {
        assertThat(page.locator("console-chart[drawn]").first()).isVisible();
        page.waitForFunction(
                "Object.values(window.Vaadin.Flow.clients).every(one => !one.isActive || !one.isActive())");
        page.screenshot(new Page.ScreenshotOptions()
                .setPath(Path.of(java.util.Objects.requireNonNull(PICTURES), name + ".png"))
                .setAnimations(ScreenshotAnimations.DISABLED));
    }
}
