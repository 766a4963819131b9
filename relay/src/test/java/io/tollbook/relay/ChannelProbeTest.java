package io.tollbook.relay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tollbook.kernel.Refused;
import io.tollbook.kernel.channel.ChannelAddresses;
import io.tollbook.kernel.channel.ChannelId;
import io.tollbook.kernel.channel.ChannelProbe;
import io.tollbook.kernel.channel.ChannelProbe.Trial;
import io.tollbook.kernel.channel.ChannelTerms;
import io.tollbook.kernel.channel.ChannelType;
import io.tollbook.kernel.channel.KeyPrint;
import io.tollbook.kernel.channel.ProbeEndpoint;
import io.tollbook.kernel.settings.Option;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What an administrator reads who tests a channel. */
class ChannelProbeTest {
    @RegisterExtension
    private static final RelaySite site = new RelaySite();

    private static ChannelProbe.Result probe(boolean stream) {
        return site.part(ChannelProbe.class).probe(new ChannelId(1), null, stream);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void passesAProviderThatAnswersAndReports(boolean stream) throws Exception {
        site.first.answers(asked -> {
            if (stream) asked.stream(RelaySite.HELLO, RelaySite.USAGE, RelaySite.DONE);
            else asked.whole(200, RelaySite.WHOLE);
        });
        ChannelProbe.Result result = probe(stream);

        assertThat(result.error()).isEmpty();
        assertThat(result.passed()).isTrue();
        assertThat(result.model()).isEqualTo("gpt");
        assertThat(site.first.next().body()).contains("\"max_tokens\":16");
        assertThat(site.ledger.hasHolds()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void saysWhatTheProviderSays(boolean stream) throws Exception {
        String error = "{\"error\":{\"message\":\"no funds at a.vendor.com\"}}";
        site.first.answers(asked -> {
            if (stream) asked.stream("data: " + error + "\n\n");
            else asked.whole(200, error);
        });

        assertThat(probe(stream).error()).isEqualTo("no funds at ***");
        site.first.answers(401, error);
        assertThat(probe(stream).error()).isEqualTo("401: no funds at ***");
    }

    @Test
    void saysThatNothingIsReported() throws Exception {
        site.first.answers(asked -> asked.stream(RelaySite.HELLO, RelaySite.DONE));

        assertThat(probe(true).error()).isEqualTo("The stream reports no usage.");
    }

    @Test
    void saysThatNobodyAnswers() throws Exception {
        site.first.answers(Provider.Asked::close);

        assertThat(probe(false).error()).startsWith("The provider could not be reached");
    }

    @Test
    void connectsToNoPrivateNetworkThatRootHasClosed() throws Exception {
        site.first.answers(asked -> asked.whole(200, RelaySite.WHOLE));
        site.set(Option.CHANNEL_PRIVATE, "false");

        assertThat(probe(false).error()).contains("The base URL leads into a private network");
        assertThatThrownBy(() -> addresses().check(terms(site.first.baseUrl())))
                .isInstanceOf(Refused.class)
                .hasMessageContaining("tollbook.private_channel_addresses");

        site.set(Option.CHANNEL_PRIVATE, "true");
        assertThat(probe(false).error()).isEmpty();
        assertThatCode(() -> addresses().check(terms(site.first.baseUrl()))).doesNotThrowAnyException();
    }

    @Test
    void warnsOfAnAddressWhereNothingAnswers() {
        assertThat(addresses().warning(terms(site.first.baseUrl()))).isEmpty();
        assertThat(addresses().warning(terms("http://127.0.0.1:1"))).startsWith("Nothing answers at 127.0.0.1.");
        assertThat(addresses().warning(terms("http://nowhere.invalid")))
                .startsWith("Nobody knows the host nowhere.invalid.");
        // A host that nobody knows yet may be saved.
        assertThatCode(() -> addresses().check(terms("http://nowhere.invalid"))).doesNotThrowAnyException();
    }

    private static ChannelAddresses addresses() {
        return site.part(ChannelAddresses.class);
    }

    private static ChannelTerms terms(String baseUrl) {
        return new ChannelTerms(
                8, "c", baseUrl, List.of("gpt"), List.of("default"), 0, 1, true, "", "", "", Map.of(), Map.of());
    }

    @ParameterizedTest
    @EnumSource
    void asksWhatIsNamedAndUnderstandsTheAnswer(ProbeEndpoint endpoint) {
        String model = endpoint == ProbeEndpoint.EMBEDDINGS ? "demo-embedding" : "demo-fast";
        site.directory.channel(ChannelType.DEMO, 3, "", 1, List.of(model), Map.of(), Map.of());
        site.directory.changed();

        for (boolean stream : new boolean[] {false, true}) {
            ChannelProbe.Result result = probe(new Trial(new ChannelId(3), model, endpoint, stream, null));
            assertThat(result.error()).isEmpty();
            assertThat(result.passed()).isTrue();
            assertThat(result.key()).isNull();
        }
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
            # channel,   model,                  endpoint,   path
            OPENAI,      gpt-4.1,                ,           /v1/chat/completions
            OPENAI,      gpt-5-codex,            ,           /v1/responses
            OPENAI,      gpt-4.1,                RESPONSES,  /v1/responses
            OPENAI,      gpt-4.1,                CLAUDE,     /v1/chat/completions
            OPENAI,      gpt-4.1,                GEMINI,     /v1/chat/completions
            OPENAI,      text-embedding-3-small, ,           /v1/embeddings
            OPENAI,      gpt-4.1,                EMBEDDINGS, /v1/embeddings
            ANTHROPIC,   claude-x,               ,           /v1/messages
            ANTHROPIC,   claude-x,               CHAT,       /v1/messages
            GEMINI,      gemini-x,               ,           /v1beta/models/gemini-x:generateContent
            GEMINI,      gemini-x,               CHAT,       /v1beta/models/gemini-x:generateContent
            GEMINI,      gemini-embedding-001,   ,           /v1beta/models/gemini-embedding-001:batchEmbedContents
            """)
    void goesTheWayOfARealCall(ChannelType type, String model, @Nullable ProbeEndpoint endpoint, String path)
            throws Exception {
        site.directory.channel(1, type, site.first.baseUrl(), 10, model);
        site.directory.changed();
        site.first.answers(500, "{}");

        assertThat(probe(new Trial(new ChannelId(1), "gpt", endpoint, false, null))
                        .error())
                .startsWith("500:");
        assertThat(site.first.next().head()).startsWith("POST " + path + " HTTP");
    }

    @Test
    void vectorsWithoutUsagePassWhereTheirVendorCountsNone() {
        site.directory.channel(1, ChannelType.GEMINI, site.first.baseUrl(), 10, "gemini-embedding-001");
        site.directory.changed();
        site.first.answers(200, "{\"embeddings\":[{\"values\":[0.5]}]}");
        assertThat(probe(false).error()).isEmpty();

        site.first.answers(200, "{\"nothing\":true}");
        assertThat(probe(false).error()).isEqualTo("The answer reports no usage.");
    }

    @Test
    void theChannelsSettingsApplyButForWhatAClientWouldBring() throws Exception {
        site.directory.channelWith(
                1,
                site.first.baseUrl(),
                10,
                List.of("gpt"),
                Map.of(
                        "param_override",
                        """
                        {"operations":[{"mode":"set","path":"user","value":"probe",\
                        "conditions":[{"path":"is_channel_test","mode":"full","value":true}]},\
                        {"mode":"copy_header","from":"X-Client","to":"X-Provider"}]}""",
                        "header_override",
                        "{\"X-Key\":\"<{api_key}>\",\"X-Own\":\"{client_header:X-Client}\"}"));
        site.directory.changed();
        site.first.answers(200, RelaySite.WHOLE);

        assertThat(probe(false).error()).isEmpty();
        Provider.Asked asked = site.first.next();
        assertThat(asked.body()).contains("\"user\":\"probe\"");
        assertThat(asked.head())
                .contains("X-Key: <provider-key-1>")
                .doesNotContain("X-Own")
                .doesNotContainIgnoringCase("X-Provider");
    }

    @Test
    void anyKeyCanBeTriedAlsoOneThatIsOff() throws Exception {
        site.directory.channelWithKeys(1, site.first.baseUrl(), 10, Map.of(), 1, "key-on", "key-off");
        site.directory.changed();
        site.first.answers(200, RelaySite.WHOLE);

        assertThat(probe(false).key()).isEqualTo(print("key-on"));
        assertThat(site.first.next().head()).contains("Bearer key-on");
        ChannelProbe.Result off = probe(new Trial(new ChannelId(1), null, null, false, print("key-off")));
        assertThat(off.passed()).isTrue();
        assertThat(off.key()).isEqualTo(print("key-off"));
        assertThat(site.first.next().head()).contains("Bearer key-off");
        assertThat(probe(new Trial(new ChannelId(1), null, null, false, print("gone")))
                        .error())
                .isEqualTo("The channel has no such key any more.");
        assertThat(site.first.waiting()).isZero();
    }

    @Test
    void aChannelWithoutAKeyThatIsOnIsTriedWithOneThatIsOff() throws Exception {
        site.directory.channelWithKeys(1, site.first.baseUrl(), 10, Map.of(), 0, "key-off");
        site.directory.changed();
        site.first.answers(200, RelaySite.WHOLE);

        assertThat(probe(false).key()).isEqualTo(print("key-off"));
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
            401, no,                                true
            500, Your CREDIT balance is too low now, true
            500, no,                                false
            429, no,                                false
            """)
    void tellsWhetherAFailureSwitchesOff(int status, String message, boolean isTelling) {
        site.first.answers(status, "{\"error\":{\"message\":\"" + message + "\"}}");

        assertThat(probe(false).isTelling()).isEqualTo(isTelling);
    }

    @Test
    void saysThatAChannelIsGone() {
        assertThat(probe(new Trial(new ChannelId(99), null, null, false, null)).error())
                .isEqualTo("There is no such channel.");
    }

    private static KeyPrint print(String key) {
        return KeyPrint.of(new ChannelId(1), key, new OpenVault());
    }

    private static ChannelProbe.Result probe(Trial trial) {
        return site.part(ChannelProbe.class).probe(trial);
    }
}
