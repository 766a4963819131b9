package io.tollbook.kernel.settings;

import io.tollbook.kernel.Event;

public sealed interface SettingsEvent extends Event permits OptionsChanged {}
