package io.tollbook.query.account;

import static io.tollbook.query.Calls.held;
import static io.tollbook.query.Calls.released;
import static io.tollbook.query.Calls.settled;
import static io.tollbook.query.TestSystem.ask;
import static io.tollbook.query.TestSystem.publish;
import static org.assertj.core.api.Assertions.assertThat;

import io.tollbook.kernel.account.AccountId;
import io.tollbook.kernel.account.AccountsWithExpiredLots;
import io.tollbook.kernel.account.Balance;
import io.tollbook.kernel.account.BalanceOf;
import io.tollbook.kernel.account.Balances;
import io.tollbook.kernel.account.LotExpired;
import io.tollbook.kernel.account.LotId;
import io.tollbook.kernel.account.LotSlice;
import io.tollbook.kernel.account.Quota;
import io.tollbook.kernel.account.QuotaDeducted;
import io.tollbook.kernel.account.ReleaseCause;
import io.tollbook.kernel.token.TokenById;
import io.tollbook.kernel.token.TokenId;
import io.tollbook.kernel.token.TokenStatus;
import io.tollbook.kernel.user.Role;
import io.tollbook.kernel.user.UserId;
import io.tollbook.query.Calls;
import io.tollbook.query.TestSystem;
import io.tollbook.query.World;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class BalanceProjectionTest {
    private final long id = TestSystem.number();
    private final long token = TestSystem.number();

    private Balance balance() {
        return ask(new BalanceOf(new AccountId(id)));
    }

    private static Balance balance(long id, long available, long held, long used, long overdraft, long calls) {
        return new Balance(
                new AccountId(id), Quota.of(available), Quota.of(held), Quota.of(used), Quota.of(overdraft), calls);
    }

    @Test
    void aCallMovesFromAvailableToHeldToUsed() {
        publish(World.account(id, 20_000));
        assertThat(balance()).isEqualTo(balance(id, 20_000, 0, 0, 0, 0));
        publish(held(id, token, id + "-1", 12_000, 8_000));
        assertThat(balance()).isEqualTo(balance(id, 8_000, 12_000, 0, 0, 0));
        publish(settled(id, token, id + "-1", 12_000, 9_340, 10_660));
        assertThat(balance()).isEqualTo(balance(id, 10_660, 0, 9_340, 0, 1));
    }

    @Test
    void aReleasedHoldIsAvailableAgainAndNoCall() {
        publish(World.account(id, 20_000));
        publish(held(id, token, id + "-1", 12_000, 8_000));
        publish(released(id, token, id + "-1", 12_000, ReleaseCause.UPSTREAM_FAILED, "bad_gateway", 20_000));
        assertThat(balance()).isEqualTo(balance(id, 20_000, 0, 0, 0, 0));
    }

    @Test
    void manyEventsOfOneBatchAddUp() {
        Object[] opening = World.account(id, 100_000);
        publish(
                opening[0],
                opening[1],
                held(id, token, id + "-1", 10_000, 90_000),
                held(id, token, id + "-2", 10_000, 80_000),
                settled(id, token, id + "-1", 10_000, 4_000, 86_000),
                held(id, token, id + "-3", 5_000, 81_000),
                settled(id, token, id + "-2", 10_000, 10_000, 81_000));
        assertThat(balance()).isEqualTo(balance(id, 81_000, 5_000, 14_000, 0, 2));
    }

    @Test
    void anUnknownAccountHasNothing() {
        assertThat(balance()).isEqualTo(balance(id, 0, 0, 0, 0, 0));
        assertThat(ask(new Balances(List.of(new AccountId(id))))).isEmpty();
    }

    @Test
    void whatIsTakenIsGone() {
        publish(World.account(id, 20_000));
        publish(new QuotaDeducted(
                new AccountId(id),
                new LotId("taken"),
                Quota.of(500),
                List.of(new LotSlice(Calls.LOT, Quota.of(500))),
                Quota.of(19_500),
                World.BORN));
        assertThat(balance()).isEqualTo(balance(id, 19_500, 0, 0, 0, 0));
    }

    @Test
    void aKeyShowsWhatItMaySpendWithHoldsTakenOff() {
        publish(World.user(id, "u" + id, Role.USER, "default"), World.token(token, id, World.terms("k", 15_000L)));
        publish(World.account(id, 100_000));
        publish(World.limited(id, token, 15_000L), held(id, token, id + "-1", 10_000, 90_000));
        assertThat(remaining()).isEqualTo(Quota.of(5_000));
        publish(settled(id, token, id + "-1", 10_000, 4_000, 96_000));
        assertThat(remaining()).isEqualTo(Quota.of(11_000));
        publish(
                held(id, token, id + "-2", 1_000, 95_000),
                World.limited(id, token, 2_000L),
                settled(id, token, id + "-2", 1_000, 700, 95_300));
        assertThat(remaining()).isEqualTo(Quota.of(1_300));
        publish(held(id, token, id + "-3", 1_300, 94_000));
        assertThat(remaining()).isEqualTo(Quota.ZERO);
        assertThat(key().status()).isEqualTo(TokenStatus.EXHAUSTED);
        assertThat(key().used()).isEqualTo(Quota.of(4_700));
    }

    private io.tollbook.kernel.token.TokenSummary key() {
        return ask(new TokenById(new UserId(id), new TokenId(token))).orElseThrow();
    }

    private Quota remaining() {
        return key().terms().remaining();
    }

    @Test
    void onlyLotsWithSomethingLeftExpire() {
        Instant due = Instant.parse("2026-03-01T00:00:00Z");
        publish(World.account(id, 1_000));
        publish(World.grant(id, "short", 600, 1_600, due));
        assertThat(expired(due.minusSeconds(1))).doesNotContain(new AccountId(id));
        assertThat(expired(due)).contains(new AccountId(id));
        publish(new LotExpired(new AccountId(id), new LotId("short"), Quota.of(600), Quota.of(1_000), due));
        assertThat(expired(due)).doesNotContain(new AccountId(id));
    }

    private static List<AccountId> expired(Instant now) {
        return ask(new AccountsWithExpiredLots(now));
    }
}
