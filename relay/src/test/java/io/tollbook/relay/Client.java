package io.tollbook.relay;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A client that sees every byte of its answer, when it comes and in which chunk. */
final class Client implements AutoCloseable {
    record Answer(int status, Map<String, String> headers, byte[] bytes) {
        String body() {
            return new String(bytes, StandardCharsets.UTF_8);
        }

        JsonNode error() {
            return JsonMapper.shared().readTree(bytes).path("error");
        }

        String header(String name) {
            return headers.getOrDefault(name, "");
        }
    }

    private final Socket socket;
    private final InputStream in;
    private int status;
    private Map<String, String> headers = Map.of();

    Client(int port) throws IOException {
        socket = new Socket(InetAddress.getLoopbackAddress(), port);
        socket.setTcpNoDelay(true);
        socket.setSoTimeout(20_000);
        in = new BufferedInputStream(socket.getInputStream());
    }

    /** Sends a head and a body as they are. */
    void send(String head, byte[] body) throws IOException {
        byte[] first = head.getBytes(StandardCharsets.UTF_8);
        byte[] all = new byte[first.length + body.length];
        System.arraycopy(first, 0, all, 0, first.length);
        System.arraycopy(body, 0, all, first.length, body.length);
        socket.getOutputStream().write(all);
        socket.getOutputStream().flush();
    }

    void post(String path, byte[] body, String... headerLines) throws IOException {
        StringBuilder head = new StringBuilder("POST " + path + " HTTP/1.1\r\nHost: tollbook\r\nConnection: close\r\n"
                + "Content-Type: application/json\r\nContent-Length: " + body.length + "\r\n");
        for (String line : headerLines) head.append(line).append("\r\n");
        send(head + "\r\n", body);
    }

    /** Reads the answer's head and returns its status. */
    int head() throws IOException {
        status = Integer.parseInt(line().split(" ")[1]);
        Map<String, String> all = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        for (String line = line(); !line.isEmpty(); line = line()) {
            int colon = line.indexOf(':');
            all.put(line.substring(0, colon), line.substring(colon + 1).strip());
        }
        headers = all;
        return status;
    }

    private String line() throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int one = in.read(); one != '\n'; one = in.read()) {
            if (one < 0) throw new EOFException("the answer ends in a head");
            if (one != '\r') line.write(one);
        }
        return line.toString(StandardCharsets.ISO_8859_1);
    }

    /** The next chunk of a streamed answer; empty for the last. */
    String chunk() throws IOException {
        return new String(chunkBytes(), StandardCharsets.UTF_8);
    }

    private byte[] chunkBytes() throws IOException {
        int size = Integer.parseInt(line().strip(), 16);
        byte[] chunk = in.readNBytes(size);
        if (chunk.length < size) throw new EOFException("the answer ends in a chunk");
        line();
        return chunk;
    }

    /** Whether bytes of the answer have come that nobody has read. */
    boolean hasMore() throws IOException {
        return in.available() > 0;
    }

    /** Everything up to the answer's end. */
    Answer answer() throws IOException {
        head();
        return new Answer(status, headers, rest());
    }

    byte[] rest() throws IOException {
        if (!headers.getOrDefault("Transfer-Encoding", "")
                .toLowerCase(Locale.ROOT)
                .equals("chunked")) return in.readNBytes(Integer.parseInt(headers.getOrDefault("Content-Length", "0")));
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (byte[] chunk = chunkBytes(); chunk.length > 0; chunk = chunkBytes()) all.writeBytes(chunk);
        return all.toByteArray();
    }

    /** Is gone at once, so that the next byte sent to it fails. */
    void hangUp() throws IOException {
        socket.setSoLinger(true, 0);
        socket.close();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
