package io.tollbook.query.readmodel;

import java.lang.reflect.Executable;
import java.lang.reflect.Parameter;
import javax.sql.DataSource;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.messaging.Message;
import org.axonframework.messaging.annotation.ParameterResolver;
import org.axonframework.messaging.annotation.ParameterResolverFactory;
import org.axonframework.messaging.unitofwork.CurrentUnitOfWork;
import org.axonframework.messaging.unitofwork.UnitOfWork;
import org.jspecify.annotations.Nullable;

/** Hands event handlers the {@link Batch} of their unit of work. */
final class BatchParameter implements ParameterResolverFactory, ParameterResolver<Batch> {
    private static final String RESOURCE = Batch.class.getName();

    private final DataSource views;
    private final Runnable committed;

    /** @param committed told after each batch */
    BatchParameter(DataSource views, Runnable committed) {
        this.views = views;
        this.committed = committed;
    }

    @Override
    public @Nullable ParameterResolver<?> createInstance(Executable executable, Parameter[] parameters, int index) {
        return parameters[index].getType() == Batch.class ? this : null;
    }

    @Override
    public Batch resolveParameterValue(Message<?> message) {
        UnitOfWork<?> root = CurrentUnitOfWork.get().root();
        Batch batch = root.getResource(RESOURCE);
        if (batch != null) return batch;
        Batch fresh = new Batch(Boolean.TRUE.equals(root.resources().get(ChunkInvoker.REPLAY)));
        root.resources().put(RESOURCE, fresh);
        root.onPrepareCommit(unit -> fresh.write(views));
        root.afterCommit(unit -> committed.run());
        return fresh;
    }

    @Override
    public boolean matches(Message<?> message) {
        return message instanceof EventMessage;
    }
}
