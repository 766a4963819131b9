package io.tollbook.kernel.log;

/**
 * The act behind a log row, in words that no language owns.
 *
 * @param action as the management API names it: {@code user.quota_add}
 * @param params what it was done to, as a JSON object
 * @param actor who did it; 0 if nobody was signed in
 * @param actorName their present username; empty if nobody was signed in
 * @param role the number of the actor's role then; 0 if nobody was signed in
 * @param authentication how they had proved who they are; empty if nobody was signed in
 */
public record LogOperation(
        String action, String params, long actor, String actorName, int role, String authentication) {}
