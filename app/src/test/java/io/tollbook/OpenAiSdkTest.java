package io.tollbook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.openai.client.OpenAIClient;
import com.openai.client.okhttp.OpenAIOkHttpClient;
import com.openai.core.JsonValue;
import com.openai.core.http.StreamResponse;
import com.openai.errors.BadRequestException;
import com.openai.errors.InternalServerException;
import com.openai.errors.NotFoundException;
import com.openai.errors.OpenAIServiceException;
import com.openai.errors.PermissionDeniedException;
import com.openai.errors.RateLimitException;
import com.openai.errors.UnauthorizedException;
import com.openai.models.chat.completions.ChatCompletion;
import com.openai.models.chat.completions.ChatCompletionChunk;
import com.openai.models.chat.completions.ChatCompletionCreateParams;
import com.openai.models.chat.completions.ChatCompletionStreamOptions;
import com.openai.models.completions.CompletionUsage;
import com.openai.models.models.Model;
import io.tollbook.bench.upstream.Receipt;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** OpenAI's own Java client, unmodified, against the whole product. */
class OpenAiSdkTest {
    private static TestSite site;
    private static OpenAIClient ann;

    @BeforeAll
    static void start() throws Exception {
        site = new TestSite();
        ann = client(site.user("ann", 1_000_000_000L).key());
    }

    @AfterAll
    static void stop() throws Exception {
        ann.close();
        site.close();
    }

    private static OpenAIClient client(String key) {
        return OpenAIOkHttpClient.builder()
                .baseUrl(site.base + "/v1")
                .apiKey(key)
                .maxRetries(0)
                .timeout(Duration.ofSeconds(60))
                .build();
    }

    private static ChatCompletionCreateParams ask(String model) {
        return ChatCompletionCreateParams.builder()
                .model(model)
                .addUserMessage("hello")
                .maxCompletionTokens(100)
                .putAdditionalBodyProperty("mock_chunks", JsonValue.from(4))
                .putAdditionalBodyProperty("mock_delay_ms", JsonValue.from(1))
                .build();
    }

    @Test
    void listsModels() {
        assertThat(ann.models().list().autoPager().stream().map(Model::id)).contains("mock-gpt", "mock-slow-call");
        assertThat(ann.models().retrieve("mock-gpt").id()).isEqualTo("mock-gpt");
    }

    @Test
    void completesAChat() {
        ChatCompletion completion = ann.chat().completions().create(ask("mock-gpt"));

        assertThat(completion.choices()).singleElement().satisfies(choice -> {
            assertThat(choice.message().content().orElse("")).isNotBlank();
            assertThat(choice.finishReason().asString()).isEqualTo("stop");
        });
        reported(completion.id(), completion.usage().orElseThrow());
    }

    @Test
    void streamsAChat() {
        ChatCompletionCreateParams asked = ask("mock-gpt").toBuilder()
                .streamOptions(
                        ChatCompletionStreamOptions.builder().includeUsage(true).build())
                .build();
        List<ChatCompletionChunk> chunks;
        try (StreamResponse<ChatCompletionChunk> stream =
                ann.chat().completions().createStreaming(asked)) {
            chunks = stream.stream().toList();
        }

        assertThat(chunks).hasSizeGreaterThan(4);
        assertThat(chunks.stream()
                        .flatMap(chunk -> chunk.choices().stream())
                        .map(choice -> choice.delta().content().orElse("")))
                .anySatisfy(content -> assertThat(content).isNotBlank());
        assertThat(chunks.stream().filter(chunk -> chunk.usage().isPresent())).hasSize(1);
        reported(chunks.getLast().id(), chunks.getLast().usage().orElseThrow());
    }

    /** The client reads the figures that the provider's receipt has. */
    private static void reported(String id, CompletionUsage usage) {
        Receipt receipt = site.provider.receipts().byId(id);

        assertThat(usage.promptTokens()).isEqualTo(receipt.usage().prompt());
        assertThat(usage.completionTokens()).isEqualTo(receipt.usage().completion());
    }

    @Test
    void aWrongKeyIsUnauthorized() {
        OpenAIClient stranger = client("sk-" + "x".repeat(48));
        try {
            thrown(stranger, "mock-gpt", UnauthorizedException.class, 401, "invalid_api_key");
            assertThat(catchThrowableOfType(
                            UnauthorizedException.class, () -> stranger.models().list()))
                    .isNotNull();
        } finally {
            stranger.close();
        }
    }

    @Test
    void aBalanceThatDoesNotCoverTheCallIsDenied() throws Exception {
        OpenAIClient poor = client(site.user("poor", 1).key());
        try {
            thrown(poor, "mock-gpt", PermissionDeniedException.class, 403, "insufficient_user_quota");
        } finally {
            poor.close();
        }
    }

    @Test
    void anUnknownModelIsNotFound() {
        thrown(ann, "gpt-nothing", NotFoundException.class, 404, "model_not_found");
        assertThat(catchThrowableOfType(
                                NotFoundException.class, () -> ann.models().retrieve("gpt-nothing"))
                        .code())
                .contains("model_not_found");
    }

    @Test
    void whatTheClientAskedWronglyIsABadRequest() {
        ChatCompletionCreateParams asked =
                ask("mock-gpt").toBuilder().maxCompletionTokens(-1).build();

        assertThat(catchThrowableOfType(
                                BadRequestException.class,
                                () -> ann.chat().completions().create(asked))
                        .getMessage())
                .contains("max_completion_tokens");
    }

    @Test
    void aBusyProviderIsARateLimit() {
        OpenAIServiceException thrown = catchThrowableOfType(
                RateLimitException.class, () -> ann.chat().completions().create(ask("mock-429")));

        assertThat(thrown.headers().values("Retry-After")).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"mock-500", "mock-drop", "mock-garbage"})
    void aBrokenProviderIsAServerError(String model) {
        assertThat(catchThrowableOfType(
                        InternalServerException.class,
                        () -> ann.chat().completions().create(ask(model))))
                .isNotNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"mock-429", "gpt-nothing"})
    void aStreamThatNeverBeginsThrowsTheSame(String model) {
        OpenAIServiceException thrown = catchThrowableOfType(
                OpenAIServiceException.class, () -> ann.chat().completions().createStreaming(ask(model)));

        assertThat(thrown.statusCode()).isEqualTo(model.equals("mock-429") ? 429 : 404);
    }

    private static void thrown(
            OpenAIClient client, String model, Class<? extends OpenAIServiceException> type, int status, String code) {
        OpenAIServiceException thrown =
                catchThrowableOfType(type, () -> client.chat().completions().create(ask(model)));

        assertThat(thrown).isNotNull();
        assertThat(thrown.statusCode()).isEqualTo(status);
        assertThat(thrown.code()).contains(code);
        assertThat(thrown.type()).contains("new_api_error");
        assertThat(thrown.getMessage()).contains("request id: ");
        assertThat(thrown.headers().values("X-Oneapi-Request-Id")).hasSize(1);
    }
}
