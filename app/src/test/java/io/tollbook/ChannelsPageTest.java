package io.tollbook;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.ScreenshotAnimations;
import io.tollbook.start.Options;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.assertj.core.api.Assertions;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Channels through the console: made, edited, tested, their keys, many at once, by tag and as a file. */
class ChannelsPageTest {
    private static final String PASSWORD = "a long enough secret";
    private static final @Nullable String PICTURES = System.getProperty("tollbook.screenshots");

    private static Path folder;
    private static Tollbook tollbook;
    private static Chromium chromium;
    private static String base;

    @BeforeAll
    static void start() throws Exception {
        folder = Files.createTempDirectory("tollbook-channels");
        tollbook = Tollbook.start(new Options(0, folder, null, false));
        base = "http://127.0.0.1:" + tollbook.port();
        chromium = new Chromium();
    }

    @AfterAll
    static void stop() throws Exception {
        chromium.close();
        tollbook.close();
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) Files.deleteIfExists(file);
        }
    }

    @Test
    void channelsAreRunFromOnePage() {
        try (BrowserContext context = chromium.desktop()) {
            Page page = context.newPage();
            setUp(page);
            create(page);
            priority(page);
            keys(page);
            test(page);
            many(page);
            tags(page);
            file(page);
            history(page);
            search(page);
            closed(page);
            looks(page);
        }
    }

    private static void setUp(Page page) {
        page.navigate(base + "/");
        page.waitForURL("**/setup");
        fill(page, "setup-password", PASSWORD);
        fill(page, "setup-password-again", PASSWORD);
        for (int step = 1; step <= 4; step++) {
            assertThat(page.getByText("Step " + step + " of 4")).isVisible();
            page.locator("#setup-next").click();
        }
        assertThat(page.locator("#balance")).isVisible();
    }

    private static void create(Page page) {
        page.navigate(base + "/channels");
        assertThat(page.locator("#channels").getByText("Demo provider").first()).isVisible();
        page.locator("#new-channel").click();
        fill(page, "channel-name", "pool");
        fill(page, "channel-base-url", "http://nowhere.invalid");
        write(page, "channel-key", "sk-first-0123456789abcdef\n\nsk-second-0123456789abcdef\nsk bad\n");
        names(page, "channel-models", "gpt-pool", "gpt-pool-mini");
        page.locator("#mapping-add").click();
        page.locator(".mapping-row input").nth(0).fill("gpt-pool");
        page.locator(".mapping-row input").nth(1).fill("gpt-pool");
        page.locator("#section-overrides vaadin-details-summary").click();
        write(page, "channel-param-override", "{\n  \"a\": 1,\n  b\n}");
        assertThat(page.getByText("param_override is not JSON: line 3").first()).isVisible();
        write(page, "channel-param-override", "{\"user\": \"pool\"}");
        write(page, "channel-header-override", "{\"Authorization\": \"Bearer sk-1\"}");
        page.locator("#channel-save").click();
        assertThat(page.getByText("Line 4: The key has a space")
                        .or(page.getByText("seems to hold a credential"))
                        .first())
                .isVisible();
        write(page, "channel-header-override", "{\"X-Org\": \"lab\"}");
        page.locator("#channel-save").click();
        assertThat(page.getByText("Line 4: The key has a space").first()).isVisible();
        picture(page, "channel-dialog-bottom");
        write(
                page,
                "channel-key",
                "sk-first-0123456789abcdef\n\nsk-second-0123456789abcdef\nsk-first-0123456789abcdef\n");
        page.locator("#channel-name input").scrollIntoViewIfNeeded();
        picture(page, "channel-dialog");
        page.locator("#channel-save").click();
        assertThat(page.getByText("Saved, but: Nobody knows the host").first()).isVisible();
        assertThat(page.locator("#channels").getByText("2 of 2 keys").first()).isVisible();
        picture(page, "channels");
    }

    private static void priority(Page page) {
        Locator field = page.getByLabel("Priority of pool").first();
        field.fill("7");
        field.press("Enter");
        assertThat(page.getByText("Priority of pool is 7 now.").first()).isVisible();
        page.locator("#notice-undo").last().click();
        assertThat(page.getByText("Undone.").last()).isVisible();
        assertThat(page.getByLabel("Priority of pool").first()).hasValue("0");
        page.getByLabel("Weight of pool").first().fill("10001");
        page.getByLabel("Weight of pool").first().press("Enter");
        assertThat(page.getByText("The weight must lie").first()).isVisible();
    }

    private static void more(Page page, String name, String item) {
        page.locator("#channels vaadin-button[aria-label='More for " + name + "']:visible")
                .first()
                .click();
        page.getByRole(
                        AriaRole.MENUITEM,
                        new Page.GetByRoleOptions().setName(item).setExact(true))
                .last()
                .click();
    }

    private static void keys(Page page) {
        more(page, "pool", "Keys");
        assertThat(page.locator("#keys-counts").getByText("2 enabled")).isVisible();
        page.getByLabel("Disable key 1").click();
        assertThat(page.locator("#keys-counts").getByText("1 by hand")).isVisible();
        page.getByLabel("Retire key 2").click();
        assertThat(page.locator("#retire-until")).isVisible();
        picture(page, "keys-retire");
        page.locator("#retire-save").click();
        assertThat(page.locator("#keys").getByText("retires").first()).isVisible();
        page.locator("#keys-add").click();
        write(page, "keys-text", "sk-third-0123456789abcdef");
        page.locator("#keys-enter-save").click();
        assertThat(page.locator("#keys").getByText("sk-t…cdef").first()).isVisible();
        picture(page, "keys");
        page.locator("#keys-reveal").click();
        fill(page, "reveal-password", "not it at all");
        page.locator("#reveal-save").click();
        assertThat(page.getByText("The password is wrong.").first()).isVisible();
        fill(page, "reveal-password", PASSWORD);
        page.locator("#reveal-save").click();
        assertThat(page.locator("#reveal-keys textarea"))
                .hasValue("sk-first-0123456789abcdef\nsk-second-0123456789abcdef\nsk-third-0123456789abcdef");
        page.locator("#reveal-cancel").click();
        page.locator("#keys-close").click();
        assertThat(page.locator("#channels").getByText("2 of 3 keys").first()).isVisible();
    }

    private static void test(Page page) {
        page.getByLabel("Test Demo provider").first().click();
        page.locator("#test-search input").fill("demo-fast");
        page.locator("#test-all").click();
        assertThat(page.locator("#test-progress").getByText("1 of 1 tested")).isVisible();
        page.locator("#test-search input").fill("");
        page.locator("#test-stream input").check();
        page.locator("#test-all").click();
        assertThat(page.locator("#test-progress").getByText("3 of 3 tested")).isVisible();
        picture(page, "test");
        page.locator("#test-close").click();
    }

    private static void many(Page page) {
        page.navigate(base + "/channels");
        page.locator("#channels vaadin-checkbox:visible").first().click();
        assertThat(page.locator("#channels-bulk")).isVisible();
        page.locator("#channels-edit").click();
        page.locator("#bulk-weight input").fill("42");
        page.locator("#bulk-weight input").press("Tab");
        assertThat(page.locator("#channels-preview").getByText("42").first()).isVisible();
        picture(page, "channels-edit");
        page.locator("#channels-editing-save").click();
        assertThat(page.locator(".notice").getByText("changed.").last()).isVisible();
        page.locator("#notice-undo").last().click();
        assertThat(page.locator(".notice").getByText("Undone.").last()).isVisible();
        page.locator("#channels vaadin-checkbox:visible").first().click();
        page.locator("#channels-tag").click();
        fill(page, "channels-tag-name", "paid");
        assertThat(page.locator("#channels-preview").getByText("paid").first()).isVisible();
        page.locator("#channels-tagging-save").click();
        assertThat(page.locator("#channels").getByText("paid").first()).isVisible();
    }

    private static void tags(Page page) {
        page.navigate(base + "/channels?by=tag");
        assertThat(page.locator("#channel-tags").getByText("paid").first()).isVisible();
        picture(page, "channels-by-tag");
        page.getByLabel("Disable all of paid").first().click();
        page.getByRole(
                        AriaRole.BUTTON,
                        new Page.GetByRoleOptions().setName("Disable").setExact(true))
                .last()
                .click();
        assertThat(page.locator("#channel-tags").getByText("0 enabled").first()).isVisible();
        page.locator("#notice-undo").last().click();
        assertThat(page.locator("#channel-tags").getByText("0 enabled")).hasCount(0);
    }

    private static void file(Page page) {
        page.navigate(base + "/channels");
        page.locator("#channel-files").click();
        write(page, "file-text", "channels:\n  - name: pool\n    prioritie: 1\n");
        page.locator("#file-look").click();
        assertThat(page.locator("#file-others").getByText("Line 3: a channel has no field “prioritie”."))
                .isVisible();
        assertThat(page.locator("#channel-file-save")).isDisabled();
        write(
                page,
                "file-text",
                "channels:\n  - name: pool\n    priority: 3\n  - name: fresh\n    type: DeepSeek\n"
                        + "    key: sk-0123456789\n    models: [deepseek-chat]\n");
        page.locator("#file-look").click();
        assertThat(page.locator("#channels-preview").getByText("priority").first())
                .isVisible();
        assertThat(page.locator("#file-others").getByText("1 not in the file")).isVisible();
        picture(page, "channel-file");
        page.locator("#channel-file-save").click();
        assertThat(page.locator("#channels").getByText("fresh").first()).isVisible();
        Object yaml = page.evaluate(
                "() => fetch('/api/channel/export', {headers: {'New-Api-User': '1'}}).then(one => one.text())");
        Assertions.assertThat(String.valueOf(yaml)).contains("name: fresh").doesNotContain("sk-0123456789");
    }

    private static void history(Page page) {
        more(page, "pool", "History");
        assertThat(page.locator("#channel-history").getByText("priority: 0 → 3").first())
                .isVisible();
        assertThat(page.locator("#channel-history")
                        .getByText("Keys shown in clear")
                        .first())
                .isVisible();
        picture(page, "channel-history");
        page.locator("#history-close").click();
    }

    private static void search(Page page) {
        page.navigate(base + "/channels?q=sk-second-0123456789abcdef");
        assertThat(page.locator("#channels").getByText("pool").first()).isVisible();
        assertThat(page.locator("#channels").getByText("fresh")).hasCount(0);
        page.navigate(base + "/channels?q=sk-second-0123456789abcde");
        assertThat(page.getByText("No channels here").first()).isVisible();
        page.navigate(base + "/channels?status=DISABLED");
        assertThat(page.getByText("No channels here").first()).isVisible();
    }

    /** Root closes private networks to channels: neither saved nor called. */
    private static void closed(Page page) {
        page.navigate(base + "/channels");
        Object answer = page.evaluate(
                "([key, value]) => fetch('/api/option/', {method: 'PUT', headers: {'Content-Type': 'application/json',"
                        + " 'New-Api-User': '1'}, body: JSON.stringify({key, value})}).then(one => one.text())",
                List.of("tollbook.private_channel_addresses", "false"));
        Assertions.assertThat(String.valueOf(answer)).contains("\"success\":true");
        page.getByLabel("Edit fresh").first().click();
        fill(page, "channel-base-url", "http://127.0.0.1:1");
        write(page, "channel-key", "sk-0123456789");
        page.locator("#channel-save").click();
        assertThat(page.getByText("The base URL leads into a private network").first())
                .isVisible();
        page.locator("#channel-cancel").click();
        // The built-in provider is reached all the same.
        page.getByLabel("Test Demo provider").first().click();
        page.locator("#test-search input").fill("demo-fast");
        page.locator("#test-all").click();
        assertThat(page.locator(".test-result.is-passed").first()).isVisible();
        page.locator("#test-close").click();
    }

    private static void looks(Page page) {
        page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(ColorScheme.DARK));
        page.navigate(base + "/channels");
        assertThat(page.locator("#channels").getByText("pool").first()).isVisible();
        picture(page, "channels-dark");
        page.setViewportSize(390, 844);
        page.navigate(base + "/channels");
        assertThat(page.locator("#channels").getByText("pool").first()).isVisible();
        picture(page, "channels-phone-dark");
        page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(ColorScheme.LIGHT));
        more(page, "pool", "Keys");
        assertThat(page.locator("#keys-counts")).isVisible();
        picture(page, "keys-phone");
        page.locator("#keys-close").click();
        page.getByLabel("Edit pool").first().click();
        assertThat(page.locator("#channel-name")).isVisible();
        picture(page, "channel-dialog-phone");
    }

    private static void names(Page page, String id, String... names) {
        Locator input = page.locator("#" + id + " input");
        for (String name : names) {
            input.fill(name);
            input.press("Enter");
        }
        input.press("Tab");
    }

    private static void fill(Page page, String id, String text) {
        Locator input = page.locator("#" + id + " input");
        input.fill(text);
        input.press("Tab");
    }

    private static void write(Page page, String id, String text) {
        Locator area = page.locator("#" + id + " textarea");
        area.fill(text);
        area.press("Tab");
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
