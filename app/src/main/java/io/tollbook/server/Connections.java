package io.tollbook.server;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import org.apache.coyote.AbstractProtocol;
import org.jspecify.annotations.Nullable;

/** How many connections of clients are open. */
final class Connections implements MeterBinder {
    private volatile @Nullable AbstractProtocol<?> protocol;

    void of(AbstractProtocol<?> counted) {
        protocol = counted;
    }

    @Override
    public void bindTo(MeterRegistry meters) {
        Gauge.builder("tollbook.connections", this, Connections::count)
                .description("Connections of clients, in use or kept")
                .register(meters);
    }

    private double count() {
        AbstractProtocol<?> counted = protocol;
        return counted == null ? 0 : Math.max(0, counted.getConnectionCount());
    }
}
