package io.tollbook.kernel.statistics;

/** The margin of one part of the usage. */
public record MarginLine(UsagePart part, Margin margin) {}
