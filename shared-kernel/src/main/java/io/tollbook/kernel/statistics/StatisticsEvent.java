package io.tollbook.kernel.statistics;

import io.tollbook.kernel.Event;

public sealed interface StatisticsEvent extends Event permits MarginAlarmRaised {}
