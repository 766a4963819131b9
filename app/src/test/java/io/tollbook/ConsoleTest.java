package io.tollbook;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static io.tollbook.ConsolePage.fill;
import static io.tollbook.ConsolePage.picture;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.ConsoleMessage;
import com.microsoft.playwright.Download;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.ReducedMotion;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * What a newcomer does in a real browser, from the wizard to a balance that has moved. With
 * {@code -Dtollbook.screenshots=<folder>} it also leaves a picture of each page, light and dark, wide and narrow.
 */
class ConsoleTest {
    private static final List<String> PAGES = List.of(
            "",
            "playground",
            "keys",
            "using-the-api",
            "log",
            "book",
            "lots",
            "prices",
            "channels",
            "users",
            "holds",
            "unresolved",
            "unresolved?state=decided",
            "quarantine",
            "ledger",
            "system/options",
            "system/read-models",
            "system/replays",
            "password");

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
    void leadsFromTheWizardToABalanceThatHasMoved() throws Exception {
        List<String> complaints = new ArrayList<>();
        try (BrowserContext context = site.chromium.desktop()) {
            Page page = context.newPage();
            page.onConsoleMessage(message -> complain(message, complaints));
            page.onPageError(complaints::add);

            wizard(page);
            String full = page.locator("#balance .figure-value").innerText();
            String key = newKey(page, "first program");
            HttpResponse<String> answer = call(key);
            Assertions.assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
            Assertions.assertThat(answer.body()).contains("data: [DONE]");

            page.navigate(base + "/");
            assertThat(page.locator("#balance .figure-value")).not().hasText(full);
            assertThat(page.locator("#calls .figure-value")).hasText("1");
            log(page);
            page.navigate(base + "/book");
            assertThat(page.locator("#book")
                            .getByText(Pattern.compile("charge", Pattern.CASE_INSENSITIVE))
                            .first())
                    .isVisible();
            callsThatNobodyEnded(page);
            page.navigate(base + "/lots");
            assertThat(page.locator("#lots").getByText("opening grant").first()).isVisible();
            page.navigate(base + "/ledger");
            assertThat(page.getByText("the books balance")).isVisible();
            keyboardStays(page);
            picturesOf(context);
        }
        Assertions.assertThat(complaints).isEmpty();
    }

    /** Figures that come by themselves come in place: whoever is on a button with the keyboard stays on it. */
    private static void keyboardStays(Page page) {
        page.navigate(base + "/system/read-models");
        Locator rebuild = page.locator("#rebuild-balance:visible");
        rebuild.focus();
        for (int i = 0; i < 2; i++)
            page.waitForResponse(response -> response.url().contains("v-r=uidl"), () -> {});
        assertThat(rebuild).isFocused();
    }

    /** An administrator releases a hold, charges a call and takes that back, and looks at what a provider said. */
    private static void callsThatNobodyEnded(Page page) {
        LeftBehind.in(site.tollbook);
        page.locator("#nav-holds").click();
        Locator release = page.locator("vaadin-button.release:visible");
        assertThat(release).hasCount(3);
        release.first().click();
        page.locator("#release-save").click();
        assertThat(page.getByText("Say why").first()).isVisible();
        fill(page, "reason", "the program that made it is gone");
        picture(page, "release-dialog");
        page.locator("#release-save").click();
        assertThat(release).hasCount(2);

        page.locator("#nav-unresolved").click();
        Locator resolve = page.locator("vaadin-button.resolve:visible");
        assertThat(resolve).hasCount(3);
        resolve.first().click();
        fill(page, "resolve-amount", "0.01");
        fill(page, "reason", "the provider’s bill has it");
        picture(page, "resolve-dialog");
        page.locator("#resolve-save").click();
        assertThat(resolve).hasCount(2);
        resolve.first().click();
        page.getByText("Write off").click();
        assertThat(page.locator("#resolve-amount")).isHidden();
        fill(page, "reason", "too small to ask for");
        page.locator("#resolve-save").click();
        assertThat(resolve).hasCount(1);

        page.navigate(base + "/unresolved?state=decided");
        assertThat(page.getByText("charged $0.01")).isVisible();
        page.locator("vaadin-button.reopen:visible").last().click();
        fill(page, "reason", "the bill was another’s");
        picture(page, "reopen-dialog");
        page.locator("#reopen-save").click();
        assertThat(page.locator("vaadin-button.reopen:visible")).hasCount(1);

        page.locator("#nav-quarantine").click();
        page.locator("#quarantine").getByText("cache above prompt").click();
        assertThat(page.locator("#usage").getByText("prompt_tokens_details.cached_tokens"))
                .isVisible();
        picture(page, "usage-dialog");
        page.locator("#usage-close").click();
    }

    private static void log(Page page) throws Exception {
        page.navigate(base + "/log");
        assertThat(page.locator("#log").getByText("demo-fast").first()).isVisible();
        assertThat(page.locator("#zone")).containsText("Times are those of");
        String every = page.locator("#total").innerText();
        page.navigate(base + "/log?kind=consume&model=demo-%25");
        assertThat(page.locator("#total")).hasText("1 row");
        assertThat(page.locator("#active-kind")).containsText("Kind: Call");
        page.locator("#active-kind").click();
        assertThat(page.locator("#active-kind")).hasCount(0);
        assertThat(page.locator("#active-model")).hasText("Model: demo-%");
        Download csv = page.waitForDownload(() -> page.locator("#download-csv").click());
        Assertions.assertThat(Files.readString(csv.path()))
                .startsWith("event,time,kind")
                .contains(",demo-fast,");
        picture(page, "log-filtered");

        page.locator("#log vaadin-grid-cell-content")
                .filter(new Locator.FilterOptions().setHasText("demo-fast"))
                .first()
                .click();
        assertThat(page.locator("#funds")).isVisible();
        Download receipt =
                page.waitForDownload(() -> page.locator("#receipt-download").click());
        Assertions.assertThat(Files.readString(receipt.path())).contains("\"priceVersion\"", "\"burned\"");
        picture(page, "log-call");
        page.keyboard().press("Escape");
        assertThat(page.locator("#funds")).hasCount(0);
        page.keyboard().press("Enter"); // The row that was clicked has the focus.
        assertThat(page.locator("#funds")).isVisible();
        page.keyboard().press("Escape");

        page.setViewportSize(390, 844);
        assertThat(page.locator("#filter-model")).not().isVisible();
        page.locator("#filters-fold").click();
        assertThat(page.locator("#filter-model")).isVisible();
        picture(page, "log-filters-phone");
        page.locator("#active-model").click();
        assertThat(page.locator("#total")).hasText(every);
        page.setViewportSize(1440, 900);
    }

    private static void wizard(Page page) {
        page.navigate(base + "/");
        page.waitForURL("**/setup");
        Locator next = page.locator("#setup-next");
        picture(page, "setup-1");
        fill(page, "setup-password", "short");
        fill(page, "setup-password-again", "short");
        next.click();
        assertThat(page.getByText("The password is shorter than 8 characters.")).isVisible();
        assertThat(page.getByText("Step 1 of 4")).isVisible();
        fill(page, "setup-password", FreshSite.PASSWORD);
        fill(page, "setup-password-again", FreshSite.PASSWORD);
        next.click();
        assertThat(page.getByText("Step 2 of 4")).isVisible();
        picture(page, "setup-2");
        next.click();
        assertThat(page.getByText("Step 3 of 4")).isVisible();
        picture(page, "setup-3");
        next.click();
        assertThat(page.getByText("Step 4 of 4")).isVisible();
        picture(page, "setup-4");
        next.click();
        assertThat(page.locator("#balance")).isVisible();
    }

    private static String newKey(Page page, String name) {
        page.locator("#nav-keys").click();
        page.locator("#new-key").click();
        fill(page, "key-name", name);
        picture(page, "key-dialog");
        page.locator("#key-save").click();
        String key = page.locator("#new-key-value").innerText().strip();
        page.locator("#new-key-done").click();
        assertThat(page.getByText(name).first()).isVisible();
        return key;
    }

    private static HttpResponse<String> call(String key) throws Exception {
        try (HttpClient http = HttpClient.newHttpClient()) {
            return http.send(
                    HttpRequest.newBuilder(URI.create(base + "/v1/chat/completions"))
                            .header("Authorization", "Bearer " + key)
                            .header("Content-Type", "application/json")
                            .POST(HttpRequest.BodyPublishers.ofString("""
                                    {"model":"demo-fast","stream":true,
                                     "messages":[{"role":"user","content":"What is a ledger?"}]}"""))
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
        }
    }

    private static void complain(ConsoleMessage message, List<String> complaints) {
        if (message.type().equals("error")) complaints.add(message.text() + " at " + message.location());
    }

    /** Each page must open without a fault, in every look. */
    private static void picturesOf(BrowserContext context) {
        for (String path : PAGES) {
            Page page = context.newPage();
            page.emulateMedia(new Page.EmulateMediaOptions().setReducedMotion(ReducedMotion.REDUCE));
            page.navigate(base + "/" + path);
            assertThat(page.locator("h1").first()).isVisible();
            assertThat(page.locator("#fault-page, #lost-page")).hasCount(0);
            String name = path.isEmpty() ? "dashboard" : path.replaceAll("[/?=]", "-");
            picture(page, name);
            if (ConsolePage.takesPictures()) {
                page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(ColorScheme.DARK));
                picture(page, name + "-dark");
                page.setViewportSize(390, 844);
                page.reload();
                picture(page, name + "-phone");
            }
            page.close();
        }
    }
}
