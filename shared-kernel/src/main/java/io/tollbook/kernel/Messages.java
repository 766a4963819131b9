package io.tollbook.kernel;

import org.jspecify.annotations.Nullable;

/** The one door between the sides: a page or an endpoint sends commands and asks queries, and knows nothing else. */
public interface Messages {
    /**
     * Sends a command and returns once the change is durable and the read models have it, so that whoever sent it sees
     * it in the next query.
     *
     * @param reason why, in the sender's words; stored with the event
     * @throws Refused when a rule says no
     */
    <R extends @Nullable Object> R send(Command<R> command, Actor actor, @Nullable String reason);

    default <R extends @Nullable Object> R send(Command<R> command, Actor actor) {
        return send(command, actor, null);
    }

    /** @throws Refused when the actor may not ask this, or what is asked for does not exist */
    <R extends @Nullable Object> R ask(Query<R> query, Actor actor);
}
