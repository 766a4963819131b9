package io.tollbook.command.account;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.axonframework.commandhandling.CommandBus;
import org.axonframework.commandhandling.CommandCallback;
import org.axonframework.commandhandling.CommandMessage;
import org.axonframework.commandhandling.GenericCommandResultMessage;
import org.axonframework.commandhandling.NoHandlerForCommandException;
import org.axonframework.common.Registration;
import org.axonframework.messaging.MessageDispatchInterceptor;
import org.axonframework.messaging.MessageHandler;
import org.axonframework.messaging.MessageHandlerInterceptor;
import org.jspecify.annotations.Nullable;

/**
 * The command bus of this node: every command is decided on the ledger's one writer thread, in the same unit of work as the
 * holds and settlements that wait beside it. So an account has one writer, whatever reaches it.
 *
 * <p>The result message carries the position of the command's events as metadata {@link #POSITION}.
 */
public final class PartitionCommandBus implements CommandBus {
    public static final String POSITION = "position";

    private final java.util.function.Supplier<LedgerPartition> partition;
    private final Map<String, MessageHandler<? super CommandMessage<?>>> handlers = new ConcurrentHashMap<>();
    private final List<MessageDispatchInterceptor<? super CommandMessage<?>>> interceptors =
            new CopyOnWriteArrayList<>();

    public PartitionCommandBus(java.util.function.Supplier<LedgerPartition> partition) {
        this.partition = partition;
    }

    @Override
    public <C> void dispatch(CommandMessage<C> command) {
        dispatch(command, (message, result) -> {});
    }

    @Override
    @SuppressWarnings("unchecked")
    public <C, R> void dispatch(CommandMessage<C> command, CommandCallback<? super C, ? super R> callback) {
        CommandMessage<C> intercepted = command;
        for (MessageDispatchInterceptor<? super CommandMessage<?>> interceptor : interceptors)
            intercepted = (CommandMessage<C>) interceptor.handle(intercepted);
        CommandMessage<C> message = intercepted;
        MessageHandler<? super CommandMessage<?>> handler = handlers.get(message.getCommandName());
        if (handler == null) {
            callback.onResult(
                    message,
                    GenericCommandResultMessage.asCommandResultMessage(
                            new NoHandlerForCommandException("nobody handles " + message.getCommandName())));
            return;
        }
        partition
                .get()
                .submit(() -> payload(handler.handle(message)), message.getMetaData())
                .whenComplete((decided, fault) -> callback.onResult(
                        message,
                        fault != null
                                ? GenericCommandResultMessage.asCommandResultMessage(fault)
                                : new GenericCommandResultMessage<R>(
                                        (R) decided.value(), Map.of(POSITION, decided.position()))));
    }

    private static @Nullable Object payload(@Nullable Object result) {
        return result instanceof org.axonframework.messaging.Message<?> message ? message.getPayload() : result;
    }

    @Override
    public Registration subscribe(String commandName, MessageHandler<? super CommandMessage<?>> handler) {
        MessageHandler<? super CommandMessage<?>> other = handlers.putIfAbsent(commandName, handler);
        if (other != null && other != handler) throw new IllegalStateException(commandName + " has two handlers");
        return () -> handlers.remove(commandName, handler);
    }

    @Override
    public Registration registerDispatchInterceptor(MessageDispatchInterceptor<? super CommandMessage<?>> interceptor) {
        interceptors.add(interceptor);
        return () -> interceptors.remove(interceptor);
    }

    /** Handlers run together in one unit of work, so there is no place for one around each: use a dispatch interceptor. */
    @Override
    public Registration registerHandlerInterceptor(MessageHandlerInterceptor<? super CommandMessage<?>> interceptor) {
        throw new UnsupportedOperationException("register a dispatch interceptor instead");
    }
}
