package io.tollbook.relay.dialect.claude;

import static io.tollbook.relay.dialect.claude.Written.CALL_A;
import static io.tollbook.relay.dialect.claude.Written.CALL_B;
import static io.tollbook.relay.dialect.claude.Written.SONNET;
import static io.tollbook.relay.dialect.claude.Written.json;
import static io.tollbook.relay.dialect.claude.Written.model;
import static io.tollbook.relay.dialect.claude.Written.result;
import static io.tollbook.relay.dialect.claude.Written.text;
import static io.tollbook.relay.dialect.claude.Written.turns;
import static io.tollbook.relay.dialect.claude.Written.types;
import static io.tollbook.relay.dialect.claude.Written.user;
import static io.tollbook.relay.dialect.claude.Written.written;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tollbook.kernel.Refused;
import io.tollbook.relay.conversation.Part;
import io.tollbook.relay.conversation.Source;
import io.tollbook.relay.conversation.Turn;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** Turns of other vendors' clients, as Anthropic takes them: each request is shown to rules that are as strict. */
class ClaudeTurnsTest {
    @Test
    void trap3CallsWithBrokenArgumentsStayWithTheirResults() {
        JsonNode messages = turns(
                user(text("?")),
                model(new Part.ToolCall("call_a", "weather", "{\"city\":")),
                user(result("call_a", "wet")));

        assertThat(messages.path(1).path("content").path(0).path("input")).isEqualTo(json("{}"));
        assertThat(messages.path(2).path("content").path(0).path("tool_use_id").asString())
                .isEqualTo("call_a");
    }

    @Test
    void trap4AllResultsOfATurnAreOneMessageAndBeforeItsText() {
        JsonNode messages = turns(
                user(text("?")),
                model(text("Let me see."), CALL_A, CALL_B),
                user(text("hurry")),
                user(result("call_b", "dry")),
                user(result("call_a", "wet")));

        assertThat(messages).hasSize(3);
        assertThat(types(messages.path(1))).isEqualTo("text,tool_use,tool_use");
        assertThat(types(messages.path(2))).isEqualTo("tool_result,tool_result,text");
    }

    @Test
    void trap7NothingEmptyIsSent() {
        JsonNode messages = turns(
                user(text("")),
                model(text(" "), CALL_A),
                user(new Part.ToolResult("call_a", null, List.of(text("")), null, true, null)),
                model(text("\n")));

        assertThat(messages).isEqualTo(json("""
                [{"role":"user","content":[{"type":"text","text":"..."}]},
                {"role":"assistant","content":[{"type":"tool_use","id":"call_a","name":"weather","input":{"city":"Ulm"}}]},
                {"role":"user","content":[{"type":"tool_result","tool_use_id":"call_a","content":[{"type":"text","text":"..."}],"is_error":true}]}]"""));
    }

    @Test
    void trap8TurnsOfOneSideAreJoinedWithoutTouchingTheirText() {
        JsonNode messages = turns(
                user(text("\"quoted\" ")), user(text("more")), model(text("a")), model(text("b ")), user(text("c")));

        assertThat(messages).isEqualTo(json("""
                [{"role":"user","content":[{"type":"text","text":"\\"quoted\\" "},{"type":"text","text":"more"}]},
                {"role":"assistant","content":[{"type":"text","text":"a"},{"type":"text","text":"b "}]},
                {"role":"user","content":[{"type":"text","text":"c"}]}]"""));
    }

    @ParameterizedTest
    @CsvSource({SONNET + ", 2, assistant", "claude-opus-4-6, 3, user"})
    void anAnswerIsBegunForTheModelOnlyWhereItTakesThat(String model, int messages, String last) {
        JsonNode written = written(model, draft -> draft.turns.add(model(text("Once upon "))))
                .path("messages");

        assertThat(written).hasSize(messages);
        assertThat(written.path(messages - 1).path("role").asString()).isEqualTo(last);
    }

    @Test
    void theModelsTurnIsNeverTheFirst() {
        assertThat(types(turns(model(text("Welcome.")), user(text("Hi"))).path(0)))
                .isEqualTo("text");
    }

    @Test
    void callsAreNumberedInLettersThatClaudeTakes() {
        JsonNode messages = turns(
                user(text("?")),
                model(
                        new Part.ToolCall("functions.weather:0", "weather", "{}"),
                        new Part.ToolCall("functions_weather_0", "weather", "{}")),
                user(result("functions_weather_0", "second"), result("functions.weather:0", "first")));

        for (JsonNode result : messages.path(2).path("content")) {
            String wanted = result.path("content").path(0).path("text").asString();
            int call = wanted.equals("first") ? 0 : 1;
            assertThat(messages.path(1).path("content").path(call).path("id")).isEqualTo(result.path("tool_use_id"));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"answer", "call"})
    void whatHasNoPartnerIsRefusedByName(String alone) {
        Turn[] turns = alone.equals("answer")
                ? new Turn[] {user(text("?")), model(text("no call")), user(result("call_x", "?"))}
                : new Turn[] {user(text("?")), model(new Part.ToolCall("call_x", "weather", "{}")), user(text("?"))};

        assertThatThrownBy(() -> turns(turns)).isInstanceOf(Refused.class).hasMessageContaining("call_x");
    }

    @Test
    void aResultShowsItsPictures() {
        Part picture = new Part.Media(
                Part.Media.Kind.PICTURE, new Source.Inline("image/png", "iVBORw0KGgo="), null, "low", null);
        JsonNode block = turns(
                        user(text("?")),
                        model(CALL_A),
                        user(new Part.ToolResult(
                                "call_a", "weather", List.of(text("map"), picture), null, false, null)))
                .path(2)
                .path("content")
                .path(0);

        assertThat(types(block)).isEqualTo("text,image");
        assertThat(block.path("content").path(1).path("source"))
                .isEqualTo(json("{\"type\":\"base64\",\"media_type\":\"image/png\",\"data\":\"iVBORw0KGgo=\"}"));
    }

    @Test
    void mediaGoWhereverTheyAre() {
        JsonNode content = turns(user(
                        new Part.Media(
                                Part.Media.Kind.PICTURE,
                                new Source.Address("https://a.example/b.png", null),
                                null,
                                null,
                                null),
                        new Part.Media(
                                Part.Media.Kind.DOCUMENT,
                                new Source.Inline("application/pdf", "JVBERi0="),
                                "a.pdf",
                                null,
                                json("{\"type\":\"ephemeral\"}")),
                        new Part.Media(
                                Part.Media.Kind.DOCUMENT, new Source.PlainText("all of it"), "notes", null, null)))
                .path(0)
                .path("content");

        assertThat(content).isEqualTo(json("""
                [{"type":"image","source":{"type":"url","url":"https://a.example/b.png"}},
                {"type":"document","source":{"type":"base64","media_type":"application/pdf","data":"JVBERi0="},"title":"a.pdf","cache_control":{"type":"ephemeral"}},
                {"type":"document","source":{"type":"text","media_type":"text/plain","data":"all of it"},"title":"notes"}]"""));
    }
}
