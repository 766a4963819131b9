package io.tollbook.query.channel;

import static io.tollbook.query.TestSystem.ask;
import static io.tollbook.query.TestSystem.publish;
import static org.assertj.core.api.Assertions.assertThat;

import io.tollbook.kernel.channel.ChannelBalance;
import io.tollbook.kernel.channel.ChannelBalanceTold;
import io.tollbook.kernel.channel.ChannelById;
import io.tollbook.kernel.channel.ChannelDeleted;
import io.tollbook.kernel.channel.ChannelDisabled;
import io.tollbook.kernel.channel.ChannelEnabled;
import io.tollbook.kernel.channel.ChannelId;
import io.tollbook.kernel.channel.ChannelIncident;
import io.tollbook.kernel.channel.ChannelIncidents;
import io.tollbook.kernel.channel.ChannelKeyDisabled;
import io.tollbook.kernel.channel.ChannelKeyEnabled;
import io.tollbook.kernel.channel.ChannelModelsCompared;
import io.tollbook.kernel.channel.ChannelOutage;
import io.tollbook.kernel.channel.ChannelSummary;
import io.tollbook.kernel.channel.ChannelUpstream;
import io.tollbook.kernel.channel.ChannelUpstreams;
import io.tollbook.kernel.channel.KeyPrint;
import io.tollbook.kernel.channel.ModelDifference;
import io.tollbook.query.TestSystem;
import io.tollbook.query.World;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is known of a channel that nobody typed in: what its provider tells, and what has happened to it by itself. */
class ChannelUpkeepTest {
    private static final Instant NOON = Instant.parse("2026-06-01T12:00:00Z");
    private static final KeyPrint KEY = new KeyPrint("0123456789abcdef".repeat(2));

    private final long id = TestSystem.number();
    private final ChannelId channel = new ChannelId(id);

    @BeforeEach
    void thereIsAChannel() {
        publish(World.channel(id, "upkeep" + id, "m"));
    }

    private List<ChannelUpstream> upstream() {
        return ask(new ChannelUpstreams(List.of(channel)));
    }

    private List<String> incidents() {
        return ask(new ChannelIncidents(ChannelIncidents.KEPT)).stream()
                .filter(one -> one.channel().equals(channel))
                .map(one -> one.kind() + " " + one.key() + " " + one.why())
                .toList();
    }

    @Test
    void aBalanceIsTheLastOneToldToTheLastDigit() {
        assertThat(upstream()).isEmpty();
        publish(
                new ChannelBalanceTold(channel, new BigDecimal("7"), "USD", NOON),
                new ChannelBalanceTold(channel, new BigDecimal("-3.000000000000000001"), "CNY", NOON.plusSeconds(1)));

        ChannelBalance balance = new ChannelBalance(new BigDecimal("-3.000000000000000001"), "CNY");
        assertThat(upstream())
                .containsExactly(
                        new ChannelUpstream(channel, balance, NOON.plusSeconds(1), ModelDifference.NONE, null));
        ChannelSummary summary = ask(new ChannelById(channel)).orElseThrow();
        assertThat(summary.balance()).isEqualTo(balance);
        assertThat(summary.balanceAt()).isEqualTo(NOON.plusSeconds(1));
    }

    @Test
    void aDifferenceOfModelsIsTheLastOneFound() {
        publish(
                new ChannelModelsCompared(channel, List.of("a", "b"), List.of("c"), NOON),
                new ChannelModelsCompared(channel, List.of("b"), List.of(), NOON.plusSeconds(1)),
                new ChannelBalanceTold(channel, BigDecimal.ONE, "USD", NOON));
        assertThat(upstream())
                .extracting(ChannelUpstream::difference)
                .containsExactly(new ModelDifference(List.of("b"), List.of()));
        publish(new ChannelDeleted(channel));
        assertThat(upstream()).isEmpty();
    }

    @Test
    void whatHappensByItselfIsAnIncidentTheNewestFirst() {
        publish(
                new ChannelKeyDisabled(channel, KEY, true, "401", NOON),
                new ChannelDisabled(channel, true, "All keys are disabled"),
                new ChannelKeyEnabled(channel, KEY, NOON),
                new ChannelEnabled(channel),
                new ChannelOutage(channel, "n1", true, "9 of 10", NOON),
                new ChannelOutage(channel, "n1", false, "went well", NOON));
        assertThat(incidents())
                .containsExactly(
                        "BACK null went well",
                        "OUT null 9 of 10",
                        "ENABLED null a test went well",
                        "KEY_ENABLED 01234567 a test went well",
                        "DISABLED null All keys are disabled",
                        "KEY_DISABLED 01234567 401");
        assertThat(ask(new ChannelIncidents(1)))
                .extracting(ChannelIncident::name)
                .hasSize(1);
        publish(new ChannelDeleted(channel));
        assertThat(incidents()).isEmpty();
    }

    @Test
    void whatAPersonDoesIsNone() {
        Map<String, String> person = Map.of("actor", "2");
        publish(
                person,
                new ChannelKeyDisabled(channel, KEY, false, "by hand", NOON),
                new ChannelDisabled(channel, true, "All keys are disabled"),
                new ChannelKeyEnabled(channel, KEY, NOON),
                new ChannelEnabled(channel),
                new ChannelDisabled(channel, false, "by hand"));
        assertThat(incidents()).isEmpty();
    }

    @Test
    void onlyTheNewestAreKept() {
        Object[] many = new Object[ChannelIncidents.KEPT + 3];
        for (int i = 0; i < many.length; i++) many[i] = new ChannelOutage(channel, "n1", true, "no " + i, NOON);
        publish(many);
        assertThat(ask(new ChannelIncidents(ChannelIncidents.KEPT)))
                .hasSize(ChannelIncidents.KEPT)
                .first()
                .extracting(ChannelIncident::why)
                .isEqualTo("no " + (many.length - 1));
        assertThat(incidents()).doesNotContain("OUT null no 2").contains("OUT null no 3");
    }
}
