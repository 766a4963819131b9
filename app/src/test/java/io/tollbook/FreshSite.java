package io.tollbook;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Page;
import io.tollbook.start.Options;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;

/** A whole Tollbook in this JVM that nobody has set up yet, and a browser to do it in. */
final class FreshSite implements AutoCloseable {
    static final String PASSWORD = "a long enough secret";

    final Tollbook tollbook;
    final Chromium chromium;
    final String base;
    private final Path folder;

    FreshSite() throws Exception {
        folder = Files.createTempDirectory("tollbook-fresh");
        tollbook = Tollbook.start(new Options(0, folder, null, false));
        base = "http://127.0.0.1:" + tollbook.port();
        chromium = new Chromium();
    }

    /** Goes through the wizard as root does, and is signed in by it. */
    void setUp(Page page) {
        page.navigate(base + "/");
        page.waitForURL("**/setup");
        ConsolePage.fill(page, "setup-password", PASSWORD);
        ConsolePage.fill(page, "setup-password-again", PASSWORD);
        for (int step = 1; step <= 4; step++) {
            assertThat(page.getByText("Step " + step + " of 4")).isVisible();
            page.locator("#setup-next").click();
        }
        assertThat(page.locator("#balance")).isVisible();
    }

    /** A key of whoever is signed in. */
    String newKey(Page page) {
        page.navigate(base + "/keys");
        page.locator("#new-key").click();
        ConsolePage.fill(page, "key-name", "caller");
        page.locator("#key-save").click();
        return page.locator("#new-key-value").innerText().strip();
    }

    @Override
    public void close() throws Exception {
        chromium.close();
        tollbook.close();
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) Files.deleteIfExists(file);
        }
    }
}
