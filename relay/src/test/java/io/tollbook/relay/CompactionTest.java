package io.tollbook.relay;

import static org.assertj.core.api.Assertions.assertThat;

import io.tollbook.kernel.channel.ChannelType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class CompactionTest {
    private static final String PATH = "/v1/responses/compact";
    private static final String ASK = "{\"model\":\"gpt\",\"input\":[{\"role\":\"user\",\"content\":\"x\"}]}";

    @RegisterExtension
    private static final RelaySite site = new RelaySite();

    @Test
    void passesToWhoSpeaksIt() throws Exception {
        String whole =
                "{\"id\":\"resp_1\",\"object\":\"response.compaction\",\"output\":[{\"type\":\"compaction\",\"encrypted_content\":\"s\"}],\"usage\":{\"input_tokens\":11,\"output_tokens\":7,\"total_tokens\":18}}";
        site.directory.channel(1, ChannelType.OPENAI, site.first.baseUrl(), 10, "gpt");
        site.directory.changed();
        site.first.answers(200, whole);

        assertThat(site.answer(PATH, ASK).body()).isEqualTo(whole);
        Provider.Asked asked = site.first.next();
        assertThat(asked.head()).startsWith("POST /v1/responses/compact HTTP/1.1");
        assertThat(asked.body()).isEqualTo(ASK);
        assertThat(site.settled().charge().units()).isEqualTo(25);
    }

    @Test
    void nobodyElseCan() throws Exception {
        Client.Answer answer = site.answer(PATH, ASK);

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.error().path("message").asString()).startsWith(PATH + " needs a channel");
        assertThat(site.first.waiting()).isZero();
        site.released();
    }
}
