package io.tollbook.command.token;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tollbook.command.ReadableVault;
import io.tollbook.command.Writer;
import io.tollbook.kernel.Actor;
import io.tollbook.kernel.Command;
import io.tollbook.kernel.Event;
import io.tollbook.kernel.Refusal;
import io.tollbook.kernel.Refused;
import io.tollbook.kernel.account.AccountId;
import io.tollbook.kernel.account.AccountOpened;
import io.tollbook.kernel.account.FundsHeld;
import io.tollbook.kernel.account.GrantQuota;
import io.tollbook.kernel.account.HoldFunds;
import io.tollbook.kernel.account.HoldId;
import io.tollbook.kernel.account.LotClass;
import io.tollbook.kernel.account.LotId;
import io.tollbook.kernel.account.OpenAccount;
import io.tollbook.kernel.account.Quota;
import io.tollbook.kernel.account.QuotaGranted;
import io.tollbook.kernel.account.TokenLimited;
import io.tollbook.kernel.channel.ChannelId;
import io.tollbook.kernel.secret.Sealed;
import io.tollbook.kernel.secret.Secret;
import io.tollbook.kernel.secret.Vault;
import io.tollbook.kernel.token.ChangeToken;
import io.tollbook.kernel.token.CreateToken;
import io.tollbook.kernel.token.DeleteToken;
import io.tollbook.kernel.token.DisableToken;
import io.tollbook.kernel.token.EnableToken;
import io.tollbook.kernel.token.TokenChanged;
import io.tollbook.kernel.token.TokenCreated;
import io.tollbook.kernel.token.TokenDeleted;
import io.tollbook.kernel.token.TokenDisabled;
import io.tollbook.kernel.token.TokenEnabled;
import io.tollbook.kernel.token.TokenId;
import io.tollbook.kernel.token.TokenTerms;
import io.tollbook.kernel.user.Role;
import io.tollbook.kernel.user.UserId;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TokenCommandsTest {
    private static final Instant NOW = Instant.parse("2030-01-01T12:00:00Z");
    private static final UserId ANN = new UserId(17);
    private static final UserId BOB = new UserId(18);
    private static final AccountId ACCOUNT = AccountId.of(ANN);
    private static final TokenId KEY = new TokenId(3);
    private static final Actor AS_ANN = Actor.user(ANN, Role.USER, "session", null);
    private static final String CLEAR = "abcd" + "0".repeat(40) + "WXYZ";

    private final ReadableVault vault = new ReadableVault();
    private Writer writer;

    @BeforeEach
    void start() {
        writer = new Writer(vault);
        writer.aggregate(io.tollbook.command.account.Account.class);
        writer.handler(new TokenCommands(writer.aggregate(Token.class), writer.accounts(), vault));
        writer.send(new OpenAccount(ACCOUNT, ANN), Actor.SYSTEM);
        writer.send(
                new GrantQuota(ACCOUNT, new LotId("l"), LotClass.PAID, Quota.of(10_000), 0, null, "", NOW),
                Actor.SYSTEM);
    }

    @AfterEach
    void stop() {
        writer.close();
    }

    private static TokenTerms terms(@Nullable Long remaining) {
        return terms(remaining, null);
    }

    private static TokenTerms terms(@Nullable Long remaining, @Nullable Instant expiry) {
        return new TokenTerms(
                "first",
                expiry,
                remaining == null ? null : Quota.of(remaining),
                false,
                List.of(),
                List.of(),
                "",
                false);
    }

    private static TokenTerms terms(List<String> models, List<String> addresses, String group) {
        return new TokenTerms("first", null, null, true, models, addresses, group, false);
    }

    private void create(TokenTerms terms) {
        writer.send(new CreateToken(KEY, ANN, new Secret(CLEAR), terms, NOW), AS_ANN);
    }

    private void refused(Refusal refusal, Command<?> command) {
        long before = writer.count();
        assertThatThrownBy(() -> writer.send(command, AS_ANN))
                .isInstanceOfSatisfying(
                        Refused.class, r -> assertThat(r.refusal()).isEqualTo(refusal));
        assertThat(writer.count()).isEqualTo(before);
    }

    private List<? extends Event> limits() {
        return writer.stream("account-17").stream()
                .filter(event -> !(event instanceof AccountOpened || event instanceof QuotaGranted))
                .toList();
    }

    private static TokenLimited limited(@Nullable Long remaining) {
        return new TokenLimited(ACCOUNT, KEY, remaining == null ? null : Quota.of(remaining));
    }

    @Test
    void makesKeyAndLimitTogether() {
        create(terms(700L));

        assertThat(writer.stream("token-3"))
                .containsExactly(new TokenCreated(
                        KEY,
                        ANN,
                        vault.fingerprint(Vault.API_KEY, CLEAR),
                        new Sealed("user-17", "sealed " + CLEAR),
                        "abcd…WXYZ",
                        terms(700L),
                        NOW));
        assertThat(limits()).isEqualTo(List.of(limited(700L)));
    }

    @Test
    void aKeyWithoutALimitOfItsOwnNeedsNone() {
        create(terms(null));

        assertThat(limits()).isEmpty();
    }

    @Test
    void refusesAnOwnerWithoutAnAccount() {
        refused(Refusal.NOT_FOUND, new CreateToken(KEY, BOB, new Secret(CLEAR), terms(1L), NOW));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "short", "abcd-0000000000000000000000000000000000000000WXYZ", "é"})
    void refusesWhatIsNoKey(String key) {
        refused(Refusal.INVALID, new CreateToken(KEY, ANN, new Secret(key), terms(1L), NOW));
    }

    @Test
    void refusesTermsBeyondTheirBounds() {
        List<TokenTerms> bad = List.of(
                terms(Collections.nCopies(501, "m"), List.of(), ""),
                terms(List.of("m".repeat(256)), List.of(), ""),
                terms(List.of(" "), List.of(), ""),
                terms(List.of(), Collections.nCopies(101, "10.0.0.1"), ""),
                terms(List.of(), List.of("localhost"), ""),
                terms(List.of(), List.of(), "g".repeat(65)),
                terms(List.of(), List.of(), "g\n"));
        for (TokenTerms terms : bad) refused(Refusal.INVALID, new CreateToken(KEY, ANN, new Secret(CLEAR), terms, NOW));

        create(terms(Collections.nCopies(500, "m".repeat(255)), Collections.nCopies(100, "10.0.0.1"), "g".repeat(64)));
        assertThat(writer.stream("token-3")).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"10.0.0.1", "10.0.0.0/8", "0.0.0.0/0", "::1", "2001:db8::/32", "fe80::1/128"})
    void knowsAnAddressOrRange(String text) {
        assertThat(TermsPolicy.isAddressOrRange(text)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "/8",
                "10.0.0",
                "10.0.0.256",
                "10.0.0.0/33",
                "10.0.0.0/",
                "example.org",
                "::1/129",
                ":::",
                "1"
            })
    void knowsWhatIsNeither(String text) {
        assertThat(TermsPolicy.isAddressOrRange(text)).isFalse();
    }

    @Test
    void aChangedLimitReachesTheAccount() {
        create(terms(700L));
        writer.send(new ChangeToken(KEY, ANN, terms(900L)), AS_ANN);
        writer.send(new ChangeToken(KEY, ANN, terms(null)), AS_ANN);

        assertThat(writer.stream("token-3"))
                .endsWith(new TokenChanged(KEY, terms(900L)), new TokenChanged(KEY, terms(null)));
        assertThat(limits()).isEqualTo(List.of(limited(700L), limited(900L), limited(null)));
    }

    @Test
    void anUnchangedLimitLeavesTheAccountAlone() {
        create(terms(700L));
        writer.send(new ChangeToken(KEY, ANN, terms(700L, NOW)), AS_ANN);
        writer.send(new ChangeToken(KEY, ANN, terms(700L, NOW)), AS_ANN);

        assertThat(writer.stream("token-3")).hasSize(2);
        assertThat(limits()).isEqualTo(List.of(limited(700L)));
    }

    @Test
    void theSameLimitAgainRefillsWhatWasSpent() {
        create(terms(700L));
        hold(700);
        writer.send(new ChangeToken(KEY, ANN, terms(700L)), AS_ANN);

        assertThat(writer.stream("account-17").getLast()).isEqualTo(limited(700L));
    }

    @Test
    void renamingABusyKeyDoesNotTouchItsLimit() {
        create(terms(700L));
        hold(300);
        writer.send(new ChangeToken(KEY, ANN, terms(400L)), AS_ANN); // What the owner sees while the call runs.

        assertThat(writer.stream("account-17").getLast()).isInstanceOf(FundsHeld.class);
    }

    private void hold(long amount) {
        writer.send(
                new HoldFunds(
                        ACCOUNT,
                        new HoldId("h"),
                        ANN,
                        KEY,
                        "m",
                        "default",
                        1,
                        new ChannelId(1),
                        Quota.of(amount),
                        false,
                        "n",
                        NOW,
                        NOW.plusSeconds(60)),
                Actor.RELAY);
    }

    @Test
    void somebodyElsesKeyIsNoKey() {
        create(terms(1L));

        refused(Refusal.NOT_FOUND, new ChangeToken(KEY, BOB, terms(2L)));
        refused(Refusal.NOT_FOUND, new EnableToken(KEY, BOB, NOW));
        refused(Refusal.NOT_FOUND, new DisableToken(KEY, BOB));
        refused(Refusal.NOT_FOUND, new DeleteToken(KEY, BOB));
        refused(Refusal.NOT_FOUND, new DeleteToken(new TokenId(99), ANN));
    }

    @Test
    void switchesOffAndOn() {
        create(terms(1L));
        writer.send(new EnableToken(KEY, ANN, NOW), AS_ANN);
        writer.send(new DisableToken(KEY, ANN), AS_ANN);
        writer.send(new DisableToken(KEY, ANN), AS_ANN);
        writer.send(new EnableToken(KEY, ANN, NOW), AS_ANN);

        assertThat(writer.stream("token-3").subList(1, 3))
                .isEqualTo(List.of(new TokenDisabled(KEY), new TokenEnabled(KEY)));
        assertThat(writer.stream("token-3")).hasSize(3);
    }

    @Test
    void anExpiredKeyStaysOff() {
        create(terms(1L, NOW));
        writer.send(new DisableToken(KEY, ANN), AS_ANN);

        refused(Refusal.KEY_EXPIRED, new EnableToken(KEY, ANN, NOW));
        writer.send(new EnableToken(KEY, ANN, NOW.minusMillis(1)), AS_ANN);
        refused(Refusal.KEY_EXPIRED, new EnableToken(KEY, ANN, NOW)); // Never switched off, and still of no use.
    }

    @Test
    void aUsedUpKeyStaysOff() {
        create(terms(300L));
        writer.send(new DisableToken(KEY, ANN), AS_ANN);
        hold(300);

        refused(Refusal.KEY_EXHAUSTED, new EnableToken(KEY, ANN, NOW));
        writer.send(new ChangeToken(KEY, ANN, terms(1L)), AS_ANN);
        refused(Refusal.KEY_EXHAUSTED, new EnableToken(KEY, ANN, NOW)); // The running call holds more than it has.
        writer.send(new ChangeToken(KEY, ANN, terms(301L)), AS_ANN);
        writer.send(new EnableToken(KEY, ANN, NOW), AS_ANN);
    }

    @Test
    void aDeletedKeyIsGone() {
        create(terms(1L));
        writer.send(new DeleteToken(KEY, ANN), AS_ANN);

        assertThat(writer.stream("token-3").getLast()).isEqualTo(new TokenDeleted(KEY));
        refused(Refusal.NOT_FOUND, new ChangeToken(KEY, ANN, terms(2L)));
        refused(Refusal.NOT_FOUND, new EnableToken(KEY, ANN, NOW));
        refused(Refusal.NOT_FOUND, new DisableToken(KEY, ANN));
        refused(Refusal.NOT_FOUND, new DeleteToken(KEY, ANN));
    }
}
