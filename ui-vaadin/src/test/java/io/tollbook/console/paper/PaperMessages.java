package io.tollbook.console.paper;

import io.tollbook.kernel.Actor;
import io.tollbook.kernel.Caller;
import io.tollbook.kernel.Command;
import io.tollbook.kernel.Messages;
import io.tollbook.kernel.Owned;
import io.tollbook.kernel.Permits;
import io.tollbook.kernel.Query;
import io.tollbook.kernel.Refusal;
import io.tollbook.kernel.Refused;
import io.tollbook.kernel.user.Role;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Checks who may send what, as the real one does, and passes on. */
final class PaperMessages implements Messages {
    private final PaperCommands commands;
    private final PaperQueries queries;

    PaperMessages(PaperBooks books) {
        commands = new PaperCommands(books);
        queries = new PaperQueries(books);
    }

    @Override
    @SuppressWarnings("unchecked")
    public <R extends @Nullable Object> R send(Command<R> command, Actor actor, @Nullable String reason) {
        check(command, actor);
        return (R) commands.handle(command, actor);
    }

    @Override
    @SuppressWarnings("unchecked")
    public <R extends @Nullable Object> R ask(Query<R> query, Actor actor) {
        check(query, actor);
        return (R) queries.answer(query);
    }

    private static void check(Object message, Actor actor) {
        Caller[] open = message.getClass().getAnnotation(Permits.class).value();
        if (Arrays.stream(open).noneMatch(caller -> admits(caller, message, actor)))
            throw new Refused(actor.user() == null ? Refusal.SIGN_IN_REQUIRED : Refusal.NOT_PERMITTED);
    }

    private static boolean admits(Caller caller, Object message, Actor actor) {
        return switch (caller) {
            case ANYONE -> true;
            case OWNER ->
                message instanceof Owned owned
                        && owned.owner() != null
                        && owned.owner().equals(actor.user());
            case USER -> actor.user() != null;
            case AUDITOR -> actor.role() == Role.AUDITOR;
            case ADMIN -> actor.user() != null && actor.isAtLeast(Role.ADMIN);
            case ROOT -> actor.user() != null && actor.isAtLeast(Role.ROOT);
            case RELAY, SYSTEM -> actor.kind() == caller;
        };
    }
}
