package io.tollbook.relay.upstream;

import io.tollbook.kernel.channel.ChannelId;
import io.tollbook.kernel.channel.ChannelProbe;
import io.tollbook.relay.conversation.Conversation;
import io.tollbook.relay.conversation.Part;
import io.tollbook.relay.conversation.Sampling;
import io.tollbook.relay.conversation.Turn;
import io.tollbook.relay.conversation.Vendor;
import io.tollbook.relay.dialect.Dialect;
import io.tollbook.relay.dialect.Dialects;
import io.tollbook.relay.dialect.UpstreamErrors;
import io.tollbook.relay.directory.Channels;
import io.tollbook.relay.directory.SiteOptions;
import io.tollbook.relay.metering.Reported;
import io.tollbook.relay.metering.UsageReader;
import io.tollbook.relay.routing.Target;
import io.tollbook.relay.stream.AnswerStream;
import io.tollbook.relay.stream.LongEvents;
import io.tollbook.relay.stream.PassingStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/** Tests a channel with one small call. Nobody pays for it, so there is no hold: the one exception, for administrators only. */
@Component
final class HttpChannelProbe implements ChannelProbe {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final long TOKENS_MAX = 16;
    private static final int ANSWER_BYTES_MAX = 1024 * 1024;
    private static final long WAIT_NANOS = TimeUnit.SECONDS.toNanos(60);

    private final Upstream upstream;
    private final Channels channels;
    private final DemoProvider demo;
    private final Dialects dialects;
    private final SiteOptions options;

    HttpChannelProbe(Upstream upstream, Channels channels, DemoProvider demo, Dialects dialects, SiteOptions options) {
        this.upstream = upstream;
        this.channels = channels;
        this.demo = demo;
        this.dialects = dialects;
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
        String upstreamModel = target.terms().upstreamModel(model);
        Dialect dialect = dialects.of(target.speaks(upstreamModel).getFirst());
        Upstream.Exchange exchange = upstream.prepare(
                target.isDemo() ? demo.baseUrl() : target.baseUrl(),
                dialect.path(upstreamModel, stream, null),
                dialect.body(hi(dialect.vendor(), stream), upstreamModel, TOKENS_MAX),
                dialect.headers(target.isDemo() ? demo.key() : target.testKey()),
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
                return stream ? streamFault(dialect, bytes) : wholeFault(dialect, bytes);
            }
        }
    }

    private static Conversation hi(Vendor vendor, boolean stream) {
        Conversation.Draft draft = new Conversation.Draft();
        draft.stream = stream;
        draft.turns.add(new Turn(Turn.Role.USER, List.of(new Part.Text("hi"))));
        draft.sampling = new Sampling(TOKENS_MAX, null, null, null, null, List.of(), null, null, null, null);
        return draft.done(vendor);
    }

    private static byte[] read(InputStream in) throws IOException {
        return in.readNBytes(ANSWER_BYTES_MAX);
    }

    private static String wholeFault(Dialect dialect, byte[] bytes) {
        try {
            var root = JSON.readTree(bytes);
            if (UpstreamErrors.isError(root))
                return UpstreamErrors.read(200, bytes, 0).message();
            UsageReader usage = dialect.usage();
            usage.read(root);
            return usageFault(usage, "answer");
        } catch (JacksonException e) {
            return "The answer is no JSON: "
                    + UpstreamErrors.masked(new String(bytes, 0, Math.min(80, bytes.length), StandardCharsets.UTF_8));
        }
    }

    private static String streamFault(Dialect dialect, byte[] bytes) {
        AnswerStream reader = new PassingStream(dialect.rules(null), dialect.text(), new LongEvents(ANSWER_BYTES_MAX));
        for (int at = 0; at < bytes.length; ) {
            byte[] buffer = reader.buffer();
            int part = Math.min(buffer.length - reader.offset(), bytes.length - at);
            System.arraycopy(bytes, at, buffer, reader.offset(), part);
            reader.read(part);
            reader.passed();
            at += part;
        }
        reader.finish();
        if (reader.failure().isPresent()) return reader.failure().get().message();
        if (!reader.hasEvents()) return "The answer is no event stream.";
        return usageFault(reader.usage(), "stream");
    }

    private static String usageFault(UsageReader usage, String what) {
        return switch (usage.reported()) {
            case Reported.Counted counted -> "";
            case Reported.Begun begun -> "The " + what + " reports no usage in the end.";
            case Reported.Nothing nothing -> "The " + what + " reports no usage.";
            case Reported.Impossible impossible ->
                "The " + what + " reports usage that cannot be: "
                        + impossible.usage().fault().words() + ".";
        };
    }
}
