package io.tollbook.health;

import io.tollbook.kernel.performance.LoadFigure;
import io.tollbook.kernel.performance.LoadSample;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** The last so many samples, in numbers only: 4,320 of them, every five seconds for six hours, take 280 KB. */
final class LoadRing {
    private static final int FIGURES = LoadFigure.values().length;

    private final float[] values;
    private final long[] atMillis;
    private int next;
    private int filled;

    LoadRing(int most) {
        values = new float[most * FIGURES];
        atMillis = new long[most];
    }

    synchronized void add(LoadSample sample) {
        int from = next * FIGURES;
        Arrays.fill(values, from, from + FIGURES, Float.NaN);
        sample.values().forEach((figure, value) -> values[from + figure.ordinal()] = value.floatValue());
        atMillis[next] = sample.at().toEpochMilli();
        next = (next + 1) % atMillis.length;
        filled = Math.min(filled + 1, atMillis.length);
    }

    /** Oldest first. */
    synchronized List<LoadSample> since(Instant from) {
        List<LoadSample> samples = new ArrayList<>();
        for (int i = 0; i < filled; i++) {
            int at = Math.floorMod(next - filled + i, atMillis.length);
            if (atMillis[at] >= from.toEpochMilli()) samples.add(sample(at));
        }
        return samples;
    }

    private LoadSample sample(int at) {
        Map<LoadFigure, Double> known = new EnumMap<>(LoadFigure.class);
        for (LoadFigure figure : LoadFigure.values()) {
            float value = values[at * FIGURES + figure.ordinal()];
            if (!Float.isNaN(value)) known.put(figure, (double) value);
        }
        return new LoadSample(Instant.ofEpochMilli(atMillis[at]), known);
    }
}
