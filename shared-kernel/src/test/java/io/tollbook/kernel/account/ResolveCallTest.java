package io.tollbook.kernel.account;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.tollbook.kernel.Reason;
import io.tollbook.kernel.Refused;
import java.time.Instant;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ResolveCallTest {
    @ParameterizedTest
    @CsvSource(textBlock = """
            # resolution,        charge, allowed
            CHARGED,                  1, true
            CHARGED,                  0, false
            CHARGED,                 -1, false
            WRITTEN_OFF,              0, true
            WRITTEN_OFF,              1, false
            LEFT_WITH_CUSTOMER,       0, true
            LEFT_WITH_CUSTOMER,       1, false
            """)
    void onlyAChargeCostsSomethingAndItDoes(Resolution resolution, long charge, boolean allowed) {
        if (allowed) assertThat(resolve(resolution, charge).charge()).isEqualTo(Quota.of(charge));
        else assertThatExceptionOfType(Refused.class).isThrownBy(() -> resolve(resolution, charge));
    }

    private static ResolveCall resolve(Resolution resolution, long charge) {
        return new ResolveCall(
                new AccountId(17), new HoldId("h1"), resolution, Quota.of(charge), new Reason("test"), Instant.EPOCH);
    }
}
