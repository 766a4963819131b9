package io.tollbook;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.vaadin.flow.router.Route;
import io.tollbook.bench.gateway.ManagementApi;
import io.tollbook.bench.gateway.Tenant;
import io.tollbook.console.access.OpenTo;
import io.tollbook.kernel.user.Role;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.servlet.DispatcherServlet;
import org.springframework.web.servlet.HandlerMapping;
import org.springframework.web.servlet.mvc.method.RequestMappingInfo;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

/** An auditor tries every door of a whole site: all that shows something opens, all that changes something does not. */
class AuditorTest {
    private static final String PASSWORD = "correct-horse-9";
    private static final @Nullable String PICTURES = System.getProperty("tollbook.screenshots");
    private static final Set<String> FOR_EVERYBODY = Set.of("/api/user/login", "/api/user/logout");
    private static final Set<String> REPLAYS = Set.of("/api/replay", "/api/replay/", "/api/replay/cancel");

    /** Whatever changes something, on any page. */
    private static final String CONTROLS = "#new-user, #new-channel, #new-channel-empty, #new-model, #edit-groups,"
            + " #new-key, #first-key, #new-buy-price, #new-buy-price-empty, #draft vaadin-button, .row-tools .quota,"
            + " .row-tools .edit, .row-tools .power,"
            + " .row-tools .test, .row-tools .delete, .row-tools .more, [id^=rebuild-], .release, .resolve, .reopen,"
            + " .decide, .withdraw, #curl-reveal";

    private static TestSite site;
    private static Tenant auditor;

    @BeforeAll
    static void appoint() throws Exception {
        site = new TestSite();
        auditor = site.user("auditor", 1_000_000);
        site.chat(auditor.key(), TestSite.ask("mock-gpt", ""));
        site.root().post("/api/user/manage", Map.of("id", auditor.user(), "action", "make_auditor"));
    }

    @AfterAll
    static void stop() throws Exception {
        site.close();
    }

    private static HttpResponse<String> call(String method, String path) throws Exception {
        return site.http.send(
                HttpRequest.newBuilder(site.base.resolve(path))
                        .header("Authorization", auditor.accessToken())
                        .header("New-Api-User", Long.toString(auditor.user()))
                        .header("Content-Type", "application/json")
                        .method(method, HttpRequest.BodyPublishers.ofString("{}"))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    /** Every address of the management API with its method. */
    private static List<Map.Entry<String, String>> doors() {
        List<Map.Entry<String, String>> doors = new ArrayList<>();
        Set<RequestMappingInfo> all = new HashSet<>();
        for (HandlerMapping mapping :
                site.tollbook.part(DispatcherServlet.class).getHandlerMappings())
            if (mapping instanceof RequestMappingHandlerMapping known)
                all.addAll(known.getHandlerMethods().keySet());
        for (RequestMappingInfo info : all)
            for (String pattern : info.getPatternValues())
                for (RequestMethod method : info.getMethodsCondition().getMethods())
                    if (pattern.startsWith("/api/"))
                        doors.add(Map.entry(method.name(), pattern.replaceAll("\\{[^}]*}", "1")));
        doors.sort(Comparator.comparing(Map.Entry::toString));
        return doors;
    }

    @Test
    void everythingButReadingIsRefused() throws Exception {
        int tried = 0;
        for (Map.Entry<String, String> door : doors()) {
            if (door.getKey().equals("GET") || FOR_EVERYBODY.contains(door.getValue())) continue;
            if (REPLAYS.contains(door.getValue())) continue;
            tried++;
            HttpResponse<String> answer = call(door.getKey(), door.getValue());
            assertThat(answer.statusCode()).as(door.toString()).isEqualTo(403);
            assertThat(answer.body()).as(door.toString()).contains("An auditor may see everything and change nothing.");
        }
        assertThat(tried).isGreaterThan(15);
    }

    @Test
    void readingShowsMuchAndNoSecret() throws Exception {
        int tried = 0;
        for (Map.Entry<String, String> door : doors()) {
            if (!door.getKey().equals("GET") || FOR_EVERYBODY.contains(door.getValue())) continue;
            tried++;
            assertThat(call("GET", door.getValue()).body())
                    .as(door.toString())
                    .doesNotContain("sk-mock-provider-key", auditor.key(), "$argon2", "sealed");
        }
        assertThat(tried).isGreaterThan(20);
        for (String open : List.of(
                "/api/user/",
                "/api/log/",
                "/api/log/stat",
                "/api/channel/",
                "/api/data/",
                "/api/read-model/",
                "/api/replay/",
                "/api/margin/",
                "/api/buy_price/",
                "/api/user/" + site.root().user()))
            assertThat(call("GET", open).body()).as(open).contains("\"success\":true");
        assertThat(call("GET", "/api/user/token").statusCode()).isEqualTo(403);
        assertThat(call("GET", "/api/channel/test/1").body()).contains("\"success\":false");
        assertThat(call("GET", "/api/option/").body()).contains("\"success\":false");
    }

    @Test
    void replays() throws Exception {
        HttpResponse<String> started = call("POST", "/api/replay/");
        assertThat(started.body()).contains("\"success\":true");
        Awaitility.await()
                .untilAsserted(() ->
                        assertThat(call("GET", "/api/replay/latest").body()).contains("\"state\":\"done\""));
        assertThat(call("GET", "/api/replay/").body()).contains("\"differences\":0", "\"user_id\":" + auditor.user());
        assertThat(call("POST", "/api/replay/cancel").body()).contains("No replay is under way.");
    }

    @Test
    void leavesATraceOfEachLookAtOthers() throws Exception {
        for (String path : List.of(
                "/api/log/?model_name=traced",
                "/api/log/?model_name=traced&p=2",
                "/api/log/self?model_name=own-traced",
                "/api/log/export?model_name=traced-file",
                "/api/user/" + site.root().user())) call("GET", path);
        String trace = site.root()
                .ask("GET", "/api/log/?type=3&username=auditor0&page_size=100", null)
                .toString();
        assertThat(trace.split("Viewed the log of everybody: model=traced\"", -1))
                .as(trace)
                .hasSize(2);
        assertThat(trace)
                .contains(
                        "Exported the log of everybody: model=traced-file",
                        "Viewed the profile of user " + site.root().user())
                .doesNotContain("own-traced");
    }

    @Test
    void spendsNothing() throws Exception {
        HttpResponse<String> answer = site.chat(auditor.key(), TestSite.ask("mock-gpt", ""));
        assertThat(answer.statusCode()).isEqualTo(403);
        assertThat(answer.body()).contains("belongs to an auditor");
    }

    @Test
    void isAppointedByRootAlone() throws Exception {
        Tenant admin = site.user("admin", 1);
        site.root().post("/api/user/manage", Map.of("id", admin.user(), "action", "promote"));
        Tenant other = site.user("other", 1);
        ManagementApi asAdmin = ManagementApi.guest(site.base).withAccessToken(admin.user(), admin.accessToken());
        for (Map<String, Object> wish : List.of(
                Map.<String, Object>of("id", other.user(), "action", "make_auditor"),
                Map.<String, Object>of("id", auditor.user(), "action", "demote"),
                Map.<String, Object>of("id", auditor.user(), "action", "disable"),
                Map.<String, Object>of("id", auditor.user(), "action", "delete")))
            assertThat(asAdmin.ask("POST", "/api/user/manage", wish)
                            .path("success")
                            .asBoolean())
                    .as(wish.toString())
                    .isFalse();
        assertThat(asAdmin.ask("PUT", "/api/user/", Map.of("id", auditor.user(), "password", "another-one-9"))
                        .path("success")
                        .asBoolean())
                .isFalse();
        assertThat(site.user(auditor.user()).path("role").asInt()).isEqualTo(Role.AUDITOR.number());
    }

    @Test
    void everyPageOpensWithoutAControlOrNotAtAll() {
        Set<String> opened = new TreeSet<>();
        try (Chromium chromium = new Chromium();
                BrowserContext context = chromium.desktop()) {
            Page page = context.newPage();
            page.navigate(site.base + "/sign-in");
            page.locator("#username input").fill("auditor0");
            page.locator("#password input").fill(PASSWORD);
            page.locator("#password input").press("Enter");
            page.locator("#balance").waitFor();
            for (Class<?> view : views()) {
                String path = view.getAnnotation(Route.class).value();
                OpenTo open = view.getAnnotation(OpenTo.class);
                if (open.value() == Role.GUEST) continue;
                page.navigate(site.base + "/" + path);
                page.locator("h1").first().waitFor();
                assertThat(page.locator("#refused-page").count() == 0).as(path).isEqualTo(open.auditors());
                if (!open.auditors()) continue;
                opened.add(path);
                page.waitForFunction(
                        "Object.values(window.Vaadin.Flow.clients).every(one => !one.isActive || !one.isActive())");
                assertThat(page.locator(CONTROLS).count()).as(path).isZero();
                if (PICTURES != null)
                    page.screenshot(new Page.ScreenshotOptions()
                            .setPath(Path.of(PICTURES, "auditor-" + path.replace('/', '-') + ".png")));
            }
            page.navigate(site.base + "/book/" + site.root().user());
            page.getByText("Account " + site.root().user()).first().waitFor();
        }
        assertThat(opened)
                .contains("", "log", "book", "prices", "channels", "users", "system/read-models", "password")
                .doesNotContain("keys", "system/options");
    }

    private static List<Class<?>> views() {
        return new ClassFileImporter()
                .importPackages("io.tollbook.console").stream()
                        .filter(type -> type.isAnnotatedWith(Route.class))
                        .<Class<?>>map(type -> type.reflect())
                        .sorted(Comparator.comparing(Class::getName))
                        .toList();
    }
}
