package io.tollbook;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static io.tollbook.ConsolePage.picture;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.FilePayload;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A person tries models in the browser, sees what each answer cost, and then takes their program's set-up with them. */
class PlaygroundPageTest {
    private static final byte[] PIXEL = Base64.getDecoder()
            .decode("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==");
    private static final String WEATHER = """
            [{"type":"function","function":{"name":"get_weather","parameters":{"type":"object",
             "properties":{"city":{"type":"string"}}}}}]""";
    private static final Pattern DOLLARS = Pattern.compile("\\$0\\.0*[1-9]\\d*");

    private static final Logger log = LoggerFactory.getLogger(PlaygroundPageTest.class);

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
    void anAnswerIsStreamedChargedStoppedContinuedAndKept() throws Exception {
        List<String> faults = new ArrayList<>();
        try (BrowserContext context = site.chromium.desktop()) {
            Page page = context.newPage();
            page.onPageError(faults::add);
            site.setUp(page);
            usingTheApi(page);
            page.navigate(base + "/playground?model=demo-thinking");
            assertThat(page.locator("#pg-model input")).hasValue("demo-thinking");
            picture(page, "playground-empty");
            streamedAndCharged(page);
            shapedAndRaw(page);
            stopped(page);
            shown(page);
            calledTools(page);
            failed(page);
            editedAndRemoved(page);
            kept(page);
            inEachDialect(page);
            logged(page);
            longAnswer(page);
            looks(page);
        }
        Assertions.assertThat(faults).isEmpty();
    }

    private static void ask(Page page, String text) {
        Locator input = page.locator("#pg-input");
        input.fill(text);
        input.press("Enter");
    }

    private static Locator answer(Page page) {
        return page.locator(".pg-assistant").last();
    }

    private static void charged(Page page) {
        assertThat(answer(page).locator(".pg-cost")).hasText(DOLLARS);
    }

    private static void streamedAndCharged(Page page) {
        String before = page.locator("#pg-balance").innerText();
        page.locator("#pg-input").fill("What is");
        page.locator("#pg-input").press("Shift+Enter");
        page.locator("#pg-input").pressSequentially("a ledger? <img src=x onerror=alert(1)>");
        page.locator("#pg-input").press("Enter");
        // What is there while it can still be stopped came before the end.
        assertThat(page.locator("#pg-send.pg-stop")).isVisible();
        assertThat(answer(page).locator(".pg-text")).containsText("Hello from");
        Assertions.assertThat(page.locator("#pg-send.pg-stop").count()).isOne();
        assertThat(page.locator("#pg-send.pg-stop")).hasCount(0);
        charged(page);
        assertThat(answer(page).locator(".pg-figures")).containsText("13 thinking");
        assertThat(answer(page).locator(".pg-text")).containsText("<img src=x onerror=alert(1)>");
        assertThat(page.locator("#pg-balance")).not().hasText(before);
        assertThat(page.locator(".pg-user .pg-text")).hasText("What is\na ledger? <img src=x onerror=alert(1)>");
        Locator thinking = answer(page).locator(".pg-thinking");
        assertThat(thinking.locator("div")).isHidden();
        thinking.locator("summary").click();
        assertThat(thinking.locator("div")).containsText("thinking is passed on");
    }

    private static void shapedAndRaw(Page page) {
        page.locator("#pg-max_tokens-on").click();
        Locator most = page.locator("#pg-max_tokens input");
        most.fill("20");
        most.press("Tab");
        Locator system = page.locator("#pg-system textarea");
        system.fill("Be brief.");
        system.press("Tab");
        settled(page, "wishes.system === 'Be brief.' && wishes.parameters.max_tokens === 20");
        ask(page, "And in one word?");
        charged(page);
        assertThat(answer(page).locator(".pg-figures")).containsText("cut at the limit");
        answer(page).hover();
        answer(page).getByLabel("Show request and events").click();
        assertThat(page.locator("#pg-raw-request"))
                .containsText(
                        Pattern.compile("Be brief\\.[\\s\\S]*\"max_tokens\": 20[\\s\\S]*\"include_usage\": true"));
        assertThat(page.locator("#pg-raw-events")).containsText("data: [DONE]");
        picture(page, "playground-raw");
        page.locator("#pg-tabs vaadin-tab").first().click();
        page.locator("#pg-max_tokens-on").click();
        settled(page, "wishes.parameters.max_tokens === undefined");
    }

    private static void stopped(Page page) {
        ask(page, "word ".repeat(40));
        assertThat(answer(page).locator(".pg-text")).containsText("Hello from");
        page.keyboard().press("Escape");
        assertThat(answer(page).locator(".pg-figures")).containsText("stopped");
        assertThat(answer(page).locator(".pg-text")).not().containsText("like any other");
        charged(page);
    }

    private static void shown(Page page) {
        page.locator("#pg-file").setInputFiles(new FilePayload("pixel.png", "image/png", PIXEL));
        assertThat(page.locator(".pg-thumb")).hasCount(1);
        ask(page, "What is this?");
        assertThat(answer(page).locator(".pg-text")).containsText("a PNG picture of 1×1 pixels");
        assertThat(page.locator(".pg-thumb")).hasCount(0);
        charged(page);
        page.locator("#pg-file").setInputFiles(new FilePayload("notes.txt", "text/plain", new byte[] {65}));
        assertThat(page.locator(".pg-note")).hasText("Pictures are PNG, JPEG, GIF or WebP.");
    }

    private static void calledTools(Page page) {
        page.locator("#pg-tools-fold vaadin-details-summary").click();
        Locator tools = page.locator("#pg-tools textarea");
        tools.fill("[{\"type\": \"fun");
        tools.press("Tab");
        settled(page, "wishes.toolsFault");
        assertThat(page.getByText("The tools are no JSON array of functions.").first())
                .isVisible();
        tools.fill(WEATHER);
        tools.press("Tab");
        settled(page, "wishes.tools && wishes.tools.length === 1");
        ask(page, "Please use get_weather for “Rome”.");
        assertThat(answer(page).locator(".pg-call pre")).containsText("\"city\": \"Rome\"");
        charged(page);
        answer(page).locator(".pg-call textarea").fill("sunny");
        picture(page, "playground-tool");
        answer(page).locator(".pg-results").click();
        assertThat(answer(page).locator(".pg-text")).containsText("The tool get_weather answered: “sunny”.");
        charged(page);
        tools.fill("");
        tools.press("Tab");
        settled(page, "wishes.tools && wishes.tools.length === 0");
    }

    private static void failed(Page page) {
        ask(page, "error 400, please");
        assertThat(answer(page).locator(".problem")).containsText("asked for this error");
        assertThat(answer(page).locator(".pg-cost")).hasText("not charged");
        answer(page).getByLabel("Delete message").click();
        page.locator(".pg-user").last().getByLabel("Delete message").click();
        assertThat(page.locator(".problem")).hasCount(0);
    }

    private static void inEachDialect(Page page) {
        page.locator("#pg-tabs vaadin-tab").first().click();
        page.locator("#pg-tools-fold vaadin-details-summary").click();
        inDialect(page, "responses", "OpenAI responses", "\"max_output_tokens\": 2000", "response.completed");
        inDialect(page, "claude", "Claude messages", "\"max_tokens\": 2000", "message_stop");
        inDialect(page, "gemini", "Gemini generateContent", "\"maxOutputTokens\": 2000", "finishReason");
        page.navigate(base + "/playground?model=demo-thinking");
        settled(page, "wishes.dialect === 'gemini'");
        choose(page, "pg-dialect", "OpenAI chat");
        page.locator("#pg-max_tokens-on").click();
        settled(page, "wishes.dialect === 'openai' && wishes.parameters.max_tokens === undefined");
    }

    /** All of a chat in one dialect: thinking, a picture, a tool, a limit, a refusal, without a stream, and begun with another. */
    private static void inDialect(Page page, String key, String label, String limit, String last) {
        page.locator("#pg-new").click();
        choose(page, "pg-dialect", "OpenAI chat");
        settled(page, "wishes.dialect === 'openai'");
        ask(page, "Begun with another");
        charged(page);
        choose(page, "pg-dialect", label);
        choose(page, "pg-thinking", "Little");
        settled(page, "wishes.dialect === '" + key + "' && wishes.thinking === 'low'");
        assertThat(page).hasURL(Pattern.compile("dialect=" + key));
        limit(page, "2000");
        page.locator("#pg-file").setInputFiles(new FilePayload("pixel.png", "image/png", PIXEL));
        assertThat(page.locator(".pg-thumb")).hasCount(1);
        ask(page, "What is *this*?");
        assertThat(answer(page).locator(".pg-text")).containsText("a PNG picture of 1×1 pixels");
        charged(page);
        answer(page).locator(".pg-thinking summary").click();
        assertThat(answer(page).locator(".pg-thinking div")).containsText("thinking is passed on");
        answer(page).getByLabel("Show request and events").click();
        assertThat(page.locator("#pg-raw-request")).containsText(limit);
        assertThat(page.locator("#pg-raw-request")).containsText("Begun with another");
        assertThat(page.locator("#pg-raw-events")).containsText(last);
        assertThat(page.locator("#pg-raw-curl")).containsText("$TOLLBOOK_KEY");
        picture(page, "playground-" + key);
        page.locator("#pg-tabs vaadin-tab").first().click();

        page.locator("#pg-stream label").click();
        tool(page, WEATHER);
        settled(page, "!wishes.stream && wishes.tools.length === 1");
        ask(page, "Please use get_weather for “Rome”.");
        assertThat(answer(page).locator(".pg-call pre")).containsText("\"city\": \"Rome\"");
        page.locator("#pg-stream label").click();
        settled(page, "wishes.stream");
        answer(page).locator(".pg-call textarea").fill("sunny");
        answer(page).locator(".pg-results").click();
        assertThat(answer(page).locator(".pg-text")).containsText("The tool get_weather answered: “sunny”.");
        charged(page);
        answer(page).getByLabel("Regenerate").click();
        assertThat(answer(page).locator(".pg-text")).containsText("answered: “sunny”.");
        tool(page, "");
        settled(page, "wishes.tools.length === 0");
        choose(page, "pg-thinking", "As the model usually does");
        limit(page, "20");
        ask(page, "And in one word?");
        assertThat(answer(page).locator(".pg-figures")).containsText("cut at the limit");
        ask(page, "error 429, please");
        assertThat(answer(page).locator(".problem strong"))
                .hasText("Too many calls just now. Wait a moment and send again.");
        assertThat(answer(page).locator(".problem")).containsText("asked for this error");
    }

    private static void limit(Page page, String tokens) {
        Locator on = page.locator("#pg-max_tokens-on");
        if (!on.locator("input").isChecked()) on.click();
        Locator most = page.locator("#pg-max_tokens input");
        most.fill(tokens);
        most.press("Tab");
        settled(page, "wishes.parameters.max_tokens === " + tokens);
    }

    private static void tool(Page page, String text) {
        Locator tools = page.locator("#pg-tools textarea");
        tools.fill(text);
        tools.press("Tab");
    }

    private static void choose(Page page, String select, String label) {
        page.locator("#" + select).click();
        page.getByRole(
                        AriaRole.OPTION,
                        new Page.GetByRoleOptions().setName(label).setExact(true))
                .click();
    }

    private static void editedAndRemoved(Page page) {
        int answers = page.locator(".pg-assistant").count();
        answer(page).getByLabel("Regenerate").click();
        charged(page);
        Assertions.assertThat(page.locator(".pg-assistant").count()).isEqualTo(answers);
        page.locator(".pg-user").first().getByLabel("Edit message").click();
        page.locator(".pg-edit").fill("Show me `code` and **bold** words, then\n\n```java\nint one = 1;\n```");
        page.locator(".pg-save-send").click();
        assertThat(page.locator(".pg-assistant")).hasCount(1);
        charged(page);
        assertThat(answer(page).locator("strong")).hasText("bold");
        assertThat(page.locator(".pg-user")).hasCount(1);
    }

    private static void kept(Page page) {
        page.locator("#pg-new").click();
        assertThat(page.locator(".pg-assistant")).hasCount(0);
        page.reload();
        assertThat(page.locator("#pg-model input")).hasValue("demo-thinking");
        assertThat(page.locator("#pg-system textarea")).hasValue("Be brief.");
        page.locator("#pg-tabs vaadin-tab").nth(1).click();
        page.locator("#pg-history .pg-chat").first().click();
        assertThat(answer(page).locator(".pg-cost")).hasText(DOLLARS);
        picture(page, "playground-history");
    }

    private static void logged(Page page) {
        page.navigate(base + "/log?kind=consume");
        assertThat(page.locator("#log").getByText("Playground").first()).isVisible();
        page.navigate(base + "/ledger");
        assertThat(page.getByText("the books balance")).isVisible();
    }

    /** 20,000 words in 400 pieces: each is drawn at the end of what stands there, and none draws all of it again. */
    @SuppressWarnings("unchecked")
    private static void longAnswer(Page page) throws IOException {
        page.navigate(base + "/playground?model=demo-fast");
        settled(page, "wishes.model === 'demo-fast' && wishes.dialect === 'openai'");
        String script = Files.readString(Path.of("src/test/resources/console/long-answer.js"));
        Map<String, Object> drawn = (Map<String, Object>) page.evaluate(script);
        Assertions.assertThat(drawn.get("words")).isEqualTo(20_000);
        Assertions.assertThat(drawn.get("same"))
                .as("drawn bit by bit and at once")
                .isEqualTo(true);
        Assertions.assertThat(((Number) drawn.get("added")).intValue())
                .as("elements added in all: %s", drawn)
                .isLessThan(3 * ((Number) drawn.get("elements")).intValue());
        log.info("a long answer was drawn: {}", drawn);
    }

    private static void looks(Page page) {
        page.navigate(base + "/playground?model=demo-fast");
        assertThat(page.locator("#pg-model input")).hasValue("demo-fast");
        ask(page, "Which **accounts** does a ledger have?\n\n- assets\n- liabilities");
        charged(page);
        page.locator("#pg-file").setInputFiles(new FilePayload("pixel.png", "image/png", PIXEL));
        assertThat(page.locator(".pg-thumb")).hasCount(1);
        picture(page, "playground");
        page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(ColorScheme.DARK));
        picture(page, "playground-dark");
        page.setViewportSize(390, 844);
        picture(page, "playground-phone-dark");
        page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(ColorScheme.LIGHT));
        page.locator("#pg-side-open").click();
        assertThat(page.locator("#pg-model")).isVisible();
        picture(page, "playground-phone-settings");
        page.locator("#pg-side-close").click();
        assertThat(page.locator("#pg-model")).isHidden();
        page.setViewportSize(1440, 900);
    }

    private static void usingTheApi(Page page) {
        page.locator("#nav-using-the-api").click();
        Locator curl = page.locator("#api-openai-curl");
        assertThat(curl).containsText(base + "/v1/chat/completions");
        assertThat(curl).containsText(Pattern.compile("Bearer sk-\\w+…\\w+"));
        page.locator("#api-reveal").click();
        assertThat(curl).containsText(Pattern.compile("Bearer sk-\\w{48}'"));
        page.locator("#api-new-key").click();
        assertThat(curl).containsText(Pattern.compile("Bearer sk-\\w+…\\w+"));
        assertThat(page.locator("#api-claude-code")).containsText("ANTHROPIC_BASE_URL=" + base);
        picture(page, "using-the-api");
        page.locator("#api-dialects > vaadin-tabs > vaadin-tab").nth(2).click();
        assertThat(page.locator("#api-anthropic-curl")).containsText("x-api-key: sk-");
        page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(ColorScheme.DARK));
        picture(page, "using-the-api-dark");
        page.setViewportSize(390, 844);
        picture(page, "using-the-api-phone");
        page.setViewportSize(1440, 900);
        page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(ColorScheme.LIGHT));
    }

    /** What was chosen has been at the server and is back in the page. */
    private static void settled(Page page, String condition) {
        page.waitForFunction("() => (chat => chat?.wishes && (wishes => " + condition
                + ")(chat.wishes))(document.querySelector('play-ground'))");
    }
}
