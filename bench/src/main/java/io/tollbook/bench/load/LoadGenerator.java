package io.tollbook.bench.load;

import java.io.IOException;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;

/** Drives one {@link Load} on one thread, over keep-alive connections. */
public final class LoadGenerator implements AutoCloseable {
    /** Above this rate calls fall due more often than the selector's millisecond, so nothing need wake it. */
    private static final double PACED_PER_SECOND_MAX = 1_000;

    private static final long PAUSE_AFTER_REFUSAL = TimeUnit.MILLISECONDS.toNanos(20);
    private static final long PATIENCE_CHECK = TimeUnit.MILLISECONDS.toNanos(50);

    private final Load load;
    private final Selector selector;
    private final Thread thread;
    private final ByteBuffer input = ByteBuffer.allocateDirect(256 * 1024);
    private final ArrayDeque<Client> idle = new ArrayDeque<>();
    private final Result result = new Result();
    private final CompletableFuture<Result> finished = new CompletableFuture<>();
    private final CountDownLatch measuring = new CountDownLatch(1);
    private final CountDownLatch measured = new CountDownLatch(1);
    private volatile boolean stopped;

    private long begin;
    private long measuredFrom;
    private long end;
    private long nextOrdinal;
    private long nextDue;
    private int busy;
    private int connections;
    private long pausedUntil;

    private LoadGenerator(Load load) throws IOException {
        this.load = load;
        this.selector = Selector.open();
        this.thread = Thread.ofPlatform().name("load-generator").daemon().unstarted(this::run);
    }

    public static LoadGenerator start(Load load) throws IOException {
        LoadGenerator generator = new LoadGenerator(load);
        generator.thread.start();
        return generator;
    }

    /** Runs the load to its end. */
    public static Result run(Load load) throws IOException, InterruptedException {
        try (LoadGenerator generator = start(load)) {
            return generator.result();
        }
    }

    /** Returns when the warm-up is over. */
    public void awaitMeasuring() throws InterruptedException {
        measuring.await();
    }

    /** Returns when the measured time is over; calls may still be open. */
    public void awaitMeasured() throws InterruptedException {
        measured.await();
    }

    /** Waits for the end. */
    public Result result() throws InterruptedException {
        thread.join();
        return finished.join();
    }

    /** Sends nothing more; open calls may end. */
    public void stop() {
        stopped = true;
        selector.wakeup();
    }

    @Override
    public void close() throws InterruptedException {
        stop();
        thread.join();
    }

    private void run() {
        try (selector) {
            begin = System.nanoTime();
            measuredFrom = begin + load.warmUp().toNanos();
            end = measuredFrom + load.measured().toNanos();
            nextDue = begin;
            if (load.perSecond() > 0 && load.perSecond() <= PACED_PER_SECOND_MAX)
                Thread.ofPlatform().name("load-pacer").daemon().start(this::pace);
            drive();
            result.seconds = (Math.min(System.nanoTime(), end) - measuredFrom) / 1e9;
            for (SelectionKey key : new ArrayList<>(selector.keys())) ((Client) key.attachment()).close();
            finished.complete(result);
        } catch (IOException | RuntimeException e) {
            finished.completeExceptionally(e);
        } finally {
            measuring.countDown();
            measured.countDown();
        }
    }

    private void drive() throws IOException {
        long nextCheck = begin;
        boolean counting = false;
        boolean over = false;
        while (true) {
            long now = System.nanoTime();
            if (!counting && now - measuredFrom >= 0) {
                counting = true;
                measuring.countDown();
            }
            if (!over && (stopped || now - end >= 0 || isSpent())) {
                over = true;
                if (now - end >= 0 || stopped) measured.countDown();
                countWhatWasNotSent(now);
            }
            if (!over) dispatchDue(now);
            else if (busy == 0) return;
            selector.select(this::handle, over || load.perSecond() <= PACED_PER_SECOND_MAX ? 20 : 1);
            now = System.nanoTime();
            if (now - nextCheck >= 0) {
                giveUpOverdue(now);
                nextCheck = now + PATIENCE_CHECK;
            }
        }
    }

    private boolean isSpent() {
        return load.callsMax() > 0 && nextOrdinal >= load.callsMax();
    }

    private void countWhatWasNotSent(long now) {
        if (load.perSecond() == 0 || isSpent()) return;
        result.notSent = Math.max(0, Math.round((Math.min(now, end) - nextDue) / 1e9 * load.perSecond()));
    }

    private void dispatchDue(long now) throws IOException {
        if (now - pausedUntil < 0 && pausedUntil != 0) return;
        if (load.perSecond() == 0) {
            while (busy < load.connections() && !isSpent() && (pausedUntil == 0 || now - pausedUntil >= 0))
                dispatch(now, now);
            return;
        }
        while (nextDue - now <= 0
                && nextDue - end < 0
                && !isSpent()
                && (!idle.isEmpty() || connections < load.connections())) {
            dispatch(nextDue, now);
            nextDue = begin + (long) (nextOrdinal * 1e9 / load.perSecond());
        }
    }

    private void pace() {
        for (long n = 0; thread.isAlive(); n++) {
            long due = begin + (long) (n * 1e9 / load.perSecond());
            if (due - end >= 0) return;
            for (long wait = due - System.nanoTime(); wait > 0; wait = due - System.nanoTime())
                LockSupport.parkNanos(wait);
            if (!selector.isOpen()) return;
            selector.wakeup();
        }
    }

    private void dispatch(long intended, long now) throws IOException {
        long ordinal = nextOrdinal++;
        Requests.Request request = load.requests().next(ordinal);
        busy++;
        Client client = idle.pollLast();
        if (client != null) {
            client.assign(request, ordinal, intended, now + load.patience().toNanos());
            try {
                client.send();
            } catch (IOException _) {
                end(client, Call.Ending.CUT, true);
            }
            return;
        }
        SocketChannel channel = SocketChannel.open();
        channel.configureBlocking(false);
        channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
        SelectionKey key = channel.register(selector, SelectionKey.OP_CONNECT);
        Client fresh = new Client(channel, key);
        key.attach(fresh);
        connections++;
        fresh.assign(request, ordinal, intended, now + load.patience().toNanos());
        try {
            if (channel.connect(load.target())) fresh.send();
        } catch (IOException _) {
            unreachable(fresh);
        }
    }

    private void handle(SelectionKey key) {
        if (!key.isValid()) return;
        Client client = (Client) key.attachment();
        if (key.isConnectable()) {
            try {
                client.channel.finishConnect();
                client.send();
            } catch (IOException _) {
                unreachable(client);
            }
            return;
        }
        try {
            if (key.isWritable()) client.sendRest();
            if (key.isReadable()) read(client);
        } catch (IOException | IllegalStateException _) {
            if (client.isBusy()) end(client, Call.Ending.CUT, true);
            else drop(client);
        }
    }

    private void read(Client client) throws IOException {
        input.clear();
        int count = client.channel.read(input);
        Requests.Request request = client.request;
        if (request == null) {
            drop(client); // The server closed an idle connection, or spoke without being asked.
            return;
        }
        Answer answer = client.answer;
        if (count < 0) {
            boolean whole = answer.hasBegun() && answer.endOfStream();
            end(client, whole ? endingOf(answer) : Call.Ending.CUT, true);
            return;
        }
        input.flip();
        answer.feed(input);
        if (client.firstByte == 0 && (answer.bodyBytes > 0 || answer.isWhole())) client.firstByte = System.nanoTime();
        if (answer.isWhole()) end(client, endingOf(answer), answer.close || input.hasRemaining());
        else if (request.hangUpAfter() > 0 && answer.pieces >= request.hangUpAfter())
            end(client, Call.Ending.HUNG_UP, true);
    }

    private static Call.Ending endingOf(Answer answer) {
        return answer.stream && !answer.done ? Call.Ending.CUT : Call.Ending.COMPLETE;
    }

    private void unreachable(Client client) {
        pausedUntil = System.nanoTime() + PAUSE_AFTER_REFUSAL;
        end(client, Call.Ending.UNREACHABLE, true);
    }

    private void giveUpOverdue(long now) {
        for (SelectionKey key : new ArrayList<>(selector.keys())) {
            Client client = (Client) key.attachment();
            if (client.isBusy() && now - client.deadline >= 0) end(client, Call.Ending.TIMED_OUT, true);
        }
    }

    private void end(Client client, Call.Ending ending, boolean close) {
        long now = System.nanoTime();
        Call call = client.ended(ending, now);
        busy--;
        if (close) drop(client);
        else idle.addLast(client);
        boolean counts = load.perSecond() > 0
                ? call.intendedNanos() - measuredFrom >= 0
                : now - measuredFrom >= 0 && (now - end < 0 || load.callsMax() > 0);
        if (counts) result.count(call, measuredFrom);
        Consumer<Call> seen = load.seen();
        if (seen != null) seen.accept(call);
    }

    private void drop(Client client) {
        if (client.closed) return;
        client.close();
        connections--;
        if (!idle.isEmpty()) idle.remove(client);
    }
}
