package io.tollbook.bench.books;

import io.tollbook.bench.load.Requests;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** Calls of every kind, the same ones for the same seed. */
final class CallMix {
    private CallMix() {}

    /** Streams of 5 to 100 pieces, half of them asking for usage, one in twenty left by its client. */
    static Requests streams(List<String> keys, long seed) {
        return ordinal -> {
            SplittableRandom random = new SplittableRandom(seed * 1_000_003 + ordinal);
            int chunks = random.nextInt(5, 101);
            int hangUp = random.nextInt(20) == 0 ? random.nextInt(1, chunks + 1) : 0;
            String json = Requests.chat(
                    Prices.PLAIN,
                    true,
                    random.nextBoolean(),
                    random.nextInt(1, 500),
                    ",\"mock_chunks\":" + chunks + ",\"mock_delay_ms\":10");
            int key = (int) (ordinal % keys.size());
            return new Requests.Request(Requests.render(keys.get(key), json), key, hangUp);
        };
    }

    /** Plain calls, answered at once or after up to 30 ms. */
    static Requests plain(List<String> keys, long seed) {
        return ordinal -> {
            SplittableRandom random = new SplittableRandom(seed * 1_000_033 + ordinal);
            String model = random.nextInt(4) == 0 ? "mock-gpt-mini" : Prices.PLAIN;
            String json = Requests.chat(
                    model, false, false, random.nextInt(1, 500), ",\"mock_delay_ms\":" + random.nextInt(31));
            int key = (int) (ordinal % keys.size());
            return new Requests.Request(Requests.render(keys.get(key), json), key, 0);
        };
    }

    /** Seven plain calls, then three short streams. */
    static Requests mixed(List<String> keys) {
        List<String> bodies = new ArrayList<>();
        for (int i = 0; i < 7; i++) bodies.add(Requests.chat(Prices.PLAIN, false, false, 100 + i, ""));
        for (int i = 0; i < 3; i++)
            bodies.add(Requests.chat(Prices.PLAIN, true, i == 0, 100 + i, ",\"mock_chunks\":3,\"mock_delay_ms\":0"));
        return ordinal -> {
            int key = (int) (ordinal % keys.size());
            String json = bodies.get((int) ((ordinal + ordinal / keys.size()) % bodies.size()));
            return new Requests.Request(Requests.render(keys.get(key), json), key, 0);
        };
    }
}
