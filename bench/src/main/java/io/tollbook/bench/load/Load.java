package io.tollbook.bench.load;

import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What to send.
 *
 * @param connections closed loop: how many, each with one call at a time; open loop: the most there may be
 * @param perSecond 0 for a closed loop; else calls fall due at this rate whether or not earlier ones were answered, and
 *     their latency counts from when they were due
 * @param warmUp is driven but not counted
 * @param measured is counted
 * @param callsMax ends the run early; 0 for no bound
 * @param patience after which a call is given up
 * @param seen is told of each call, on the generator's thread; null if nobody wants to know
 */
public record Load(
        InetSocketAddress target,
        Requests requests,
        int connections,
        double perSecond,
        Duration warmUp,
        Duration measured,
        long callsMax,
        Duration patience,
        @Nullable Consumer<Call> seen) {
    public static Load closed(URI base, Requests requests, int connections, Duration warmUp, Duration measured) {
        return new Load(address(base), requests, connections, 0, warmUp, measured, 0, Duration.ofSeconds(60), null);
    }

    public static Load open(
            URI base, Requests requests, double perSecond, int connectionsMax, Duration warmUp, Duration measured) {
        return new Load(
                address(base), requests, connectionsMax, perSecond, warmUp, measured, 0, Duration.ofSeconds(60), null);
    }

    public Load callsMax(long callsMax) {
        return new Load(target, requests, connections, perSecond, warmUp, measured, callsMax, patience, seen);
    }

    public Load patience(Duration patience) {
        return new Load(target, requests, connections, perSecond, warmUp, measured, callsMax, patience, seen);
    }

    public Load seenBy(Consumer<Call> seen) {
        return new Load(target, requests, connections, perSecond, warmUp, measured, callsMax, patience, seen);
    }

    public static InetSocketAddress address(URI base) {
        return new InetSocketAddress(base.getHost(), base.getPort() < 0 ? 80 : base.getPort());
    }
}
