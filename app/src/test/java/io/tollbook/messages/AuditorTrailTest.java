package io.tollbook.messages;

import static org.assertj.core.api.Assertions.assertThat;

import io.tollbook.kernel.Actor;
import io.tollbook.kernel.Paging;
import io.tollbook.kernel.access.DataViewed;
import io.tollbook.kernel.access.Personal;
import io.tollbook.kernel.log.LogFilter;
import io.tollbook.kernel.log.LogRowsBefore;
import io.tollbook.kernel.log.UsageLog;
import io.tollbook.kernel.statistics.Dimension;
import io.tollbook.kernel.statistics.UsageOver;
import io.tollbook.kernel.user.Role;
import io.tollbook.kernel.user.UserById;
import io.tollbook.kernel.user.UserId;
import io.tollbook.kernel.user.Users;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import org.junit.jupiter.api.Test;

class AuditorTrailTest {
    private static final Instant NOW = Instant.parse("2030-01-01T12:00:00Z");
    private static final UserId ANN = new UserId(17);
    private static final UserId SELF = new UserId(5);
    private static final Actor AUDITOR = Actor.user(SELF, Role.AUDITOR, "session", null);

    private final AuditorTrail trail = new AuditorTrail();

    private boolean isNoted(Personal question, Actor actor, Instant at) {
        return trail.look(question, actor, at).isPresent();
    }

    private static UsageLog log(LogFilter filter, long offset) {
        return new UsageLog(filter, new Paging(offset, 50));
    }

    @Test
    void aLookSaysWhoseAndHowNarrowedButNoWordsAboutPersons() {
        LogFilter filter =
                LogFilter.of(null).ofUsername("ann").ofModel("gpt-4o").between(NOW, null);
        assertThat(trail.look(log(filter, 0), AUDITOR, NOW).orElseThrow().view())
                .satisfies(view -> {
                    assertThat(view.viewer()).isEqualTo(SELF);
                    assertThat(view.what()).isEqualTo(DataViewed.What.LOG);
                    assertThat(view.exported()).isFalse();
                    assertThat(view.subject()).isNull();
                    assertThat(view.narrowedBy())
                            .containsExactly("from=2030-01-01T12:00:00Z", "model=gpt-4o", "username");
                });
    }

    @Test
    void turningPagesOrFollowingIsTheSameLook() {
        LogFilter filter = LogFilter.of(ANN);
        assertThat(isNoted(log(filter, 0), AUDITOR, NOW)).isTrue();
        assertThat(isNoted(log(filter, 50), AUDITOR, NOW)).isFalse();
        assertThat(isNoted(new LogRowsBefore(filter.between(NOW, null), 9, 50), AUDITOR, NOW))
                .isFalse();
        assertThat(isNoted(log(filter.ofModel("gpt"), 0), AUDITOR, NOW)).isTrue();
        assertThat(isNoted(log(LogFilter.of(new UserId(18)), 0), AUDITOR, NOW)).isTrue();
        assertThat(isNoted(log(LogFilter.of(null), 0), AUDITOR, NOW)).isTrue();
    }

    @Test
    void anHourLaterItIsAnother() {
        UserById profile = new UserById(ANN);
        Instant later = NOW.plus(Duration.ofHours(1));
        assertThat(isNoted(profile, AUDITOR, NOW)).isTrue();
        assertThat(isNoted(profile, AUDITOR, later.minusNanos(1))).isFalse();
        assertThat(isNoted(profile, AUDITOR, later)).isTrue();
        assertThat(isNoted(profile, Actor.user(new UserId(6), Role.AUDITOR, "session", null), later))
                .isTrue();
    }

    @Test
    void onesOwnIsNobodysBusinessAndAdministratorsAreNotFollowed() {
        assertThat(isNoted(log(LogFilter.of(SELF), 0), AUDITOR, NOW)).isFalse();
        for (Role role : new Role[] {Role.USER, Role.ADMIN, Role.ROOT})
            assertThat(isNoted(new UserById(ANN), Actor.user(SELF, role, "session", null), NOW))
                    .isFalse();
        assertThat(isNoted(new Users(null, null, null, null, Paging.first(1)), Actor.SYSTEM, NOW))
                .isFalse();
    }

    @Test
    void sumsOfEverybodyTogetherTellOfNobody() {
        LogFilter all = LogFilter.of(null);
        assertThat(isNoted(UsageOver.whole(all, Set.of(Dimension.MODEL)), AUDITOR, NOW))
                .isFalse();
        assertThat(isNoted(UsageOver.whole(all, Set.of(Dimension.USER)), AUDITOR, NOW))
                .isTrue();
        assertThat(isNoted(UsageOver.whole(all.ofUsername("ann"), Set.of()), AUDITOR, NOW))
                .isTrue();
    }
}
