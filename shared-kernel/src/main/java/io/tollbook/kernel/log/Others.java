package io.tollbook.kernel.log;

import java.util.Set;

/** Whose and of what rows are left out: what remains beside those that a chart names. */
public record Others(Set<Long> users, Set<Long> tokens, Set<Long> channels, Set<String> models, Set<String> groups) {
    public static final Others NOTHING = new Others(Set.of(), Set.of(), Set.of(), Set.of(), Set.of());
}
