package io.tollbook.relay;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * A provider, byte by byte: keeps what it is asked, and answers what a script says or, without one, what the test writes by
 * hand. It speaks through a plain socket, so it can do everything that a real one does wrong.
 */
final class Provider implements AutoCloseable {
    interface Script {
        void answer(Asked asked) throws IOException;
    }

    private final ServerSocket server;
    private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
    private final BlockingQueue<Asked> asked = new LinkedBlockingQueue<>();
    private final AtomicLong bytes = new AtomicLong();
    private volatile @Nullable Script script;

    Provider() {
        try {
            server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Thread.ofVirtual().start(this::accept);
    }

    String baseUrl() {
        return "http://127.0.0.1:" + server.getLocalPort();
    }

    /** Answers every further request this way. */
    void answers(Script every) {
        script = every;
    }

    /** Answers every further request with one JSON body. */
    void answers(int status, String body, String... headers) {
        answers(asked -> asked.whole(status, body, headers));
    }

    void reset() throws IOException {
        script = null;
        for (Socket socket : sockets) socket.close();
        asked.clear();
        bytes.set(0);
    }

    /** The next request, to be answered by hand. */
    Asked next() throws InterruptedException {
        Asked next = asked.poll(10, TimeUnit.SECONDS);
        if (next == null) throw new AssertionError("the provider was asked nothing");
        return next;
    }

    /** The last request that nobody has taken with {@link #next()}; its answer has begun. */
    Asked last() {
        Asked last = null;
        for (Asked one : asked) last = one;
        if (last == null) throw new AssertionError("the provider was asked nothing");
        return last;
    }

    /** Forgets the requests that nobody has taken. */
    void forget() {
        asked.clear();
    }

    /** How many requests nobody has taken with {@link #next()}. */
    int waiting() {
        return asked.size();
    }

    /** How many bytes of requests have come. */
    long received() {
        return bytes.get();
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                Socket socket = server.accept();
                sockets.add(socket);
                Thread.ofVirtual().start(() -> serve(socket));
            } catch (IOException e) {
                return;
            }
        }
    }

    private void serve(Socket socket) {
        try {
            socket.setTcpNoDelay(true);
            Asked request = Asked.read(socket, new BufferedInputStream(socket.getInputStream()), bytes);
            asked.add(request);
            Script now = script;
            if (now == null) return;
            now.answer(request);
            socket.close();
        } catch (IOException e) {
            // The relay hung up, as some tests want.
        }
    }

    @Override
    public void close() throws IOException {
        server.close();
        for (Socket socket : sockets) socket.close();
    }

    /** One request and the way to answer it. The heads that are made here close their connection. */
    static final class Asked {
        private final Socket socket;
        private final InputStream in;
        private final OutputStream out;
        private final String head;
        private final byte[] body;

        private Asked(Socket socket, InputStream in, String head, byte[] body) throws IOException {
            this.socket = socket;
            this.in = in;
            this.out = socket.getOutputStream();
            this.head = head;
            this.body = body;
        }

        private static Asked read(Socket socket, InputStream in, AtomicLong bytes) throws IOException {
            StringBuilder head = new StringBuilder();
            int length = 0;
            while (head.indexOf("\r\n\r\n") < 0) {
                int one = in.read();
                if (one < 0) throw new IOException("no whole head");
                bytes.incrementAndGet();
                head.append((char) one);
            }
            for (String line : head.toString().split("\r\n"))
                if (line.toLowerCase(Locale.ROOT).startsWith("content-length:"))
                    length = Integer.parseInt(line.substring(15).strip());
            byte[] body = in.readNBytes(length);
            bytes.addAndGet(body.length);
            return new Asked(socket, in, head.toString(), body);
        }

        String head() {
            return head;
        }

        String body() {
            return new String(body, StandardCharsets.UTF_8);
        }

        void send(String text) throws IOException {
            send(text.getBytes(StandardCharsets.UTF_8));
        }

        void send(byte[] raw) throws IOException {
            out.write(raw);
            out.flush();
        }

        void whole(int status, String json, String... headers) throws IOException {
            byte[] content = json.getBytes(StandardCharsets.UTF_8);
            head(status, "application/json", "Content-Length: " + content.length, headers);
            send(content);
        }

        /** Of an answer that comes whole, but not at once. */
        void wholeHead(int length) throws IOException {
            head(200, "application/json", "Content-Length: " + length);
        }

        void streamHead(String... headers) throws IOException {
            head(200, "text/event-stream", "Transfer-Encoding: chunked", headers);
        }

        private void head(int status, String type, String framing, String... headers) throws IOException {
            StringBuilder text = new StringBuilder("HTTP/1.1 " + status + " Status\r\nContent-Type: " + type + "\r\n"
                    + framing + "\r\nConnection: close\r\n");
            for (String header : headers) text.append(header).append("\r\n");
            send(text + "\r\n");
        }

        void chunk(String text) throws IOException {
            chunk(text.getBytes(StandardCharsets.UTF_8));
        }

        void chunk(byte[] content) throws IOException {
            // An empty one would be the end.
            if (content.length == 0) return;
            byte[] size = (Integer.toHexString(content.length) + "\r\n").getBytes(StandardCharsets.US_ASCII);
            byte[] all = new byte[size.length + content.length + 2];
            System.arraycopy(size, 0, all, 0, size.length);
            System.arraycopy(content, 0, all, size.length, content.length);
            all[all.length - 2] = '\r';
            all[all.length - 1] = '\n';
            send(all);
        }

        /** Sends events one by one and ends the answer as it should. */
        void stream(String... events) throws IOException {
            streamHead();
            for (String event : events) chunk(event);
            end();
        }

        void end() throws IOException {
            send("0\r\n\r\n");
        }

        void close() throws IOException {
            socket.close();
        }

        /** The next request on the same connection. */
        Asked again() throws IOException {
            return read(socket, in, new AtomicLong());
        }

        /** Returns once the relay has cut the connection. */
        void awaitCut() {
            try {
                socket.setSoTimeout(10_000);
                if (in.read() >= 0) throw new AssertionError("the relay sent more");
            } catch (java.net.SocketTimeoutException e) {
                throw new AssertionError("the relay did not cut the connection", e);
            } catch (IOException e) {
                // Reset, which is a cut as well.
            }
        }
    }
}
