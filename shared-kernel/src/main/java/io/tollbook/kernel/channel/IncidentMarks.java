package io.tollbook.kernel.channel;

import io.tollbook.kernel.user.UserId;

/** Up to which incident each administrator has read. */
public interface IncidentMarks {
    /** The position of the last one read; 0 if none was. */
    long read(UserId user);

    /** Never goes back. */
    void mark(UserId user, long position);
}
