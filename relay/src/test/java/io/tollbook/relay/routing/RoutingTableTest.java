package io.tollbook.relay.routing;

import static org.assertj.core.api.Assertions.assertThat;

import io.tollbook.kernel.channel.ChannelId;
import io.tollbook.kernel.channel.ChannelTerms;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RoutingTableTest {
    @Test
    void takesTheBestTierThatHasAChannelLeft() {
        RoutingTable table = new RoutingTable(List.of(target(1, 0, 1, true), target(2, 10, 1, true)));

        assertThat(table.choose(Wanted.of("default", "gpt"), target -> true))
                .map(Target::channel)
                .contains(new ChannelId(2));
        assertThat(table.choose(
                        Wanted.of("default", "gpt"), target -> !target.channel().equals(new ChannelId(2))))
                .map(Target::channel)
                .contains(new ChannelId(1));
        assertThat(table.choose(Wanted.of("default", "gpt"), target -> false)).isEmpty();
    }

    @Test
    void choosesByWeightWithinATier() {
        RoutingTable table =
                new RoutingTable(List.of(target(1, 0, 1, true), target(2, 0, 3, true), target(3, 0, 0, true)));
        Map<Long, Integer> chosen = new HashMap<>();
        for (int i = 0; i < 40_000; i++)
            chosen.merge(
                    table.choose(Wanted.of("default", "gpt"), target -> true)
                            .orElseThrow()
                            .channel()
                            .value(),
                    1,
                    Integer::sum);

        // 10,000 and 30,000, with seven standard deviations of room.
        assertThat(chosen.get(1L)).isBetween(9_400, 10_600);
        assertThat(chosen.get(2L)).isBetween(29_400, 30_600);
        assertThat(chosen).doesNotContainKey(3L);
    }

    @Test
    void sharesAlikeWhereNobodyHasAWeight() {
        RoutingTable table = new RoutingTable(List.of(target(1, 0, 0, true), target(2, 0, 0, true)));
        Map<Long, Integer> chosen = new HashMap<>();
        for (int i = 0; i < 10_000; i++)
            chosen.merge(
                    table.choose(Wanted.of("default", "gpt"), target -> true)
                            .orElseThrow()
                            .channel()
                            .value(),
                    1,
                    Integer::sum);

        assertThat(chosen.values()).allMatch(count -> count > 4_600);
    }

    @Test
    void leavesDisabledChannelsOutButKnowsTheirModels() {
        RoutingTable table = new RoutingTable(List.of(target(1, 0, 1, false)));

        assertThat(table.choose(Wanted.of("default", "gpt"), target -> true)).isEmpty();
        assertThat(table.knows("gpt")).isTrue();
        assertThat(table.knows("other")).isFalse();
        assertThat(table.models("default")).isEmpty();
    }

    @Test
    void servesOnlyTheGroupsOfAChannel() {
        RoutingTable table = new RoutingTable(List.of(target(1, 0, 1, true)));

        assertThat(table.choose(Wanted.of("vip", "gpt"), target -> true)).isEmpty();
        assertThat(table.models("default")).containsExactly("gpt");
    }

    private static Target target(long id, long priority, int weight, boolean enabled) {
        ChannelTerms terms = new ChannelTerms(
                1,
                "c" + id,
                "https://a.example",
                List.of("gpt"),
                List.of("default"),
                priority,
                weight,
                true,
                "",
                "",
                "",
                Map.of(),
                Map.of());
        return new Target(new ChannelId(id), terms, enabled, List.of(), List.of());
    }
}
