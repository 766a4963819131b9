package io.tollbook.command.user;

import io.tollbook.command.access.GrowingDelay;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.time.Clock;
import java.time.Duration;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * Slows guessing down, per network address and per name; a name that does not exist is treated like one that does. The
 * delay of a name stays short, so that nobody can lock somebody else out by guessing.
 */
final class SignInLimits {
    private static final int FREE_PER_ADDRESS = 20;
    private static final int FREE_PER_NAME = 5;

    private final GrowingDelay addresses;
    private final GrowingDelay names;

    SignInLimits(Clock clock) {
        addresses = new GrowingDelay(FREE_PER_ADDRESS, Duration.ofMinutes(5), clock);
        names = new GrowingDelay(FREE_PER_NAME, Duration.ofMinutes(1), clock);
    }

    /** @throws io.tollbook.kernel.Refused TOO_MANY_REQUESTS */
    void enter(@Nullable String address, String name) {
        names.enter(name);
        if (address != null) addresses.enter(network(address));
    }

    void succeeded(@Nullable String address, String name) {
        names.forgive(name);
        if (address != null) addresses.forgive(network(address));
    }

    /** One customer of a provider has a whole /64 of IPv6 addresses. */
    static String network(String address) {
        try {
            InetAddress parsed = InetAddress.ofLiteral(address);
            if (parsed instanceof Inet6Address) return HexFormat.of().formatHex(parsed.getAddress(), 0, 8) + "/64";
            return parsed.getHostAddress();
        } catch (IllegalArgumentException e) {
            return address;
        }
    }
}
