package io.tollbook.bench.books;

import io.tollbook.bench.Arguments;
import io.tollbook.bench.Progress;
import io.tollbook.bench.gateway.Gateway;
import io.tollbook.bench.gateway.RunScript;
import io.tollbook.bench.upstream.MockUpstream;
import io.tollbook.bench.upstream.Receipts;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** A fresh gateway and a mock for one play from the command line. */
final class Stage {
    /** What is played. */
    interface Play {
        List<Audit.Findings> run(Gateway gateway, MockUpstream mock) throws Exception;
    }

    private Stage() {}

    /** @return whether nothing was found wrong */
    static boolean run(Arguments arguments, Play play) throws Exception {
        Path folder = Files.createTempDirectory("tollbook-bench");
        Path data = Path.of(arguments.text("data", folder.resolve("data").toString()));
        Files.createDirectories(data);
        Path home = Path.of(arguments.text("home", ".")).toAbsolutePath().normalize();
        Progress.say("data in %s", data);
        try (RunScript gateway = RunScript.of(home, data, folder.resolve("gateway.log"));
                MockUpstream mock = MockUpstream.start(
                        MockUpstream.Options.DEFAULT, Receipts.appendingTo(folder.resolve("receipts.jsonl")))) {
            List<Audit.Findings> findings = play.run(gateway, mock);
            long wrong = findings.stream().mapToLong(f -> f.mismatches().size()).sum();
            IO.println(wrong == 0 ? "The books are true." : wrong + " mismatches.");
            return wrong == 0;
        }
    }
}
