package io.tollbook.command.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tollbook.command.ReadableVault;
import io.tollbook.command.Remembered;
import io.tollbook.command.Writer;
import io.tollbook.kernel.Actor;
import io.tollbook.kernel.Refused;
import io.tollbook.kernel.settings.ChangeOptions;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SingletonsTest {
    private static final Instant NOW = Instant.parse("2030-01-01T12:00:00Z");

    @Test
    void aFirstChangeThatIsRefusedDoesNotStandInTheWayOfTheNext() {
        try (Writer writer = new Writer(new ReadableVault())) {
            writer.aggregate(Settings.class);

            assertThatThrownBy(() -> writer.send(new ChangeOptions(Map.of("RetryTimes", "-1"), NOW), Actor.SYSTEM))
                    .isInstanceOf(Refused.class);
            writer.send(new ChangeOptions(Map.of("RetryTimes", "2"), NOW), Actor.SYSTEM);
            writer.send(new ChangeOptions(Map.of("RetryTimes", "3"), NOW), Actor.SYSTEM);

            assertThat(writer.stream("settings")).hasSize(2);
        }
    }

    @Test
    void manyChangesAreNotReadAgainForTheNext() {
        Remembered.check(
                Settings.class,
                ChangeOptions.SITE,
                i -> new ChangeOptions(
                        Map.of("tollbook.second_person_above", Integer.toString(1_000 + i), "SMTPToken", "secret " + i),
                        NOW));
    }

    @Test
    void aFirstChangeThatChangesNothingIsNoFault() {
        try (Writer writer = new Writer(new ReadableVault())) {
            writer.aggregate(Settings.class);

            writer.send(new ChangeOptions(Map.of("SMTPToken", ""), NOW), Actor.SYSTEM);
            writer.send(new ChangeOptions(Map.of("RetryTimes", "2"), NOW), Actor.SYSTEM);

            assertThat(writer.stream("settings")).hasSize(1);
        }
    }
}
