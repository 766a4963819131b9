package io.tollbook.query.token;

import static io.tollbook.query.TestSystem.ask;
import static io.tollbook.query.TestSystem.publish;
import static org.assertj.core.api.Assertions.assertThat;

import io.tollbook.kernel.Paging;
import io.tollbook.kernel.account.AccountId;
import io.tollbook.kernel.account.Quota;
import io.tollbook.kernel.token.Admission;
import io.tollbook.kernel.token.AdmissionByKey;
import io.tollbook.kernel.token.AdmissionOfUser;
import io.tollbook.kernel.token.TokenById;
import io.tollbook.kernel.token.TokenChanged;
import io.tollbook.kernel.token.TokenDeleted;
import io.tollbook.kernel.token.TokenDisabled;
import io.tollbook.kernel.token.TokenEnabled;
import io.tollbook.kernel.token.TokenId;
import io.tollbook.kernel.token.TokenKeyOf;
import io.tollbook.kernel.token.TokenStatus;
import io.tollbook.kernel.token.TokenSummary;
import io.tollbook.kernel.token.TokenTerms;
import io.tollbook.kernel.token.TokensOf;
import io.tollbook.kernel.user.Role;
import io.tollbook.kernel.user.UserDisabled;
import io.tollbook.kernel.user.UserId;
import io.tollbook.kernel.user.UserStatus;
import io.tollbook.query.OpenVault;
import io.tollbook.query.TestSystem;
import io.tollbook.query.World;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class TokenProjectionTest {
    private final long id = TestSystem.number();
    private final UserId owner = new UserId(id);
    private final TokenId token = new TokenId(TestSystem.number());

    @BeforeEach
    void aUserWithAKey() {
        publish(
                World.user(id, "key" + id, Role.USER, "vip"),
                World.token(token.value(), id, World.terms("main", 5_000L)));
    }

    private TokenSummary summary() {
        return ask(new TokenById(owner, token)).orElseThrow();
    }

    private List<TokenId> found(@Nullable String name, @Nullable String fingerprint) {
        return ask(new TokensOf(owner, name, fingerprint, Paging.first(10))).items().stream()
                .map(TokenSummary::id)
                .toList();
    }

    @Test
    void aKeyIsWhatItsEventsSay() {
        assertThat(summary())
                .isEqualTo(new TokenSummary(
                        token,
                        owner,
                        "abcd…wxyz",
                        World.terms("main", 5_000L),
                        TokenStatus.ENABLED,
                        Quota.ZERO,
                        World.BORN,
                        null));
        publish(new TokenDisabled(token));
        assertThat(summary().status()).isEqualTo(TokenStatus.DISABLED);
        TokenTerms expired = new TokenTerms(
                "renamed", Instant.parse("2026-01-03T00:00:00Z"), null, true, List.of(), List.of(), "g", true);
        publish(new TokenEnabled(token), new TokenChanged(token, expired));
        assertThat(summary().status()).isEqualTo(TokenStatus.EXPIRED);
        assertThat(summary().terms()).isEqualTo(expired);
    }

    @Test
    void theRelayLearnsAllItNeedsByFingerprint() {
        Admission admission = ask(new AdmissionByKey("fp-" + token.value())).orElseThrow();
        assertThat(admission)
                .isEqualTo(new Admission(
                        token,
                        owner,
                        AccountId.of(owner),
                        true,
                        World.terms("main", 5_000L),
                        UserStatus.ENABLED,
                        Role.USER,
                        "vip"));
        publish(new UserDisabled(owner), new TokenDisabled(token));
        admission = ask(new AdmissionByKey("fp-" + token.value())).orElseThrow();
        assertThat(admission.enabled()).isFalse();
        assertThat(admission.userStatus()).isEqualTo(UserStatus.DISABLED);
        assertThat(ask(new AdmissionByKey("fp-unknown"))).isEmpty();
    }

    @Test
    void aUserCallsWithoutAKeyAsThemselves() {
        Admission admission = ask(new AdmissionOfUser(owner)).orElseThrow();
        assertThat(admission.token()).isEqualTo(TokenId.SESSION);
        assertThat(admission.account()).isEqualTo(AccountId.of(owner));
        assertThat(admission.group()).isEqualTo("vip");
        assertThat(admission.terms().remaining()).isNull();
        publish(new UserDisabled(owner));
        assertThat(ask(new AdmissionOfUser(owner)).orElseThrow().userStatus()).isEqualTo(UserStatus.DISABLED);
        assertThat(ask(new AdmissionOfUser(new UserId(TestSystem.number())))).isEmpty();
    }

    @Test
    void aDeletedKeyAnswersNothing() {
        publish(new TokenDeleted(token));
        assertThat(ask(new AdmissionByKey("fp-" + token.value()))).isEmpty();
        assertThat(ask(new TokenById(owner, token))).isEmpty();
        assertThat(ask(new TokenKeyOf(owner, token))).isEmpty();
        assertThat(found(null, null)).isEmpty();
    }

    @Test
    void somebodyElsesKeyIsNotThere() {
        UserId other = new UserId(TestSystem.number());
        assertThat(ask(new TokenById(other, token))).isEmpty();
        assertThat(ask(new TokenKeyOf(other, token))).isEmpty();
        assertThat(ask(new TokenKeyOf(owner, token)))
                .contains(OpenVault.sealed("user-" + id, "key-of-" + token.value()));
    }

    @Test
    void keysAreFoundByNameAndByTheWholeKey() {
        TokenId second = new TokenId(TestSystem.number());
        publish(World.token(second.value(), id, World.terms("second", null)));
        assertThat(found(null, null)).containsExactly(second, token);
        assertThat(found("main", null)).containsExactly(token);
        assertThat(found("sec%", null)).containsExactly(second);
        assertThat(found("sec", null)).isEmpty();
        assertThat(found(null, "fp-" + second.value())).containsExactly(second);
    }
}
