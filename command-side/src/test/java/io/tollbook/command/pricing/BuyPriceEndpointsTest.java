package io.tollbook.command.pricing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tollbook.command.RecordedMessages;
import io.tollbook.kernel.Actor;
import io.tollbook.kernel.Refusal;
import io.tollbook.kernel.Refused;
import io.tollbook.kernel.pricing.BuyPrice;
import io.tollbook.kernel.pricing.BuyPriceOutlook;
import io.tollbook.kernel.pricing.BuyPriceSchedule;
import io.tollbook.kernel.pricing.BuyScope;
import io.tollbook.kernel.pricing.PublishBuyPrices;
import io.tollbook.kernel.user.Role;
import io.tollbook.kernel.user.UserId;
import java.math.BigDecimal;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BuyPriceEndpointsTest {
    private final RecordedMessages messages =
            new RecordedMessages().answer(BuyPriceOutlook.class, query -> new BuyPriceSchedule(null, List.of(), 4));
    private final BuyPriceEndpoints endpoints = new BuyPriceEndpoints(messages);

    private static Actor as(Role role) {
        return Actor.user(new UserId(1), role, "session", null);
    }

    private void put(String body) {
        endpoints.publish(body, as(Role.ROOT));
    }

    @Test
    void publishesADocumentExactly() {
        put("""
                {"newest":4,"note":"contract","document":{"prices":[
                  {"scope":{"kind":"ALL","of":""},"model":"*","factor":0.6000000001},
                  {"scope":{"kind":"CHANNEL","of":"7"},"model":"gpt-4o","price":{"inputRatio":1.25,"completionRatio":4,
                   "cacheReadRatio":0.5,"cacheWriteRatio":1.25,"cacheWriteHourRatio":2}}]}}
                """);

        PublishBuyPrices sent = (PublishBuyPrices) messages.commands().getLast();
        assertThat(sent.basedOn()).isEqualTo(4);
        assertThat(sent.note()).isEqualTo("contract");
        assertThat(sent.document().prices())
                .contains(BuyPrice.of(BuyScope.ALL, "*", new BigDecimal("0.6000000001")))
                .hasSize(2);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            []                                                                       | must be a JSON object
            {"document":{}}                                                          | newest
            {"newest":4}                                                             | document
            {"newest":4,"note":1,"document":{}}                                      | note
            {"newest":4,"document":{"price":[]}}                                     | document.price
            {"newest":4,"document":{"prices":[{"scope":{"kind":"NO","of":""}}]}}     | document.prices[0].scope.kind
            {"newest":4,"document":{"prices":[{"scope":{"kind":"CHANNEL","of":"x"}}]}} | document.prices[0].scope
            {"newest":4,"document":{"prices":[{"scope":{"kind":"ALL","of":""},"model":"*","factor":"much"}]}} | document.prices[0].factor
            """)
    void refusesWhatCannotBeAndSaysWhere(String body, String where) {
        assertThatThrownBy(() -> put(body)).isInstanceOf(Refused.class).hasMessageContaining(where);
        assertThat(messages.commands()).isEmpty();
    }

    @Test
    void anotherVersionMeanwhileIsSaid() {
        assertThatThrownBy(() -> put("{\"newest\":3,\"document\":{}}"))
                .isInstanceOfSatisfying(
                        Refused.class, refused -> assertThat(refused.refusal()).isEqualTo(Refusal.PRICE_CHANGED));
    }

    @Test
    void isForRootAlone() {
        for (Role role : List.of(Role.USER, Role.AUDITOR, Role.ADMIN))
            assertThatThrownBy(() -> endpoints.publish("{}", as(role)))
                    .isInstanceOfSatisfying(
                            Refused.class,
                            refused -> assertThat(refused.refusal()).isEqualTo(Refusal.NOT_PERMITTED));
    }
}
