package io.tollbook.relay;

import com.anthropic.client.okhttp.AnthropicOkHttpClient;
import com.anthropic.errors.AnthropicServiceException;
import com.google.genai.Client;
import com.google.genai.errors.ApiException;
import com.google.genai.errors.ClientException;
import com.google.genai.errors.ServerException;
import com.google.genai.types.HttpOptions;
import com.google.genai.types.HttpRetryOptions;
import com.openai.client.OpenAIClient;
import com.openai.client.okhttp.OpenAIOkHttpClient;
import com.openai.errors.OpenAIServiceException;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/** The vendors' own clients for Java. None of them retries, so that what is tried is seen. */
enum Sdk {
    CHAT("openai-java, chat") {
        @Override
        Talk talk(int port, String key, String model, Set<Talk.Wish> wishes) {
            return new ChatTalk(openAi(port, key), model, wishes);
        }
    },
    RESPONSES("openai-java, Responses") {
        @Override
        Talk talk(int port, String key, String model, Set<Talk.Wish> wishes) {
            return new ResponsesTalk(openAi(port, key), model, wishes);
        }
    },
    CLAUDE("anthropic-java") {
        @Override
        Talk talk(int port, String key, String model, Set<Talk.Wish> wishes) {
            return new ClaudeTalk(
                    AnthropicOkHttpClient.builder()
                            .baseUrl("http://127.0.0.1:" + port)
                            .apiKey(key)
                            .maxRetries(0)
                            .timeout(TIMEOUT)
                            .build(),
                    model,
                    wishes);
        }

        @Override
        Class<? extends Exception> raised(int status) {
            return switch (status) {
                case 400 -> com.anthropic.errors.BadRequestException.class;
                case 401 -> com.anthropic.errors.UnauthorizedException.class;
                case 404 -> com.anthropic.errors.NotFoundException.class;
                case 429 -> com.anthropic.errors.RateLimitException.class;
                case 503, 529 -> com.anthropic.errors.OverloadedException.class;
                default -> com.anthropic.errors.InternalServerException.class;
            };
        }

        @Override
        Class<? extends Exception> brokenOff() {
            return AnthropicServiceException.class;
        }

        @Override
        List<String> retryAfter(Throwable raised) {
            return ((AnthropicServiceException) raised).headers().values("Retry-After");
        }
    },
    GEMINI("google-genai") {
        @Override
        Talk talk(int port, String key, String model, Set<Talk.Wish> wishes) {
            return new GeminiTalk(
                    Client.builder()
                            .apiKey(key)
                            .httpOptions(HttpOptions.builder()
                                    .baseUrl("http://127.0.0.1:" + port)
                                    .timeout((int) TIMEOUT.toMillis())
                                    // It waits behind the last attempt too.
                                    .retryOptions(HttpRetryOptions.builder()
                                            .attempts(1)
                                            .initialDelay(0d)
                                            .jitter(0d))
                                    .build())
                            .build(),
                    model,
                    wishes);
        }

        @Override
        Class<? extends Exception> raised(int status) {
            return status < 500 ? ClientException.class : ServerException.class;
        }

        @Override
        Class<? extends Exception> brokenOff() {
            return ApiException.class;
        }

        /** It does not show the headers. */
        @Override
        List<String> retryAfter(Throwable raised) {
            return List.of(Integer.toString(RETRY_AFTER));
        }
    };

    static final int RETRY_AFTER = 7;
    private static final Duration TIMEOUT = Duration.ofSeconds(20);

    final String label;

    Sdk(String label) {
        this.label = label;
    }

    private static OpenAIClient openAi(int port, String key) {
        return OpenAIOkHttpClient.builder()
                .baseUrl("http://127.0.0.1:" + port + "/v1")
                .apiKey(key)
                .maxRetries(0)
                .timeout(TIMEOUT)
                .build();
    }

    abstract Talk talk(int port, String key, String model, Set<Talk.Wish> wishes);

    /** What it throws where a vendor's service has answered so. */
    Class<? extends Exception> raised(int status) {
        return switch (status) {
            case 400 -> com.openai.errors.BadRequestException.class;
            case 401 -> com.openai.errors.UnauthorizedException.class;
            case 404 -> com.openai.errors.NotFoundException.class;
            case 429 -> com.openai.errors.RateLimitException.class;
            default -> com.openai.errors.InternalServerException.class;
        };
    }

    /** What it throws in the middle of a stream. */
    Class<? extends Exception> brokenOff() {
        return com.openai.errors.SseException.class;
    }

    List<String> retryAfter(Throwable raised) {
        return ((OpenAIServiceException) raised).headers().values("Retry-After");
    }
}
