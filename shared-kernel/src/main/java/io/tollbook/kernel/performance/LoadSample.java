package io.tollbook.kernel.performance;

import java.time.Instant;
import java.util.Map;
import java.util.OptionalDouble;

/** How much a node had to do at a moment. What could not be found out is left out. */
public record LoadSample(Instant at, Map<LoadFigure, Double> values) {
    public OptionalDouble of(LoadFigure figure) {
        Double value = values.get(figure);
        return value == null ? OptionalDouble.empty() : OptionalDouble.of(value);
    }
}
