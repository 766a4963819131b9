package io.tollbook.bench.books;

import io.tollbook.bench.Arguments;
import io.tollbook.bench.Progress;
import io.tollbook.bench.Waiting;
import io.tollbook.bench.gateway.Gateway;
import io.tollbook.bench.gateway.Provision;
import io.tollbook.bench.gateway.Site;
import io.tollbook.bench.gateway.Tenant;
import io.tollbook.bench.load.Call;
import io.tollbook.bench.load.Load;
import io.tollbook.bench.load.LoadGenerator;
import io.tollbook.bench.load.Requests;
import io.tollbook.bench.load.Result;
import io.tollbook.bench.upstream.MockUpstream;
import io.tollbook.bench.upstream.Usage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * A balance for ten worst-case calls and many more at once: ten are served, the others are refused for want of money.
 *
 * @param gateway not yet started, on an empty data folder
 * @param mock with receipts
 */
public record Overspend(Gateway gateway, MockUpstream mock, int affordable, int calls) {
    private static final String REFUSAL = "insufficient_user_quota";

    public Overspend(Gateway gateway, MockUpstream mock) {
        this(gateway, mock, 10, 500);
    }

    public Audit.Findings run() throws Exception {
        Prices prices = Prices.awkward();
        gateway.start();
        Provision provision = Provision.begin(gateway.base(), mock.base(), prices);
        Site rich = provision.users("rich", 1, 1_000_000_000L).site();
        Queue<Call> seen = new ConcurrentLinkedQueue<>();
        String perToken = Requests.chat("mock-slow", false, false, 1_000, "");
        long worstCase = worstCase(rich, perToken, seen);
        long fixed = prices.charge(Prices.PER_CALL, Usage.NONE);
        Site site = provision
                .users("fixed", 1, fixed * affordable)
                .users("tokens", 1, worstCase * affordable)
                .site();
        List<String> mismatches = new ArrayList<>();
        rush(site, 1, Requests.chat(Prices.PER_CALL, false, false, 1_000, ""), seen, mismatches);
        rush(site, 2, perToken, seen, mismatches);
        Audit audit = new Audit(gateway.data(), site, prices, mock.receipts());
        audit.awaitQuiet(Duration.ofSeconds(60));
        Audit.Findings all = audit.compare(seen).and(mismatches);
        Progress.say("%s", all);
        return all;
    }

    /** What one such call sets aside, seen from outside: the balance falls by it while the call is open. */
    private static long worstCase(Site site, String json, Queue<Call> seen) throws Exception {
        Tenant tenant = site.tenants().getFirst();
        try (LoadGenerator one = LoadGenerator.start(
                Load.closed(site.base(), only(tenant, 0, json), 1, Duration.ZERO, Duration.ofSeconds(30))
                        .callsMax(1)
                        .seenBy(seen::add))) {
            String path = "/api/user/" + tenant.user();
            boolean held = Waiting.until(
                    Duration.ofSeconds(20),
                    Duration.ofMillis(20),
                    () -> site.api().get(path).path("quota").asLong() < tenant.granted());
            if (!held) throw new IllegalStateException("an open call holds nothing");
            long held1 = tenant.granted() - site.api().get(path).path("quota").asLong();
            one.result();
            return held1;
        }
    }

    private void rush(Site site, int index, String json, Queue<Call> seen, List<String> mismatches) throws Exception {
        Tenant tenant = site.tenants().get(index);
        Result result = LoadGenerator.run(
                Load.closed(site.base(), only(tenant, index, json), calls, Duration.ZERO, Duration.ofMinutes(2))
                        .callsMax(calls)
                        .seenBy(seen::add));
        String what = tenant.username() + ": " + result.statuses() + " " + result.codes();
        Progress.say("%s", what);
        long refused = result.codes().getOrDefault(REFUSAL, 0L);
        if (refused != result.status(403) || result.served() + refused != calls)
            mismatches.add("somebody was neither served nor refused for want of money: " + what);
        if (result.served() != affordable) mismatches.add("not " + affordable + " were served: " + what);
    }

    private static Requests only(Tenant tenant, int index, String json) {
        byte[] bytes = Requests.render(tenant.key(), json);
        return _ -> new Requests.Request(bytes, index, 0);
    }

    public static void main(String[] args) throws Exception {
        Arguments arguments = Arguments.of(args, "--home=. --data=FOLDER --affordable=10 --calls=500");
        boolean clean = Stage.run(
                arguments,
                (gateway, mock) -> List.of(
                        new Overspend(gateway, mock, arguments.number("affordable", 10), arguments.number("calls", 500))
                                .run()));
        System.exit(clean ? 0 : 1);
    }
}
