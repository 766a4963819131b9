package io.tollbook.command.user;

import static org.assertj.core.api.Assertions.assertThat;

import io.tollbook.kernel.Actor;
import io.tollbook.kernel.Refusal;
import io.tollbook.kernel.Refused;
import io.tollbook.kernel.account.AccountId;
import io.tollbook.kernel.account.AccountOpened;
import io.tollbook.kernel.account.LotClass;
import io.tollbook.kernel.account.LotId;
import io.tollbook.kernel.account.Quota;
import io.tollbook.kernel.account.QuotaGranted;
import io.tollbook.kernel.settings.ChangeOptions;
import io.tollbook.kernel.settings.Option;
import io.tollbook.kernel.user.RegisterUser;
import io.tollbook.kernel.user.Role;
import io.tollbook.kernel.user.UniqueClaimed;
import io.tollbook.kernel.user.UserId;
import io.tollbook.kernel.user.UserRegistered;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RegisterUserTest extends People {
    @Test
    void makesUserNameAccountAndGrantTogether() {
        assertThat(writer.stream("user-17"))
                .containsExactly(new UserRegistered(
                        ANN, sealed(ANN, "ann"), sealed(ANN, "ann"), Role.USER, "default", sealed(ANN, "hash"), NOW));
        String claim = Claim.ofUsername(vault, "ann");
        assertThat(writer.stream(claim)).containsExactly(new UniqueClaimed(claim, ANN));
        AccountId account = AccountId.of(ANN);
        assertThat(writer.stream("account-17"))
                .containsExactly(
                        new AccountOpened(account, ANN),
                        new QuotaGranted(
                                account,
                                new LotId("opening-17"),
                                LotClass.PROMO,
                                Quota.of(500),
                                Quota.ZERO,
                                0,
                                null,
                                "opening grant",
                                Quota.of(500),
                                NOW));
    }

    @Test
    void grantsNothingWhereTheGrantIsZero() {
        assertThat(writer.stream("account-18")).containsExactly(new AccountOpened(AccountId.of(BOB), BOB));
    }

    @Test
    void storesNoPasswordWhereThereIsNone() {
        UserId user = new UserId(19);
        writer.send(new RegisterUser(user, "carl", "Carl", Role.USER, "default", null, Quota.ZERO, NOW), Actor.SYSTEM);

        assertThat(((UserRegistered) writer.stream("user-19").getFirst()).passwordHash())
                .isNull();
    }

    @ParameterizedTest
    @CsvSource({"ann", "ANN", "' Ann '", "аnn", "ａnn"
    }) // the fourth begins with a Cyrillic letter, the fifth with a wide one
    void refusesANameThatLooksTaken(String name) {
        refused(Refusal.USERNAME_TAKEN, register(new UserId(19), name, Role.USER, 10), Actor.SYSTEM);
    }

    @Test
    void takesANameThatOnlyResemblesAnother() {
        writes(3, register(new UserId(19), "anna", Role.USER, 0), Actor.SYSTEM);
    }

    @Test
    void refusesANegativeOrAbsurdGrant() {
        refused(Refusal.INVALID, register(new UserId(19), "carl", Role.USER, -1), Actor.SYSTEM);
        refused(Refusal.INVALID, register(new UserId(19), "carl", Role.USER, Quota.MAX.units() + 1), Actor.SYSTEM);
    }

    @Test
    void anOpeningGrantIsNoWayAroundTheSecondAdministrator() {
        writer.send(new ChangeOptions(Map.of(Option.SECOND_PERSON_ABOVE.key(), "1000"), NOW), AS_ROOT);

        refused(Refusal.INVALID, register(new UserId(19), "carl", Role.USER, 1_001), AS_ADMIN);
        refused(Refusal.INVALID, register(new UserId(19), "carl", Role.USER, 1_001), AS_ROOT);
        writes(5, register(new UserId(19), "carl", Role.USER, 1_000), AS_ADMIN);
        writes(4, register(new UserId(20), "cara", Role.USER, 1_001), Actor.SYSTEM);
    }

    @Test
    void manySmallOpeningGrantsAreOneLargeOne() {
        writer.send(new ChangeOptions(Map.of(Option.SECOND_PERSON_ABOVE.key(), "1000"), NOW), AS_ROOT);
        writer.send(new ChangeOptions(Map.of(Option.QUOTA_FOR_NEW_USER.key(), "400"), NOW), AS_ROOT);

        writes(5, register(new UserId(19), "carl", Role.USER, 600), AS_ADMIN);
        refused(Refusal.INVALID, register(new UserId(20), "cara", Role.USER, 401), AS_ADMIN);
        writes(4, register(new UserId(20), "cara", Role.USER, 400), AS_ADMIN);
        writes(5, register(new UserId(21), "cato", Role.USER, 401), AS_ROOT);
    }

    @Test
    void onlyOneRootEver() {
        refused(Refusal.ALREADY_SET_UP, register(new UserId(19), "root2", Role.ROOT, 10), Actor.SYSTEM);
        refused(Refusal.ROOT_PROTECTED, register(new UserId(19), "root2", Role.ROOT, 10), AS_ROOT);
    }

    @Test
    void anAdminMakesUsersAndRootMakesAdmins() {
        writes(3, register(new UserId(19), "carl", Role.USER, 0), AS_ADMIN);
        refused(Refusal.NOT_PERMITTED, register(new UserId(20), "dora", Role.ADMIN, 0), AS_ADMIN);
        writes(3, register(new UserId(20), "dora", Role.ADMIN, 0), AS_ROOT);
        refused(Refusal.NOT_PERMITTED, register(new UserId(21), "emil", Role.USER, 0), AS_ANN);
        refused(Refusal.INVALID, register(new UserId(21), "emil", Role.GUEST, 0), AS_ROOT);
    }

    @Test
    void ofManyWhoWantOneNameAtOnceOneGetsIt() {
        List<CompletableFuture<UserId>> answers = new ArrayList<>();
        for (int i = 0; i < 20; i++)
            answers.add(writer.submit(register(new UserId(100 + i), "dora", Role.USER, 5), Actor.SYSTEM));

        int made = 0;
        for (CompletableFuture<UserId> answer : answers) {
            try {
                answer.join();
                made++;
            } catch (CompletionException e) {
                assertThat(((Refused) e.getCause()).refusal()).isEqualTo(Refusal.USERNAME_TAKEN);
            }
        }
        assertThat(made).isEqualTo(1);
    }
}
