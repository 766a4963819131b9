package io.tollbook.bench.gateway;

import io.tollbook.bench.Arguments;
import io.tollbook.bench.Progress;
import io.tollbook.bench.books.Prices;
import java.net.URI;
import java.nio.file.Path;

/** Sets a fresh gateway up for measuring and writes who may call it. */
public final class ProvisionCommand {
    private ProvisionCommand() {}

    public static void main(String[] args) throws Exception {
        Arguments arguments = Arguments.of(
                args,
                "--url=http://127.0.0.1:8080 --upstream=http://127.0.0.1:9001 --users=20 --quota=1000000000"
                        + " --out=site.json");
        Site site = Provision.begin(
                        URI.create(arguments.text("url", "http://127.0.0.1:8080")),
                        URI.create(arguments.text("upstream", "http://127.0.0.1:9001")),
                        Prices.awkward())
                .users("user", arguments.number("users", 20), arguments.number("quota", 1_000_000_000L))
                .site();
        site.write(Path.of(arguments.text("out", "site.json")));
        Progress.say("%d users can call %s", site.tenants().size(), site.base());
    }
}
