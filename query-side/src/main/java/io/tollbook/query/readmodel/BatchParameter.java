package io.tollbook.query.readmodel;

import java.lang.reflect.Executable;
import java.lang.reflect.Parameter;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.messaging.Message;
import org.axonframework.messaging.annotation.ParameterResolver;
import org.axonframework.messaging.annotation.ParameterResolverFactory;
import org.jspecify.annotations.Nullable;

/** Hands event handlers the {@link Batch} that their event goes into. */
final class BatchParameter implements ParameterResolverFactory, ParameterResolver<Batch> {
    /** The batch that this thread is filling. */
    static final ThreadLocal<@Nullable Batch> FILLING = new ThreadLocal<>();

    @Override
    public @Nullable ParameterResolver<?> createInstance(Executable executable, Parameter[] parameters, int index) {
        return parameters[index].getType() == Batch.class ? this : null;
    }

    @Override
    public Batch resolveParameterValue(Message<?> message) {
        Batch batch = FILLING.get();
        if (batch == null) throw new IllegalStateException("an event outside a batch: " + message.getPayloadType());
        return batch;
    }

    @Override
    public boolean matches(Message<?> message) {
        return message instanceof EventMessage;
    }
}
