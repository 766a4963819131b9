package io.tollbook.kernel.account;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tollbook.kernel.Refused;
import java.math.BigDecimal;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MoneyTest {
    @ParameterizedTest
    @CsvSource({
        "0.01, USD, 10000000",
        "10, USD, 10000000000",
        "10.00, USD, 10000000000",
        "36.50, CNY, 36500000000",
        "100, JPY, 100000000000",
        "0.001, KWD, 1000000",
        "9223372036, USD, 9223372036000000000"
    })
    void isAWholeNumberOfTheSmallestCoins(String amount, String currency, long nanos) {
        assertThat(Money.paid(new BigDecimal(amount), currency)).isEqualTo(new Money(nanos, currency));
    }

    @ParameterizedTest
    @CsvSource({
        "0.001, USD, 2 decimals",
        "0.5, JPY, 0 decimals",
        "0, USD, above 0",
        "-1, USD, above 0",
        "0.0000000001, USD, no amount",
        "9223372037, USD, no amount",
        "1, XXY, no currency",
        "1, usd, three capital letters",
        "1, XAU, Nothing can be paid"
    })
    void refusesWhatNobodyCanPay(String amount, String currency, String reason) {
        assertThatThrownBy(() -> Money.paid(new BigDecimal(amount), currency))
                .isInstanceOf(Refused.class)
                .hasMessageContaining(reason);
    }

    @Test
    void onlySoldQuotaHasAPrice() {
        Money price = new Money(1_000_000_000, "USD");
        for (LotClass lotClass : new LotClass[] {LotClass.PROMO, LotClass.COMPENSATION})
            assertThatThrownBy(() -> grant(lotClass, price))
                    .isInstanceOf(Refused.class)
                    .hasMessageContaining("Only paid and subscription quota");
        for (LotClass lotClass : new LotClass[] {LotClass.PAID, LotClass.SUBSCRIPTION})
            assertThat(grant(lotClass, price).pricePaid()).isEqualTo(price);
    }

    private static GrantQuota grant(LotClass lotClass, Money price) {
        return new GrantQuota(
                new AccountId(1), new LotId("l"), lotClass, Quota.of(1), 0, null, "", Instant.EPOCH, price);
    }
}
