package io.tollbook.bench.load;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import org.jspecify.annotations.Nullable;

/** One connection of the generator and the call on it. */
final class Client {
    final SocketChannel channel;
    final Answer answer = new Answer();
    private final SelectionKey key;
    private @Nullable ByteBuffer unsent;

    Requests.@Nullable Request request;
    long ordinal;
    long intended;
    long deadline;
    long firstByte;
    boolean closed;

    Client(SocketChannel channel, SelectionKey key) {
        this.channel = channel;
        this.key = key;
    }

    boolean isBusy() {
        return request != null;
    }

    void assign(Requests.Request request, long ordinal, long intended, long deadline) {
        this.request = request;
        this.ordinal = ordinal;
        this.intended = intended;
        this.deadline = deadline;
        this.firstByte = 0;
        answer.clear(request.spoken());
    }

    void send() throws IOException {
        Requests.Request now = request;
        if (now == null) return;
        write(ByteBuffer.wrap(now.bytes()));
    }

    void sendRest() throws IOException {
        ByteBuffer rest = unsent;
        if (rest != null) write(rest);
        else key.interestOps(SelectionKey.OP_READ);
    }

    private void write(ByteBuffer bytes) throws IOException {
        channel.write(bytes);
        unsent = bytes.hasRemaining() ? bytes : null;
        int wanted = SelectionKey.OP_READ | (unsent == null ? 0 : SelectionKey.OP_WRITE);
        if (key.interestOps() != wanted) key.interestOps(wanted);
    }

    Call ended(Call.Ending ending, long now) {
        Requests.Request ended = request;
        if (ended == null) throw new IllegalStateException("no call to end");
        request = null;
        unsent = null;
        return new Call(
                ordinal,
                ended.key(),
                answer.status,
                ending,
                answer.id,
                answer.requestId,
                answer.code,
                answer.retryAfter,
                answer.usageSeen,
                answer.pieces,
                intended,
                firstByte,
                now);
    }

    void close() {
        closed = true;
        key.cancel();
        try {
            channel.close();
        } catch (IOException _) {
            // Closed is closed.
        }
    }
}
