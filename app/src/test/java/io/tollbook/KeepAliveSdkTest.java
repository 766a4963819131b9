package io.tollbook;

import static org.assertj.core.api.Assertions.assertThat;

import com.anthropic.client.AnthropicClient;
import com.anthropic.client.okhttp.AnthropicOkHttpClient;
import com.anthropic.core.http.StreamResponse;
import com.anthropic.helpers.MessageAccumulator;
import com.anthropic.models.messages.MessageCreateParams;
import com.anthropic.models.messages.RawMessageStreamEvent;
import com.google.genai.Client;
import com.google.genai.ResponseStream;
import com.google.genai.types.GenerateContentConfig;
import com.google.genai.types.GenerateContentResponse;
import com.google.genai.types.HttpOptions;
import com.openai.client.OpenAIClient;
import com.openai.client.okhttp.OpenAIOkHttpClient;
import com.openai.models.chat.completions.ChatCompletionChunk;
import com.openai.models.chat.completions.ChatCompletionCreateParams;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A provider that lets clients wait for two seconds, a site that speaks to them each second, and the vendors' own clients. */
class KeepAliveSdkTest {
    private static final String MODEL = "mock-slow";
    private static final String WORDS = "word ".repeat(100);

    private static TestSite site;
    private static String key;

    @BeforeAll
    static void start() throws Exception {
        site = new TestSite();
        site.provision.option("general_setting.ping_interval_enabled", true);
        site.provision.option("general_setting.ping_interval_seconds", 1);
        key = site.user("ann", 1_000_000_000L).key();
    }

    @AfterAll
    static void stop() throws Exception {
        site.close();
    }

    private static OpenAIClient openAi() {
        return OpenAIOkHttpClient.builder()
                .baseUrl(site.base + "/v1")
                .apiKey(key)
                .maxRetries(0)
                .build();
    }

    @Test
    void theyAreSpokenTo() throws Exception {
        assertThat(site.chat(key, TestSite.ask(MODEL, ",\"max_tokens\":200,\"stream\":true"))
                        .body())
                .startsWith(": PING\n\n")
                .endsWith("data: [DONE]\n\n");
    }

    @Test
    void openAisClientHearsTheAnswer() {
        OpenAIClient client = openAi();
        try (var stream = client.chat()
                .completions()
                .createStreaming(ChatCompletionCreateParams.builder()
                        .model(MODEL)
                        .addUserMessage("hello")
                        .maxCompletionTokens(200)
                        .build())) {
            assertThat(stream.stream()
                            .map(ChatCompletionChunk::choices)
                            .filter(choices -> !choices.isEmpty())
                            .map(choices -> choices.getFirst().delta().content().orElse(""))
                            .collect(Collectors.joining()))
                    .isEqualTo(WORDS);
        }
        client.close();
    }

    @Test
    void anthropicsClientHearsTheAnswer() {
        AnthropicClient client = AnthropicOkHttpClient.builder()
                .baseUrl(site.base.toString())
                .apiKey(key)
                .maxRetries(0)
                .build();
        MessageAccumulator message = MessageAccumulator.create();
        try (StreamResponse<RawMessageStreamEvent> stream = client.messages()
                .createStreaming(MessageCreateParams.builder()
                        .model(MODEL)
                        .addUserMessage("hello")
                        .maxTokens(200)
                        .build())) {
            stream.stream().forEach(message::accumulate);
        }
        assertThat(message.message().content().getFirst().asText().text()).isEqualTo(WORDS);
        client.close();
    }

    @Test
    void googlesClientHearsTheAnswer() {
        StringBuilder text = new StringBuilder();
        try (Client client = Client.builder()
                        .apiKey(key)
                        .httpOptions(HttpOptions.builder()
                                .baseUrl(site.base.toString())
                                .build())
                        .build();
                ResponseStream<GenerateContentResponse> stream = client.models.generateContentStream(
                        MODEL,
                        "hello",
                        GenerateContentConfig.builder().maxOutputTokens(200).build())) {
            for (GenerateContentResponse piece : stream) text.append(piece.text());
        }
        assertThat(text).hasToString(WORDS);
    }
}
