package io.tollbook.kernel.replay;

import io.tollbook.kernel.Event;

public sealed interface ReplayEvent extends Event permits ReplayRun {}
