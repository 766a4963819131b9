package io.tollbook.relay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tollbook.kernel.Refused;
import io.tollbook.kernel.channel.ChannelAddresses;
import io.tollbook.kernel.channel.ChannelId;
import io.tollbook.kernel.channel.ChannelProbe;
import io.tollbook.kernel.channel.ChannelTerms;
import io.tollbook.kernel.settings.Option;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
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
}
