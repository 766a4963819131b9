package io.tollbook.bench.upstream;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import org.jspecify.annotations.Nullable;

/** One connection to the provider and the answer under way on it. */
final class Line {
    final SocketChannel channel;
    final RequestFrame frame = new RequestFrame();
    private final SelectionKey key;

    /** The request under way; null between requests. */
    @Nullable
    Receipt receipt;

    /** Bytes the network did not take yet. */
    private @Nullable ByteBuffer pending;

    /** When the next piece is due, by {@link System#nanoTime()}. */
    long due;

    long delayNanos;
    int piecesLeft;
    int piecesUntilCut = -1;
    /** What comes before the first piece. */
    byte[] begin = {};

    byte[] piece = {};
    byte[] end = {};
    boolean headSent;
    boolean lastSent;
    boolean closing;
    boolean closed;

    Line(SocketChannel channel, SelectionKey key) {
        this.channel = channel;
        this.key = key;
    }

    boolean isIdle() {
        return receipt == null;
    }

    boolean isBlocked() {
        return pending != null;
    }

    void write(Bytes bytes) throws IOException {
        write(bytes.array, bytes.length);
    }

    void write(byte[] bytes, int length) throws IOException {
        ByteBuffer buffer = ByteBuffer.wrap(bytes, 0, length);
        if (pending == null) channel.write(buffer);
        if (!buffer.hasRemaining()) return;
        ByteBuffer before = pending;
        ByteBuffer rest = ByteBuffer.allocate((before == null ? 0 : before.remaining()) + buffer.remaining());
        if (before != null) rest.put(before);
        pending = rest.put(buffer).flip();
        key.interestOps(SelectionKey.OP_READ | SelectionKey.OP_WRITE);
    }

    void writePending() throws IOException {
        ByteBuffer rest = pending;
        if (rest == null) return;
        channel.write(rest);
        if (rest.hasRemaining()) return;
        pending = null;
        key.interestOps(SelectionKey.OP_READ);
    }

    void close() {
        closed = true;
        key.cancel();
        try {
            channel.close();
        } catch (IOException _) {
            // The other side is gone as well; there is nobody to tell.
        }
    }
}
