package io.tollbook.kernel.user;

import io.tollbook.kernel.Event;
import io.tollbook.kernel.EventName;

/**
 * A username belongs to a user from now on; nobody else can ever have it.
 *
 * @param fingerprint the keyed HMAC of the canonical name
 */
@EventName("user.username-claimed")
public record UsernameClaimed(String fingerprint, UserId user) implements Event {}
