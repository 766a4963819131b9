package io.tollbook.kernel.settings;

import io.tollbook.kernel.Caller;
import io.tollbook.kernel.Permits;
import io.tollbook.kernel.Query;
import java.util.Map;

/** All options that were ever set, without secret ones; defaults are in {@link Option}. */
@Permits({Caller.ROOT, Caller.SYSTEM, Caller.RELAY})
public record Options() implements Query<Map<String, String>> {}
