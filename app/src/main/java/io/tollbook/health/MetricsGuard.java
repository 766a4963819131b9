package io.tollbook.health;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;

/**
 * Metrics tell of models, channels and volumes, which are nobody's business outside. With a token only its bearer reads
 * them; without one only a neighbour does: from this machine or a private network, and not through a proxy.
 */
final class MetricsGuard extends HttpFilter {
    private static final long serialVersionUID = 1L;

    private final String token;

    /** @param token empty for none */
    MetricsGuard(String token) {
        this.token = token;
    }

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        if (token.isEmpty() ? isNeighbour(request) : isBearer(request)) chain.doFilter(request, response);
        else response.setStatus(HttpServletResponse.SC_NOT_FOUND);
    }

    private boolean isBearer(HttpServletRequest request) {
        String header = request.getHeader("Authorization");
        return header != null && MessageDigest.isEqual(bytes("Bearer " + token), bytes(header));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static boolean isNeighbour(HttpServletRequest request) {
        if (request.getHeader("X-Forwarded-For") != null || request.getHeader("Forwarded") != null) return false;
        InetAddress address = InetAddress.ofLiteral(request.getRemoteAddr());
        return address.isLoopbackAddress() || address.isSiteLocalAddress() || isUniqueLocal(address);
    }

    /** fc00::/7, the private networks of IPv6. */
    private static boolean isUniqueLocal(InetAddress address) {
        byte[] bytes = address.getAddress();
        return bytes.length == 16 && (bytes[0] & 0xfe) == 0xfc;
    }
}
