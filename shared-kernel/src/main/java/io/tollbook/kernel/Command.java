package io.tollbook.kernel;

/** A wish to change something. {@code R} is what the sender gets back once the change is durable. */
public interface Command<R> {}
