package io.tollbook.kernel.account;

/** The name of this process among those that share the database; new at every start. Holds carry it. */
public record NodeName(String value) {}
