package io.tollbook.bench.books;

import io.tollbook.bench.Arguments;
import io.tollbook.bench.Progress;
import io.tollbook.bench.gateway.Gateway;
import io.tollbook.bench.gateway.Provision;
import io.tollbook.bench.gateway.Site;
import io.tollbook.bench.load.Call;
import io.tollbook.bench.load.Load;
import io.tollbook.bench.load.LoadGenerator;
import io.tollbook.bench.load.Result;
import io.tollbook.bench.upstream.MockUpstream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * Many calls over many accounts, each charged what its receipt says.
 *
 * @param gateway not yet started, on an empty data folder
 * @param mock with receipts
 */
public record Exact(Gateway gateway, MockUpstream mock, int accounts, int calls, int connections) {
    public Exact(Gateway gateway, MockUpstream mock) {
        this(gateway, mock, 1_000, 20_000, 64);
    }

    public Audit.Findings run() throws Exception {
        gateway.start();
        Site site = Provision.begin(gateway.base(), mock.base(), Prices.awkward())
                .users("exact", accounts, 100_000_000L)
                .site();
        Progress.say("%d accounts", accounts);
        Queue<Call> seen = new ConcurrentLinkedQueue<>();
        Result result = LoadGenerator.run(
                Load.closed(site.base(), CallMix.mixed(site.keys()), connections, Duration.ZERO, Duration.ofMinutes(20))
                        .callsMax(calls)
                        .seenBy(seen::add));
        Progress.say("%d calls: %s", calls, result.statuses());
        Audit audit = new Audit(gateway.data(), site, Prices.awkward(), mock.receipts());
        audit.awaitQuiet(Duration.ofSeconds(60));
        Audit.Findings findings = audit.compare(seen);
        Map<String, Long> counts = findings.counts();
        List<String> mismatches = new ArrayList<>();
        for (String each : List.of("calls", "served", "receipts", "completed", "settled"))
            if (counts.get(each) != calls) mismatches.add(counts.get(each) + " " + each + " instead of " + calls);
        long due = mock.receipts().all().stream()
                .mapToLong(receipt -> Prices.awkward().charge(receipt.model(), receipt.usage()))
                .sum();
        if (counts.get("charged") != due) mismatches.add(counts.get("charged") + " was charged instead of " + due);
        Audit.Findings all = findings.and(mismatches);
        Progress.say("%s", all);
        return all;
    }

    public static void main(String[] args) throws Exception {
        Arguments arguments =
                Arguments.of(args, "--home=. --data=FOLDER --accounts=1000 --calls=20000 --connections=64");
        boolean clean = Stage.run(
                arguments,
                (gateway, mock) -> List.of(new Exact(
                                gateway,
                                mock,
                                arguments.number("accounts", 1_000),
                                arguments.number("calls", 20_000),
                                arguments.number("connections", 64))
                        .run()));
        System.exit(clean ? 0 : 1);
    }
}
