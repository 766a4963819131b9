package io.tollbook.command.user;

import static org.assertj.core.api.Assertions.assertThat;

import io.tollbook.command.AbsentSessions;
import io.tollbook.command.RecordedMessages;
import io.tollbook.command.api.Api;
import io.tollbook.kernel.Actor;
import io.tollbook.kernel.account.AdjustQuota;
import io.tollbook.kernel.account.Adjusted;
import io.tollbook.kernel.account.LotClass;
import io.tollbook.kernel.account.Money;
import io.tollbook.kernel.account.RequestAdjustment;
import io.tollbook.kernel.user.Role;
import io.tollbook.kernel.user.UserById;
import io.tollbook.kernel.user.UserId;
import io.tollbook.kernel.user.UserProfile;
import io.tollbook.kernel.user.UserStatus;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** What an administrator may say about the quota that is added. */
class AddedQuotaTest {
    private static final Actor AS_ADMIN = Actor.user(new UserId(2), Role.ADMIN, "session", null);

    private final RecordedMessages messages = new RecordedMessages()
            .answer(
                    UserById.class,
                    query -> Optional.of(new UserProfile(
                            query.user(),
                            "ann",
                            "ann",
                            Role.USER,
                            UserStatus.ENABLED,
                            "default",
                            "",
                            Instant.EPOCH,
                            null)));
    private final Api api = new Api(new UserEndpoints(messages, new AbsentSessions() {}, kind -> 101));

    private static String added(String more) {
        return "{\"id\":17,\"action\":\"add_quota\"" + more + "}";
    }

    @ParameterizedTest
    @CsvSource(nullValues = "-", textBlock = """
        # more,                                                            class,        nanos
        ''                                                               , COMPENSATION, -
        ',"lot_class":"promo"'                                           , PROMO,        -
        ',"lot_class":"paid","price_paid":"10.00","currency":"USD"'      , PAID,         10000000000
        ',"price_paid":36.5,"currency":"USD"'                            , PAID,         36500000000
        ',"lot_class":"Subscription","price_paid":20,"currency":"USD"'   , SUBSCRIPTION, 20000000000
        """)
    void whatIsAddedHasAClassAndAPrice(String more, LotClass lotClass, Long nanos) {
        messages.handle((command, actor) ->
                new Adjusted(((RequestAdjustment) command).adjustment().lot(), null));
        api.as(AS_ADMIN)
                .post("/api/user/manage", added(",\"mode\":\"add\",\"value\":5" + more))
                .succeeds();
        AdjustQuota command = ((RequestAdjustment) messages.commands().getLast()).adjustment();
        assertThat(command.lotClass()).isEqualTo(lotClass);
        assertThat(command.pricePaid()).isEqualTo(nanos == null ? null : new Money(nanos, "USD"));
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
        add     , ',"lot_class":"gold"'                                        , The lot_class must be
        add     , ',"price_paid":10'                                           , currency of the price_paid is missing
        add     , ',"currency":"USD"'                                          , price_paid is missing
        add     , ',"price_paid":0.001,"currency":"USD"'                       , at most 2 decimals
        add     , ',"price_paid":-1,"currency":"USD"'                          , above 0
        add     , ',"price_paid":1e100000000,"currency":"USD"'                 , no amount that can be paid
        add     , ',"price_paid":1e-999999999,"currency":"USD"'                , no amount that can be paid
        add     , ',"price_paid":12345678901,"currency":"USD"'                 , no amount that can be paid
        add     , ',"price_paid":9999999999,"currency":"USD"'                  , no amount that can be paid
        add     , ',"price_paid":1,"currency":"XXY"'                           , no currency
        add     , ',"lot_class":"promo","price_paid":1,"currency":"USD"'       , Only paid and subscription quota
        subtract, ',"lot_class":"paid","price_paid":1,"currency":"USD"'        , Only quota that is added
        override, ',"lot_class":"paid"'                                        , Only quota that is added
        """)
    void refusesPricesThatNobodyPaid(String mode, String more, String reason) {
        api.as(AS_ADMIN)
                .post("/api/user/manage", added(",\"mode\":\"" + mode + "\",\"value\":5" + more))
                .fails(200, reason);
        assertThat(messages.sent()).isEmpty();
    }

    @Test
    void saysThatAChangeWaitsForSomebodyElse() {
        messages.handle((command, actor) ->
                new Adjusted(((RequestAdjustment) command).adjustment().lot(), Instant.ofEpochSecond(1_900_000_000)));
        JsonNode answer = api.as(AS_ADMIN)
                .post("/api/user/manage", added(",\"mode\":\"add\",\"value\":5,\"reason\":\"r\""))
                .succeeds()
                .body();
        assertThat(answer.path("data").path("awaits_approval").booleanValue()).isTrue();
        assertThat(answer.path("data").path("expires_at").longValue()).isEqualTo(1_900_000_000);
        assertThat(answer.path("data").path("adjustment").stringValue()).isNotEmpty();
        assertThat(answer.path("message").stringValue()).contains("another administrator has to approve");
        assertThat(messages.sent().getLast().reason()).isEqualTo("r");
    }
}
