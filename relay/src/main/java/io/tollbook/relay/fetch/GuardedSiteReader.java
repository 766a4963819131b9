package io.tollbook.relay.fetch;

import io.tollbook.kernel.catalogue.SiteReader;
import java.util.concurrent.TimeUnit;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/** Reads documents of other sites, whose addresses root gives. */
@Component
final class GuardedSiteReader implements SiteReader {
    /** As much as a price list of every model there is, with room. */
    private static final int BYTES_MAX = 10 * 1024 * 1024;

    private final GuardedFetch fetch;
    private final GuardedFetch.Purpose purpose;

    GuardedSiteReader(GuardedFetch fetch, @Value("${tollbook.site-reader.seconds:10}") int seconds) {
        this.fetch = fetch;
        purpose = new GuardedFetch.Purpose(
                true, "The site", "application/json", BYTES_MAX, TimeUnit.SECONDS.toNanos(seconds));
    }

    @Override
    public byte[] read(String address) {
        return fetch.get(address, purpose, read -> {}).bytes();
    }
}
