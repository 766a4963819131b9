package io.tollbook.kernel.access;

import io.tollbook.kernel.Actor;
import io.tollbook.kernel.Caller;
import io.tollbook.kernel.Event;
import io.tollbook.kernel.EventName;
import io.tollbook.kernel.user.UserId;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * An auditor looked at data of somebody else. It says whose, and nothing of what was seen.
 *
 * @param viewer the auditor
 * @param exported whether it left as a file
 * @param subject whose; null for everybody's
 * @param narrowedBy how the list was narrowed at the first look
 */
@EventName("access.data-viewed")
public record DataViewed(
        UserId viewer,
        What what,
        boolean exported,
        @Nullable UserId subject,
        List<String> narrowedBy,
        Instant at) implements Event {
    public enum What {
        LOG,
        RECEIPT,
        STATISTICS,
        BOOK,
        LOTS,
        LEDGER,
        KEYS,
        USER,
        USERS,
        HOLDS,
        UNRESOLVED_CALLS,
        QUARANTINED_CALLS
    }

    public DataViewed {
        narrowedBy = List.copyOf(narrowedBy);
    }

    /** What a look is to be remembered by; empty for whoever is no auditor, and for one's own data. */
    public static Optional<DataViewed> of(Personal question, boolean exported, Actor actor, Instant at) {
        UserId viewer = actor.user();
        if (actor.kind() != Caller.AUDITOR || viewer == null || !question.isPersonal()) return Optional.empty();
        UserId subject = question.subject();
        if (Objects.equals(subject, viewer)) return Optional.empty();
        return Optional.of(new DataViewed(viewer, question.what(), exported, subject, question.narrowedBy(), at));
    }
}
