package io.tollbook.health;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.mock.web.MockFilterChain;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;

class MetricsGuardTest {
    @ParameterizedTest
    @CsvSource(textBlock = """
            127.0.0.1,    200
            ::1,          200
            10.1.2.3,     200
            192.168.1.9,  200
            fd00::9,      200
            8.8.8.8,      404
            2001:db8::1,  404
            """)
    void showsMetricsToNeighboursOnly(String address, int status) throws Exception {
        assertThat(status("", address, null)).isEqualTo(status);
    }

    @Test
    void doesNotTakeAProxyForItsClient() throws Exception {
        MockHttpServletRequest request = request("127.0.0.1", null);
        request.addHeader("X-Forwarded-For", "8.8.8.8");

        assertThat(status("", request)).isEqualTo(404);
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
            Bearer right, 200
            Bearer wrong, 404
            right,        404
            """)
    void asksForTheTokenWhereThereIsOne(String header, int status) throws Exception {
        assertThat(status("right", "8.8.8.8", header)).isEqualTo(status);
        assertThat(status("right", "127.0.0.1", header)).isEqualTo(status);
        assertThat(status("right", "127.0.0.1", null)).isEqualTo(404);
    }

    private static int status(String token, String address, String header) throws Exception {
        return status(token, request(address, header));
    }

    private static int status(String token, MockHttpServletRequest request) throws Exception {
        MockHttpServletResponse response = new MockHttpServletResponse();
        new MetricsGuard(token).doFilter(request, response, new MockFilterChain());
        return response.getStatus();
    }

    private static MockHttpServletRequest request(String address, String header) {
        MockHttpServletRequest request = new MockHttpServletRequest("GET", "/actuator/prometheus");
        request.setRemoteAddr(address);
        if (header != null) request.addHeader("Authorization", header);
        return request;
    }
}
