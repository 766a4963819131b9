package io.tollbook.relay.upstream;

import io.tollbook.kernel.channel.ChannelId;
import io.tollbook.kernel.channel.ChannelProbe;
import io.tollbook.relay.dialect.UpstreamErrors;
import io.tollbook.relay.directory.Channels;
import io.tollbook.relay.directory.SiteOptions;
import io.tollbook.relay.metering.OpenAiUsage;
import io.tollbook.relay.metering.Reported;
import io.tollbook.relay.metering.StreamReader;
import io.tollbook.relay.routing.Target;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Tests a channel with one small call. Nobody pays for it, so there is no hold: the one exception, for administrators only. */
@Component
final class HttpChannelProbe implements ChannelProbe {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final int ANSWER_BYTES_MAX = 1024 * 1024;
    private static final long WAIT_NANOS = TimeUnit.SECONDS.toNanos(60);

    private final Upstream upstream;
    private final Channels channels;
    private final DemoProvider demo;
    private final SiteOptions options;

    HttpChannelProbe(Upstream upstream, Channels channels, DemoProvider demo, SiteOptions options) {
        this.upstream = upstream;
        this.channels = channels;
        this.demo = demo;
        this.options = options;
    }

    @Override
    public Result probe(ChannelId channel, @Nullable String asked, boolean stream) {
        long start = System.nanoTime();
        Target target = channels.table().channel(channel).orElse(null);
        if (target == null) return new Result(asked == null ? "" : asked, false, "There is no such channel.", 0);
        String model = asked != null && !asked.isBlank() ? asked : testModel(target);
        String error;
        try {
            error = call(target, model, stream);
        } catch (IOException e) {
            error = "The provider could not be reached: " + UpstreamErrors.masked(String.valueOf(e.getMessage()));
        }
        long millis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start);
        return new Result(model, error.isEmpty(), error, millis);
    }

    private static String testModel(Target target) {
        String named = target.terms().testModel();
        return named.isBlank() ? target.terms().models().getFirst() : named;
    }

    /** @return what was wrong; empty if nothing */
    private String call(Target target, String model, boolean stream) throws IOException {
        ObjectNode body = JSON.createObjectNode()
                .put("model", target.terms().upstreamModel(model))
                .put("max_tokens", 16);
        body.putArray("messages").addObject().put("role", "user").put("content", "hi");
        if (stream) {
            body.put("stream", true);
            body.putObject("stream_options").put("include_usage", true);
        }
        Upstream.Exchange exchange = upstream.prepare(
                target.isDemo() ? demo.baseUrl() : target.baseUrl(),
                target.isDemo() ? demo.key() : target.key(),
                "/v1/chat/completions",
                JSON.writeValueAsBytes(body),
                Map.of(),
                options.silenceMillis());
        try (exchange) {
            exchange.endBy(System.nanoTime() + WAIT_NANOS);
            try (ClassicHttpResponse answer = upstream.send(exchange)) {
                byte[] bytes = answer.getEntity() == null
                        ? new byte[0]
                        : read(answer.getEntity().getContent());
                if (answer.getCode() != 200)
                    return answer.getCode() + ": "
                            + UpstreamErrors.read(answer.getCode(), bytes, 0).message();
                return stream ? streamFault(bytes) : wholeFault(bytes);
            }
        }
    }

    private static byte[] read(InputStream in) throws IOException {
        return in.readNBytes(ANSWER_BYTES_MAX);
    }

    private static String wholeFault(byte[] bytes) {
        try {
            var root = JSON.readTree(bytes);
            if (UpstreamErrors.isError(root))
                return UpstreamErrors.read(200, bytes, 0).message();
            OpenAiUsage usage = new OpenAiUsage();
            usage.read(root);
            return usageFault(usage, "answer");
        } catch (JacksonException e) {
            return "The answer is no JSON: "
                    + UpstreamErrors.masked(new String(bytes, 0, Math.min(80, bytes.length), StandardCharsets.UTF_8));
        }
    }

    private static String streamFault(byte[] bytes) {
        StreamReader reader = new StreamReader(true);
        for (int at = 0; at < bytes.length; ) {
            byte[] buffer = reader.buffer();
            int part = Math.min(buffer.length - reader.offset(), bytes.length - at);
            System.arraycopy(bytes, at, buffer, reader.offset(), part);
            reader.read(part);
            reader.passed();
            at += part;
        }
        if (reader.error().isPresent())
            return UpstreamErrors.read(
                            200, JSON.writeValueAsBytes(reader.error().get()), 0)
                    .message();
        if (!reader.hasEvents()) return "The answer is no event stream.";
        return usageFault(reader.usage(), "stream");
    }

    private static String usageFault(OpenAiUsage usage, String what) {
        return switch (usage.reported()) {
            case Reported.Counted counted -> "";
            case Reported.Nothing nothing -> "The " + what + " reports no usage.";
            case Reported.Impossible impossible ->
                "The " + what + " reports usage that cannot be: "
                        + impossible.usage().fault().words() + ".";
        };
    }
}
