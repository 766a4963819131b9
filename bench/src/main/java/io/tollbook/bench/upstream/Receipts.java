package io.tollbook.bench.upstream;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The provider's memory of its requests, by id, in the order they came; ended ones are also appended to a file. */
public final class Receipts implements AutoCloseable {
    /** 2,000,000 receipts of about 200 B are 400 MB; a longer run measures without receipts. */
    private static final int COUNT_MAX = 2_000_000;

    private final boolean kept;
    private final Map<String, Receipt> byId = new LinkedHashMap<>();
    private final @Nullable BufferedWriter file;

    private Receipts(boolean kept, @Nullable BufferedWriter file) {
        this.kept = kept;
        this.file = file;
    }

    /** Remembers nothing. */
    public static Receipts none() {
        return new Receipts(false, null);
    }

    public static Receipts inMemory() {
        return new Receipts(true, null);
    }

    public static Receipts appendingTo(Path path) throws IOException {
        return new Receipts(
                true,
                Files.newBufferedWriter(
                        path, StandardCharsets.UTF_8, StandardOpenOption.CREATE, StandardOpenOption.APPEND));
    }

    synchronized void begun(Receipt receipt) {
        if (!kept) return;
        if (byId.size() >= COUNT_MAX) throw new IllegalStateException("more than " + COUNT_MAX + " receipts");
        byId.put(receipt.id(), receipt);
    }

    synchronized void ended(Receipt begun, Receipt.Outcome outcome, long at) {
        if (!kept) return;
        Receipt ended = begun.ended(outcome, at);
        byId.put(begun.id(), ended);
        if (file == null) return;
        try {
            file.write(ended.toJson());
            file.newLine();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    synchronized void flush() {
        if (file == null) return;
        try {
            file.flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** All of them as they stand now. */
    public synchronized List<Receipt> all() {
        return List.copyOf(byId.values());
    }

    public synchronized @Nullable Receipt byId(String id) {
        return byId.get(id);
    }

    public synchronized int size() {
        return byId.size();
    }

    @Override
    public synchronized void close() throws IOException {
        if (file != null) file.close();
    }
}
