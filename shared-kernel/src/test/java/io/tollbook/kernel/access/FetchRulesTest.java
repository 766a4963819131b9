package io.tollbook.kernel.access;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tollbook.kernel.Refused;
import io.tollbook.kernel.settings.Option;
import java.net.InetAddress;
import java.net.URI;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FetchRulesTest {
    private static final FetchRules RULES = FetchRules.of(Map.of());

    @ParameterizedTest
    @ValueSource(
            strings = {
                "127.0.0.1",
                "10.1.2.3",
                "172.31.255.255",
                "192.168.0.1",
                "169.254.169.254",
                "100.64.0.1",
                "0.0.0.0",
                "224.0.0.1",
                "255.255.255.255",
                "::1",
                "::",
                "::ffff:127.0.0.1",
                "::ffff:10.0.0.1",
                "fe80::1",
                "fd00::1",
                "64:ff9b::7f00:1",
                "2002:7f00:1::"
            })
    void leadsNobodyIntoAPrivateNetwork(String address) throws Exception {
        InetAddress literal = InetAddress.getByName(address);

        assertThatThrownBy(() -> RULES.check(literal)).isInstanceOf(Refused.class);
        assertThatCode(() -> rules(Option.FETCH_PRIVATE, "true").check(literal)).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @ValueSource(strings = {"1.1.1.1", "172.32.0.1", "100.128.0.1", "169.253.0.1", "2606:4700::1111"})
    void leadsToTheRestOfTheWorld(String address) throws Exception {
        InetAddress literal = InetAddress.getByName(address);

        assertThatCode(() -> RULES.check(literal)).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ftp://example.com/a.png",
                "file:///etc/passwd",
                "gopher://example.com",
                "http:///a.png",
                "http://user:password@example.com/a.png",
                "http://example.com:22/",
                "a.png"
            })
    void fetchesNothingButTheWeb(String address) {
        assertThatThrownBy(() -> RULES.check(URI.create(address))).isInstanceOf(Refused.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://example.com/a.png", "https://example.com:8443/a.png", "HTTPS://EXAMPLE.com"})
    void fetchesFromTheUsualPorts(String address) {
        assertThatCode(() -> RULES.check(URI.create(address))).doesNotThrowAnyException();
    }

    @Test
    void aListForbidsOrIsAllThereIs() {
        URI inside = URI.create("https://a.example.com/x");
        URI outside = URI.create("https://example.org/x");
        Map<String, String> listed = Map.of(Option.FETCH_DOMAINS.key(), "[\"*.example.com\"]");
        Map<String, String> only = Map.of(
                Option.FETCH_DOMAINS.key(), "[\"*.example.com\"]", Option.FETCH_DOMAINS_ARE_ALLOWED.key(), "true");

        assertThatThrownBy(() -> FetchRules.of(listed).check(inside)).isInstanceOf(Refused.class);
        assertThatCode(() -> FetchRules.of(listed).check(outside)).doesNotThrowAnyException();
        assertThatCode(() -> FetchRules.of(only).check(inside)).doesNotThrowAnyException();
        assertThatThrownBy(() -> FetchRules.of(only).check(outside)).isInstanceOf(Refused.class);
    }

    @Test
    void anAllowListThatCannotBeReadAllowsNothing() {
        Map<String, String> broken =
                Map.of(Option.FETCH_ADDRESSES.key(), "1.1.1.1", Option.FETCH_ADDRESSES_ARE_ALLOWED.key(), "true");

        assertThatThrownBy(() -> FetchRules.of(broken).check(InetAddress.getByName("1.1.1.1")))
                .isInstanceOf(Refused.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"80,443", "\"80\"", "", "{}", "[[80]]"})
    void whatCannotBeReadFetchesNothingAndIsNotStored(String ports) {
        FetchRules broken = rules(Option.FETCH_PORTS, ports);

        assertThatThrownBy(() -> broken.check(URI.create("https://example.com/")))
                .isInstanceOf(Refused.class);
        assertThatThrownBy(() -> FetchRules.checkOption(Option.FETCH_PORTS.key(), ports))
                .isInstanceOf(Refused.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"[\"0\"]", "[65536]", "[\"http\"]"})
    void aPortIsAPort(String ports) {
        assertThatThrownBy(() -> FetchRules.checkOption(Option.FETCH_PORTS.key(), ports))
                .isInstanceOf(Refused.class);
    }

    @Test
    void aNetworkIsANetwork() {
        assertThatThrownBy(() -> FetchRules.checkOption(Option.FETCH_ADDRESSES.key(), "[\"10.0.0.0/33\"]"))
                .isInstanceOf(Refused.class);
        assertThatCode(() -> FetchRules.checkOption(Option.FETCH_ADDRESSES.key(), "[\"10.0.0.0/8\",\"::1\"]"))
                .doesNotThrowAnyException();
    }

    @Test
    void channelsMayLeadIntoPrivateNetworksUnlessRootSaysNo() throws Exception {
        InetAddress inside = InetAddress.getByName("10.0.0.7");
        assertThatCode(() -> RULES.checkChannel(inside)).doesNotThrowAnyException();
        FetchRules closed = rules(Option.CHANNEL_PRIVATE, "false");
        assertThatThrownBy(() -> closed.checkChannel(inside))
                .isInstanceOf(Refused.class)
                .hasMessageContaining("tollbook.private_channel_addresses");
        InetAddress outside = InetAddress.getByName("8.8.8.8");
        assertThatCode(() -> closed.checkChannel(outside)).doesNotThrowAnyException();
    }

    private static FetchRules rules(Option option, String value) {
        return FetchRules.of(Map.of(option.key(), value));
    }
}
