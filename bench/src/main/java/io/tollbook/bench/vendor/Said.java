package io.tollbook.bench.vendor;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a model says, in no dialect yet.
 *
 * @param thinking null if it does not show any
 */
public record Said(@Nullable String thinking, String text, List<OpenAiDouble.Call> calls) {
    public Said {
        calls = List.copyOf(calls);
    }
}
