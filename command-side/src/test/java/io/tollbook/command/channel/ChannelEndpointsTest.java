package io.tollbook.command.channel;

import static org.assertj.core.api.Assertions.assertThat;

import io.tollbook.command.RecordedMessages;
import io.tollbook.command.api.Api;
import io.tollbook.kernel.Actor;
import io.tollbook.kernel.Ids;
import io.tollbook.kernel.Page;
import io.tollbook.kernel.Refusal;
import io.tollbook.kernel.Refused;
import io.tollbook.kernel.account.Quota;
import io.tollbook.kernel.channel.ChangeChannel;
import io.tollbook.kernel.channel.ChangeChannels;
import io.tollbook.kernel.channel.ChannelAddresses;
import io.tollbook.kernel.channel.ChannelById;
import io.tollbook.kernel.channel.ChannelDraft;
import io.tollbook.kernel.channel.ChannelId;
import io.tollbook.kernel.channel.ChannelProbe;
import io.tollbook.kernel.channel.ChannelStatus;
import io.tollbook.kernel.channel.ChannelSummary;
import io.tollbook.kernel.channel.ChannelTerms;
import io.tollbook.kernel.channel.Channels;
import io.tollbook.kernel.channel.DeleteChannel;
import io.tollbook.kernel.channel.DisableChannel;
import io.tollbook.kernel.channel.EnableChannel;
import io.tollbook.kernel.channel.KeyCounts;
import io.tollbook.kernel.channel.RecordChannelTest;
import io.tollbook.kernel.secret.Secret;
import io.tollbook.kernel.user.Role;
import io.tollbook.kernel.user.UserId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ChannelEndpointsTest {
    private static final Actor AS_ADMIN = Actor.user(new UserId(2), Role.ADMIN, "session", null);
    private static final Actor AS_ANN = Actor.user(new UserId(17), Role.USER, "session", null);
    private static final ChannelId ID = new ChannelId(5);
    private static final ChannelTerms TERMS = new ChannelTerms(
            8,
            "one",
            "https://good.example",
            List.of("a", "b"),
            List.of("default", "vip"),
            7,
            3,
            false,
            "tag",
            "remark",
            "a",
            Map.of("a", "x"),
            Map.of("setting", "{\"force_format\":true}"));

    private ChannelProbe.Result result = new ChannelProbe.Result("a", true, "", 1_234);
    private @Nullable String probed;
    private final RecordedMessages messages = new RecordedMessages()
            .answer(ChannelById.class, query -> query.channel().equals(ID) ? Optional.of(summary()) : Optional.empty())
            .answer(Channels.class, query -> new Page<>(List.of(summary()), 1));
    private final List<String> looked = new ArrayList<>();
    private String warning = "";
    private final Api api = new Api(new ChannelEndpoints(messages, ids(), this::probe, new Looked())).as(AS_ADMIN);

    /** Remembers which base URLs were looked at. */
    private final class Looked implements ChannelAddresses {
        @Override
        public void check(ChannelTerms terms) {
            looked.add(terms.baseUrl());
            if (terms.baseUrl().contains("10.0.0.1"))
                throw Refused.invalid("The base URL leads into a private network.");
        }

        @Override
        public String warning(ChannelTerms terms) {
            return warning;
        }
    }

    private static Ids ids() {
        AtomicLong next = new AtomicLong(100);
        return kind -> next.incrementAndGet();
    }

    private static ChannelSummary summary() {
        return summary(ChannelStatus.ENABLED, "");
    }

    private static ChannelSummary summary(ChannelStatus status, String why) {
        return new ChannelSummary(
                ID, TERMS, status, why, null, KeyCounts.ONE, Quota.of(9), Instant.EPOCH, null, false, 0, "");
    }

    private ChannelProbe.Result probe(ChannelProbe.Trial trial) {
        probed = trial.channel() + " " + trial.model() + " " + trial.endpoint() + " " + trial.stream() + " "
                + trial.key();
        return result;
    }

    private ChannelTerms created(String channel) {
        api.post("/api/channel/", "{\"mode\":\"single\",\"channel\":" + channel + "}")
                .succeeds();
        return draft().terms();
    }

    private ChannelDraft draft() {
        return ((ChangeChannels) messages.commands().getLast()).created().getLast();
    }

    @Test
    void makesAChannelWithEverything() {
        ChannelTerms terms = created("""
                {"type":8,"key":"sk-1","name":"one","base_url":"https://good.example/","models":"a, b","group":"default,vip",
                 "priority":7,"weight":3,"auto_ban":0,"tag":"tag","remark":"remark","test_model":"a",
                 "model_mapping":"{\\"a\\":\\"x\\"}","setting":"{\\"force_format\\":true}",
                 "id":9,"status":1,"created_time":1,"balance":3.5,"used_quota":7,"channel_info":{"is_multi_key":true},
                 "header_override":"","openai_organization":null,"other":""}""");

        assertThat(terms).isEqualTo(TERMS);
        ChannelDraft command = draft();
        assertThat(command.key()).isEqualTo(new Secret("sk-1"));
        assertThat(command.channel()).isEqualTo(new ChannelId(101));
    }

    @Test
    void makesAChannelWithLittle() {
        ChannelTerms terms = created("{\"type\":1,\"key\":\"sk-1\",\"name\":\"one\",\"models\":\"a\"}");
        assertThat(terms.groups()).containsExactly("default");
        assertThat(terms.autoBan()).isTrue();
        assertThat(terms.baseUrl()).isEmpty();
    }

    @Test
    void keepsUnknownFieldsAsTheyCame() {
        assertThat(created("""
                {"type":1,"key":"k","name":"one","models":"a","param_override":{"user":"x"},"future":17,"settings":"{}"}""").extra())
                .isEqualTo(Map.of("param_override", "{\"user\":\"x\"}", "future", "17", "settings", "{}"));
    }

    @Test
    void oneChannelPerKeyOrOneForAll() {
        String channel = "{\"type\":1,\"key\":\"k1\\nk2\\n\\nk1\",\"name\":\"one\",\"models\":\"a\"}";
        api.post("/api/channel/", "{\"mode\":\"batch\",\"channel\":" + channel + "}")
                .succeeds();
        List<ChannelDraft> drafts = ((ChangeChannels) messages.commands().getLast()).created();
        assertThat(drafts).extracting(one -> one.terms().name()).containsExactly("one 1", "one 2");
        assertThat(drafts).extracting(one -> one.key().reveal()).containsExactly("k1", "k2");
        api.post("/api/channel/", "{\"mode\":\"multi_to_single\",\"channel\":" + channel + "}")
                .succeeds();
        assertThat(draft().key().reveal()).isEqualTo("k1\nk2");
        assertThat(draft().terms().extra()).isEmpty();
        api.post(
                        "/api/channel/",
                        "{\"mode\":\"multi_to_single\",\"multi_key_mode\":\"polling\",\"channel\":" + channel + "}")
                .succeeds();
        assertThat(draft().terms().extra()).isEqualTo(Map.of("multi_key_mode", "polling"));
        api.post("/api/channel/", "{\"mode\":\"all\",\"channel\":" + channel + "}")
                .fails(200, "The mode must be");
        api.post("/api/channel/", "{\"mode\":\"batch\",\"channel\":" + channel.replace("k1\\nk2\\n\\nk1", "") + "}")
                .fails(200, "1 to 200 keys");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {"type":1,"key":"k","name":"","models":"a"}                                  | needs a name
            {"type":1,"key":"k","name":"n","models":""}                                  | at least one model
            {"type":1,"key":"k","name":"n","models":"a","group":","}                     | at least one group
            {"type":9999,"key":"k","name":"n","models":"a"}                              | 9999 is not supported
            {"type":4294967297,"key":"k","name":"n","models":"a"}                        | type is out of range
            {"type":8,"key":"k","name":"n","models":"a"}                                 | needs a base URL
            {"type":1,"key":"k","name":"n","models":"a","base_url":"file:///etc/passwd"} | base URL
            {"type":1,"key":"k","name":"n","models":"a","base_url":"http://a:b@host"}    | base URL
            {"type":1,"key":"k","name":"n","models":"a","weight":-1}                     | weight
            {"type":1,"key":"k","name":"n","models":"a","weight":10001}                  | weight
            {"type":1,"key":"k","name":"n","models":"a","model_mapping":"{"}             | model_mapping
            {"type":1,"key":"k","name":"n","models":"a","model_mapping":"[]"}            | model_mapping
            {"type":1,"key":"k","name":"n","models":"a","model_mapping":{"a":1}}         | model_mapping
            {"type":1,"key":"k","name":"n","models":"a","model_mapping":{"a":"b","b":"a"}} | circle
            """)
    void refusesWhatCannotWork(String channel, String part) {
        api.post("/api/channel/", "{\"channel\":" + channel + "}").fails(200, part);
        assertThat(messages.sent()).isEmpty();
    }

    @Test
    void refusesAModelNameThatIsTooLong() {
        api.post(
                        "/api/channel/",
                        "{\"channel\":{\"type\":1,\"key\":\"k\",\"name\":\"n\",\"models\":\"" + "m".repeat(256)
                                + "\"}}")
                .fails(200, "255");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"type\":\"one\"}",
                "{\"type\":1.5}",
                "{\"name\":5}",
                "{\"models\":[\"a\"]}",
                "{\"key\":7}",
                "{\"priority\":1e30}",
                "[]",
                "\"text\""
            })
    void refusesWhatHasTheWrongForm(String channel) {
        api.post("/api/channel/", "{\"channel\":" + channel + "}").fails(400, "");
        api.put("/api/channel/", channel.replace("{", "{\"id\":5,")).fails(400, "");
    }

    @Test
    void nullIsNoChannel() {
        api.post("/api/channel/", "{\"channel\":null}").fails(400, "JSON object");
        api.post("/api/channel/", "{}").fails(200, "missing");
        api.post("/api/channel/", "null").fails(400, "JSON");
        api.put("/api/channel/", "null").fails(400, "JSON");
    }

    @Test
    void aChangeKeepsWhatItDoesNotSay() {
        var answer = api.put("/api/channel/", "{\"id\":5,\"name\":\"two\",\"key\":\"\"}")
                .succeeds();

        ChangeChannel command = (ChangeChannel) messages.commands().getLast();
        assertThat(command.key()).isNull();
        assertThat(command.terms().name()).isEqualTo("two");
        assertThat(command.terms().models()).isEqualTo(TERMS.models());
        assertThat(command.terms().extra()).isEqualTo(TERMS.extra());
        answer.hasFields("""
                id type key openai_organization test_model status name weight created_time test_time
                response_time base_url other balance balance_updated_time models group used_quota
                model_mapping status_code_mapping priority auto_ban other_info tag setting
                param_override header_override remark channel_info settings multi_key_mode key_mode""".split("\\s+"));
        assertThat(answer.data().path("key").asString()).isEmpty();
    }

    @Test
    void aNewKeyReplacesOrJoinsThePresentOnes() {
        api.put("/api/channel/", "{\"id\":5,\"key\":\"k3\"}").succeeds();
        assertThat(messages.commands()).containsExactly(new ChangeChannel(ID, TERMS, new Secret("k3")));
        api.put("/api/channel/", "{\"id\":5,\"key\":\"k3\\nk1\",\"key_mode\":\"append\"}")
                .succeeds();
        assertThat(messages.commands().getLast()).isEqualTo(new ChangeChannel(ID, TERMS, new Secret("k3\nk1"), true));
        api.put("/api/channel/", "{\"id\":5,\"key\":\"k3\",\"key_mode\":\"mix\"}")
                .fails(200, "key_mode");
    }

    @Test
    void theStatusAloneChangesNothingElse() {
        api.put("/api/channel/", "{\"id\":5,\"status\":2}").succeeds();
        assertThat(messages.commands()).containsExactly(new DisableChannel(ID, false, "by hand"));
        api.put("/api/channel/", "{\"id\":5,\"status\":1}").succeeds(); // It is enabled.
        assertThat(messages.commands()).hasSize(1);
        api.put("/api/channel/", "{\"id\":5,\"status\":9}").fails(200, "no channel status 9");
    }

    @Test
    void aDisabledChannelIsEnabled() {
        messages.answer(ChannelById.class, query -> Optional.of(summary(ChannelStatus.DISABLED_AUTOMATICALLY, "401")));
        api.put("/api/channel/", "{\"id\":5,\"status\":1}").succeeds();
        assertThat(messages.commands())
                .singleElement()
                .isInstanceOfSatisfying(
                        EnableChannel.class, sent -> assertThat(sent.channel()).isEqualTo(ID));
    }

    @Test
    void anUnknownChannelIsNotFound() {
        api.put("/api/channel/", "{\"id\":6,\"name\":\"x\"}").fails(200, "no such channel");
        api.put("/api/channel/", "{\"name\":\"x\"}").fails(200, "number from 1");
        api.get("/api/channel/test/6").fails(200, "no such channel");
    }

    @Test
    void deletesOneSomeAndTheDisabled() {
        api.delete("/api/channel/5").succeeds();
        messages.handle((command, actor) -> {
            if (((DeleteChannel) command).channel().value() == 7) throw new Refused(Refusal.NOT_FOUND);
            return null;
        });
        assertThat(api.post("/api/channel/batch", "{\"ids\":[5,6,7]}")
                        .succeeds()
                        .data()
                        .asInt())
                .isEqualTo(2);
        api.post("/api/channel/batch", "{\"ids\":[]}").fails(200, "Choose 1 to");
        api.post("/api/channel/batch", "{\"ids\":[null]}").fails(200, "number from 1");
        assertThat(api.delete("/api/channel/disabled").succeeds().data().asInt())
                .isEqualTo(1);
    }

    @Test
    void aTestIsRecordedAndAnswersInSeconds() {
        var answer = api.get("/api/channel/test/5?model=b&stream=true").succeeds();
        assertThat(probed).isEqualTo("channel-5 b null true null");
        assertThat(answer.body().path("time").decimalValue()).isEqualByComparingTo("1.234");
        RecordChannelTest command = (RecordChannelTest) messages.commands().getLast();
        assertThat(command.passed()).isTrue();
        assertThat(command.millis()).isEqualTo(1_234);

        result = new ChannelProbe.Result("a", false, "The provider answered 401.", 12);
        var failed = api.get("/api/channel/test/5").fails(200, "401");
        assertThat(probed).isEqualTo("channel-5 null null false null");
        assertThat(failed.body().path("error_code").asString()).isEqualTo("channel_test_failed");
        assertThat(((RecordChannelTest) messages.commands().getLast()).passed()).isFalse();
    }

    @Test
    void whereTheBaseUrlLeadsIsLookedAtWhenItChanges() {
        api.put("/api/channel/", "{\"id\":5,\"name\":\"two\"}").succeeds();
        assertThat(looked).isEmpty();
        api.put("/api/channel/", "{\"id\":5,\"base_url\":\"https://10.0.0.1\"}").fails(200, "private network");
        assertThat(messages.commands()).hasSize(1);
        warning = "Nothing answers there.";
        var answer = api.put("/api/channel/", "{\"id\":5,\"base_url\":\"https://other.example\",\"key\":\"k\"}")
                .succeeds();
        assertThat(answer.body().path("message").asString()).isEqualTo("Nothing answers there.");
    }

    @Test
    void aTestMayNameAnEndpointAndAKey() {
        String print = "0123456789abcdef".repeat(2);
        api.get("/api/channel/test/5?endpoint_type=anthropic&key=" + print).succeeds();
        assertThat(probed).isEqualTo("channel-5 null CLAUDE false 01234567");
    }

    @Test
    void whatCannotBeTestedIsRefusedByName() {
        api.get("/api/channel/test/5?endpoint_type=jina-rerank").fails(400, "endpoint_type must be one of openai,");
        api.get("/api/channel/test/5?key=sk-1").fails(400, "no fingerprint");
        api.get("/api/channel/test/6").fails(200, "no such channel");
        assertThat(probed).isNull();
        assertThat(messages.sent()).isEmpty();
    }

    @Test
    void channelsAreForAdmins() {
        for (Actor actor : new Actor[] {AS_ANN, null}) {
            int status = actor == null ? 401 : 200;
            api.as(actor);
            api.post("/api/channel/", "{\"channel\":{}}").fails(status, "");
            api.put("/api/channel/", "{\"id\":5,\"name\":\"x\"}").fails(status, "");
            api.delete("/api/channel/5").fails(status, "");
            api.delete("/api/channel/disabled").fails(status, "");
            api.post("/api/channel/batch", "{\"ids\":[5]}").fails(status, "");
            api.get("/api/channel/test/5").fails(status, "");
        }
        assertThat(messages.sent()).isEmpty();
        assertThat(probed).isNull();
    }
}
