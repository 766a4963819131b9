package io.tollbook.relay;

import static org.assertj.core.api.Assertions.assertThat;

import io.tollbook.kernel.channel.ChannelId;
import io.tollbook.kernel.channel.ChannelProbe;
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
}
