package io.tollbook.kernel.access;

import io.tollbook.kernel.Refused;
import io.tollbook.kernel.settings.Option;
import java.net.InetAddress;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Which addresses are fetched for somebody who is not trusted: a client's picture, a user's webhook. The address is checked
 * before a name is looked up, and every address the name leads to afterwards, again at each redirect; whoever connects
 * connects to what was checked.
 */
public final class FetchRules {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    /** Networks that no stranger's address may lead to: this machine's, private ones, and those that hide such. */
    private static final AddressRanges PRIVATE = new AddressRanges(List.of(
            "0.0.0.0/8",
            "10.0.0.0/8",
            "100.64.0.0/10",
            "127.0.0.0/8",
            "169.254.0.0/16",
            "172.16.0.0/12",
            "192.0.0.0/24",
            "192.0.2.0/24",
            "192.88.99.0/24",
            "192.168.0.0/16",
            "198.18.0.0/15",
            "198.51.100.0/24",
            "203.0.113.0/24",
            "224.0.0.0/4",
            "240.0.0.0/4",
            "::/96",
            "64:ff9b::/96",
            "64:ff9b:1::/48",
            "100::/64",
            "2001::/32",
            "2001:db8::/32",
            "2002::/16",
            "fc00::/7",
            "fe80::/10",
            "fec0::/10",
            "ff00::/8"));

    /** Only the networks listed, of which there are none. */
    private static final FetchRules CLOSED = new FetchRules(
            Map.of(Option.FETCH_ADDRESSES_ARE_ALLOWED.key(), "true", Option.FETCH_DOMAINS_ARE_ALLOWED.key(), "true"));

    private final boolean guarded;
    private final boolean privateToo;
    private final boolean channelsPrivateToo;
    private final boolean domainsAreAllowed;
    private final List<String> domains;
    private final boolean addressesAreAllowed;
    private final List<String> addresses;
    private final AddressRanges ranges;
    private final List<String> ports;

    private FetchRules(Map<String, String> options) {
        guarded = Option.FETCH_GUARD.isOn(options);
        privateToo = Option.FETCH_PRIVATE.isOn(options);
        channelsPrivateToo = Option.CHANNEL_PRIVATE.isOn(options);
        domainsAreAllowed = Option.FETCH_DOMAINS_ARE_ALLOWED.isOn(options);
        domains = list(Option.FETCH_DOMAINS, options);
        addressesAreAllowed = Option.FETCH_ADDRESSES_ARE_ALLOWED.isOn(options);
        addresses = list(Option.FETCH_ADDRESSES, options);
        ranges = new AddressRanges(addresses);
        ports = list(Option.FETCH_PORTS, options);
    }

    /** Where an option cannot be read, stored before it was checked, nothing is fetched. */
    public static FetchRules of(Map<String, String> options) {
        try {
            return new FetchRules(options);
        } catch (Refused unreadable) {
            return CLOSED;
        }
    }

    /** @throws Refused INVALID, naming the option, for what is no list of texts and numbers */
    private static List<String> list(Option option, Map<String, String> options) {
        return listed(option.key(), option.text(options));
    }

    private static List<String> listed(String key, String text) {
        List<String> list = new ArrayList<>();
        JsonNode read;
        try {
            read = JSON.readTree(text);
        } catch (JacksonException e) {
            throw noList(key);
        }
        if (!read.isArray()) throw noList(key);
        for (JsonNode one : read) {
            if (!one.isString() && !one.isIntegralNumber()) throw noList(key);
            list.add(one.asString().strip().toLowerCase(Locale.ROOT));
        }
        return list;
    }

    private static Refused noList(String key) {
        return Refused.invalid(key + " must be a JSON list, like [\"one\",\"two\"].");
    }

    /**
     * Checks an option before it is stored.
     *
     * @throws Refused INVALID, saying what is wrong; any other option passes
     */
    public static void checkOption(String key, String value) {
        if (key.equals(Option.FETCH_DOMAINS.key())) listed(key, value);
        if (key.equals(Option.FETCH_PORTS.key()))
            for (String port : listed(key, value))
                if (!port.matches("\\d{1,5}") || Integer.parseInt(port) < 1 || Integer.parseInt(port) > 65_535)
                    throw Refused.invalid(key + ": " + port + " is no port.");
        if (key.equals(Option.FETCH_ADDRESSES.key()))
            for (String range : listed(key, value))
                if (!AddressRanges.isRange(range))
                    throw Refused.invalid(key + ": " + range + " is neither an address nor a range.");
    }

    /**
     * Checks what an address says by itself.
     *
     * @throws Refused INVALID, with nothing about what may be behind it
     */
    public void check(URI address) {
        String scheme = address.getScheme() == null ? "" : address.getScheme().toLowerCase(Locale.ROOT);
        if (!scheme.equals("http") && !scheme.equals("https"))
            throw Refused.invalid("Only http and https addresses are fetched.");
        String host = address.getHost();
        if (host == null || host.isEmpty() || address.getRawUserInfo() != null)
            throw Refused.invalid("The address to fetch names no host, or a user with it.");
        if (!guarded) return;
        int port = address.getPort() >= 0 ? address.getPort() : scheme.equals("http") ? 80 : 443;
        if (!ports.isEmpty() && !ports.contains(Integer.toString(port)))
            throw Refused.invalid("Nothing is fetched from port " + port + ".");
        boolean listed = domains.stream().anyMatch(pattern -> matches(pattern, host.toLowerCase(Locale.ROOT)));
        if (domainsAreAllowed ? !listed : listed) throw refused();
    }

    private static boolean matches(String pattern, String host) {
        String bare = host.endsWith(".") ? host.substring(0, host.length() - 1) : host;
        if (!pattern.startsWith("*.")) return bare.equals(pattern);
        return bare.equals(pattern.substring(2)) || bare.endsWith(pattern.substring(1));
    }

    /**
     * Checks where a name leads that root gave.
     *
     * @throws Refused INVALID, saying which option would allow it
     */
    public void checkPrivate(InetAddress address) {
        if (!privateToo && PRIVATE.contain(address.getAddress()))
            throw Refused.invalid(
                    "The site is at a private network address, and " + Option.FETCH_PRIVATE.key() + " is off.");
    }

    public boolean closesPrivateToChannels() {
        return !channelsPrivateToo;
    }

    /**
     * Checks where the base URL of a channel leads.
     *
     * @throws Refused INVALID, saying which option would allow it
     */
    public void checkChannel(InetAddress address) {
        if (!channelsPrivateToo && PRIVATE.contain(address.getAddress()))
            throw Refused.invalid(
                    "The base URL leads into a private network, and " + Option.CHANNEL_PRIVATE.key() + " is off.");
    }

    /** Checks where a name leads. @throws Refused INVALID, the same for every reason */
    public void check(InetAddress address) {
        if (!guarded) return;
        byte[] bytes = address.getAddress();
        if (!privateToo && PRIVATE.contain(bytes)) throw refused();
        boolean listed = !addresses.isEmpty() && ranges.contain(bytes);
        if (addressesAreAllowed ? !listed : listed) throw refused();
    }

    private static Refused refused() {
        return Refused.invalid("This address is not fetched here.");
    }
}
