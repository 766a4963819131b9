package io.tollbook.relay.upstream;

import io.tollbook.kernel.Refused;
import io.tollbook.relay.directory.SiteOptions;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import org.apache.hc.client5.http.SystemDefaultDnsResolver;
import org.springframework.stereotype.Component;

/**
 * Looks up where channels lead, and lets nobody connect into a private network while root has closed those to channels. The
 * connection goes to the addresses that were checked.
 */
@Component
class UpstreamNames extends SystemDefaultDnsResolver {
    private final SiteOptions options;
    private final DemoProvider demo;

    UpstreamNames(SiteOptions options, DemoProvider demo) {
        this.options = options;
        this.demo = demo;
    }

    /** The name leads where root lets no channel go. */
    static final class Closed extends UnknownHostException {
        private static final long serialVersionUID = 1L;

        Closed(Refused refused) {
            super(refused.getMessage());
        }
    }

    boolean arePrivateClosed() {
        return options.fetchRules().closesPrivateToChannels();
    }

    @Override
    public List<InetSocketAddress> resolve(String host, int port) throws UnknownHostException {
        List<InetSocketAddress> addresses = new ArrayList<>();
        for (InetAddress address : resolve(host)) {
            // The built-in provider is on this machine by nature.
            if (!demo.isAt(address, port)) check(address);
            addresses.add(new InetSocketAddress(address, port));
        }
        return addresses;
    }

    private void check(InetAddress address) throws Closed {
        try {
            options.fetchRules().checkChannel(address);
        } catch (Refused refused) {
            throw new Closed(refused);
        }
    }
}
