package io.tollbook.kernel.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AddressRangesTest {
    @ParameterizedTest
    @CsvSource(textBlock = """
                    # range,          address,           contained
                    10.0.0.0/8,       10.255.255.255,    true
                    10.0.0.0/8,       11.0.0.0,          false
                    192.168.1.128/25, 192.168.1.127,     false
                    192.168.1.128/25, 192.168.1.128,     true
                    1.2.3.4,          1.2.3.4,           true
                    1.2.3.4,          1.2.3.5,           false
                    0.0.0.0/0,        8.8.8.8,           true
                    2001:db8::/32,    2001:db8:ffff::1,  true
                    2001:db8::/32,    2001:db9::1,       false
                    10.0.0.0/8,       ::ffff:10.1.2.3,   true
                    10.0.0.0/33,      10.0.0.1,          false
                    nonsense,         10.0.0.1,          false
                    """)
    void containsWhatItCovers(String range, String address, boolean contained) {
        assertThat(new AddressRanges(List.of(range)).contain(address)).isEqualTo(contained);
    }

    @Test
    void noRangesAdmitEverybody() {
        assertThat(new AddressRanges(List.of()).contain("1.2.3.4")).isTrue();
    }
}
