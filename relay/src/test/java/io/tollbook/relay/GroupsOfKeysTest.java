package io.tollbook.relay;

import static org.assertj.core.api.Assertions.assertThat;

import io.tollbook.kernel.account.HoldFunds;
import io.tollbook.kernel.account.Quota;
import io.tollbook.kernel.account.SettleUsage;
import io.tollbook.kernel.settings.Option;
import io.tollbook.kernel.token.TokenTerms;
import io.tollbook.kernel.user.UserStatus;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Which groups a key may name, and what auto stands for. */
class GroupsOfKeysTest {
    @RegisterExtension
    private static final RelaySite site = new RelaySite();

    private static void key(String group) {
        key(group, false);
    }

    private static void key(String group, boolean goesOn) {
        site.directory.key(
                RelaySite.KEY,
                new TokenTerms("key", null, null, false, List.of(), List.of(), group, goesOn),
                UserStatus.ENABLED);
        site.directory.changed();
    }

    @Test
    void aGroupIsOpenToThoseItIsListedFor() throws Exception {
        site.directory.channel(3, site.first.baseUrl(), "cheap", "gpt");
        site.set(Option.SPECIAL_USABLE_GROUPS, "{\"staff\":{\"+:cheap\":\"Cheap\"}}");
        key("cheap");
        assertThat(site.answer(RelaySite.ask("")).status()).isEqualTo(403);

        site.set(Option.SPECIAL_USABLE_GROUPS, "{\"default\":{\"+:cheap\":\"Cheap\",\"-:vip\":\"\"}}");
        site.first.answers(200, RelaySite.WHOLE);
        assertThat(site.answer(RelaySite.ask("")).status()).isEqualTo(200);

        key("vip");
        assertThat(site.answer(RelaySite.ask("")).status()).isEqualTo(403);
    }

    @Test
    void autoIsTheFirstOfItsListThatServesTheModel() throws Exception {
        site.directory.channel(3, site.second.baseUrl(), "cheap", "gpt");
        site.set(Option.USER_USABLE_GROUPS, "{\"auto\":\"Auto\",\"cheap\":\"Cheap\",\"empty\":\"Empty\"}");
        site.set(Option.AUTO_GROUPS, "[\"closed\",\"empty\",\"cheap\",\"default\"]");
        key("auto");
        site.second.answers(200, RelaySite.WHOLE);

        assertThat(site.answer(RelaySite.ask(",\"max_tokens\":50")).status()).isEqualTo(200);
        HoldFunds hold = site.ledger.hold().command();
        assertThat(hold.group()).isEqualTo("cheap");
        // Half of what it costs in the group default.
        assertThat(hold.worstCase().units()).isBetween(50L, 65L);
    }

    @Test
    void autoFindsNothingWhereItsListIsClosedToTheUser() throws Exception {
        site.set(Option.USER_USABLE_GROUPS, "{\"auto\":\"Auto\"}");
        site.set(Option.AUTO_GROUPS, "[\"closed\"]");
        key("auto");

        assertThat(site.answer(RelaySite.ask("")).status()).isEqualTo(503);
    }

    /** The group cheap at the first provider, and then default at the second, twice as dear. */
    private static void twoGroups() throws Exception {
        site.directory.channel(1, site.first.baseUrl(), "cheap", "gpt");
        site.directory.channel(2, site.second.baseUrl(), "default", "gpt");
        site.set(Option.USER_USABLE_GROUPS, "{\"auto\":\"Auto\",\"cheap\":\"Cheap\",\"default\":\"Default\"}");
        site.set(Option.AUTO_GROUPS, "[\"cheap\",\"default\"]");
        site.first.answers(500, "{\"error\":{\"message\":\"oops\"}}");
        site.second.answers(200, RelaySite.WHOLE);
    }

    @Test
    void aKeyMayGoOnToTheNextGroupAtThatGroupsPrice() throws Exception {
        twoGroups();
        key("auto", true);

        assertThat(site.answer(RelaySite.ask(",\"max_tokens\":50")).status()).isEqualTo(200);
        HoldFunds hold = site.ledger.hold().command();
        assertThat(hold.group()).isEqualTo("cheap");
        assertThat(hold.worstCase().units()).as("held for the dearer group").isBetween(100L, 130L);
        SettleUsage settled = site.settled();
        assertThat(settled.group()).isEqualTo("default");
        assertThat(settled.charge()).isEqualTo(Quota.of(25));
        assertThat(settled.attempts()).hasSize(2);
    }

    @Test
    void theFirstGroupsPriceHoldsWhereItAnswers() throws Exception {
        twoGroups();
        site.first.answers(200, RelaySite.WHOLE);
        key("auto", true);

        assertThat(site.answer(RelaySite.ask(",\"max_tokens\":50")).status()).isEqualTo(200);
        SettleUsage settled = site.settled();
        assertThat(settled.group()).isNull();
        assertThat(settled.charge()).isEqualTo(Quota.of(13));
    }

    @Test
    void aKeyStaysInItsGroupUnlessItsOwnerWantsOtherwise() throws Exception {
        twoGroups();
        key("auto", false);

        assertThat(site.answer(RelaySite.ask(",\"max_tokens\":50")).status()).isEqualTo(500);
        assertThat(site.second.waiting()).isZero();
        assertThat(site.released().attempts()).hasSize(1);
    }

    @Test
    void eachGroupHasItsOwnRetries() throws Exception {
        twoGroups();
        site.set(Option.RETRY_TIMES, 0);
        key("auto", true);
        assertThat(site.answer(RelaySite.ask(",\"max_tokens\":50")).status()).isEqualTo(200);
        assertThat(site.settled().attempts()).hasSize(2);
    }
}
