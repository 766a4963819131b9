package io.tollbook.relay.health;

import static org.assertj.core.api.Assertions.assertThat;

import io.tollbook.kernel.account.Attempt;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FaultTest {
    @ParameterizedTest
    @CsvSource(textBlock = """
            ANSWERED,    200, '',                 NONE
            UNREACHABLE, 0,   '',                 CHANNEL
            TIMED_OUT,   0,   '',                 CHANNEL
            CUT,         200, '',                 CHANNEL
            GARBAGE,     200, '',                 CHANNEL
            CANCELLED,   200, '',                 REQUEST
            FAILED,      400, '',                 REQUEST
            FAILED,      401, '',                 KEY_REFUSED
            FAILED,      402, '',                 KEY_REFUSED
            FAILED,      403, '',                 KEY_REFUSED
            FAILED,      404, '',                 REQUEST
            FAILED,      408, '',                 CHANNEL
            FAILED,      429, rate_limit,         KEY_BUSY
            FAILED,      429, insufficient_quota, KEY_REFUSED
            FAILED,      499, '',                 REQUEST
            FAILED,      500, '',                 CHANNEL
            FAILED,      529, '',                 CHANNEL
            """)
    void saysWhomToLeaveAlone(Attempt.Outcome outcome, int status, String code, Fault fault) {
        assertThat(Fault.of(outcome, status, code)).isEqualTo(fault);
    }
}
