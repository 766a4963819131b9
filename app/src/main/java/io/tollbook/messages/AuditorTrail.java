package io.tollbook.messages;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.tollbook.kernel.Actor;
import io.tollbook.kernel.access.DataViewed;
import io.tollbook.kernel.access.Personal;
import io.tollbook.kernel.access.RecordView;
import io.tollbook.kernel.user.UserId;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/**
 * Which looks of auditors are to be remembered: the first at each list or person within an hour. Turning its pages or following it
 * live is the same look. It is remembered before the data is shown, so nothing is seen without a trace.
 */
final class AuditorTrail {
    private static final Duration LOOK = Duration.ofHours(1);
    private static final int LOOKS_MAX = 10_000; // × 200 bytes = 2 MB; one that is dropped early is remembered twice.

    private record Look(UserId viewer, DataViewed.What what, Object at) {}

    private final Cache<Look, Instant> lately =
            Caffeine.newBuilder().maximumSize(LOOKS_MAX).build();

    Optional<RecordView> look(Personal question, Actor actor, Instant now) {
        Optional<DataViewed> view = DataViewed.of(question, false, actor, now);
        return view.filter(seen -> isNew(
                        new Look(seen.viewer(), seen.what(), Objects.requireNonNullElse(question.look(), "all")), now))
                .map(RecordView::new);
    }

    private boolean isNew(Look look, Instant now) {
        Instant before = lately.getIfPresent(look);
        if (before != null && before.plus(LOOK).isAfter(now)) return false;
        lately.put(look, now);
        return true;
    }
}
