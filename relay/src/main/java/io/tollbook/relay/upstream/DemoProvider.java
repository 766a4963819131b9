package io.tollbook.relay.upstream;

import java.net.InetAddress;
import java.security.SecureRandom;
import java.util.HexFormat;
import org.springframework.boot.web.server.context.WebServerInitializedEvent;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/**
 * The built-in provider's address and key. It is reached over HTTP on this machine like any other provider, so that what is
 * tried with it is what runs with a real one; the key, new at every start, keeps others from using it unpaid.
 */
@Component
public final class DemoProvider {
    public static final String PATH = "/demo-provider";

    private final String key;
    private volatile int port;

    DemoProvider() {
        byte[] random = new byte[24];
        new SecureRandom().nextBytes(random);
        key = HexFormat.of().formatHex(random);
    }

    @EventListener
    void on(WebServerInitializedEvent event) {
        port = event.getWebServer().getPort();
    }

    public String baseUrl() {
        return "http://127.0.0.1:" + port + PATH;
    }

    /** Whether this is where it listens. */
    boolean isAt(InetAddress address, int other) {
        return other == port && address.isLoopbackAddress();
    }

    public String key() {
        return key;
    }
}
