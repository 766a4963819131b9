package io.tollbook.query.log;

import io.tollbook.kernel.log.LogOperation;
import io.tollbook.kernel.user.Role;
import io.tollbook.query.readmodel.Json;
import java.util.Map;
import org.axonframework.eventhandling.EventMessage;
import org.jspecify.annotations.Nullable;

/**
 * An act in words that no language owns, and who did it.
 *
 * @param action as the management API names it: {@code user.quota_add}
 * @param actor 0 if nobody was signed in
 * @param role of the actor then; empty if nobody was signed in
 * @param authentication how they had proved who they are
 */
record Operation(String action, Map<String, Object> params, long actor, String role, String authentication) {
    static Operation of(String action, Map<String, Object> params) {
        return new Operation(action, params, 0, "", "");
    }

    /** With whoever the event's metadata names, as JSON. */
    String json(EventMessage<?> message) {
        long who = actor(message);
        if (who == 0) return Json.write(this);
        return Json.write(new Operation(action, params, who, text(message, "role"), text(message, "authentication")));
    }

    /** By an actor who is known from elsewhere. */
    Operation by(long user) {
        return new Operation(action, params, user, role, authentication);
    }

    /** As it is asked for, with the actor's name among these. */
    LogOperation named(Map<Long, String> names) {
        return new LogOperation(
                action,
                Json.write(params),
                actor,
                names.getOrDefault(actor, ""),
                role.isEmpty() ? 0 : Role.valueOf(role).number(),
                authentication);
    }

    static long actor(EventMessage<?> message) {
        String actor = text(message, "actor");
        return actor.isEmpty() ? 0 : Long.parseLong(actor);
    }

    private static String text(EventMessage<?> message, String key) {
        @Nullable Object value = message.getMetaData().get(key);
        return value == null ? "" : value.toString();
    }
}
