package io.tollbook.kernel;

/** Hands out the numbers that identify users, tokens and channels. A number is never handed out twice; gaps are normal. */
public interface Ids {
    enum Kind {
        USER,
        TOKEN,
        CHANNEL
    }

    long next(Kind kind);
}
