package io.tollbook.relay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tollbook.kernel.channel.ChannelBalance;
import io.tollbook.kernel.channel.ChannelId;
import io.tollbook.kernel.channel.ChannelType;
import io.tollbook.kernel.channel.ProviderAccounts;
import io.tollbook.kernel.secret.Secret;
import io.tollbook.kernel.settings.Option;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What providers tell of an account, each in its own words. */
class ProviderAccountsTest {
    @RegisterExtension
    private static final RelaySite site = new RelaySite();

    private static final ChannelId ID = new ChannelId(1);

    private static void channel(ChannelType type) {
        site.directory.channel(1, type, site.first.baseUrl(), 10, "gpt");
        site.directory.changed();
    }

    private static ChannelBalance balance() {
        return site.part(ProviderAccounts.class).balance(ID);
    }

    private static List<String> models() {
        return site.part(ProviderAccounts.class).models(ID);
    }

    private static String path(Provider.Asked asked) {
        return asked.head().lines().findFirst().orElseThrow().split(" ")[1];
    }

    private static ChannelBalance usd(String amount) {
        return new ChannelBalance(new BigDecimal(amount), "USD");
    }

    @Test
    void openAiTellsALimitAndWhatIsUsedOfItInCents() throws Exception {
        channel(ChannelType.OPENAI);
        site.first.answers(asked -> asked.whole(
                200,
                path(asked).contains("usage")
                        ? "{\"total_usage\":1234.5678901234567}"
                        : "{\"hard_limit_usd\":120.1,\"has_payment_method\":true}"));

        assertThat(balance()).isEqualTo(usd("107.754321098765433"));
        assertThat(path(site.first.next())).isEqualTo("/v1/dashboard/billing/subscription");
        LocalDate today = LocalDate.now(ZoneOffset.UTC);
        Provider.Asked usage = site.first.next();
        assertThat(path(usage))
                .isEqualTo("/v1/dashboard/billing/usage?start_date=" + today.withDayOfMonth(1) + "&end_date=" + today);
        assertThat(usage.head()).contains("Authorization: Bearer provider-key-1");
    }

    @Test
    void anAccountThatPaysInAdvanceIsAskedForAHundredDays() throws Exception {
        channel(ChannelType.CUSTOM);
        site.first.answers(asked ->
                asked.whole(200, path(asked).contains("usage") ? "{\"total_usage\":0}" : "{\"hard_limit_usd\":\"5\"}"));

        assertThat(balance()).isEqualTo(usd("5"));
        site.first.next();
        assertThat(path(site.first.next()))
                .contains("start_date=" + LocalDate.now(ZoneOffset.UTC).minusDays(100));
    }

    @Test
    void openRouterTellsCreditsAndUsage() throws Exception {
        channel(ChannelType.OPENROUTER);
        site.first.answers(200, "{\"data\":{\"total_credits\":10,\"total_usage\":12.0000000001}}");

        assertThat(balance()).isEqualTo(usd("-2.0000000001"));
        assertThat(balance().isUsedUp()).isTrue();
        assertThat(path(site.first.next())).isEqualTo("/v1/credits");
    }

    @Test
    void deepSeekTellsItsYuan() throws Exception {
        channel(ChannelType.DEEPSEEK);
        site.first.answers(200, """
                {"is_available":true,"balance_infos":[{"currency":"USD","total_balance":"1.00"},\
                {"currency":"CNY","total_balance":"110.05"}]}""");
        assertThat(balance()).isEqualTo(new ChannelBalance(new BigDecimal("110.05"), "CNY"));
        assertThat(path(site.first.next())).isEqualTo("/user/balance");

        site.first.answers(200, "{\"balance_infos\":[{\"currency\":\"USD\",\"total_balance\":\"1.00\"}]}");
        assertThat(balance()).isEqualTo(usd("1"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            OPENROUTER | 200 | {"data":{"total_credits":10}}                       | total_usage is missing
            OPENROUTER | 200 | {"data":{"total_credits":1e400,"total_usage":0}}    | a balance that cannot be
            OPENROUTER | 200 | {"error":{"message":"no access at a.vendor.com"}}   | no access at ***
            OPENROUTER | 200 | <html>                                              | something that is no JSON: <html>
            OPENROUTER | 401 | {"error":{"message":"User not found."}}             | 401: User not found.
            DEEPSEEK   | 200 | {"balance_infos":[]}                                | total_balance is missing
            DEEPSEEK   | 200 | {"balance_infos":[{"currency":"?","total_balance":"1"}]} | no currency that is known
            ANTHROPIC  | 200 | {}                                                  | Anthropic do not tell a balance
            GEMINI     | 200 | {}                                                  | Gemini do not tell a balance
            """)
    void saysWhatIsWrong(ChannelType type, int status, String body, String why) {
        channel(type);
        site.first.answers(status, body);

        assertThatThrownBy(ProviderAccountsTest::balance).hasMessageContaining(why);
    }

    @Test
    void severalKeysHaveNoOneBalance() {
        site.directory.channelWithKeys(1, site.first.baseUrl(), 10, Map.of(), 1, "key-a", "key-b");
        site.directory.changed();

        assertThatThrownBy(ProviderAccountsTest::balance).hasMessageContaining("several keys");
        assertThat(site.first.waiting()).isZero();
    }

    @Test
    void nobodyThere() {
        channel(ChannelType.OPENROUTER);
        site.first.answers(Provider.Asked::close);

        assertThatThrownBy(ProviderAccountsTest::balance).hasMessageStartingWith("The provider could not be reached");
        assertThatThrownBy(() -> site.part(ProviderAccounts.class).models(new ChannelId(99)))
                .hasMessage("There is no such channel.");
    }

    @Test
    void openAiNamesItsModels() throws Exception {
        channel(ChannelType.OPENAI);
        site.first.answers(
                200,
                "{\"data\":[{\"id\":\"gpt-5\"},{\"id\":\" \"},{\"id\":\"gpt-5\"},{\"name\":\"x\"},{\"id\":\"o3\"}]}");

        assertThat(models()).containsExactly("gpt-5", "o3");
        Provider.Asked asked = site.first.next();
        assertThat(path(asked)).isEqualTo("/v1/models");
        assertThat(asked.head()).contains("Authorization: Bearer provider-key-1");
    }

    @Test
    void claudeNamesThemPageByPage() throws Exception {
        channel(ChannelType.ANTHROPIC);
        site.first.answers(asked -> asked.whole(
                200,
                path(asked).contains("after_id=claude-a")
                        ? "{\"data\":[{\"id\":\"claude-b\"}],\"has_more\":false,\"last_id\":\"claude-b\"}"
                        : "{\"data\":[{\"id\":\"claude-a\"}],\"has_more\":true,\"last_id\":\"claude-a\"}"));

        assertThat(models()).containsExactly("claude-a", "claude-b");
        assertThat(site.first.next().head())
                .contains("x-api-key: provider-key-1")
                .contains("anthropic-version: ");
    }

    @Test
    void googleNamesThemPageByPage() throws Exception {
        channel(ChannelType.GEMINI);
        site.first.answers(asked -> asked.whole(
                200,
                path(asked).contains("pageToken=t%2B1")
                        ? "{\"models\":[{\"name\":\"models/gemini-b\"}]}"
                        : "{\"models\":[{\"name\":\"models/gemini-a\"}],\"nextPageToken\":\"t+1\"}"));

        assertThat(models()).containsExactly("gemini-a", "gemini-b");
        assertThat(site.first.next().head())
                .startsWith("GET /v1beta/models?pageSize=1000 ")
                .contains("x-goog-api-key: provider-key-1");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {"data":[]}      | names no models
            {"models":[]}    | no list of models
            []               | no list of models
            """)
    void aListThatIsNoneIsNone(String body, String why) {
        channel(ChannelType.OPENAI);
        site.first.answers(200, body);

        assertThatThrownBy(ProviderAccountsTest::models).hasMessageContaining(why);
    }

    @Test
    void anAccountThatIsNoChannelYetIsAskedUnderGuard() throws Exception {
        site.first.answers(200, "{\"data\":[{\"id\":\"gpt-5\"}]}");
        ProviderAccounts accounts = site.part(ProviderAccounts.class);
        Secret key = new Secret("sk-new");
        String address = site.first.baseUrl() + "/";

        assertThatThrownBy(() -> accounts.models(1, address, key)).hasMessageContaining("private network");
        assertThat(site.first.waiting()).isZero();

        site.set(Option.FETCH_PRIVATE, "true");
        assertThat(accounts.models(1, address, key)).containsExactly("gpt-5");
        Provider.Asked asked = site.first.next();
        assertThat(path(asked)).isEqualTo("/v1/models");
        assertThat(asked.head()).contains("Authorization: Bearer sk-new");
    }

    @Test
    void aKeyGoesToNoOtherHost() throws Exception {
        site.set(Option.FETCH_PRIVATE, "true");
        site.first.answers(302, "", "Location: " + site.second.baseUrl() + "/v1/models");

        assertThatThrownBy(
                        () -> site.part(ProviderAccounts.class).models(1, site.first.baseUrl(), new Secret("sk-new")))
                .hasMessageContaining("302");
        assertThat(site.second.waiting()).isZero();
    }

    @Test
    void aTypeWithoutAnAddressNeedsOne() {
        ProviderAccounts accounts = site.part(ProviderAccounts.class);
        assertThatThrownBy(() -> accounts.models(8, " ", new Secret("k"))).hasMessageContaining("base_url is missing");
        assertThatThrownBy(() -> accounts.models(7_777, "", new Secret("k"))).hasMessageContaining("not supported");
    }
}
