package io.tollbook.command;

import io.tollbook.kernel.Actor;
import io.tollbook.kernel.Command;
import io.tollbook.kernel.Messages;
import io.tollbook.kernel.Query;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Stands for both buses: remembers what was sent by whom, and answers what a test has told it. */
public final class RecordedMessages implements Messages {
    public record Sent(
            Command<?> command, Actor actor, @Nullable String reason) {}

    private final List<Sent> sent = Collections.synchronizedList(new ArrayList<>());
    private final Map<Class<?>, Function<Object, @Nullable Object>> answers = new HashMap<>();
    private BiFunction<Command<?>, Actor, @Nullable Object> handling = (command, actor) -> null;

    public <R extends @Nullable Object, Q extends Query<R>> RecordedMessages answer(
            Class<Q> query, Function<Q, R> answer) {
        answers.put(query, asked -> answer.apply(query.cast(asked)));
        return this;
    }

    /** What happens when a command is sent; it may refuse. Only what is not refused counts as sent. */
    public void handle(BiFunction<Command<?>, Actor, @Nullable Object> handling) {
        this.handling = handling;
    }

    public List<Sent> sent() {
        return List.copyOf(sent);
    }

    public List<Command<?>> commands() {
        return sent().stream().<Command<?>>map(Sent::command).toList();
    }

    @Override
    @SuppressWarnings("unchecked")
    public <R extends @Nullable Object> R send(Command<R> command, Actor actor, @Nullable String reason) {
        Object answer = handling.apply(command, actor);
        sent.add(new Sent(command, actor, reason));
        return (R) answer;
    }

    @Override
    @SuppressWarnings("unchecked")
    public <R extends @Nullable Object> R ask(Query<R> query, Actor actor) {
        Function<Object, @Nullable Object> answer = answers.get(query.getClass());
        if (answer == null) throw new AssertionError("nobody expected " + query);
        return (R) answer.apply(query);
    }
}
