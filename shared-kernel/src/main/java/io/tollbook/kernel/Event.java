package io.tollbook.kernel;

/** A fact. It never changes once stored, and its class may move while its {@link EventName} stays. */
public interface Event {}
