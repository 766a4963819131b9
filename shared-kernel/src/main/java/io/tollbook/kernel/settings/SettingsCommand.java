package io.tollbook.kernel.settings;

import io.tollbook.kernel.Command;

public sealed interface SettingsCommand extends Command<Void> permits ChangeOptions {}
