package io.tollbook.query.channel;

import static io.tollbook.query.TestSystem.ask;
import static io.tollbook.query.TestSystem.publish;
import static org.assertj.core.api.Assertions.assertThat;

import io.tollbook.kernel.Paging;
import io.tollbook.kernel.account.Quota;
import io.tollbook.kernel.channel.ChannelById;
import io.tollbook.kernel.channel.ChannelChanged;
import io.tollbook.kernel.channel.ChannelDeleted;
import io.tollbook.kernel.channel.ChannelDisabled;
import io.tollbook.kernel.channel.ChannelEnabled;
import io.tollbook.kernel.channel.ChannelId;
import io.tollbook.kernel.channel.ChannelStatus;
import io.tollbook.kernel.channel.ChannelSummary;
import io.tollbook.kernel.channel.ChannelTested;
import io.tollbook.kernel.channel.Channels;
import io.tollbook.kernel.channel.Route;
import io.tollbook.kernel.channel.Routes;
import io.tollbook.query.OpenVault;
import io.tollbook.query.TestSystem;
import io.tollbook.query.World;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ChannelProjectionTest {
    private final long id = TestSystem.number();
    private final ChannelId channel = new ChannelId(id);

    private ChannelSummary summary() {
        return ask(new ChannelById(channel)).orElseThrow();
    }

    private static List<ChannelId> found(@Nullable String keyword, @Nullable String model, @Nullable Boolean enabled) {
        return ask(new Channels(keyword, model, null, enabled, null, Channels.Order.PRIORITY, true, Paging.first(100)))
                .items()
                .stream()
                .map(ChannelSummary::id)
                .toList();
    }

    private Route route() {
        return ask(new Routes()).stream()
                .filter(route -> route.channel().equals(channel))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void aChannelIsWhatItsEventsSay() {
        publish(World.channel(id, "main" + id, "m" + id));
        assertThat(summary())
                .isEqualTo(new ChannelSummary(
                        channel,
                        World.channelTerms("main" + id, "m" + id),
                        ChannelStatus.ENABLED,
                        "",
                        Quota.ZERO,
                        World.BORN,
                        null,
                        false,
                        0));
        Instant tested = Instant.parse("2026-06-01T00:00:00Z");
        publish(
                new ChannelChanged(channel, World.channelTerms("renamed" + id, "n" + id), null),
                new ChannelDisabled(channel, true, "401 from upstream"),
                new ChannelTested(channel, "n" + id, true, "", 812, tested));
        assertThat(summary().status()).isEqualTo(ChannelStatus.DISABLED_AUTOMATICALLY);
        assertThat(summary().statusReason()).isEqualTo("401 from upstream");
        assertThat(summary().terms()).isEqualTo(World.channelTerms("renamed" + id, "n" + id));
        assertThat(summary().testedAt()).isEqualTo(tested);
        assertThat(summary().testMillis()).isEqualTo(812);
        publish(new ChannelEnabled(channel));
        assertThat(summary().status()).isEqualTo(ChannelStatus.ENABLED);
        assertThat(summary().statusReason()).isEmpty();
    }

    @Test
    void routesCarryTheNewestKey() {
        publish(World.channel(id, "key" + id, "m"));
        assertThat(route().key()).isEqualTo(OpenVault.sealed("channel-" + id, "sk-upstream"));
        publish(new ChannelChanged(
                channel, World.channelTerms("key" + id, "m"), OpenVault.sealed("channel-" + id, "sk-new")));
        assertThat(route().key()).isEqualTo(OpenVault.sealed("channel-" + id, "sk-new"));
        publish(new ChannelDisabled(channel, false, ""));
        assertThat(route().status()).isEqualTo(ChannelStatus.DISABLED_BY_HAND);
    }

    @Test
    void channelsAreFoundByEachFilter() {
        publish(World.channel(id, "find" + id, "model" + id, "gpt-4o"));
        assertThat(found("FIND" + id, null, null)).containsExactly(channel);
        assertThat(found(Long.toString(id), null, null)).contains(channel);
        assertThat(found(null, "model" + id, true)).containsExactly(channel);
        assertThat(found(null, "model" + id, false)).isEmpty();
        assertThat(found(null, "odel" + id, null)).isEmpty();
    }

    @Test
    void aDeletedChannelAnswersNothing() {
        publish(World.channel(id, "gone" + id, "m"));
        publish(new ChannelDeleted(channel));
        assertThat(ask(new ChannelById(channel))).isEmpty();
        assertThat(found("gone" + id, null, null)).isEmpty();
        assertThat(ask(new Routes())).extracting(Route::channel).doesNotContain(channel);
    }
}
