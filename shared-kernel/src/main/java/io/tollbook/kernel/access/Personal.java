package io.tollbook.kernel.access;

import io.tollbook.kernel.user.UserId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A question whose answer tells of persons. An auditor who asks it about anybody else leaves an event. */
public interface Personal {
    DataViewed.What what();

    /** Whose data; null for everybody's. */
    @Nullable
    UserId subject();

    /** Whether it tells of persons as it is asked: sums of all of them together do not. */
    default boolean isPersonal() {
        return true;
    }

    /** What it is narrowed by. Of words that may tell of a person only that they were given. */
    default List<String> narrowedBy() {
        return List.of();
    }

    /** Equal for all pages of one list: turning them is one look. */
    default @Nullable Object look() {
        return subject();
    }
}
