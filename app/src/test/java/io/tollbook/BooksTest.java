package io.tollbook;

import static org.assertj.core.api.Assertions.assertThat;

import io.tollbook.bench.Progress;
import io.tollbook.bench.books.Audit;
import io.tollbook.bench.books.Exact;
import io.tollbook.bench.books.TruthUnderKill;
import io.tollbook.bench.books.TruthUnderKill.Victim;
import io.tollbook.bench.gateway.Gateway;
import io.tollbook.bench.gateway.RunScript;
import io.tollbook.bench.upstream.MockUpstream;
import io.tollbook.bench.upstream.Receipts;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/**
 * The books, proved from outside: a Tollbook in a process of its own, its own PostgreSQL, a provider that keeps receipts.
 * The log names the seed; {@code -Dtollbook.seed} plays the same calls and moments again.
 */
class BooksTest {
    private static final long SEED = Long.getLong("tollbook.seed", System.nanoTime() & 0xFFFFFF);

    /** What is proved. */
    private interface Proof {
        List<Audit.Findings> of(Gateway gateway, MockUpstream provider) throws Exception;
    }

    @TempDir(cleanup = CleanupMode.ON_SUCCESS)
    Path parent;

    @Test
    void twentyThousandCallsOverAThousandAccountsCostWhatTheReceiptsSay() throws Exception {
        areTrue(TollbookProcess.command(), 1, (gateway, provider) -> List.of(new Exact(gateway, provider).run()));
    }

    @Test
    void areTrueWheneverTheGatewayIsKilled() throws Exception {
        areTrueUnderKill(Victim.GATEWAY, 10);
    }

    @Test
    void areTrueWheneverTheDatabaseIsKilled() throws Exception {
        areTrueUnderKill(Victim.POSTGRES, 5);
    }

    private void areTrueUnderKill(Victim victim, int rounds) throws Exception {
        areTrue(
                TollbookProcess.command(TollbookProcess.FOR_FEW_CALLS),
                rounds + 1,
                (gateway, provider) -> new TruthUnderKill(gateway, provider, victim, rounds, SEED).run());
    }

    private void areTrue(List<String> command, int times, Proof proof) throws Exception {
        Progress.say("seed %d", SEED);
        Path folder = parent.toRealPath();
        Path data = Files.createDirectories(folder.resolve("data"));
        try (RunScript gateway =
                        new RunScript(command, data, RunScript.freePort(), folder.resolve("gateway.log"), Map.of());
                MockUpstream provider =
                        MockUpstream.start(MockUpstream.Options.DEFAULT.withSeed(SEED), Receipts.inMemory())) {
            assertThat(proof.of(gateway, provider))
                    .as("-Dtollbook.seed=%d", SEED)
                    .hasSize(times)
                    .allMatch(Audit.Findings::isClean);
        }
    }
}
