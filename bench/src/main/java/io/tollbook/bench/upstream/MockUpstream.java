package io.tollbook.bench.upstream;

import io.tollbook.bench.Arguments;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.util.PriorityQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * An OpenAI-style provider on one thread: {@code POST /v1/chat/completions}, {@code GET /v1/models}, and
 * {@code GET /receipts}, its own account of each request as JSON lines. Streams of Claude's it has too, at
 * {@code POST /v1/messages}.
 *
 * <p>Usage is honest: it follows from the seed and a counter, never exceeds {@code max_tokens} nor what the prompt can
 * hold, and is what the receipt says. A receipt counts as completed once the last byte was handed to the network.
 */
public final class MockUpstream implements AutoCloseable {
    /**
     * @param port 0 for any free one
     * @param chunks pieces of a stream whose request does not say
     * @param delayMillis between pieces, where the request does not say
     * @param slowMillis how long {@code mock-slow} waits
     */
    public record Options(int port, long seed, int chunks, int delayMillis, int slowMillis) {
        public static final Options DEFAULT = new Options(0, 1, 100, 10, 2_000);

        public Options onPort(int port) {
            return new Options(port, seed, chunks, delayMillis, slowMillis);
        }

        public Options withSeed(long seed) {
            return new Options(port, seed, chunks, delayMillis, slowMillis);
        }
    }

    private static final String MODELS = "{\"object\":\"list\",\"data\":[{\"id\":\"mock-gpt\",\"object\":\"model\","
            + "\"created\":1626777600,\"owned_by\":\"mock\"}]}";
    private static final int COMPLETION_TOKENS_MAX = 256;
    private static final int CONTENT_BYTES = 250;

    /** Fewer tokens than any tokeniser finds in English text, so that no honest hold is too small. */
    private static final int PROMPT_BYTES_PER_TOKEN = 8;

    private final Options options;
    private final Receipts receipts;
    private final ServerSocketChannel server;
    private final Selector selector;
    private final Thread thread;
    private final Answers answers = new Answers();
    private final ClaudeAnswers claude = new ClaudeAnswers();
    private final PriorityQueue<Line> timers = new PriorityQueue<>((a, b) -> Long.compare(a.due - b.due, 0));
    private final ByteBuffer input = ByteBuffer.allocateDirect(64 * 1024);
    private final String idPrefix;
    private final AtomicLong requests = new AtomicLong();
    private final AtomicLong answered = new AtomicLong();
    private volatile boolean open = true;

    private MockUpstream(Options options, Receipts receipts) throws IOException {
        this.options = options;
        this.receipts = receipts;
        // Ids must not repeat when a provider starts again with the same seed: gateways keep them for ever.
        this.idPrefix = "chatcmpl-" + Long.toHexString(System.currentTimeMillis()) + "-";
        selector = Selector.open();
        server = ServerSocketChannel.open();
        server.setOption(StandardSocketOptions.SO_REUSEADDR, true);
        server.bind(new InetSocketAddress("127.0.0.1", options.port()), 4096);
        server.configureBlocking(false);
        server.register(selector, SelectionKey.OP_ACCEPT);
        thread = Thread.ofPlatform().name("mock-upstream").daemon().unstarted(this::run);
    }

    public static MockUpstream start(Options options, Receipts receipts) throws IOException {
        MockUpstream mock = new MockUpstream(options, receipts);
        mock.thread.start();
        return mock;
    }

    public URI base() {
        return URI.create("http://127.0.0.1:" + server.socket().getLocalPort());
    }

    public Receipts receipts() {
        return receipts;
    }

    /** Requests seen, whatever became of them. */
    public long requests() {
        return requests.get();
    }

    /** Good answers handed to the network whole. */
    public long answered() {
        return answered.get();
    }

    public boolean isRunning() {
        return thread.isAlive();
    }

    @Override
    public void close() throws IOException {
        open = false;
        selector.wakeup();
        try {
            thread.join(TimeUnit.SECONDS.toMillis(10));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        server.close();
        selector.close();
        receipts.close();
    }

    private void run() {
        try {
            long lastFlush = System.nanoTime();
            while (open) {
                Line next = timers.peek();
                long wait = next == null ? 200 : TimeUnit.NANOSECONDS.toMillis(next.due - System.nanoTime());
                if (wait > 0) selector.select(this::handle, Math.min(wait, 200));
                else selector.selectNow(this::handle);
                runTimers();
                long now = System.nanoTime();
                if (now - lastFlush > 200_000_000L) {
                    receipts.flush();
                    lastFlush = now;
                }
            }
            for (SelectionKey key : selector.keys()) if (key.attachment() instanceof Line line) close(line);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void handle(SelectionKey key) {
        if (!key.isValid()) return;
        if (!(key.attachment() instanceof Line line)) {
            accept();
            return;
        }
        try {
            if (key.isWritable()) {
                line.writePending();
                afterWrite(line);
                serve(line);
            }
            if (!line.closed && key.isReadable()) read(line);
        } catch (IOException _) {
            close(line); // A reset tells the same as an end: the other side went away.
        }
    }

    private void accept() {
        try {
            for (SocketChannel channel = server.accept(); channel != null; channel = server.accept()) {
                channel.configureBlocking(false);
                channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
                SelectionKey key = channel.register(selector, SelectionKey.OP_READ);
                key.attach(new Line(channel, key));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void read(Line line) throws IOException {
        input.clear();
        int count = line.channel.read(input);
        if (count < 0) {
            close(line);
            return;
        }
        input.flip();
        RequestFrame frame = line.frame;
        frame.ensure(count);
        input.get(frame.bytes, frame.length, count);
        frame.length += count;
        serve(line);
    }

    private void serve(Line line) throws IOException {
        while (line.isIdle() && !line.closing && !line.closed && line.frame.length > 0) {
            switch (line.frame.read()) {
                case INCOMPLETE -> {
                    return;
                }
                case BROKEN -> {
                    line.write(answers.error(400, "Bad Request", "Connection: close\r\n", "invalid_request_error", ""));
                    line.closing = true;
                    afterWrite(line);
                    return;
                }
                case WHOLE -> {
                    answer(line);
                }
            }
        }
    }

    private void answer(Line line) throws IOException {
        RequestFrame frame = line.frame;
        boolean asksClaude = frame.path.startsWith("/v1/messages");
        if ((asksClaude || frame.path.startsWith("/v1/chat/completions")) && frame.method.equals("POST")) {
            chat(line, asksClaude);
            return;
        }
        frame.next();
        if (frame.path.startsWith("/v1/models")) line.write(answers.plain(200, "OK", "", MODELS));
        else if (frame.path.startsWith("/receipts")) {
            StringBuilder lines = new StringBuilder();
            for (Receipt receipt : receipts.all())
                lines.append(receipt.toJson()).append('\n');
            line.write(answers.plain(200, "OK", "", lines.toString()));
        } else line.write(answers.error(404, "Not Found", "", "invalid_request_error", "unknown_url"));
    }

    private void chat(Line line, boolean asksClaude) throws IOException {
        RequestFrame frame = line.frame;
        ChatRequest request = ChatRequest.read(frame.body(), frame.bodyFrom(), frame.bodyTo());
        int promptMax = Math.max(1, frame.bodyLength() / PROMPT_BYTES_PER_TOKEN);
        String faultHeader = frame.faultHeader;
        frame.next();
        long counter = requests.incrementAndGet();
        if (request == null || asksClaude && !request.stream()) {
            line.write(answers.error(400, "Bad Request", "", "invalid_request_error", "invalid_json"));
            return;
        }
        int completionMax = request.maxTokens() > 0 ? request.maxTokens() : COMPLETION_TOKENS_MAX;
        Usage usage = Usage.of(options.seed(), counter, promptMax, completionMax);
        Receipt receipt = new Receipt(
                idPrefix + counter,
                request.model(),
                request.stream(),
                usage,
                System.currentTimeMillis(),
                0,
                Receipt.Outcome.BEGUN);
        receipts.begun(receipt);
        line.receipt = receipt;
        line.headSent = false;
        line.lastSent = false;
        line.piecesUntilCut = -1;
        Fault fault = Fault.of(request.model(), faultHeader);
        if (fault == Fault.FLAKY) fault = counter % 2 == 0 ? Fault.SERVER_ERROR : Fault.NONE;
        if (asksClaude) {
            line.begin = claude.begin(receipt);
            line.piece = claude.piece();
            line.end = claude.end(receipt);
            beginStream(line, request, fault);
        } else begin(line, receipt, request, fault);
    }

    private void begin(Line line, Receipt receipt, ChatRequest request, Fault fault) throws IOException {
        switch (fault) {
            case SERVER_ERROR -> faulty(line, answers.error(500, "Internal Server Error", "", "server_error", "mock"));
            case TOO_MANY ->
                faulty(line, answers.error(429, "Too Many Requests", "Retry-After: 1\r\n", "rate_limit", "mock"));
            case BAD_REQUEST -> faulty(line, answers.error(400, "Bad Request", "", "invalid_request_error", "mock"));
            case UNAUTHORIZED -> faulty(line, answers.error(401, "Unauthorized", "", "authentication_error", "mock"));
            case HANG -> receipts.ended(receipt, Receipt.Outcome.FAULTY, System.currentTimeMillis());
            case DROP -> {
                receipts.ended(receipt, Receipt.Outcome.FAULTY, System.currentTimeMillis());
                line.receipt = null;
                line.close();
            }
            case GARBAGE ->
                faulty(
                        line,
                        request.stream()
                                ? answers.garbageStream(receipt)
                                : answers.plain(200, "OK", "", "<<< this is no JSON >>>"));
            case NONE, FLAKY, CUT, NO_USAGE, SLOW, HUGE_LINE -> {
                if (request.stream()) {
                    line.begin = new byte[0];
                    line.piece = answers.piece(receipt, fault == Fault.HUGE_LINE ? Answers.HUGE_LINE_BYTES : 0);
                    line.end = answers.streamEnd(receipt, request.includeUsage() && fault != Fault.NO_USAGE);
                    beginStream(line, request, fault);
                } else beginWhole(line, receipt, request, fault);
            }
        }
    }

    private void faulty(Line line, Bytes answer) throws IOException {
        Receipt receipt = line.receipt;
        if (receipt != null) receipts.ended(receipt, Receipt.Outcome.FAULTY, System.currentTimeMillis());
        line.receipt = null;
        line.write(answer);
    }

    private void beginWhole(Line line, Receipt receipt, ChatRequest request, Fault fault) throws IOException {
        int content = fault == Fault.HUGE_LINE ? Answers.HUGE_LINE_BYTES : CONTENT_BYTES;
        Bytes whole = answers.whole(receipt, fault != Fault.NO_USAGE, content);
        if (fault == Fault.CUT) {
            receipts.ended(receipt, Receipt.Outcome.FAULTY, System.currentTimeMillis());
            line.receipt = null;
            line.closing = true;
            line.write(whole.array, whole.length / 2);
            afterWrite(line);
            return;
        }
        int delay = fault == Fault.SLOW ? options.slowMillis() : Math.max(0, request.delayMillis());
        if (delay > 0) {
            line.piecesLeft = 0;
            line.headSent = true;
            line.end = whole.copy();
            schedule(line, System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(delay));
            return;
        }
        line.lastSent = true;
        line.write(whole);
        afterWrite(line);
    }

    private void beginStream(Line line, ChatRequest request, Fault fault) throws IOException {
        int chunks = request.chunks() >= 0 ? request.chunks() : options.chunks();
        int delay = request.delayMillis() >= 0 ? request.delayMillis() : options.delayMillis();
        line.piecesLeft = chunks;
        line.piecesUntilCut = fault == Fault.CUT ? chunks / 2 : -1;
        line.delayNanos = TimeUnit.MILLISECONDS.toNanos(delay);
        long wait = fault == Fault.SLOW ? TimeUnit.MILLISECONDS.toNanos(options.slowMillis()) : 0;
        line.due = System.nanoTime() + wait;
        if (wait > 0) schedule(line, line.due);
        else step(line);
    }

    private void runTimers() {
        long now = System.nanoTime();
        for (Line line = timers.peek(); line != null && line.due - now <= 0; line = timers.peek()) {
            timers.poll();
            if (line.closed || line.receipt == null) continue;
            try {
                // A reader that lags holds its own stream up, never the memory of this process.
                if (line.isBlocked()) schedule(line, now + TimeUnit.MILLISECONDS.toNanos(1));
                else {
                    step(line);
                    serve(line);
                }
            } catch (IOException _) {
                close(line);
            }
        }
    }

    /** Sends what is due on a line: the head and first piece, a piece, or the end. */
    private void step(Line line) throws IOException {
        Receipt receipt = line.receipt;
        if (receipt == null) return;
        if (line.piecesUntilCut == 0) {
            receipts.ended(receipt, Receipt.Outcome.FAULTY, System.currentTimeMillis());
            line.receipt = null;
            line.close();
            return;
        }
        if (!line.headSent) {
            line.headSent = true;
            Bytes head = answers.streamHead(receipt).put(line.begin);
            if (line.piecesLeft > 0) head.put(line.piece);
            line.write(head);
        } else if (line.piecesLeft > 0) line.write(line.piece, line.piece.length);
        line.piecesLeft--;
        line.piecesUntilCut--;
        if (line.piecesLeft > 0) {
            schedule(line, line.due + line.delayNanos);
            return;
        }
        line.lastSent = true;
        line.write(line.end, line.end.length);
        afterWrite(line);
    }

    private void schedule(Line line, long due) {
        line.due = due;
        timers.add(line);
    }

    private void afterWrite(Line line) throws IOException {
        if (line.isBlocked()) return;
        Receipt receipt = line.receipt;
        if (receipt != null && line.lastSent) {
            receipts.ended(receipt, Receipt.Outcome.COMPLETED, System.currentTimeMillis());
            answered.incrementAndGet();
            line.receipt = null;
        }
        if (line.closing) close(line);
    }

    private void close(Line line) {
        if (line.closed) return;
        Receipt receipt = line.receipt;
        line.receipt = null;
        line.close();
        if (receipt != null) receipts.ended(receipt, Receipt.Outcome.ABANDONED, System.currentTimeMillis());
    }

    public static void main(String[] args) throws Exception {
        Arguments arguments = Arguments.of(
                args, "--port=0 --seed=1 --chunks=100 --delay-ms=10 --slow-ms=2000 --receipts=FILE|memory|none");
        @Nullable String file = arguments.text("receipts", "none");
        Receipts receipts = switch (file) {
            case "none" -> Receipts.none();
            case "memory" -> Receipts.inMemory();
            default -> Receipts.appendingTo(Path.of(file));
        };
        Options options = new Options(
                arguments.number("port", 0),
                arguments.number("seed", 1),
                arguments.number("chunks", 100),
                arguments.number("delay-ms", 10),
                arguments.number("slow-ms", 2_000));
        try (MockUpstream mock = start(options, receipts)) {
            IO.println(mock.base());
            mock.thread.join();
        }
    }
}
