package io.tollbook.kernel;

/** A question to the read models. {@code R} is the answer. */
public interface Query<R> {}
