package io.tollbook.relay;

import static org.assertj.core.api.Assertions.assertThat;

import io.tollbook.kernel.account.HoldFunds;
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
        site.directory.key(
                RelaySite.KEY,
                new TokenTerms("key", null, null, false, List.of(), List.of(), group, false),
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
}
