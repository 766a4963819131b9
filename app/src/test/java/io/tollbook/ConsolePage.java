package io.tollbook;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ScreenshotAnimations;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** What people do on every page of the console, and how it is looked at. */
final class ConsolePage {
    private static final @Nullable String PICTURES = System.getProperty("tollbook.screenshots");

    private ConsolePage() {}

    static void signIn(Page page, Object base, String name, String password) {
        page.navigate(base + "/sign-in");
        page.locator("#username input").fill(name);
        page.locator("#password input").fill(password);
        page.locator("#password input").press("Enter");
        assertThat(page.locator("#balance")).isVisible();
    }

    /** Fills a field of one line and leaves it. */
    static void fill(Page page, String id, String text) {
        enter(page.locator("#" + id + " input"), text);
    }

    /** Fills a field of many lines and leaves it. */
    static void write(Page page, String id, String text) {
        enter(page.locator("#" + id + " textarea"), text);
    }

    private static void enter(Locator field, String text) {
        field.fill(text);
        field.press("Tab");
    }

    /** Whether pictures are wanted: {@code -Dtollbook.screenshots=folder}. */
    static boolean takesPictures() {
        return PICTURES != null;
    }

    static void picture(Page page, String name) {
        picture(page, name, false);
    }

    /** @param full the page as long as it is */
    static void picture(Page page, String name, boolean full) {
        if (PICTURES == null) return;
        page.waitForFunction(
                "Object.values(window.Vaadin.Flow.clients).every(one => !one.isActive || !one.isActive())");
        assertThat(page.locator("console-chart:not([drawn])")).hasCount(0);
        page.screenshot(new Page.ScreenshotOptions()
                .setPath(Path.of(PICTURES, name + ".png"))
                .setFullPage(full)
                .setAnimations(ScreenshotAnimations.DISABLED));
    }
}
