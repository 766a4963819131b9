package io.tollbook.relay.probe;

import io.tollbook.kernel.Refused;
import io.tollbook.kernel.channel.ChannelProbe;
import io.tollbook.kernel.channel.KeyPrint;
import io.tollbook.relay.conversation.Failure;
import io.tollbook.relay.dialect.Dialect;
import io.tollbook.relay.dialect.Dialects;
import io.tollbook.relay.dialect.UpstreamErrors;
import io.tollbook.relay.directory.Channels;
import io.tollbook.relay.directory.SiteOptions;
import io.tollbook.relay.health.AutomaticSwitch;
import io.tollbook.relay.metering.Reported;
import io.tollbook.relay.metering.UsageReader;
import io.tollbook.relay.routing.ProviderKey;
import io.tollbook.relay.routing.Target;
import io.tollbook.relay.stream.AnswerStream;
import io.tollbook.relay.stream.LongEvents;
import io.tollbook.relay.stream.PassingStream;
import io.tollbook.relay.upstream.DemoProvider;
import io.tollbook.relay.upstream.Upstream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Tests a channel with one small call. Nobody pays for it, so there is no hold: the one exception, for administrators only. */
@Component
final class HttpChannelProbe implements ChannelProbe {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final int ANSWER_BYTES_MAX = 1024 * 1024;
    private static final long WAIT_NANOS = TimeUnit.SECONDS.toNanos(60);

    private final Upstream upstream;
    private final Channels channels;
    private final DemoProvider demo;
    private final Dialects dialects;
    private final SiteOptions options;
    private final AutomaticSwitch rules;

    /** @param status the provider's; 0 if it told none */
    private record Fault(int status, String message) {
        static Fault of(String message) {
            return new Fault(0, message);
        }

        static Fault of(Failure failure) {
            return new Fault(failure.status(), failure.message());
        }
    }

    HttpChannelProbe(
            Upstream upstream,
            Channels channels,
            DemoProvider demo,
            Dialects dialects,
            SiteOptions options,
            AutomaticSwitch rules) {
        this.upstream = upstream;
        this.channels = channels;
        this.demo = demo;
        this.dialects = dialects;
        this.options = options;
        this.rules = rules;
    }

    @Override
    public Result probe(Trial trial) {
        long start = System.nanoTime();
        String asked = trial.model() == null ? "" : trial.model().strip();
        Target target = channels.table().channel(trial.channel()).orElse(null);
        if (target == null) return new Result(asked, false, "There is no such channel.", 0);
        String model = asked.isEmpty() ? testModel(target) : asked;
        ProviderKey key = trial.key() == null ? target.testKey() : target.key(trial.key());
        if (key == null) return new Result(model, false, "The channel has no such key any more.", 0);
        Fault fault;
        try {
            fault = call(new ProbeRequest(target, model, trial.endpoint(), trial.stream(), dialects), target, key);
        } catch (Refused refused) {
            fault = Fault.of(String.valueOf(refused.getMessage()));
        } catch (IOException e) {
            fault = Fault.of(
                    "The provider could not be reached: " + UpstreamErrors.masked(String.valueOf(e.getMessage())));
        }
        long millis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start);
        KeyPrint print = target.isDemo() || key.clear().isEmpty() ? null : key.print();
        if (fault == null) return new Result(model, true, "", millis, print, false);
        boolean isTelling = rules.isTelling(target, fault.status, fault.message);
        String shown = fault.status == 0 ? fault.message : fault.status + ": " + fault.message;
        return new Result(model, false, shown, millis, print, isTelling);
    }

    private static String testModel(Target target) {
        String named = target.terms().testModel();
        return named.isBlank() ? target.terms().models().getFirst() : named;
    }

    /** @return what was wrong; null if nothing */
    private @Nullable Fault call(ProbeRequest request, Target target, ProviderKey key) throws IOException {
        boolean isDemo = target.isDemo();
        Map<String, String> headers = new HashMap<>();
        byte[] body = request.body(isDemo ? demo.key() : key.clear(), headers);
        Upstream.Exchange exchange = upstream.prepare(
                isDemo ? demo.baseUrl() : target.baseUrl(), request.path(), body, headers, options.silenceMillis());
        try (exchange) {
            exchange.endBy(System.nanoTime() + WAIT_NANOS);
            try (ClassicHttpResponse answer = upstream.send(exchange)) {
                byte[] bytes = answer.getEntity() == null
                        ? new byte[0]
                        : answer.getEntity().getContent().readNBytes(ANSWER_BYTES_MAX);
                // What is more than that is of no interest, and closing alone would read it.
                if (bytes.length == ANSWER_BYTES_MAX) exchange.cut();
                if (answer.getCode() != 200) return Fault.of(UpstreamErrors.read(answer.getCode(), bytes, 0));
                return request.isStream()
                        ? streamFault(request.provider(), bytes)
                        : wholeFault(request.provider(), bytes);
            }
        }
    }

    private static @Nullable Fault wholeFault(Dialect provider, byte[] bytes) {
        JsonNode root;
        try {
            root = JSON.readTree(bytes);
        } catch (JacksonException e) {
            return Fault.of("The answer is no JSON: "
                    + UpstreamErrors.masked(new String(bytes, 0, Math.min(80, bytes.length), StandardCharsets.UTF_8)));
        }
        Failure failure = provider.reader().failure(root);
        if (failure != null) return Fault.of(failure.message());
        UsageReader usage = provider.usage();
        usage.read(root);
        // Google counts no tokens of what it makes vectors of.
        boolean counts = provider.isConversation() || !provider.reader().isAnswer(root);
        return usage.reported() instanceof Reported.Nothing && !counts ? null : usageFault(usage, "answer");
    }

    private static @Nullable Fault streamFault(Dialect provider, byte[] bytes) {
        AnswerStream reader =
                new PassingStream(provider.rules(null), provider.text(), new LongEvents(ANSWER_BYTES_MAX));
        try {
            for (int at = 0; at < bytes.length; ) {
                byte[] buffer = reader.buffer();
                int part = Math.min(buffer.length - reader.offset(), bytes.length - at);
                System.arraycopy(bytes, at, buffer, reader.offset(), part);
                reader.read(part);
                reader.passed();
                at += part;
            }
            reader.finish();
            if (reader.failure().isPresent())
                return Fault.of(reader.failure().get().message());
            if (!reader.hasEvents()) return Fault.of("The answer is no event stream.");
            return usageFault(reader.usage(), "stream");
        } finally {
            reader.close();
        }
    }

    private static @Nullable Fault usageFault(UsageReader usage, String what) {
        return switch (usage.reported()) {
            case Reported.Counted counted -> null;
            case Reported.Begun begun -> Fault.of("The " + what + " reports no usage in the end.");
            case Reported.Nothing nothing -> Fault.of("The " + what + " reports no usage.");
            case Reported.Impossible impossible ->
                Fault.of("The " + what + " reports usage that cannot be: "
                        + impossible.usage().fault().words() + ".");
        };
    }
}
