package io.tollbook.kernel.account;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tollbook.kernel.Refused;
import java.util.Map;
import org.junit.jupiter.api.Test;

class QuotaTest {
    @Test
    void takesTheLargestAmount() {
        assertThat(Quota.MAX.checked("quota")).isEqualTo(Quota.MAX);
        assertThat(Quota.ZERO.checked("quota")).isEqualTo(Quota.ZERO);
    }

    @Test
    void refusesOneUnitMoreOrLess() {
        assertThatThrownBy(() -> Quota.of(Quota.MAX.units() + 1).checked("quota"))
                .isInstanceOf(Refused.class)
                .hasMessageContaining("quota");
        assertThatThrownBy(() -> Quota.of(-1).checked("quota")).isInstanceOf(Refused.class);
    }

    @Test
    void neverWraps() {
        assertThatThrownBy(() -> Quota.of(Long.MAX_VALUE).plus(Quota.of(1))).isInstanceOf(ArithmeticException.class);
        assertThatThrownBy(() -> Quota.of(Long.MIN_VALUE).minus(Quota.of(1))).isInstanceOf(ArithmeticException.class);
    }

    @Test
    void metersCountFromZeroToABillion() {
        assertThat(new Meters(Map.of(Meter.INPUT, Meters.COUNT_MAX)).of(Meter.INPUT))
                .isEqualTo(1_000_000_000);
        assertThatThrownBy(() -> new Meters(Map.of(Meter.INPUT, Meters.COUNT_MAX + 1)))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Meters(Map.of(Meter.INPUT, -1L))).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void metersLeaveOutWhatCountedNothing() {
        assertThat(new Meters(Map.of(Meter.INPUT, 0L))).isEqualTo(Meters.NONE);
    }
}
