package io.tollbook.kernel.limit;

import java.time.Instant;
import java.util.List;

/** That a call counts from this moment for so many minutes, for the limits of these scopes. */
public record CountedCall(Instant at, int windowMinutes, List<CallScope> scopes) {
    public CountedCall {
        scopes = List.copyOf(scopes);
    }
}
