package io.tollbook.kernel.access;

/** Where refusals go to be recorded. Never blocks and never fails the caller. */
public interface Refusals {
    void record(CallRefused refusal);

    void record(CommandRefused refusal);
}
