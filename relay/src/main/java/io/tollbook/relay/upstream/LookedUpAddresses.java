package io.tollbook.relay.upstream;

import io.tollbook.kernel.Refused;
import io.tollbook.kernel.channel.ChannelAddresses;
import io.tollbook.kernel.channel.ChannelTerms;
import io.tollbook.kernel.channel.ChannelType;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.List;
import org.springframework.stereotype.Component;

/** Looks a channel's address up as a call would, and knocks there. Nothing is sent. */
@Component
final class LookedUpAddresses implements ChannelAddresses {
    private static final int CONNECT_MILLIS = 3_000;

    private final UpstreamNames names;

    LookedUpAddresses(UpstreamNames names) {
        this.names = names;
    }

    @Override
    public void check(ChannelTerms terms) {
        if (isBuiltIn(terms)) return;
        try {
            lookUp(address(terms));
        } catch (UpstreamNames.Closed closed) {
            throw Refused.invalid(closed.getMessage());
        } catch (UnknownHostException unknown) {
            // Nobody answers there, which is told and not forbidden.
        }
    }

    @Override
    public String warning(ChannelTerms terms) {
        if (isBuiltIn(terms)) return "";
        URI address = address(terms);
        try {
            InetSocketAddress first = lookUp(address).getFirst();
            try (Socket socket = new Socket()) {
                socket.connect(first, CONNECT_MILLIS);
            }
            return "";
        } catch (UnknownHostException e) {
            return "Nobody knows the host " + address.getHost() + ". Calls to this channel will fail.";
        } catch (SocketTimeoutException e) {
            return address.getHost() + " does not answer within 3 s. Calls to this channel may fail.";
        } catch (IOException e) {
            return "Nothing answers at " + address.getHost() + ". Calls to this channel will fail.";
        }
    }

    private static boolean isBuiltIn(ChannelTerms terms) {
        return terms.type() == ChannelType.DEMO.number();
    }

    private List<InetSocketAddress> lookUp(URI address) throws UnknownHostException {
        int port =
                address.getPort() >= 0 ? address.getPort() : "https".equalsIgnoreCase(address.getScheme()) ? 443 : 80;
        String host = address.getHost();
        return names.resolve(host.startsWith("[") ? host.substring(1, host.length() - 1) : host, port);
    }

    private static URI address(ChannelTerms terms) {
        return URI.create(
                terms.baseUrl().isEmpty() ? ChannelType.of(terms.type()).baseUrl() : terms.baseUrl());
    }
}
