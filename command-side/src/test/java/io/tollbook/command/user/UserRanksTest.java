package io.tollbook.command.user;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tollbook.kernel.Actor;
import io.tollbook.kernel.Refusal;
import io.tollbook.kernel.account.AccountId;
import io.tollbook.kernel.account.AdjustQuota;
import io.tollbook.kernel.account.ApproveAdjustment;
import io.tollbook.kernel.account.LotId;
import io.tollbook.kernel.account.Quota;
import io.tollbook.kernel.account.RequestAdjustment;
import io.tollbook.kernel.settings.ChangeOptions;
import io.tollbook.kernel.settings.Option;
import io.tollbook.kernel.user.ChangeRole;
import io.tollbook.kernel.user.DeleteUser;
import io.tollbook.kernel.user.DisableUser;
import io.tollbook.kernel.user.Role;
import io.tollbook.kernel.user.UserId;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Whose quota whom lets change, whichever way the command comes. */
class UserRanksTest extends People {
    private static final Actor AS_OTHER = Actor.user(OTHER_ADMIN, Role.ADMIN, "session", null);

    private static RequestAdjustment more(UserId user, String lot) {
        return new RequestAdjustment(
                new AdjustQuota(AccountId.of(user), new LotId(lot), AdjustQuota.Mode.ADD, Quota.of(500), NOW));
    }

    private static ApproveAdjustment approval(String lot) {
        return new ApproveAdjustment(new LotId(lot), NOW);
    }

    private void twoPersonsAbove(long quota) {
        writer.send(new ChangeOptions(Map.of(Option.SECOND_PERSON_ABOVE.key(), Long.toString(quota)), NOW), AS_ROOT);
    }

    private void asked(UserId user, Actor by) {
        twoPersonsAbove(100);
        writer.send(more(user, "a"), by, "invoice 17");
    }

    @Test
    void anAdministratorChangesTheQuotaOfLowerRolesOnly() {
        refused(Refusal.NOT_PERMITTED, more(ROOT, "a"), AS_ADMIN);
        refused(Refusal.NOT_PERMITTED, more(OTHER_ADMIN, "a"), AS_ADMIN);
        refused(Refusal.NOT_PERMITTED, more(ADMIN, "a"), AS_ADMIN);
        writes(1, more(ANN, "a"), AS_ADMIN);
        writer.send(new ChangeRole(BOB, Role.AUDITOR), AS_ROOT);
        writes(1, more(BOB, "b"), AS_ADMIN);
    }

    @Test
    void rootChangesAnybodys() {
        writes(1, more(ANN, "a"), AS_ROOT);
        writes(1, more(ADMIN, "b"), AS_ROOT);
        writes(1, more(ROOT, "c"), AS_ROOT);
    }

    @Test
    void theRankIsThatOfTheMoment() {
        writer.send(new ChangeRole(ANN, Role.ADMIN), AS_ROOT);
        refused(Refusal.NOT_PERMITTED, more(ANN, "a"), AS_ADMIN);
    }

    @Test
    void nobodyIsAskedForWhatNobodyMayDoAlone() {
        twoPersonsAbove(100);
        refused(Refusal.NOT_PERMITTED, more(OTHER_ADMIN, "a"), AS_ADMIN);
    }

    @Test
    void aDeletedUsersQuotaIsNotChanged() {
        writer.send(new DisableUser(BOB), AS_ADMIN);
        writes(1, more(BOB, "b"), AS_ADMIN);
        writer.send(new DeleteUser(ANN), AS_ADMIN);
        for (Actor actor : new Actor[] {AS_ADMIN, AS_ROOT}) {
            refused(Refusal.NOT_FOUND, more(ANN, "a"), actor);
            assertThatThrownBy(() -> writer.send(more(ANN, "a"), actor)).hasMessageContaining("is deleted");
        }
        assertThatThrownBy(() -> writer.send(more(new UserId(99), "a"), AS_ROOT))
                .hasMessageContaining("no such user");
    }

    @Test
    void anAdministratorApprovesWhatAnotherAskedForALowerRole() {
        asked(ANN, AS_ADMIN);
        refused(Refusal.NOT_PERMITTED, approval("a"), AS_ADMIN);
        writes(2, approval("a"), AS_OTHER);
    }

    @Test
    void anApprovalIsRefusedOnceTheUserIsAnAdministrator() {
        asked(ANN, AS_ADMIN);
        writer.send(new ChangeRole(ANN, Role.ADMIN), AS_ROOT);
        refused(Refusal.NOT_PERMITTED, approval("a"), AS_OTHER);
        writes(2, approval("a"), AS_ROOT);
    }

    @Test
    void whatRootAsksForAnotherAdministratorApproves() {
        asked(OTHER_ADMIN, AS_ROOT);
        refused(Refusal.NOT_PERMITTED, approval("a"), AS_ROOT);
        refused(Refusal.NOT_PERMITTED, approval("a"), AS_OTHER);
        writes(2, approval("a"), AS_ADMIN);
    }

    @Test
    void rootsOwnQuotaNeedsAnAdministratorToo() {
        asked(ROOT, AS_ROOT);
        refused(Refusal.NOT_PERMITTED, approval("a"), AS_ROOT);
        writes(2, approval("a"), AS_ADMIN);
    }

    @Test
    void whatWasAskedForADeletedUserIsNotApproved() {
        asked(ANN, AS_ADMIN);
        writer.send(new DeleteUser(ANN), AS_ADMIN);
        refused(Refusal.NOT_FOUND, approval("a"), AS_OTHER);
        assertThatThrownBy(() -> writer.send(approval("a"), AS_ROOT)).hasMessageContaining("is deleted");
    }
}
