package io.tollbook.bench;

import io.tollbook.bench.books.Prices;
import io.tollbook.bench.gateway.Provision;
import io.tollbook.bench.upstream.MockUpstream;
import io.tollbook.bench.upstream.Receipts;
import java.io.IOException;
import java.net.URI;
import java.util.List;

/**
 * Providers of streams whose length no translated request could ask for: slow ones of a piece each second, and one of 600,000
 * tokens without a pause. Of each there is one that speaks OpenAI's dialect, and of the long and the usual one Claude's.
 */
final class StreamProviders implements AutoCloseable {
    static final String CLAUDE = "bench-claude";
    static final String SLOW = "bench-slow";
    static final String LONG = "bench-long";
    static final String LONG_CLAUDE = "bench-long-claude";
    static final int LONG_TOKENS = 600_000;
    static final int SLOW_SECONDS = 60;

    private final MockUpstream slow;
    private final MockUpstream tireless;

    private StreamProviders(MockUpstream slow, MockUpstream tireless) {
        this.slow = slow;
        this.tireless = tireless;
    }

    static StreamProviders start() throws IOException {
        return new StreamProviders(
                MockUpstream.start(new MockUpstream.Options(0, 2, SLOW_SECONDS, 1_000, 0), Receipts.none()),
                MockUpstream.start(new MockUpstream.Options(0, 3, LONG_TOKENS, 0, 0), Receipts.none()));
    }

    /** @param usual speaks both dialects and streams as others do */
    Provision offer(Provision provision, URI usual, Prices prices) throws Exception {
        return provision
                .prices(prices.with(List.of(CLAUDE, SLOW, LONG, LONG_CLAUDE)))
                .channel(Provision.ANTHROPIC, "claude", usual, List.of(CLAUDE), 0)
                .channel(Provision.OPENAI, "slow", slow.base(), List.of(SLOW), 0)
                .channel(Provision.OPENAI, "long", tireless.base(), List.of(LONG), 0)
                .channel(Provision.ANTHROPIC, "long claude", tireless.base(), List.of(LONG_CLAUDE), 0);
    }

    @Override
    public void close() throws IOException {
        slow.close();
        tireless.close();
    }
}
