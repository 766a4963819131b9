package io.tollbook.kernel;

import io.tollbook.kernel.user.UserId;
import org.jspecify.annotations.Nullable;

/** A message about things of one user; {@link Caller#OWNER} admits that user only. */
public interface Owned {
    /** Null for what is nobody's own, so that no owner may ask. */
    @Nullable
    UserId owner();
}
