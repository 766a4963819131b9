package io.tollbook.messages;

import io.tollbook.kernel.Actor;
import io.tollbook.kernel.Command;
import io.tollbook.kernel.Messages;
import io.tollbook.kernel.Query;
import io.tollbook.kernel.Refused;
import io.tollbook.kernel.access.CommandRefused;
import io.tollbook.kernel.access.DataViewed;
import io.tollbook.kernel.access.Exports;
import io.tollbook.kernel.access.Personal;
import io.tollbook.kernel.access.RecordView;
import io.tollbook.kernel.access.Refusals;
import io.tollbook.kernel.secret.Vault;
import io.tollbook.kernel.site.ReadModels;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.axonframework.commandhandling.CommandBus;
import org.axonframework.commandhandling.CommandMessage;
import org.axonframework.commandhandling.CommandResultMessage;
import org.axonframework.commandhandling.GenericCommandMessage;
import org.axonframework.queryhandling.GenericQueryMessage;
import org.axonframework.queryhandling.QueryBus;
import org.axonframework.queryhandling.QueryResponseMessage;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.ResolvableType;
import org.springframework.stereotype.Component;

/** {@link Messages} over Axon's buses. */
@Component
final class AxonMessages implements Messages, Exports {
    private static final Logger log = LoggerFactory.getLogger(AxonMessages.class);
    /** Longer than a read model is ever behind, short enough for a person. */
    private static final Duration READ_MODELS_WAIT = Duration.ofSeconds(5);

    /** Axon unwraps the optional answers of handlers; whoever asked gets them wrapped again. */
    private static final ClassValue<Boolean> ANSWERS_OPTIONAL = new ClassValue<>() {
        @Override
        protected Boolean computeValue(Class<?> type) {
            return ResolvableType.forClass(type).as(Query.class).getGeneric(0).resolve() == Optional.class;
        }
    };

    private final CommandBus commands;
    private final QueryBus queries;
    private final ReadModels readModels;
    private final Refusals refusals;
    private final Vault vault;
    private final AuditorTrail trail = new AuditorTrail();
    private final Clock clock = Clock.systemUTC();

    AxonMessages(CommandBus commands, QueryBus queries, ReadModels readModels, Refusals refusals, Vault vault) {
        this.commands = commands;
        this.queries = queries;
        this.readModels = readModels;
        this.refusals = refusals;
        this.vault = vault;
    }

    @Override
    public <R extends @Nullable Object> R send(Command<R> command, Actor actor, @Nullable String reason) {
        try {
            Permissions.check(command, actor);
            return dispatched(command, actor, reason);
        } catch (Refused refused) {
            if (actor.user() != null)
                refusals.record(new CommandRefused(
                        command.getClass().getSimpleName(), actor.user().value(), refused.refusal(), clock.instant()));
            throw refused;
        }
    }

    @SuppressWarnings("unchecked")
    private <R extends @Nullable Object> R dispatched(Command<R> command, Actor actor, @Nullable String reason) {
        CommandMessage<Command<R>> message = new GenericCommandMessage<>(command).withMetaData(metadata(actor, reason));
        CompletableFuture<CommandResultMessage<? extends R>> answer = new CompletableFuture<>();
        commands.<Command<R>, R>dispatch(message, (sent, result) -> answer.complete(result));
        CommandResultMessage<? extends R> result = answer.join();
        if (result.isExceptional()) throw unwrapped(result.exceptionResult());
        if (result.getMetaData().get("position") instanceof Long position
                && position > 0
                && !readModels.await(position, READ_MODELS_WAIT))
            log.warn("The read models have not reached {} within {}", position, READ_MODELS_WAIT);
        return result.getPayload();
    }

    @Override
    public void exported(Personal question, Actor actor) {
        DataViewed.of(question, true, actor, clock.instant())
                .ifPresent(view -> dispatched(new RecordView(view), actor, null));
    }

    private Map<String, ?> metadata(Actor actor, @Nullable String reason) {
        Map<String, Object> metadata = new HashMap<>();
        metadata.put("kind", actor.kind().name());
        metadata.put("role", actor.role().name());
        if (actor.user() != null) {
            metadata.put("actor", Long.toString(actor.user().value()));
            metadata.put("authentication", actor.authentication());
            if (actor.address() != null)
                metadata.put(
                        "address",
                        vault.seal(actor.user().toString(), actor.address()).cipher());
        }
        if (reason != null && !reason.isBlank()) metadata.put("reason", reason);
        return metadata;
    }

    @Override
    @SuppressWarnings("unchecked")
    public <R extends @Nullable Object> R ask(Query<R> query, Actor actor) {
        Permissions.check(query, actor);
        if (query instanceof Personal personal)
            trail.look(personal, actor, clock.instant()).ifPresent(view -> dispatched(view, actor, null));
        try {
            QueryResponseMessage<Object> answer = queries.query(new GenericQueryMessage<>(query, AnyAnswer.INSTANCE))
                    .join();
            if (answer.isExceptional()) throw unwrapped(answer.exceptionResult());
            Object payload = answer.getPayload();
            boolean wrap = ANSWERS_OPTIONAL.get(query.getClass()) && !(payload instanceof Optional);
            return (R) (wrap ? Optional.ofNullable(payload) : payload);
        } catch (CompletionException e) {
            throw unwrapped(e.getCause());
        }
    }

    /** The refusal itself, however deep the bus has wrapped it; else the fault. */
    private static RuntimeException unwrapped(Throwable fault) {
        for (Throwable cause = fault; cause != null; cause = cause.getCause())
            if (cause instanceof Refused refused) return refused;
        return fault instanceof RuntimeException runtime ? runtime : new IllegalStateException(fault);
    }
}
