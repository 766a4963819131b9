package io.tollbook.kernel.replay;

import io.tollbook.kernel.Command;

public sealed interface ReplayCommand extends Command<Void> permits RecordReplay {}
