package io.tollbook.kernel.limit;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class CallLimitRulesTest {
    private static final Instant NOW = Instant.parse("2030-01-01T12:00:00Z");
    private static final String ON = "ModelRequestRateLimitEnabled";
    private static final String GROUPS = "ModelRequestRateLimitGroup";

    @Test
    void limitsNobodyUnlessRootSaysSo() {
        assertThat(CallLimitRules.of(Map.of()).isOff()).isTrue();
        assertThat(limits(Map.of(), "default", "gpt")).isNull();
        assertThat(limits(Map.of("ModelRequestRateLimitCount", "3", GROUPS, "{\"default\":[1,1]}"), "default", "gpt"))
                .isNull();
    }

    @Test
    void countsGoodCallsAloneByDefault() {
        assertThat(limits(Map.of(ON, "true"), "default", "gpt"))
                .isEqualTo(new CallLimits(NOW, 1, List.of(new CallLimit(CallScope.USER, 0, 1_000)), 0, 0));
    }

    @Test
    void aGroupsOwnNumbersTakeThePlaceOfTheSites() {
        Map<String, String> options = Map.of(
                ON,
                "true",
                "ModelRequestRateLimitDurationMinutes",
                "5",
                "ModelRequestRateLimitCount",
                "20",
                "ModelRequestRateLimitSuccessCount",
                "10",
                GROUPS,
                "{\"vip\":[0,500]}");
        assertThat(limits(options, "vip", "gpt"))
                .isEqualTo(new CallLimits(NOW, 5, List.of(new CallLimit(CallScope.USER, 0, 500)), 0, 0));
        assertThat(limits(options, "default", "gpt"))
                .isEqualTo(new CallLimits(NOW, 5, List.of(new CallLimit(CallScope.USER, 20, 10)), 0, 0));
    }

    @Test
    void keysAndModelsHaveTheirOwnWithoutTheSites() {
        Map<String, String> options = Map.of(
                "tollbook.token_limit_count", "30",
                "tollbook.model_limits", "{\"gpt\":[7,0],\"free\":[0,0]}");
        assertThat(limits(options, "default", "gpt"))
                .isEqualTo(new CallLimits(
                        NOW,
                        1,
                        List.of(new CallLimit(CallScope.TOKEN, 30, 0), new CallLimit(CallScope.MODEL, 7, 0)),
                        0,
                        0));
        assertThat(limits(options, "default", "free"))
                .isEqualTo(new CallLimits(NOW, 1, List.of(new CallLimit(CallScope.TOKEN, 30, 0)), 0, 0));
    }

    @Test
    void aCallOfAnotherModelIsNotLimited() {
        Map<String, String> options = Map.of("tollbook.model_limits", "{\"gpt\":[7,0]}");
        assertThat(limits(options, "default", "other")).isNull();
    }

    @Test
    void openCallsAreLimitedByThemselves() {
        assertThat(limits(Map.of("tollbook.user_open_requests", "4", "tollbook.token_open_requests", "2"), "g", "gpt"))
                .isEqualTo(new CallLimits(NOW, 1, List.of(), 4, 2));
    }

    @Test
    void whatWasStoredBeforeItWasCheckedLimitsNobody() {
        Map<String, String> options = new HashMap<>(Map.of("tollbook.model_limits", "{\"a\":[1],\"b\":7,\"c\":[1,1]}"));
        assertThat(limits(options, "default", "a")).isNull();
        assertThat(limits(options, "default", "b")).isNull();
        assertThat(limits(options, "default", "c")).isNotNull();
        options.put("tollbook.model_limits", "nonsense");
        assertThat(limits(options, "default", "c")).isNull();
    }

    private static @Nullable CallLimits limits(Map<String, String> options, String group, String model) {
        return CallLimitRules.of(options).of(group, model, NOW);
    }
}
