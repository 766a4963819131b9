package io.tollbook.kernel.statistics;

import io.tollbook.kernel.Command;

public sealed interface StatisticsCommand extends Command<Void> permits RaiseMarginAlarm {}
