package io.tollbook.relay.directory;

import static org.assertj.core.api.Assertions.assertThat;

import io.tollbook.kernel.Actor;
import io.tollbook.kernel.Command;
import io.tollbook.kernel.Messages;
import io.tollbook.kernel.Query;
import io.tollbook.kernel.pricing.PriceDocument;
import io.tollbook.kernel.pricing.PriceSchedule;
import io.tollbook.kernel.pricing.PriceVersion;
import io.tollbook.kernel.pricing.Rounding;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class PricesTest {
    /** Long after any clock of a test. */
    private static final Instant SOON = Instant.parse("2130-01-01T00:00:00Z");

    private static PriceVersion version(long number, @Nullable Instant from) {
        PriceDocument document = new PriceDocument(Map.of(), Map.of(), Map.of(), Rounding.UP, 1);
        return new PriceVersion(number, document.from(from), "", "", Instant.EPOCH);
    }

    private static Prices prices(PriceSchedule schedule) {
        Messages messages = new Messages() {
            @Override
            @SuppressWarnings("unchecked")
            public <R extends @Nullable Object> R ask(Query<R> query, Actor actor) {
                return (R) schedule;
            }

            @Override
            public <R extends @Nullable Object> R send(Command<R> command, Actor actor, @Nullable String reason) {
                throw new AssertionError(command);
            }
        };
        return new Prices(messages, listener -> {});
    }

    @Test
    void theMomentOfTheCallChoosesTheVersionAndNotTheClock() {
        Prices prices = prices(new PriceSchedule(version(1, null), List.of(version(2, SOON)), 2));
        assertThat(prices.inForce().version()).isEqualTo(1);
        assertThat(prices.inForce(SOON.minusNanos(1)).version()).isEqualTo(1);
        assertThat(prices.inForce(SOON).version()).isEqualTo(2);
    }

    @Test
    void beforeTheFirstVersionNothingHasAPrice() {
        assertThat(prices(new PriceSchedule(null, List.of(), 0))
                        .inForce(SOON)
                        .document()
                        .models())
                .isEmpty();
    }
}
