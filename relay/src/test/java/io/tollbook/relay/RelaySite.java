package io.tollbook.relay;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.tollbook.kernel.access.CallRefused;
import io.tollbook.kernel.access.CommandRefused;
import io.tollbook.kernel.access.Refusals;
import io.tollbook.kernel.account.Ledger;
import io.tollbook.kernel.account.NodeName;
import io.tollbook.kernel.account.ReleaseHold;
import io.tollbook.kernel.account.SettleUsage;
import io.tollbook.kernel.idempotency.IdempotentAnswers;
import io.tollbook.kernel.secret.Vault;
import io.tollbook.kernel.settings.Option;
import io.tollbook.kernel.user.Sessions;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.web.server.servlet.context.ServletWebServerApplicationContext;
import org.springframework.context.annotation.ComponentScan;
import org.springframework.context.support.GenericApplicationContext;

/**
 * The relay on the Tomcat it runs on, configured by the product's own file. Doubles stand for the rest: the ledger, the read
 * models, the vault and two providers, of which the second is asked when the first fails. Registered as an extension it is
 * there for all tests of a class, as new for each.
 */
final class RelaySite implements BeforeEachCallback, AfterAllCallback {
    static final String KEY = "k".repeat(48);
    static final String WHOLE = """
            {"id":"chatcmpl-1","object":"chat.completion","created":1,"model":"gpt","choices":[{"index":0,\
            "message":{"role":"assistant","content":"Hello there"},"finish_reason":"stop"}],\
            "usage":{"prompt_tokens":11,"completion_tokens":7,"total_tokens":18}}""";
    static final String HELLO = "data: {\"choices\":[{\"index\":0,\"delta\":{\"content\":\"Hello there\"}}]}\n\n";
    static final String STOP = "data: {\"choices\":[{\"index\":0,\"delta\":{},\"finish_reason\":\"stop\"}]}\n\n";
    static final String USAGE =
            "data: {\"choices\":[],\"usage\":{\"prompt_tokens\":11,\"completion_tokens\":7,\"total_tokens\":18}}\n\n";
    static final String DONE = "data: [DONE]\n\n";

    @EnableAutoConfiguration
    @ComponentScan
    static final class Parts {}

    final HandLedger ledger = new HandLedger();
    final StandingDirectory directory = new StandingDirectory();
    final KnownAnswers answers = new KnownAnswers();
    final StandingSessions sessions = new StandingSessions();
    final List<CallRefused> refusals = new CopyOnWriteArrayList<>();
    final Provider first = new Provider();
    final Provider second = new Provider();
    private final MeterRegistry meters = new SimpleMeterRegistry();
    private final ServletWebServerApplicationContext relay;

    /** @param properties further properties, as {@code name=value} */
    RelaySite(String... properties) {
        relay = (ServletWebServerApplicationContext) new SpringApplicationBuilder(Parts.class)
                .initializers(context -> addDoubles((GenericApplicationContext) context))
                .properties("spring.config.location=file:../app/src/main/resources/application.yaml", "server.port=0")
                .properties(properties)
                .run();
    }

    private void addDoubles(GenericApplicationContext context) {
        context.registerBean(Ledger.class, () -> ledger);
        context.registerBean(StandingDirectory.class, () -> directory);
        context.registerBean(Vault.class, OpenVault::new);
        context.registerBean(IdempotentAnswers.class, () -> answers);
        context.registerBean(Sessions.class, () -> sessions);
        context.registerBean(NodeName.class, () -> new NodeName("test"));
        context.registerBean(MeterRegistry.class, () -> meters);
        context.registerBean(Refusals.class, () -> new Refusals() {
            @Override
            public void record(CallRefused refusal) {
                refusals.add(refusal);
            }

            @Override
            public void record(CommandRefused refusal) {
                throw new AssertionError(refusal);
            }
        });
    }

    @Override
    public void beforeEach(ExtensionContext test) throws IOException {
        reset();
    }

    /** As it stands before every test. */
    void reset() throws IOException {
        ledger.reset();
        first.reset();
        second.reset();
        awaitIdle();
        ledger.reset();
        refusals.clear();
        answers.reset();
        sessions.reset();
        directory.reset();
        directory.key(KEY);
        directory.channel(1, first.baseUrl(), 10, Map.of());
        directory.channel(2, second.baseUrl(), 5, Map.of());
        directory.changed();
    }

    void set(Option option, long value) {
        set(option, Long.toString(value));
    }

    void set(Option option, String value) {
        directory.options.put(option.key(), value);
        directory.changed();
    }

    /** Calls up to now whose usage could not be. */
    double quarantined() {
        return meters.find("tollbook.quarantined.usage").counters().stream()
                .mapToDouble(counter -> counter.count())
                .sum();
    }

    int port() {
        return java.util.Objects.requireNonNull(relay.getWebServer()).getPort();
    }

    <T> T part(Class<T> type) {
        return relay.getBean(type);
    }

    static String ask(String more) {
        return "{\"model\":\"gpt\",\"messages\":[{\"role\":\"user\",\"content\":\"hello\"}]" + more + "}";
    }

    static String askStream() {
        return ask(",\"stream\":true,\"stream_options\":{\"include_usage\":true}");
    }

    /** A client that has sent this and waits. */
    Client call(String body) throws IOException {
        Client client = new Client(port());
        client.post("/v1/chat/completions", body.getBytes(StandardCharsets.UTF_8), "Authorization: Bearer sk-" + KEY);
        return client;
    }

    /** The same at another path. */
    Client call(String path, String body, String... headerLines) throws IOException {
        Client client = new Client(port());
        String[] lines = java.util.Arrays.copyOf(headerLines, headerLines.length + 1);
        lines[headerLines.length] = "Authorization: Bearer sk-" + KEY;
        client.post(path, body.getBytes(StandardCharsets.UTF_8), lines);
        return client;
    }

    Client.Answer answer(String path, String body, String... headerLines) throws IOException {
        try (Client client = call(path, body, headerLines)) {
            return client.answer();
        }
    }

    Client.Answer answer(String body) throws IOException {
        try (Client client = call(body)) {
            return client.answer();
        }
    }

    /** The call's settlement, once nothing runs any more: the one hold ended in this and in nothing else. */
    SettleUsage settled() {
        awaitIdle();
        ledger.hold();
        return ledger.settlement().command();
    }

    /** The call's release, once nothing runs any more: the one hold ended in this and in nothing else. */
    ReleaseHold released() {
        awaitIdle();
        ledger.hold();
        return ledger.release().command();
    }

    void awaitIdle() {
        Soon.is("every call has ended", () -> {
            var open = meters.find("tollbook.open.requests").gauge();
            return open == null || open.value() == 0;
        });
        var streams = meters.find("tollbook.open.streams").gauge();
        assertThat(streams == null ? 0 : streams.value()).isZero();
    }

    @Override
    public void afterAll(ExtensionContext tests) throws IOException {
        relay.close();
        first.close();
        second.close();
    }
}
