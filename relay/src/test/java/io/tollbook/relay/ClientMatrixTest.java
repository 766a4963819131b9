package io.tollbook.relay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.tollbook.kernel.account.Meter;
import io.tollbook.kernel.account.Meters;
import io.tollbook.relay.Talk.Wish;
import java.util.ArrayList;
import java.util.Base64;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The vendors' own Java clients, unmodified, over providers of every dialect that are as strict as the real ones: nothing
 * that both ends have a word for is lost on the way there or back.
 */
class ClientMatrixTest {
    private static final byte[] PICTURE = {(byte) 0x89, 'P', 'N', 'G', (byte) 0xFB, (byte) 0xFF, (byte) 0xFE, 1};
    private static final String PLACE = "{city: string}";
    private static final String WEATHER = "{city: string, degrees: integer}";
    private static final String PARIS = "{\"city\":\"Paris\"}";

    @RegisterExtension
    private static final RelaySite site = new RelaySite();

    @RegisterExtension
    private static final PublishedTable table = new PublishedTable("reference/clients.md", "## What was tried", 2);

    private interface Trial {
        /** @return the word for how it went */
        String run(Cell cell) throws Exception;
    }

    private enum Case {
        TEXT("text", ClientMatrixTest::text),
        STREAM("stream", ClientMatrixTest::stream),
        SETTINGS("settings", ClientMatrixTest::settings),
        TOOL("one tool", ClientMatrixTest::oneTool),
        TOOLS("parallel tools", ClientMatrixTest::parallelTools),
        PICTURES("pictures", ClientMatrixTest::pictures),
        THINKING("thinking", ClientMatrixTest::thinking),
        FORM("structure", ClientMatrixTest::form),
        LIMIT("cut short", ClientMatrixTest::limit),
        USAGE("usage", ClientMatrixTest::usage),
        ERRORS("errors", ClientMatrixTest::errors),
        BREAK("broken stream", ClientMatrixTest::brokenStream);

        private final String label;
        private final Trial trial;

        Case(String label, Trial trial) {
            this.label = label;
            this.trial = trial;
        }
    }

    /** @param provider null until it serves */
    private record Cell(Sdk sdk, Spoken spoken, Case tried, StrictVendor provider) {
        String row() {
            return sdk.label + " | " + spoken.label;
        }

        Talk talk(Wish... wishes) {
            return sdk.talk(site.port(), "sk-" + RelaySite.KEY, "gpt", Set.of(wishes));
        }

        Model.Asked understood() {
            return provider.last();
        }

        boolean isTranslated() {
            return !sdk.name().equals(spoken.name());
        }

        @Override
        public String toString() {
            return sdk.label + " over " + spoken.label + ": " + tried.label;
        }
    }

    static Stream<Cell> cells() {
        List<Cell> cells = new ArrayList<>();
        for (Sdk sdk : Sdk.values())
            for (Spoken spoken : Spoken.values())
                for (Case tried : Case.values()) cells.add(new Cell(sdk, spoken, tried, null));
        return cells.stream();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource
    void cells(Cell cell) throws Exception {
        Cell served = new Cell(cell.sdk, cell.spoken, cell.tried, cell.spoken.serve(site));
        table.check(cell.row(), cell.tried.label, cell.tried.trial.run(served));
    }

    @Test
    void thePageHasEveryCell() {
        assertThat(table.rows())
                .containsExactlyElementsOf(cells().map(Cell::row).distinct().toList());
        assertThat(table.columns())
                .containsExactlyElementsOf(
                        Stream.of(Case.values()).map(one -> one.label).toList());
    }

    private static String text(Cell cell) {
        try (Talk talk = cell.talk()) {
            Talk.Said said = talk.say(false, "Grüezi 😀 \"there\"\n");

            assertThat(said.text()).isEqualTo(Model.TEXT);
            assertThat(said.end()).isEqualTo("stop");
            assertThat(cell.understood().user).isEqualTo("Grüezi 😀 \"there\"\n");
            assertThat(talk.say(false, "again").text()).isEqualTo(Model.TEXT);
        }
        return "yes";
    }

    private static String stream(Cell cell) {
        try (Talk talk = cell.talk()) {
            Talk.Said said = talk.say(true, "hello");

            assertThat(said.text()).isEqualTo(Model.TEXT);
            assertThat(said.end()).isEqualTo("stop");
            assertThat(said.pieces()).isGreaterThan(1);
        }
        return "yes";
    }

    private static String settings(Cell cell) {
        try (Talk talk = cell.talk(Wish.SETTINGS)) {
            talk.say(false, "hello");
        }
        Model.Asked asked = cell.understood();
        assertThat(asked.system).isEqualTo(Talk.SYSTEM);
        assertThat(asked.limit).isEqualTo(Talk.LIMIT);
        // OpenAI's thinking models draw by themselves.
        if (cell.spoken != Spoken.RESPONSES) assertThat(asked.temperature).isZero();
        if (cell.sdk == Sdk.RESPONSES) return "yes";
        try (Talk talk = cell.talk(Wish.STOPS)) {
            Throwable refused = catchThrowable(() -> talk.say(false, "hello"));
            if (cell.spoken == Spoken.RESPONSES) {
                assertThat(refused).isInstanceOf(cell.sdk.raised(400)).hasMessageContaining("stop");
                return "no stops";
            }
            assertThat(refused).isNull();
        }
        assertThat(cell.understood().stops).containsExactly(Talk.STOP);
        return "yes";
    }

    private static String oneTool(Cell cell) {
        for (boolean streamed : new boolean[] {false, true})
            try (Talk talk = cell.talk(Wish.TOOLS, Wish.MUST_CALL)) {
                Talk.Said said = talk.say(streamed, "the weather?");
                assertThat(said.text()).isEqualTo("I look.");
                assertThat(said.end()).isEqualTo("tools");
                assertThat(said.calls()).containsExactly(new Talk.Call("call_Paris", Talk.TOOL, PARIS));
                assertThat(cell.understood().tools).isEqualTo(Map.of(Talk.TOOL, Talk.TOOL_IS_FOR + PLACE));
                assertThat(cell.understood().mustCall).isTrue();

                said = talk.results(streamed, Map.of("call_Paris", "rain, \"heavy\""));
                assertThat(said.text()).isEqualTo("Got rain, \"heavy\"");
                assertThat(said.end()).isEqualTo("stop");
            }
        return "yes";
    }

    /** Results come back in another order than the calls, but where client and provider are Google's, who forbids it. */
    private static String parallelTools(Cell cell) {
        Map<String, String> results = new LinkedHashMap<>();
        List<String> cities = new ArrayList<>(List.of("Oslo", "Paris"));
        if (cell.spoken == Spoken.GEMINI && !cell.isTranslated()) cities = cities.reversed();
        for (String city : cities) results.put("call_" + city, "rain in " + city);
        for (boolean streamed : new boolean[] {false, true})
            try (Talk talk = cell.talk(Wish.TOOLS)) {
                Talk.Said said = talk.say(streamed, "the weather in both?");
                assertThat(said.calls())
                        .containsExactly(
                                new Talk.Call("call_Paris", Talk.TOOL, PARIS),
                                new Talk.Call("call_Oslo", Talk.TOOL, "{\"city\":\"Oslo\"}"));

                said = talk.results(streamed, results);
                assertThat(said.text()).isEqualTo("Got rain in Paris and rain in Oslo");
                assertThat(cell.understood().results).isEqualTo(results);
            }
        return "yes";
    }

    private static String pictures(Cell cell) {
        try (Talk talk = cell.talk()) {
            assertThat(talk.say(false, "What are they?", PICTURE, new byte[] {1, 2})
                            .text())
                    .isEqualTo("I see 2.");
        }
        assertThat(cell.understood().user).isEqualTo("What are they?");
        assertThat(cell.understood().pictures)
                .containsExactly(Base64.getEncoder().encodeToString(PICTURE), "AQI=");
        return "yes";
    }

    /** Trap 5. What the model thought before its call is shown, and is its own again when the result comes back. */
    private static String thinking(Cell cell) {
        for (boolean streamed : new boolean[] {false, true})
            try (Talk talk = cell.talk(Wish.TOOLS, Wish.THINKING)) {
                Talk.Said said = talk.say(streamed, "the weather?");
                assertThat(cell.understood().thinks).isTrue();
                assertThat(said.thought()).isEqualTo(Model.THOUGHT);
                assertThat(said.calls()).hasSize(1);

                said = talk.results(streamed, Map.of("call_Paris", "rain"));
                assertThat(said.text()).isEqualTo("Got rain");
                assertThat(cell.understood().thoughts).containsExactly(cell.spoken.thought);
            }
        return cell.spoken == Spoken.CHAT ? "as text" : "sealed";
    }

    private static String form(Cell cell) {
        for (boolean streamed : new boolean[] {false, true})
            try (Talk talk = cell.talk(Wish.FORM)) {
                assertThat(talk.say(streamed, "the weather?").text()).isEqualTo("{\"city\":\"Paris\",\"degrees\":21}");
                assertThat(cell.understood().form).isEqualTo(WEATHER);
            }
        return "yes";
    }

    private static String limit(Cell cell) {
        for (boolean streamed : new boolean[] {false, true})
            try (Talk talk = cell.talk()) {
                Talk.Said said = talk.say(streamed, "a story");
                assertThat(said.text()).isEqualTo(Model.LONG);
                assertThat(said.end()).isEqualTo("length");
            }
        return "yes";
    }

    /** Each client counts by its own rules what is the same; what is charged is what the provider reported. */
    private static String usage(Cell cell) {
        // Claude does not tell how much of an answer was thinking.
        int reasoning = cell.spoken == Spoken.CLAUDE ? 0 : Model.REASONING;
        int told = cell.sdk == Sdk.CLAUDE ? 0 : reasoning;
        for (boolean streamed : new boolean[] {false, true})
            try (Talk talk = cell.talk()) {
                site.ledger.reset();
                assertThat(talk.say(streamed, "hello").usage())
                        .isEqualTo(new Talk.Usage(Model.INPUT, Model.CACHED, Model.OUTPUT, told));
                Meters meters = site.settled().meters();
                assertThat(meters.of(Meter.INPUT)).isEqualTo(Model.INPUT - Model.CACHED);
                assertThat(meters.of(Meter.CACHE_READ)).isEqualTo(Model.CACHED);
                assertThat(meters.of(Meter.OUTPUT)).isEqualTo(Model.OUTPUT - reasoning);
                assertThat(meters.of(Meter.REASONING)).isEqualTo(reasoning);
            }
        return "yes";
    }

    private static String errors(Cell cell) {
        int overloaded = cell.spoken.overloaded();
        for (int status : new int[] {400, 401, 429, 500, overloaded}) {
            String error = cell.spoken.error(status, "why not").toString();
            site.first.answers(status, error, "Retry-After: " + Sdk.RETRY_AFTER);
            for (boolean streamed : new boolean[] {false, true})
                try (Talk talk = cell.talk()) {
                    // A key that was turned down would rest now, and a channel that fails be passed over.
                    site.directory.changed();
                    Throwable raised = catchThrowable(() -> talk.say(streamed, "hello"));
                    assertThat(raised)
                            .as("%d", status)
                            .isInstanceOf(cell.sdk.raised(status))
                            .hasMessageContaining("why not");
                    if (status == 429)
                        assertThat(cell.sdk.retryAfter(raised)).containsExactly(Integer.toString(Sdk.RETRY_AFTER));
                }
        }
        raised(cell, 404, "sk-" + RelaySite.KEY, "nothing");
        raised(cell, 401, "sk-" + "x".repeat(48), "gpt");
        return "yes";
    }

    private static void raised(Cell cell, int status, String key, String model) {
        for (boolean streamed : new boolean[] {false, true})
            try (Talk talk = cell.sdk.talk(site.port(), key, model, EnumSet.noneOf(Wish.class))) {
                assertThat(catchThrowable(() -> talk.say(streamed, "hello"))).isInstanceOf(cell.sdk.raised(status));
            }
    }

    /** Whoever took half an answer for the whole would act on it. */
    private static String brokenStream(Cell cell) {
        site.first.answers(cell.spoken::breakOff);
        try (Talk talk = cell.talk()) {
            assertThat(catchThrowable(() -> talk.say(true, "hello"))).isInstanceOf(cell.sdk.brokenOff());
        }
        assertThat(site.settled().attempts()).hasSize(1);
        return "raised";
    }
}
