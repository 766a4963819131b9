package io.tollbook.relay.routing;

import static org.assertj.core.api.Assertions.assertThat;

import io.tollbook.kernel.channel.ChannelId;
import io.tollbook.kernel.channel.ChannelTerms;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TierTest {
    private static final int DRAWS = 100_000;

    private static Target target(long id, int weight) {
        ChannelTerms terms = new ChannelTerms(
                8,
                "channel " + id,
                "https://provider.example",
                List.of("gpt"),
                List.of("default"),
                0,
                weight,
                true,
                "",
                "",
                "",
                Map.of(),
                Map.of());
        return new Target(new ChannelId(id), terms, true, List.of(), List.of());
    }

    private static int[] drawn(Tier tier, java.util.function.Predicate<Target> may) {
        int[] drawn = new int[5];
        for (int i = 0; i < DRAWS; i++)
            drawn[(int) tier.draw(may).orElseThrow().channel().value()]++;
        return drawn;
    }

    /** Within five standard deviations of its share, which chance leaves once in a million runs. */
    private static void isShare(int drawn, double share) {
        double deviation = Math.sqrt(DRAWS * share * (1 - share));
        assertThat((double) drawn).isBetween(DRAWS * share - 5 * deviation, DRAWS * share + 5 * deviation);
    }

    @Test
    void drawsByWeight() {
        Tier tier = new Tier(List.of(target(1, 1), target(2, 0), target(3, 7), target(4, 2)));

        int[] drawn = drawn(tier, target -> true);

        isShare(drawn[1], 0.1);
        assertThat(drawn[2]).isZero();
        isShare(drawn[3], 0.7);
        isShare(drawn[4], 0.2);
    }

    @Test
    void keepsTheSharesOfThoseThatMayBeUsed() {
        Tier tier = new Tier(List.of(target(1, 1), target(2, 3), target(3, 996)));

        int[] drawn = drawn(tier, target -> target.channel().value() != 3);

        isShare(drawn[1], 0.25);
        isShare(drawn[2], 0.75);
    }

    @Test
    void drawsAlikeWhereNobodyHasAWeight() {
        int[] drawn = drawn(new Tier(List.of(target(1, 0), target(2, 0), target(3, 0), target(4, 0))), target -> true);

        for (int channel = 1; channel <= 4; channel++) isShare(drawn[channel], 0.25);
    }

    @Test
    void whoHasNoWeightServesWhereNobodyElseMay() {
        Tier tier = new Tier(List.of(target(1, 5), target(2, 0), target(3, 0)));

        int[] drawn = drawn(tier, target -> target.channel().value() != 1);

        isShare(drawn[2], 0.5);
        assertThat(tier.draw(target -> false)).isEmpty();
    }
}
