package io.tollbook.command.settings;

import static org.assertj.core.api.Assertions.assertThat;

import io.tollbook.command.RecordedMessages;
import io.tollbook.command.api.Api;
import io.tollbook.command.pricing.SeedPrices;
import io.tollbook.kernel.Actor;
import io.tollbook.kernel.Messages;
import io.tollbook.kernel.Refused;
import io.tollbook.kernel.pricing.PriceOutlook;
import io.tollbook.kernel.pricing.PriceSchedule;
import io.tollbook.kernel.pricing.PublishPrices;
import io.tollbook.kernel.settings.ChangeOptions;
import io.tollbook.kernel.user.Role;
import io.tollbook.kernel.user.UserId;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;

class OptionEndpointsTest {
    private static final Actor ROOT = Actor.user(new UserId(1), Role.ROOT, "session", null);
    private static final Actor ADMIN = Actor.user(new UserId(2), Role.ADMIN, "session", null);

    private final RecordedMessages messages =
            new RecordedMessages().answer(PriceOutlook.class, query -> new PriceSchedule(null, List.of(), 0));
    private final Api api = new Api(endpoints()).as(ROOT);

    private OptionEndpoints endpoints() {
        var context = new AnnotationConfigApplicationContext();
        context.registerBean(Messages.class, () -> messages);
        context.register(io.tollbook.command.pricing.PriceOptions.class, OptionEndpoints.class);
        context.refresh();
        return context.getBean(OptionEndpoints.class);
    }

    private Map<String, String> stored() {
        return ((ChangeOptions) messages.commands().getLast()).values();
    }

    @Test
    void storesTextsSwitchesNumbersAndJson() {
        api.put("/api/option/", "{\"key\":\"Notice\",\"value\":\"hello\"}").succeeds();
        assertThat(stored()).isEqualTo(Map.of("Notice", "hello"));
        api.put("/api/option/", "{\"key\":\"RegisterEnabled\",\"value\":false}").succeeds();
        assertThat(stored()).isEqualTo(Map.of("RegisterEnabled", "false"));
        api.put("/api/option", "{\"key\":\"RetryTimes\",\"value\":3}").succeeds();
        assertThat(stored()).isEqualTo(Map.of("RetryTimes", "3"));
        api.put("/api/option/", "{\"key\":\"Chats\",\"value\":[{\"a\":1}]}").succeeds();
        assertThat(stored()).isEqualTo(Map.of("Chats", "[{\"a\":1}]"));
    }

    @Test
    void priceMapsArePublished() {
        api.put("/api/option/", "{\"key\":\"ModelRatio\",\"value\":\"{\\\"mine\\\":1.5}\"}")
                .succeeds();
        assertThat(((PublishPrices) messages.commands().getLast()).document().models())
                .containsOnlyKeys("mine");
        api.put("/api/option/", "{\"key\":\"ModelRatio\",\"value\":\"{\"}").fails(200, "ModelRatio");
        api.put("/api/option/", "{\"key\":\"GroupRatio\",\"value\":\"{\\\"vip\\\":-1}\"}")
                .fails(200, "vip");
    }

    @Test
    void theFirstPricesComeBackOnDemand() {
        api.post("/api/option/rest_model_ratio", "").succeeds();
        assertThat(((PublishPrices) messages.commands().getLast()).document().models())
                .isEqualTo(SeedPrices.document().models());
    }

    @Test
    void refusesWhatIsIncomplete() {
        api.put("/api/option/", "{\"value\":\"x\"}").fails(200, "key and a value");
        api.put("/api/option/", "{\"key\":\"x\"}").fails(200, "key and a value");
        api.put("/api/option/", "{\"key\":\"x\",\"value\":null}").fails(200, "key and a value");
        api.put("/api/option/", "null").fails(400, "JSON");
    }

    @Test
    void isForRootAlone() {
        for (String key : new String[] {"Notice", "ModelRatio"}) {
            api.as(ADMIN)
                    .put("/api/option/", "{\"key\":\"" + key + "\",\"value\":\"{}\"}")
                    .fails(200, "may not");
            api.as(null)
                    .put("/api/option/", "{\"key\":\"" + key + "\",\"value\":\"{}\"}")
                    .fails(401, "sign in");
        }
        api.as(ADMIN).post("/api/option/rest_model_ratio", "").fails(200, "may not");
        assertThat(messages.sent()).isEmpty();
    }

    @Test
    void aRefusalIsPassedOn() {
        messages.handle((command, actor) -> {
            throw Refused.invalid("RetryTimes must be a whole number between 0 and 10.");
        });
        api.put("/api/option/", "{\"key\":\"RetryTimes\",\"value\":-1}").fails(200, "RetryTimes");
    }
}
