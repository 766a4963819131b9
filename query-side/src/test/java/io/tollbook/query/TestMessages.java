package io.tollbook.query;

import io.tollbook.kernel.Actor;
import io.tollbook.kernel.Caller;
import io.tollbook.kernel.Command;
import io.tollbook.kernel.Messages;
import io.tollbook.kernel.Owned;
import io.tollbook.kernel.Permits;
import io.tollbook.kernel.Query;
import io.tollbook.kernel.Refusal;
import io.tollbook.kernel.Refused;
import io.tollbook.kernel.replay.RecordReplay;
import io.tollbook.kernel.user.Role;
import java.lang.reflect.Type;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import org.axonframework.messaging.responsetypes.ResponseType;
import org.axonframework.queryhandling.GenericQueryMessage;
import org.axonframework.queryhandling.QueryBus;
import org.jspecify.annotations.Nullable;

/** Asks the real handlers, for whom their queries permit. Nothing can be commanded but what replays write down. */
final class TestMessages implements Messages {
    private final QueryBus queries;

    TestMessages(QueryBus queries) {
        this.queries = queries;
    }

    @Override
    @SuppressWarnings("NullAway")
    public <R extends @Nullable Object> R send(Command<R> command, Actor actor, @Nullable String reason) {
        if (!(command instanceof RecordReplay replay))
            throw new UnsupportedOperationException("the query side commands nothing else");
        TestSystem.publishTo(RecordReplay.HISTORY, replay.run());
        return null;
    }

    @Override
    public <R extends @Nullable Object> R ask(Query<R> query, Actor actor) {
        if (!permits(query, actor)) throw new Refused(Refusal.NOT_PERMITTED);
        return ask(query);
    }

    private static boolean permits(Query<?> query, Actor actor) {
        List<Caller> callers =
                List.of(query.getClass().getAnnotation(Permits.class).value());
        if (callers.contains(Caller.ANYONE) || callers.contains(actor.kind())) return true;
        if (actor.isAtLeast(Role.ROOT) && callers.contains(Caller.ROOT)) return true;
        if (actor.isAtLeast(Role.ADMIN) && callers.contains(Caller.ADMIN)) return true;
        if (actor.user() != null && callers.contains(Caller.USER)) return true;
        return callers.contains(Caller.OWNER)
                && query instanceof Owned owned
                && actor.user() != null
                && actor.user().equals(owned.owner());
    }

    @SuppressWarnings("unchecked")
    <R extends @Nullable Object> R ask(Query<R> query) {
        var answer = queries.query(new GenericQueryMessage<>(query, Anything.INSTANCE))
                .join();
        if (!answer.isExceptional()) {
            boolean optional =
                    query.getClass().getGenericInterfaces()[0].getTypeName().contains("java.util.Optional");
            Object payload = answer.getPayload();
            return (R) (optional && !(payload instanceof Optional) ? Optional.ofNullable(payload) : payload);
        }
        Throwable fault = answer.exceptionResult();
        for (Throwable cause = fault; cause != null; cause = cause.getCause())
            if (cause instanceof Refused refused) throw refused;
        throw new CompletionException(fault);
    }

    private static final class Anything implements ResponseType<Object> {
        static final Anything INSTANCE = new Anything();

        @Override
        public boolean matches(Type type) {
            return true;
        }

        @Override
        public Class<Object> responseMessagePayloadType() {
            return Object.class;
        }

        @Override
        public Class<?> getExpectedResponseType() {
            return Object.class;
        }
    }
}
