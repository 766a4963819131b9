package io.tollbook.relay;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What a channel's operations do to requests and headers. The table's requests have, beside model and messages, these fields. */
class OverrideTest {
    private static final String FIELDS = """
            ,"user":" Ann ","n":1,"stop":["a","b"],"metadata":{"kind":"talk","list":[{"type":"x","v":1},{"type":"y"}]}""";

    @RegisterExtension
    private static final RelaySite site = new RelaySite();

    private static void override(String json) {
        site.directory.channelWith(1, site.first.baseUrl(), 10, List.of("gpt"), Map.of("param_override", json));
        site.directory.changed();
    }

    private static Provider.Asked asked(String... headers) throws Exception {
        site.first.answers(200, RelaySite.WHOLE);
        assertThat(site.answer("/v1/chat/completions", RelaySite.ask(FIELDS), headers)
                        .status())
                .isEqualTo(200);
        return site.first.next();
    }

    private static JsonNode at(JsonNode root, String pointer) {
        return root.at(pointer);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {"mode":"set","path":"user","value":"Bob"}                                     | /user             | "Bob"
            {"mode":"set","path":"user","value":"Bob","keep_origin":true}                  | /user             | " Ann "
            {"mode":"set","path":"seed","value":7,"keep_origin":true}                      | /seed             | 7
            {"mode":"set","path":"a.b.c","value":[1]}                                      | /a/b/c            | [1]
            {"mode":"set","path":"stop.-1","value":"z"}                                    | /stop             | ["a","z"]
            {"mode":"set","path":"metadata.list.*.v","value":5}                            | /metadata/list    | [{"type":"x","v":5},{"type":"y","v":5}]
            {"mode":"set","path":"a\\\\.b","value":1}                                      | /a.b              | 1
            {"mode":"delete","path":"metadata.kind"}                                       | /metadata/kind    |
            {"mode":"delete","path":"stop.*"}                                              | /stop             | []
            {"mode":"move","from":"user","to":"metadata.who"}                              | /metadata/who     | " Ann "
            {"mode":"move","from":"user","to":"metadata.who"}                              | /user             |
            {"mode":"copy","from":"user","to":"metadata.kind"}                             | /metadata/kind    | " Ann "
            {"mode":"copy","from":"user","to":"metadata.kind","keep_origin":true}          | /metadata/kind    | "talk"
            {"mode":"prepend","path":"user","value":"Dr."}                                 | /user             | "Dr. Ann "
            {"mode":"append","path":"stop","value":["c"]}                                  | /stop             | ["a","b","c"]
            {"mode":"prepend","path":"stop","value":"c"}                                   | /stop             | ["c","a","b"]
            {"mode":"append","path":"metadata","value":{"kind":"x","new":1}}               | /metadata/kind    | "x"
            {"mode":"append","path":"metadata","value":{"kind":"x"},"keep_origin":true}    | /metadata/kind    | "talk"
            {"mode":"trim_space","path":"user"}                                            | /user             | "Ann"
            {"mode":"to_upper","path":"metadata.kind"}                                     | /metadata/kind    | "TALK"
            {"mode":"trim_prefix","path":"metadata.kind","value":"ta"}                     | /metadata/kind    | "lk"
            {"mode":"trim_suffix","path":"metadata.kind","value":"xx"}                     | /metadata/kind    | "talk"
            {"mode":"ensure_prefix","path":"metadata.kind","value":"a-"}                   | /metadata/kind    | "a-talk"
            {"mode":"ensure_suffix","path":"metadata.kind","value":"lk"}                   | /metadata/kind    | "talk"
            {"mode":"replace","path":"metadata.kind","from":"l","to":"r"}                  | /metadata/kind    | "tark"
            {"mode":"regex_replace","path":"metadata.kind","from":"[a-l]+","to":"_"}       | /metadata/kind    | "t_"
            {"mode":"prune_objects","path":"metadata","value":"x"}                         | /metadata/list    | [{"type":"y"}]
            {"mode":"prune_objects","path":"metadata.list","value":{"where":{"type":"y"}}} | /metadata/list    | [{"type":"x","v":1}]
            {"mode":"sync_fields","from":"json:metadata.id","to":"header:x-id"}            | /metadata/id      | "h1"
            {"mode":"set","path":"n","value":2,"conditions":[{"path":"n","mode":"lt","value":1}]}                   | /n | 1
            {"mode":"set","path":"n","value":2,"conditions":[{"path":"n","mode":"lte","value":1}]}                  | /n | 2
            {"mode":"set","path":"n","value":2,"conditions":[{"path":"user","mode":"contains","value":"nn"}]}       | /n | 2
            {"mode":"set","path":"n","value":2,"conditions":[{"path":"user","mode":"prefix","value":"A"}]}          | /n | 1
            {"mode":"set","path":"n","value":2,"conditions":[{"path":"user","mode":"prefix","value":"A","invert":true}]} | /n | 2
            {"mode":"set","path":"n","value":2,"conditions":[{"path":"no","value":1}]}                              | /n | 1
            {"mode":"set","path":"n","value":2,"conditions":[{"path":"no","value":1,"pass_missing_key":true}]}      | /n | 2
            {"mode":"set","path":"n","value":2,"conditions":[{"path":"no","value":1},{"path":"n","value":1}]}       | /n | 2
            {"mode":"set","path":"n","value":2,"logic":"AND","conditions":[{"path":"no","value":1},{"path":"n","value":1}]} | /n | 1
            {"mode":"set","path":"n","value":2,"conditions":{"original_model":"gpt"}}                               | /n | 2
            {"mode":"set","path":"n","value":2,"conditions":{"request_path":"/v1/chat/completions"}}                | /n | 2
            {"mode":"set","path":"n","value":2,"conditions":{"request_headers.x-id":"h1"}}                          | /n | 2
            {"mode":"set","path":"n","value":2,"conditions":{"is_retry":true}}                                      | /n | 1
            """)
    void anOperationChangesTheRequest(String operation, String pointer, String expected) throws Exception {
        override("{\"operations\":[" + operation + "]}");
        JsonNode sent = JsonMapper.shared().readTree(asked("X-Id: h1").body());
        JsonNode found = at(sent, pointer);
        if (expected == null) assertThat(found.isMissingNode()).isTrue();
        else assertThat(found).isEqualTo(JsonMapper.shared().readTree(expected));
        assertThat(sent.at("/messages/0/content").asString()).isEqualTo("hello");
    }

    @Test
    void fieldsAreSetAsTheyStandAndOperationsFollow() throws Exception {
        override("{\"a.b\":1,\"seed\":7,\"operations\":[{\"mode\":\"copy\",\"from\":\"seed\",\"to\":\"n\"}]}");
        JsonNode sent = JsonMapper.shared().readTree(asked().body());
        assertThat(sent.path("a.b").intValue()).isEqualTo(1);
        assertThat(sent.path("n").intValue()).isEqualTo(7);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {"mode":"set_header","path":"X-New","value":"v"}                                     | x-new  | v
            {"mode":"delete_header","path":"X-Id"}                                               | x-id   |
            {"mode":"copy_header","from":"X-Id","to":"X-New"}                                    | x-new  | h1
            {"mode":"move_header","from":"X-Id","to":"X-New"}                                    | x-id   |
            {"mode":"pass_headers","value":["X-Id","X-None"]}                                    | x-id   | h1
            {"mode":"pass_headers","value":"authorization"}                                      | authorization | Bearer provider-key-1
            {"mode":"set_header","path":"X-List","value":{"a":"b","c":null,"$append":["z"]}}     | x-list | b,d,z
            {"mode":"set_header","path":"X-List","value":{"a":"a","$keep_only_declared":true}}   | x-list | a
            """)
    void anOperationChangesHeaders(String operation, String header, String expected) throws Exception {
        override("{\"operations\":[" + operation + "]}");
        String head = asked("X-Id: h1", "X-List: a, c, d").head().toLowerCase(java.util.Locale.ROOT);
        if (expected == null) assertThat(head).doesNotContain("\r\n" + header + ":");
        else
            assertThat(head)
                    .containsOnlyOnce("\r\n" + header + ": " + expected.toLowerCase(java.util.Locale.ROOT) + "\r\n");
    }

    @Test
    void howAMessageIsCutIsNoOperationsBusiness() throws Exception {
        override("{\"operations\":[{\"mode\":\"set_header\",\"path\":\"Content-Length\",\"value\":\"1\"}]}");
        Provider.Asked asked = asked();
        assertThat(asked.head()).doesNotContain("Content-Length: 1\r").doesNotContain("content-length: 1\r");
        assertThat(JsonMapper.shared().readTree(asked.body()).path("model").asString())
                .isEqualTo("gpt");
    }

    @Test
    void anOperationMayAnswerInTheProvidersPlace() throws Exception {
        override("""
                {"operations":[{"mode":"return_error","value":{"message":"not here","status_code":418,"code":"teapot"}}]}""");
        Client.Answer answer = site.answer(RelaySite.ask(FIELDS));
        assertThat(answer.status()).isEqualTo(418);
        assertThat(answer.error().path("code").asString()).isEqualTo("teapot");
        assertThat(answer.error().path("message").asString()).startsWith("not here");
        assertThat(site.first.waiting() + site.second.waiting()).isZero();
        assertThat(site.released().attempts()).hasSize(1);
    }

    @Test
    void whatCannotBeFollowedIsTriedElsewhere() throws Exception {
        override("{\"operations\":[{\"mode\":\"move\",\"from\":\"nowhere\",\"to\":\"user\"}]}");
        site.second.answers(200, RelaySite.WHOLE);
        assertThat(site.answer(RelaySite.ask(FIELDS)).status()).isEqualTo(200);
        assertThat(site.first.waiting()).isZero();
    }

    @Test
    void aStatusIsShownAsTheChannelMapsIt() throws Exception {
        site.directory.channelWith(
                1, site.first.baseUrl(), 10, List.of("gpt"), Map.of("status_code_mapping", "{\"400\":\"422\"}"));
        site.directory.changed();
        site.first.answers(400, "{\"error\":{\"message\":\"no\"}}");
        assertThat(site.answer(RelaySite.ask("")).status()).isEqualTo(422);
        assertThat(site.released().attempts().getFirst().status()).isEqualTo(400);
    }
}
