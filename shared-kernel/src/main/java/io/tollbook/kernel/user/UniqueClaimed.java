package io.tollbook.kernel.user;

import io.tollbook.kernel.EventName;

/**
 * Something that only one user can have is theirs for ever: a username, or being root.
 *
 * @param claim {@code username-} and the fingerprint of the canonical name, or {@code root}; also the stream's name
 */
@EventName("user.unique-claimed")
public record UniqueClaimed(String claim, UserId user) implements UserEvent {}
