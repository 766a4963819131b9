package io.tollbook.kernel.access;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;

/** Network addresses and CIDR ranges, IPv4 and IPv6; an IPv4 address mapped into IPv6 counts as IPv4. */
public final class AddressRanges {
    private record Range(byte[] network, int bits) {
        boolean contains(byte[] address) {
            if (address.length != network.length) return false;
            int whole = bits / 8;
            for (int i = 0; i < whole; i++) if (address[i] != network[i]) return false;
            int rest = bits % 8;
            return rest == 0 || ((address[whole] ^ network[whole]) & (0xFF << (8 - rest)) & 0xFF) == 0;
        }
    }

    private final List<Range> ranges = new ArrayList<>();
    private final boolean open;

    /** @param texts addresses or ranges; none admits everybody, an unreadable one admits nobody */
    public AddressRanges(List<String> texts) {
        open = texts.isEmpty();
        for (String text : texts) {
            int slash = text.indexOf('/');
            byte[] network = bytes(slash < 0 ? text : text.substring(0, slash));
            if (network.length == 0) continue;
            try {
                int bits = slash < 0 ? network.length * 8 : Integer.parseInt(text.substring(slash + 1));
                if (bits >= 0 && bits <= network.length * 8) ranges.add(new Range(network, bits));
            } catch (NumberFormatException e) {
                // Checked when the key was made; what is unreadable admits nobody.
            }
        }
    }

    /** Whether a text is an address or a range. */
    public static boolean isRange(String text) {
        return !new AddressRanges(List.of(text)).ranges.isEmpty();
    }

    public boolean contain(String address) {
        return contain(bytes(address));
    }

    /** @param bytes four, or sixteen of IPv6 */
    public boolean contain(byte[] bytes) {
        if (open) return true;
        for (Range range : ranges) if (range.contains(bytes)) return true;
        return false;
    }

    private static byte[] bytes(String literal) {
        try {
            return InetAddress.ofLiteral(literal).getAddress();
        } catch (IllegalArgumentException e) {
            return new byte[0];
        }
    }
}
