package io.tollbook.command.settings;

import io.tollbook.command.ReadableVault;
import io.tollbook.kernel.Refusal;
import io.tollbook.kernel.Refused;
import io.tollbook.kernel.secret.Sealed;
import io.tollbook.kernel.settings.ChangeOptions;
import io.tollbook.kernel.settings.OptionsChanged;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.axonframework.test.aggregate.AggregateTestFixture;
import org.axonframework.test.aggregate.ResultValidator;
import org.hamcrest.CustomTypeSafeMatcher;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SettingsTest {
    private static final Instant NOW = Instant.parse("2030-01-01T12:00:00Z");

    private final AggregateTestFixture<Settings> settings = new AggregateTestFixture<>(Settings.class);

    SettingsTest() {
        settings.registerInjectableResource(new ReadableVault());
    }

    private ResultValidator<Settings> set(String key, String value) {
        return settings.givenNoPriorActivity().when(new ChangeOptions(Map.of(key, value), NOW));
    }

    private static OptionsChanged changed(Map<String, String> values) {
        return new OptionsChanged(values, Map.of(), NOW);
    }

    private static void refused(ResultValidator<Settings> result) {
        result.expectNoEvents().expectException(new CustomTypeSafeMatcher<Refused>("refused as invalid") {
            @Override
            protected boolean matchesSafely(Refused refused) {
                return refused.refusal() == Refusal.INVALID;
            }
        });
    }

    @Test
    void storesAnyOptionAndTheKnownOnesInTheirForm() {
        settings.givenNoPriorActivity()
                .when(new ChangeOptions(
                        Map.of("RetryTimes", " 3 ", "RegisterEnabled", "FALSE", "Whatever", " as is "), NOW))
                .expectEvents(changed(Map.of("RetryTimes", "3", "RegisterEnabled", "false", "Whatever", " as is ")));
    }

    @Test
    void whatIsAlreadySoChangesNothing() {
        settings.given(changed(Map.of("RetryTimes", "3")))
                .when(new ChangeOptions(Map.of("RetryTimes", "3.0"), NOW))
                .expectNoEvents();
        settings.given(changed(Map.of("RetryTimes", "3")))
                .when(new ChangeOptions(Map.of("RetryTimes", "4"), NOW))
                .expectEvents(changed(Map.of("RetryTimes", "4")));
    }

    @Test
    void secretsStandSealedAndAnEmptyFieldKeepsThem() {
        set("SMTPToken", "hunter2")
                .expectEvents(
                        new OptionsChanged(Map.of(), Map.of("SMTPToken", new Sealed("site", "sealed hunter2")), NOW));
        set("SMTPToken", " ").expectNoEvents();
    }

    @Test
    void oneBadOptionKeepsAllFromChanging() {
        refused(settings.givenNoPriorActivity()
                .when(new ChangeOptions(Map.of("RetryTimes", "-1", "Notice", "hello"), NOW)));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            # key                                | refused               | allowed
            RetryTimes                           | 11                    | 10
            RetryTimes                           | 1.5                   | 0
            RegisterEnabled                      | yes                   | true
            theme.frontend                       | dark                  | classic
            QuotaPerUnit                         | 0                     | 500000.0
            QuotaPerUnit                         | many                  | 500000
            SystemName                           | ' '                   | Books
            AutomaticRetryStatusCodes            | 500-499               | 500-500
            AutomaticRetryStatusCodes            | 99                    | 100
            AutomaticDisableStatusCodes          | 600                   | 401, 599
            AutomaticDisableStatusCodes          | abc                   | ''
            UserUsableGroups                     | []                    | {}
            UserUsableGroups                     | {"a":1}               | {"a":"b"}
            UserUsableGroups                     | {"":"x"}              | {"x":""}
            UserUsableGroups                     | {                     | {"vip":"VIP"}
            tollbook.group_descriptions          | {"a":1}               | {"a":"b"}
            AutoGroups                           | {}                    | ["vip"]
            AutoGroups                           | ["a","a"]             | ["a","b"]
            AutoGroups                           | ["auto"]              | ["a"]
            AutoGroups                           | [1]                   | []
            group_ratio_setting.group_special_usable_group | {"a":"b"}   | {"a":{"+:b":"B"}}
            ModelRequestRateLimitGroup           | {"a":[1]}             | {"a":[0,1]}
            ModelRequestRateLimitGroup           | {"a":[1,0]}           | {"a":[1,1]}
            ModelRequestRateLimitGroup           | {"a":[1.5,1]}         | {}
            ModelRequestRateLimitGroup           | {"":[1,1]}            | {"a":[1000000000,1]}
            ModelRequestRateLimitGroup           | {"a":[1000000001,1]}  | {"a":[1,1000000000]}
            ModelRequestRateLimitGroup           | nonsense              | {"a":[5,5],"b":[6,6]}
            ModelRequestRateLimitDurationMinutes | 0                     | 1
            ModelRequestRateLimitDurationMinutes | 1441                  | 1440
            ModelRequestRateLimitCount           | -1                    | 0
            ModelRequestRateLimitSuccessCount    | 0                     | 1
            tollbook.model_limits                | {"gpt":[-1,1]}        | {"gpt":[0,0]}
            tollbook.model_limits                | {"gpt":["1",1]}       | {"gpt":[1,0]}
            tollbook.model_limits                | []                    | {}
            tollbook.token_limit_count           | -1                    | 0
            tollbook.user_open_requests          | 100001                | 100000
            console_setting.faq                  | {}                    | []
            console_setting.faq                  | nonsense              | ''
            GitHubOAuthEnabled                   | true                  | false
            tollbook.log_cleared_before          | 253402300799          | 1700000000
            """)
    void rules(String key, String bad, String good) {
        refused(set(key, bad));
        set(key, good).expectEvents(changed(Map.of(key, good)));
    }

    @Test
    void theLogIsNeverClearedLessThanItWas() {
        String key = "tollbook.log_cleared_before";
        OptionsChanged cleared = changed(Map.of(key, "1700000000"));
        refused(settings.given(cleared).when(new ChangeOptions(Map.of(key, "1699999999"), NOW)));
        refused(settings.given(cleared).when(new ChangeOptions(Map.of(key, "0"), NOW)));
        settings.given(cleared)
                .when(new ChangeOptions(Map.of(key, "1700000000"), NOW))
                .expectNoEvents();
        settings.given(cleared)
                .when(new ChangeOptions(Map.of(key, "1700000001"), NOW))
                .expectEvents(changed(Map.of(key, "1700000001")));
    }

    @Test
    void whatNewUsersGetIsNoWayAroundTheSecondPerson() {
        String above = "tollbook.second_person_above";
        refused(settings.given(changed(Map.of(above, "100")))
                .when(new ChangeOptions(Map.of("QuotaForNewUser", "101"), NOW)));
        settings.given(changed(Map.of(above, "100")))
                .when(new ChangeOptions(Map.of("QuotaForNewUser", "100"), NOW))
                .expectSuccessfulHandlerExecution();
        refused(settings.given(changed(Map.of("QuotaForNewUser", "101")))
                .when(new ChangeOptions(Map.of(above, "100"), NOW)));
        refused(settings.given(changed(Map.of(above, "100")))
                .when(new ChangeOptions(Map.of("QuotaForNewUser", "101", above, "0"), NOW)));
        refused(settings.given(changed(Map.of(above, "100")), changed(Map.of(above, "0")))
                .when(new ChangeOptions(Map.of("QuotaForNewUser", "101"), NOW.plusSeconds(86_399))));
        settings.given(changed(Map.of(above, "100")), changed(Map.of(above, "0")))
                .when(new ChangeOptions(Map.of("QuotaForNewUser", "101"), NOW.plusSeconds(86_400)))
                .expectSuccessfulHandlerExecution();
    }

    @ParameterizedTest
    @CsvSource({
        "ModelRatio, {}",
        "GroupRatio, {}",
        "ModelPrice, {}",
        "payment_setting.compliance_confirmed, true",
    })
    void refusesWhatIsNoOption(String key, String value) {
        refused(set(key, value));
    }

    @Test
    void aSignInProviderNeedsItsCredentialsFirst() {
        Map<String, String> all =
                Map.of("GitHubOAuthEnabled", "true", "GitHubClientId", "id", "GitHubClientSecret", "s");
        settings.givenNoPriorActivity().when(new ChangeOptions(all, NOW)).expectSuccessfulHandlerExecution();
        settings.given(new OptionsChanged(
                        Map.of("GitHubClientId", "id"),
                        Map.of("GitHubClientSecret", new Sealed("site", "sealed s")),
                        NOW))
                .when(new ChangeOptions(Map.of("GitHubOAuthEnabled", "true"), NOW))
                .expectSuccessfulHandlerExecution();
        refused(settings.given(changed(Map.of("GitHubClientId", "id")))
                .when(new ChangeOptions(Map.of("GitHubOAuthEnabled", "true"), NOW)));
    }

    @Test
    void refusesFloods() {
        Map<String, String> many = new HashMap<>();
        for (int i = 0; i < 501; i++) many.put("k" + i, "v");
        refused(settings.givenNoPriorActivity().when(new ChangeOptions(many, NOW)));
        many.remove("k0");
        settings.givenNoPriorActivity().when(new ChangeOptions(many, NOW)).expectSuccessfulHandlerExecution();
    }
}
