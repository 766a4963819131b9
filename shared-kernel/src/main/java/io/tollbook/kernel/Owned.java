package io.tollbook.kernel;

import io.tollbook.kernel.user.UserId;

/** A message about things of one user; {@link Caller#OWNER} admits that user only. */
public interface Owned {
    UserId owner();
}
