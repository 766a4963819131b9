package io.tollbook.console.log;

import static org.assertj.core.api.Assertions.assertThat;

import com.vaadin.flow.router.Location;
import io.tollbook.kernel.channel.ChannelId;
import io.tollbook.kernel.log.LogFilter;
import io.tollbook.kernel.log.LogKind;
import io.tollbook.kernel.log.Others;
import io.tollbook.kernel.token.TokenId;
import io.tollbook.kernel.user.UserId;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a figure's link says is what the log understands. */
class LogAddressTest {
    private static final UserId ME = new UserId(7);

    private static LogFilter understood(LogAddress address, boolean everybody) {
        LogFilters filters = new LogFilters(everybody);
        filters.read(new Location(address.toString()));
        return filters.filter(everybody ? null : ME, Instant.now());
    }

    /** The clock shows the first two twice, a field could not tell which. */
    @ParameterizedTest
    @ValueSource(strings = {"2027-10-31T00:30:00Z", "2027-10-31T01:30:00Z", "2027-03-28T01:00:00.000001Z"})
    void aRangeArrivesToTheMicrosecondWhateverTheClockShows(Instant moment) {
        LogFilter filter = understood(LogAddress.charges().between(moment, moment.plusSeconds(3_600)), true);
        assertThat(filter.kind()).isEqualTo(LogKind.CONSUME);
        assertThat(filter.from()).isEqualTo(moment);
        assertThat(filter.to()).isEqualTo(moment.plusSeconds(3_600).minusNanos(1_000));
    }

    @Test
    void namesArriveAsTheyAre() {
        LogFilter filter = understood(
                LogAddress.charges()
                        .with(LogAddress.user(3, "ann & bob"))
                        .with(LogAddress.group("a=b, c"))
                        .with(LogAddress.model("org/model:1+2"))
                        .with(LogAddress.key(12))
                        .with(LogAddress.channel(5)),
                true);
        assertThat(filter.username()).isEqualTo("ann & bob");
        assertThat(filter.group()).isEqualTo("a=b, c");
        assertThat(filter.model()).isEqualTo("org/model:1+2");
        assertThat(filter.token()).isEqualTo(new TokenId(12));
        assertThat(filter.channel()).isEqualTo(new ChannelId(5));
        assertThat(filter.without()).isEqualTo(Others.NOTHING);
    }

    @Test
    void whoHasNoNameOrOneLikeAPatternIsFoundByNumber() {
        for (String name : List.of("", "100%"))
            assertThat(understood(LogAddress.charges().with(LogAddress.user(3, name)), true)
                            .user())
                    .isEqualTo(new UserId(3));
    }

    @Test
    void theRestLeavesOutWhatIsNamed() {
        LogFilter filter = understood(
                LogAddress.charges()
                        .with(LogAddress.withoutUsers(List.of("3", "4")))
                        .with(LogAddress.withoutKeys(List.of("5")))
                        .with(LogAddress.withoutChannels(List.of("6")))
                        .with(LogAddress.withoutModels(List.of("a,b", "c d")))
                        .with(LogAddress.withoutGroups(List.of("vip"))),
                true);
        assertThat(filter.without())
                .isEqualTo(new Others(Set.of(3L, 4L), Set.of(5L), Set.of(6L), Set.of("a,b", "c d"), Set.of("vip")));
    }

    @Test
    void theNarrowerOfTwoFiltersCounts() {
        LogAddress wide = LogAddress.charges().with(Map.of("model", "gpt%")).between(Instant.EPOCH, null);
        LogFilter filter = understood(
                wide.with(LogAddress.model("gpt-4o"))
                        .between(Instant.EPOCH.plusSeconds(9), Instant.EPOCH.plusSeconds(10)),
                true);
        assertThat(filter.model()).isEqualTo("gpt-4o");
        assertThat(filter.from()).isEqualTo(Instant.EPOCH.plusSeconds(9));
    }

    @Test
    void aUserReachesNobodyElsesRowsAndNoChannel() {
        LogFilter filter = understood(
                LogAddress.charges()
                        .with(Map.of(
                                "user-id", "3", "user", "ann", "channel", "5", "not-channel", "6", "not-user-id", "8")),
                false);
        assertThat(filter.user()).isEqualTo(ME);
        assertThat(filter.username()).isNull();
        assertThat(filter.asksForChannels()).isFalse();
        assertThat(filter.without()).isEqualTo(Others.NOTHING);
    }

    @Test
    void whatIsNoSuchValueNarrowsNothing() {
        LogFilter filter = understood(
                LogAddress.charges().with(Map.of("since", "yesterday", "key-id", "-4", "not-user-id", "x")), true);
        assertThat(filter).isEqualTo(LogFilter.of(null).ofKind(LogKind.CONSUME));
    }
}
