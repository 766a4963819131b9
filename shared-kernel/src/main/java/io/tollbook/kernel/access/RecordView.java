package io.tollbook.kernel.access;

import io.tollbook.kernel.Caller;
import io.tollbook.kernel.Command;
import io.tollbook.kernel.Permits;

/** Writes down that an auditor looks at somebody's data, before they see it. */
@Permits(Caller.SYSTEM)
public record RecordView(DataViewed view) implements Command<Void> {}
