package io.tollbook.kernel.access;

import io.tollbook.kernel.Event;
import io.tollbook.kernel.EventName;
import io.tollbook.kernel.Refusal;
import java.time.Instant;

/**
 * A client was turned away; nothing was charged. Floods of the same refusal are recorded as one with a count.
 *
 * @param user 0 if the key told nobody
 * @param token 0 if the key told nobody
 * @param count how many alike
 */
@EventName("access.call-refused")
public record CallRefused(
        String request,
        long user,
        long token,
        String model,
        String group,
        Refusal refusal,
        int status,
        long count,
        Instant at)
        implements Event {}
