package io.tollbook.kernel.limit;

/**
 * How many calls a window may have.
 *
 * @param calls that were let in, whatever became of them; 0 for any number
 * @param successes that were let in and have not failed; 0 for any number
 */
public record CallLimit(CallScope scope, int calls, int successes) {
    public CallLimit {
        if (calls < 0 || successes < 0) throw new IllegalArgumentException("a limit below zero: " + scope);
    }
}
