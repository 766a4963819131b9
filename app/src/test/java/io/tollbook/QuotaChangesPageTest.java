package io.tollbook;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static io.tollbook.ConsolePage.fill;
import static io.tollbook.ConsolePage.picture;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import io.tollbook.bench.gateway.ManagementApi;
import java.util.Map;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Two administrators, one large change of quota: one asks for it, the other lets it take effect. */
class QuotaChangesPageTest {
    private static final String PASSWORD = "correct-horse-9";

    private static TestSite site;
    private static Chromium chromium;
    private static long customer;

    @BeforeAll
    static void twoAdministrators() throws Exception {
        site = new TestSite();
        chromium = new Chromium();
        customer = site.user("customer", 1_000_000).user();
        for (String name : new String[] {"alice", "bert"})
            site.root().post("/api/user/", Map.of("username", name, "password", PASSWORD, "role", 10));
        site.root().put("/api/option/", Map.of("key", "tollbook.second_person_above", "value", "500000"));
    }

    @AfterAll
    static void stop() throws Exception {
        chromium.close();
        site.close();
    }

    private static long quota() throws Exception {
        return site.user(customer).path("quota").longValue();
    }

    @Test
    void whatOneAsksForAnotherLetsTakeEffect() throws Exception {
        try (BrowserContext first = chromium.desktop();
                BrowserContext second = chromium.desktop()) {
            Page alice = signIn(first, "alice");
            asks(alice);
            Assertions.assertThat(quota()).isEqualTo(1_000_000);
            alice.navigate(site.base + "/quota-changes");
            assertThat(alice.locator("vaadin-button.withdraw:visible")).hasCount(1);
            assertThat(alice.locator("vaadin-button.decide:visible")).hasCount(0);

            Page bert = signIn(second, "bert");
            bert.navigate(site.base + "/users");
            assertThat(bert.locator("#users-waiting")).hasText("1 quota change waits for a second administrator");
            picture(bert, "users-waiting");
            bert.locator("#users-waiting").click();
            pictures(bert, "quota-changes");
            bert.locator("vaadin-button.decide:visible").click();
            assertThat(bert.locator("#decide").getByText("invoice 2030-17")).isVisible();
            picture(bert, "decide-dialog");
            bert.locator("#decide-save").click();
            assertThat(bert.locator("vaadin-button.decide:visible")).hasCount(0);
            Assertions.assertThat(quota()).isEqualTo(6_000_000);
            bert.navigate(site.base + "/quota-changes?state=ended");
            assertThat(bert.locator("#quota-changes").getByText("approved").first())
                    .isVisible();
            pictures(bert, "quota-changes-ended");
            rejects(bert);
        }
    }

    private static void asks(Page page) {
        page.navigate(site.base + "/users?q=customer");
        page.locator("vaadin-button.quota:visible").first().click();
        fill(page, "quota-amount", "10");
        page.locator("#quota-save").click();
        assertThat(page.getByText("Say why").first()).isVisible();
        fill(page, "quota-reason", "invoice 2030-17");
        page.locator("#quota-save").click();
        assertThat(page.getByText("another administrator has to approve").first())
                .isVisible();
    }

    /** Over the API, where the answer says that it waits; rejected in the console with a reason. */
    private static void rejects(Page page) throws Exception {
        ManagementApi root = site.root();
        JsonNode waiting = root.post(
                "/api/user/manage",
                Map.of("id", customer, "action", "add_quota", "mode", "override", "value", 0, "reason", "left us"));
        Assertions.assertThat(waiting.path("awaits_approval").booleanValue()).isTrue();
        page.navigate(site.base + "/quota-changes");
        page.locator("vaadin-button.decide:visible").click();
        page.locator("#decide").getByText("Reject: nothing changes").click();
        page.locator("#decide-save").click();
        assertThat(page.getByText("Say why").first()).isVisible();
        fill(page, "reason", "they have not left");
        picture(page, "reject-dialog");
        page.locator("#decide-save").click();
        assertThat(page.locator("#decide")).hasCount(0);
        Assertions.assertThat(quota()).isEqualTo(6_000_000);
        JsonNode ended =
                root.get("/api/adjustment/?ended=true&account=" + customer).path("items");
        Assertions.assertThat(ended).hasSize(2);
        Assertions.assertThat(ended.get(0).path("state").stringValue()).isEqualTo("rejected");
        Assertions.assertThat(ended.get(0).path("decision_reason").stringValue())
                .isEqualTo("they have not left");
        Assertions.assertThat(ended.get(1).path("quota_after").longValue()).isEqualTo(6_000_000);
    }

    private static Page signIn(BrowserContext context, String name) {
        Page page = context.newPage();
        ConsolePage.signIn(page, site.base, name, PASSWORD);
        return page;
    }

    private static void pictures(Page page, String name) {
        assertThat(page.locator("h1").first()).isVisible();
        picture(page, name);
        if (!ConsolePage.takesPictures()) return;
        page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(ColorScheme.DARK));
        picture(page, name + "-dark");
        page.setViewportSize(390, 844);
        page.reload();
        picture(page, name + "-phone");
        page.setViewportSize(1440, 900);
        page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(ColorScheme.LIGHT));
        page.reload();
    }
}
