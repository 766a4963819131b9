package io.tollbook.command.account;

import static org.assertj.core.api.Assertions.assertThat;

import io.tollbook.kernel.Refusal;
import io.tollbook.kernel.account.AccountId;
import io.tollbook.kernel.account.AccountOpened;
import io.tollbook.kernel.account.CallTiming;
import io.tollbook.kernel.account.FundsHeld;
import io.tollbook.kernel.account.HoldFunds;
import io.tollbook.kernel.account.HoldId;
import io.tollbook.kernel.account.HoldReleased;
import io.tollbook.kernel.account.Meters;
import io.tollbook.kernel.account.Provenance;
import io.tollbook.kernel.account.Quota;
import io.tollbook.kernel.account.ReleaseCause;
import io.tollbook.kernel.account.UsageSettled;
import io.tollbook.kernel.channel.ChannelId;
import io.tollbook.kernel.limit.CallLimit;
import io.tollbook.kernel.limit.CallLimits;
import io.tollbook.kernel.limit.CallScope;
import io.tollbook.kernel.limit.CountedCall;
import io.tollbook.kernel.limit.LimitReached;
import io.tollbook.kernel.token.TokenId;
import io.tollbook.kernel.user.UserId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.axonframework.test.aggregate.AggregateTestFixture;
import org.axonframework.test.aggregate.ResultValidator;
import org.hamcrest.CustomTypeSafeMatcher;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The calls of this account cost nothing, so that nothing but a limit can refuse one. */
class CallLimitTest {
    private static final AccountId ANN = new AccountId(17);
    private static final UserId USER = new UserId(17);
    private static final TokenId KEY = new TokenId(3);
    private static final TokenId OTHER_KEY = new TokenId(4);
    private static final Instant NOW = Instant.parse("2030-01-01T12:00:00Z");

    private final AggregateTestFixture<Account> account = new AggregateTestFixture<>(Account.class);
    private final List<Object> before = new ArrayList<>(List.of(new AccountOpened(ANN, USER)));

    @Test
    void theLastCallOfALimitPassesAndIsCounted() {
        CallLimits limits = rate(CallScope.USER, 2, 0, 5);
        begun("a", KEY, "gpt", 0, CallScope.USER);
        ask("b", KEY, "gpt", limits).expectEvents(held("b", KEY, "gpt", counted(5, CallScope.USER)));
    }

    @Test
    void oneCallMoreIsRefusedAndToldWhenToComeAgain() {
        begun("a", KEY, "gpt", 0, CallScope.USER);
        begun("b", OTHER_KEY, "other", 1, CallScope.USER);
        refused(
                ask("c", KEY, "gpt", rate(CallScope.USER, 2, 0, 5)),
                56,
                2,
                "You may make at most 2 requests in a minute. Please try again in 56 s.");
    }

    @Test
    void aWhileLaterItPasses() {
        begun("a", KEY, "gpt", 0, CallScope.USER);
        begun("b", KEY, "gpt", 1, CallScope.USER);
        passes("c", KEY, "gpt", rate(CallScope.USER, 2, 0, 61));
    }

    @Test
    void aFailedCallCountsForTheFirstNumber() {
        begun("a", KEY, "gpt", 0, CallScope.USER);
        failed("a", KEY, "gpt");
        refused(
                ask("b", KEY, "gpt", rate(CallScope.USER, 1, 0, 1)),
                60,
                1,
                "You may make at most 1 requests in a minute. Please try again in 60 s.");
    }

    @Test
    void aFailedCallDoesNotCountForTheSecond() {
        begun("a", KEY, "gpt", 0, CallScope.USER);
        failed("a", KEY, "gpt");
        passes("b", KEY, "gpt", rate(CallScope.USER, 0, 1, 1));
    }

    @Test
    void aGoodCallCountsForTheSecond() {
        begun("a", KEY, "gpt", 0, CallScope.USER);
        settled("a", KEY, "gpt");
        refused(
                ask("b", KEY, "gpt", rate(CallScope.USER, 0, 1, 1)),
                60,
                1,
                "You may make at most 1 successful requests in a minute. Please try again in 60 s.");
    }

    /** Else as many as come at once would all succeed. */
    @Test
    void anOpenCallCountsAsAGoodOne() {
        begun("a", KEY, "gpt", 0, CallScope.USER);
        refused(ask("b", KEY, "gpt", rate(CallScope.USER, 0, 1, 1)), 60, 1, null);
    }

    @Test
    void eachKeyHasItsOwn() {
        begun("a", KEY, "gpt", 0, CallScope.TOKEN);
        passes("b", OTHER_KEY, "gpt", rate(CallScope.TOKEN, 1, 0, 1));
        refused(
                ask("b", KEY, "gpt", rate(CallScope.TOKEN, 1, 0, 1)),
                60,
                1,
                "This API key may make at most 1 requests in a minute. Please try again in 60 s.");
    }

    @Test
    void eachModelHasItsOwn() {
        begun("a", KEY, "gpt", 0, CallScope.MODEL);
        passes("b", KEY, "other", rate(CallScope.MODEL, 1, 0, 1));
        refused(
                ask("b", OTHER_KEY, "gpt", rate(CallScope.MODEL, 1, 0, 1)),
                60,
                1,
                "You may make at most 1 requests to the model gpt in a minute. Please try again in 60 s.");
    }

    @Test
    void aLongerWindowKnowsTheCallsOfTheShorterOne() {
        begun("a", KEY, "gpt", 0, CallScope.USER);
        CallLimits limits =
                new CallLimits(NOW.plusSeconds(100), 10, List.of(new CallLimit(CallScope.USER, 1, 0)), 0, 0);
        refused(
                ask("b", KEY, "gpt", limits),
                510,
                1,
                "You may make at most 1 requests in 10 minutes. Please try again in 510 s.");
    }

    @Test
    void aRepeatedHoldIsOneCall() {
        CallLimits limits = rate(CallScope.USER, 1, 0, 0);
        begun("a", KEY, "gpt", 0, CallScope.USER);
        ask("a", KEY, "gpt", limits).expectNoEvents().expectSuccessfulHandlerExecution();
    }

    @Test
    void aCallThatIsRefusedForMoneyIsNotCounted() {
        HoldFunds dear = new HoldFunds(
                ANN,
                new HoldId("a"),
                USER,
                KEY,
                "gpt",
                "default",
                1,
                new ChannelId(2),
                Quota.of(1),
                true,
                "node",
                NOW,
                NOW,
                rate(CallScope.USER, 1, 0, 0));
        account.given(before).when(dear).expectNoEvents();
        passes("a", KEY, "gpt", rate(CallScope.USER, 1, 0, 0));
    }

    @Test
    void theLastOpenCallPassesAndOneMoreIsRefused() {
        begun("a", KEY, "gpt", 0);
        passes("b", KEY, "gpt", open(2, 0));
        begun("b", OTHER_KEY, "gpt", 0);
        refused(
                ask("c", KEY, "gpt", open(2, 0)),
                1,
                0,
                "You may have at most 2 requests open at once. Please try again when one has ended.");
    }

    @Test
    void aKeysOpenCallsAreItsOwn() {
        begun("a", KEY, "gpt", 0);
        passes("b", OTHER_KEY, "gpt", open(0, 1));
        refused(
                ask("b", KEY, "gpt", open(0, 1)),
                1,
                0,
                "This API key may have at most 1 requests open at once. Please try again when one has ended.");
    }

    @Test
    void anEndedCallMakesRoom() {
        begun("a", KEY, "gpt", 0);
        begun("b", KEY, "gpt", 0);
        settled("a", KEY, "gpt");
        failed("b", KEY, "gpt");
        passes("c", KEY, "gpt", open(1, 1));
    }

    private ResultValidator<Account> ask(String hold, TokenId key, String model, CallLimits limits) {
        return account.given(before)
                .when(new HoldFunds(
                        ANN,
                        new HoldId(hold),
                        USER,
                        key,
                        model,
                        "default",
                        1,
                        new ChannelId(2),
                        Quota.ZERO,
                        false,
                        "node",
                        NOW,
                        NOW.plusSeconds(3_600),
                        limits));
    }

    private void passes(String hold, TokenId key, String model, CallLimits limits) {
        ask(hold, key, model, limits).expectSuccessfulHandlerExecution();
    }

    private static void refused(
            ResultValidator<Account> result, int retryAfterSeconds, int most, @Nullable String message) {
        result.expectNoEvents().expectException(new CustomTypeSafeMatcher<LimitReached>("a limit that is reached") {
            @Override
            protected boolean matchesSafely(LimitReached reached) {
                assertThat(reached.refusal()).isEqualTo(Refusal.TOO_MANY_REQUESTS);
                assertThat(reached.retryAfterSeconds()).isEqualTo(retryAfterSeconds);
                assertThat(reached.most()).isEqualTo(most);
                if (message != null) assertThat(reached).hasMessage(message);
                return true;
            }
        });
    }

    private static CallLimits rate(CallScope scope, int calls, int successes, int second) {
        return new CallLimits(NOW.plusSeconds(second), 1, List.of(new CallLimit(scope, calls, successes)), 0, 0);
    }

    private static CallLimits open(int ofUser, int ofToken) {
        return new CallLimits(NOW, 1, List.of(), ofUser, ofToken);
    }

    private static CountedCall counted(int second, CallScope... scopes) {
        return new CountedCall(NOW.plusSeconds(second), 1, List.of(scopes));
    }

    private void begun(String hold, TokenId key, String model, int second, CallScope... scopes) {
        before.add(held(hold, key, model, scopes.length == 0 ? null : counted(second, scopes)));
    }

    private static FundsHeld held(String hold, TokenId key, String model, @Nullable CountedCall counted) {
        return new FundsHeld(
                ANN,
                new HoldId(hold),
                USER,
                key,
                model,
                "default",
                1,
                new ChannelId(2),
                Quota.ZERO,
                List.of(),
                Quota.ZERO,
                "node",
                NOW,
                NOW.plusSeconds(3_600),
                counted);
    }

    private void settled(String hold, TokenId key, String model) {
        before.add(new UsageSettled(
                ANN,
                new HoldId(hold),
                USER,
                key,
                model,
                "default",
                1,
                new Meters(Map.of()),
                Provenance.REPORTED,
                Quota.ZERO,
                Quota.ZERO,
                List.of(),
                Quota.ZERO,
                Quota.ZERO,
                List.of(),
                new CallTiming(NOW, 1, 2, false),
                null,
                null));
    }

    private void failed(String hold, TokenId key, String model) {
        before.add(new HoldReleased(
                ANN,
                new HoldId(hold),
                USER,
                key,
                model,
                "default",
                Quota.ZERO,
                ReleaseCause.UPSTREAM_FAILED,
                "bad_response",
                502,
                List.of(),
                Quota.ZERO,
                NOW));
    }
}
